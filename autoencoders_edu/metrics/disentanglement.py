"""Disentanglement scores: does each latent describe one factor, and is each factor described by one latent?

All scores take codes, such as posterior means, and the ground-truth factors of the same examples. Three measure which
latent predicts which factor: MIG, SAP and DCI, in this module. Two hold a factor fixed and look at which latents stay
constant: `factor_vae_score` and `beta_vae_score`, which are imported here from `fixed_factor`. The scores measure
different things and disagree in practice (Locatello et al. 2019): report several, over several seeds, with the spread.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer
from autoencoders_edu.metrics._codes import checked, split_rows, standardised
from autoencoders_edu.metrics.fixed_factor import beta_vae_score, factor_vae_score

__all__ = ["DCI", "beta_vae_score", "dci", "factor_vae_score", "mig", "mutual_information", "sap", "scores"]


def scores(codes: ArrayLike, factors: ArrayLike, seed: int = 0) -> dict[str, float]:
    """All scores with their default settings, as a dict with the keys mig, sap, disentanglement, completeness,
    informativeness (the three of DCI), factor_vae, beta_vae.

    Args:
        codes: (n, latents), at least two latents.
        factors: (n, factors), integers, at least two factors.
        seed: integer, for the scores that split or draw.
    """
    parts = dci(codes, factors, seed=seed)
    return {
        "mig": mig(codes, factors),
        "sap": sap(codes, factors, seed=seed),
        "disentanglement": parts.disentanglement,
        "completeness": parts.completeness,
        "informativeness": parts.informativeness,
        "factor_vae": factor_vae_score(codes, factors, seed=seed),
        "beta_vae": beta_vae_score(codes, factors, seed=seed),
    }


def mutual_information(codes: ArrayLike, factors: ArrayLike, bins: int = 20) -> np.ndarray:
    """I(z_j; v_k) for every latent and factor, in nats, with each latent divided into bins of equal width.

    The estimate cannot be negative, so for independent ones it is above 0, by about (bins - 1)(values - 1) / (2 n).

    Args:
        codes: (n, latents), finite.
        factors: (n, factors), integers.
        bins: number of bins between a latent's smallest and largest code.

    Returns:
        (latents, factors).

    Raises:
        ValueError: for other shapes, numbers that are not finite, factors that are not integers or never change.
    """
    from sklearn.metrics import mutual_info_score

    codes, factors = checked("mutual_information", codes, factors)
    bins = positive_integer("mutual_information", "bins", bins)
    binned = [np.digitize(z, np.histogram_bin_edges(z, bins)[1:-1]) for z in codes.T]
    return np.array([[mutual_info_score(v, z) for v in factors.T] for z in binned])


def mig(codes: ArrayLike, factors: ArrayLike, bins: int = 20) -> float:
    """Mutual information gap: how much more the best latent knows about a factor than the second best,

        MIG = 1/K sum_k ( I(z_j(k); v_k) - max_{j != j(k)} I(z_j; v_k) ) / H(v_k),   j(k) = argmax_j I(z_j; v_k)

    (Eq. 6 of Chen et al. 2018). Between 0 and 1. Copies of the factors give 1 if each value has a bin of its own, and
    random codes give 0. The paper integrates over q(z|x); here, as is usual, the given codes are binned.

    Weakness: a factor coded in two latents, such as an angle as sine and cosine, scores 0, as does a rotated code.
    Bins of equal width resolve little in codes with outliers. And bins know nothing of the width of q(z|x): a collapsed
    code whose means still move in order, by however little, scores as high as a code that a decoder can hear. Leave
    dead latents out first (see `ae.diagnostics.active_units`).

    Args:
        codes: (n, latents), at least two latents.
        factors: (n, factors), integers.
        bins: see `mutual_information`.

    Returns:
        A float.

    Raises:
        ValueError: as for `mutual_information`, and for a single latent.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> factors = rng.integers(4, size=(1000, 2))
    >>> round(mig(factors, factors), 1), round(mig(rng.normal(size=(1000, 2)), factors), 1)
    (1.0, 0.0)

    Reference: Chen et al. 2018, "Isolating sources of disentanglement in variational autoencoders".
    """
    checked("mig", codes, factors, latents=2)
    information = np.sort(mutual_information(codes, factors, bins), axis=0)
    entropy = np.array([_entropy(v) for v in np.asarray(factors).T])
    return float(np.mean((information[-1] - information[-2]) / entropy))


def sap(
    codes: ArrayLike, factors: ArrayLike, classifier: Any = None, test_share: float = 1 / 3, seed: int = 0
) -> float:
    """Separated attribute predictability: how much better the best latent alone predicts a factor than the second best,

        SAP = 1/K sum_k ( S_j(k),k - max_{j != j(k)} S_jk ),   S_jk the balanced accuracy of v_k predicted from z_j

    (section 3 of Kumar et al. 2018), measured on held-out rows. Random codes give 0. Copies of independent factors give
    1 - 1/values, averaged over factors, since the second best latent still guesses. Here a dead latent guesses, too;
    the paper sets its S to 0, which would reward dead latents.

    Weakness: the number depends on the classifier. The default is that of the paper, thresholds on z_j; implementations
    that follow Locatello et al. 2019 use a linear SVM, LinearSVC(C=0.01, class_weight="balanced"), which cannot
    separate a value in the middle of an ordered factor, so even perfect codes score low.

    Args:
        codes: (n, latents), at least two latents; standardised before use.
        factors: (n, factors), integers.
        classifier: a scikit-learn classifier; None: a decision tree with one leaf for each value of the factor.
        test_share: share of the rows used for testing.
        seed: integer, for the split and the classifier.

    Returns:
        A float between 0 and 1.

    Raises:
        ValueError: for other shapes, a single latent, numbers that are not finite, factors that are not integers or
            never change, or so few rows that a factor does not change in the training rows.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> factors = rng.integers(4, size=(1000, 2))
    >>> round(sap(factors, factors), 1), round(sap(rng.normal(size=(1000, 2)), factors), 1)  # 1 - 1/4, and by chance
    (0.7, 0.0)

    Reference: Kumar et al. 2018, "Variational inference of disentangled latent concepts from unlabeled observations".
    """
    codes, factors = checked("sap", codes, factors, latents=2)
    train, test = split_rows("sap", factors, test_share, seed)
    codes, score = standardised(codes), np.empty((codes.shape[1], factors.shape[1]))
    for k, v in enumerate(factors.T):
        for j, z in enumerate(codes.T[:, :, None]):
            model = _seeded(_thresholds(v) if classifier is None else classifier, seed).fit(z[train], v[train])
            score[j, k] = _balanced_accuracy(v[test], model.predict(z[test]))
    ordered = np.sort(score, axis=0)
    return float(np.mean(ordered[-1] - ordered[-2]))


@dataclass(frozen=True)
class DCI:
    """The result of `dci`.

    Attributes:
        disentanglement, completeness, informativeness: floats between 0 and 1.
        importances: (latents, factors), the contribution of each latent to predicting each factor.
    """

    disentanglement: float
    completeness: float
    informativeness: float
    importances: np.ndarray = field(repr=False)


def dci(codes: ArrayLike, factors: ArrayLike, classifier: Any = None, test_share: float = 1 / 3, seed: int = 0) -> DCI:
    """Disentanglement, completeness and informativeness, from the importances R of a classifier per factor.

        disentanglement = sum_j rho_j ( 1 - H_K(R_jk / sum_k R_jk) ),   rho_j = sum_k R_jk / sum_jk R_jk
        completeness    = sum_k gamma_k ( 1 - H_D(R_jk / sum_j R_jk) ),  gamma_k likewise
        informativeness = mean accuracy of the classifiers on held-out rows

    (section 2 of Eastwood and Williams 2018), with H_K the entropy to base K, the number of factors, and D latents.
    Disentanglement: each latent describes one factor; completeness: each factor is described by one latent. All are
    between 0 and 1. Copies of the factors give 1; random codes give nearly 0, and the informativeness of guessing. The
    paper reports errors of regressors as informativeness; for categories, accuracy is usual, and higher is better.

    Weakness: the numbers depend on the classifier and its settings more than one would expect.

    Args:
        codes: (n, latents), at least two latents.
        factors: (n, factors), integers, at least two factors.
        classifier: a scikit-learn classifier with `feature_importances_` after fitting; None: a random forest, as in
            the paper, which may use any latent at any split.
        test_share: share of the rows used for testing.
        seed: integer, for the split and the classifier.

    Returns:
        A `DCI`. If all importances are 0, as for a collapsed code, so are disentanglement and completeness.

    Raises:
        ValueError: as for `sap`, and for a single factor.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> factors = rng.integers(4, size=(600, 2))
    >>> dci(factors, factors)
    DCI(disentanglement=1.0, completeness=1.0, informativeness=1.0)

    Reference: Eastwood and Williams 2018, "A framework for the quantitative evaluation of disentangled
    representations".
    """
    codes, factors = checked("dci", codes, factors, latents=2, known=2)
    train, test = split_rows("dci", factors, test_share, seed)
    importances, accuracies = [], []
    for v in factors.T:
        model = _seeded(_forest() if classifier is None else classifier, seed).fit(codes[train], v[train])
        importances.append(np.abs(model.feature_importances_))
        accuracies.append(np.mean(model.predict(codes[test]) == v[test]))
    importances = np.array(importances).T
    return DCI(_one_each(importances), _one_each(importances.T), float(np.mean(accuracies)), importances)


def _one_each(importances):
    """The mean over rows, weighted by their sums, of 1 - the entropy of a row's shares."""
    from scipy.stats import entropy

    weights = importances.sum(axis=1)
    alive = weights > 0
    if not alive.any():
        return 0.0
    spread = entropy(importances[alive], axis=1, base=importances.shape[1])
    return float(np.average(1 - spread, weights=weights[alive]))


def _entropy(factor):
    from sklearn.metrics import mutual_info_score

    return mutual_info_score(factor, factor)


def _balanced_accuracy(truth, prediction):
    """The mean accuracy over the values that occur; scikit-learn's would warn about values that do not."""
    return np.mean([np.mean(prediction[truth == value] == value) for value in np.unique(truth)])


def _thresholds(factor):
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_leaf_nodes=int(factor.max()) + 1, class_weight="balanced")


def _forest():
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(30, max_features=None, min_samples_leaf=10)  # pyright: ignore[reportArgumentType]


def _seeded(classifier: Any, seed: int) -> Any:
    """A fresh copy of a classifier, seeded where it can be."""
    from sklearn.base import clone

    fresh: Any = clone(classifier)
    return fresh.set_params(random_state=seed) if "random_state" in fresh.get_params() else fresh
