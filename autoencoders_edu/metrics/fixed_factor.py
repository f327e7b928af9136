"""Disentanglement scores with one factor held fixed: the FactorVAE score and the beta-VAE score.

Both need examples that share the value of one factor while all others vary. These are drawn from the given rows, so
any labelled data set will do; the other factors vary as they do in those rows, which is freely only if the rows contain
all combinations or a random sample of them.
"""

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer
from autoencoders_edu.metrics._codes import checked, draw_sharing, standardised


def factor_vae_score(codes: ArrayLike, factors: ArrayLike, votes: int = 5000, size: int = 64, seed: int = 0) -> float:
    """The FactorVAE score: does the latent that varies least tell which factor was held fixed?

    For each vote, `size` rows that share the value of a random factor k are drawn, and the latent

        j = argmin_j  Var(z_j over the rows) / Var(z_j over all)

    votes for k. The classifier predicts the most frequent k for each j; the score is its accuracy on the same number of
    new votes (section 4 of Kim and Mnih 2018). Copies of independent factors give 1, random codes 1 / factors. A dead
    latent wins no vote.

    Weakness: it only matters which latent varies least, not by how much. A rotated code, in which each latent leans
    towards a different factor, can score 1; and other latents may describe the same factor unnoticed.

    Args:
        codes: (n, latents).
        factors: (n, factors), integers, at least two factors, and at least two rows for each value.
        votes: number of votes for training, and again for testing; at least ten times the number of factors. The
            standard error of the score is at most about 0.5 / sqrt(votes).
        size: number of rows per vote, at least 2.
        seed: integer.

    Returns:
        A float between 0 and 1.

    Raises:
        ValueError: for other shapes, a single factor, numbers that are not finite, factors that are not integers or
            never change, or a value that is in one row only.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> factors = rng.integers(4, size=(500, 5))
    >>> score = factor_vae_score(rng.normal(size=(500, 5)), factors)
    >>> factor_vae_score(factors, factors), round(score, 1)  # perfect, and by chance
    (1.0, 0.2)

    Reference: Kim and Mnih 2018, "Disentangling by factorising".
    """
    codes, factors = _checked("factor_vae_score", codes, factors, "votes", votes)
    if positive_integer("factor_vae_score", "size", size) < 2:
        raise ValueError(f"factor_vae_score takes the variance over `size` rows, at least 2. Received: {size}.")
    rng = np.random.default_rng(seed)
    train, test = (_votes(standardised(codes), factors, votes, size, rng) for _ in range(2))
    return float(test[train.argmax(axis=0), np.arange(test.shape[1])].sum() / votes)


def beta_vae_score(codes: ArrayLike, factors: ArrayLike, examples: int = 5000, size: int = 64, seed: int = 0) -> float:
    """The beta-VAE score: can a linear classifier of differences between codes tell which factor was held fixed?

    For each training example, a random factor k and `size` pairs of rows are drawn. The two rows of a pair share the
    value of k, which differs from pair to pair. Logistic regression predicts k from

        z_diff = 1/size sum_l |z_1,l - z_2,l|          (Algorithm 1 of Higgins et al. 2017)

    The score is the accuracy on the same number of new examples. Copies of independent factors give 1, random codes
    1 / factors. Latents are standardised first, so their scale does not matter.

    Weakness: it is lenient, even with rotated codes and with codes that miss one factor entirely.

    Args:
        codes: (n, latents).
        factors: (n, factors), integers, at least two factors, and at least two rows for each value.
        examples: number of examples for training, and again for testing; at least ten times the number of factors.
        size: number of pairs of rows per example.
        seed: integer.

    Returns:
        A float between 0 and 1.

    Raises:
        ValueError: as for `factor_vae_score`.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> factors = rng.integers(4, size=(500, 5))
    >>> score = beta_vae_score(rng.normal(size=(500, 5)), factors)
    >>> beta_vae_score(factors, factors), round(score, 1)  # perfect, and by chance
    (1.0, 0.2)

    Reference: Higgins et al. 2017, "beta-VAE: learning basic visual concepts with a constrained variational framework".
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    codes, factors = _checked("beta_vae_score", codes, factors, "examples", examples)
    size = positive_integer("beta_vae_score", "size", size)
    rng = np.random.default_rng(seed)
    train, test = (_differences(standardised(codes), factors, examples, size, rng) for _ in range(2))
    classifier = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(*train)
    return float(classifier.score(*test))


def _checked(owner, codes, factors, name, number):
    """Validated codes and factors; `name` and `number` are the argument that says how many examples to draw."""
    codes, factors = checked(owner, codes, factors, known=2)
    if positive_integer(owner, name, number) < 10 * factors.shape[1]:
        raise ValueError(
            f"{owner} expects {name} to be at least ten times the {factors.shape[1]} factors. Received: {number}."
        )
    for k, v in enumerate(factors.T):
        if np.bincount(v).min() < 2:
            raise ValueError(
                f"{owner} draws different rows that share a factor's value. Received: a value of factor {k} that is in "
                "one row only; give more rows, or leave that row out."
            )
    return codes, factors


def _fixed(factors, examples, rng):
    """How often each factor is held fixed: (factors,), with the sum `examples`."""
    return rng.multinomial(examples, np.full(factors.shape[1], 1 / factors.shape[1]))


def _votes(codes, factors, votes, size, rng):
    """How often each latent varied least while each factor was held fixed: (factors, latents)."""
    table = np.zeros((factors.shape[1], codes.shape[1]), int)
    dead = codes.std(axis=0) == 0
    for k, count in enumerate(_fixed(factors, votes, rng)):
        rows = draw_sharing(factors[:, k], count, size, rng)
        variance = codes[rows].var(axis=1, ddof=1)
        least = np.where(dead, np.inf, variance).argmin(axis=1)
        table[k] = np.bincount(least, minlength=codes.shape[1])
    return table


def _differences(codes, factors, examples, size, rng):
    """(z_diff, k): (examples, latents) and (examples,)."""
    counts = _fixed(factors, examples, rng)
    parts = []
    for k, count in enumerate(counts):
        first, second = draw_sharing(factors[:, k], count * size, 2, rng).T.reshape(2, count, size)
        parts.append(np.abs(codes[first] - codes[second]).mean(axis=1))
    return np.concatenate(parts), np.repeat(np.arange(len(counts)), counts)
