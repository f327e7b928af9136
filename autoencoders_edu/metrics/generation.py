"""Metrics of generation: the Fréchet distance between generated and real examples."""

import numpy as np
from numpy.typing import ArrayLike


def frechet_distance(first: ArrayLike, second: ArrayLike) -> float:
    """The Fréchet distance between two sets of feature vectors, each treated as normally distributed:

        d^2 = |m1 - m2|^2 + tr( C1 + C2 - 2 (C1 C2)^(1/2) )        (Eq. 6 of Heusel et al. 2017)

    with m the means and C the covariances. Heusel et al. use the features of a large network trained on photographs;
    this course uses those of its small classifier (`ae.metrics.classifier`), so the numbers cannot be compared with
    published ones. The distance is zero when means and covariances agree, whatever else differs. It is biased upwards
    for small sets: compare sets of one size, and report the distance between two sets of real examples as well.

    Args:
        first, second: feature vectors (n, features) and (m, features).

    Returns:
        d^2, a float, in squared units of the features.

    Raises:
        ValueError: for other shapes, fewer than two rows, or numbers that are not finite.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> at_zero, at_three = rng.normal(0, 1, (10_000, 2)), rng.normal(3, 1, (10_000, 2))
    >>> round(frechet_distance(at_zero, at_three))  # 3^2 along each of two axes
    18

    Reference: Heusel et al. 2017, "GANs trained by a two time-scale update rule converge to a local Nash equilibrium";
    Dowson and Landau 1982, "The Fréchet distance between multivariate normal distributions".
    """
    first, second = _as_features(first), _as_features(second)
    if first.shape[1] != second.shape[1]:
        raise ValueError(f"Both sets need the same features. Received shapes {first.shape} and {second.shape}.")
    apart = np.sum((first.mean(axis=0) - second.mean(axis=0)) ** 2)
    covariances = [np.cov(features, rowvar=False).reshape(features.shape[1], -1) for features in (first, second)]
    return float(apart + max(0.0, _between_covariances(*covariances)))  # rounding can leave -1e-12


def _between_covariances(first, second):
    from scipy import linalg

    # C1 C2 is not symmetric but has the same eigenvalues as R C2 R, with R the root of C1, which is. With features that
    # are always zero, sqrtm(C1 C2) would warn; the eigenvalues need no special care.
    values, vectors = linalg.eigh(first)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    shared = linalg.eigvalsh(root @ second @ root)
    return np.trace(first) + np.trace(second) - 2 * np.sum(np.sqrt(np.clip(shared, 0, None)))


def _as_features(features):
    features = np.asarray(features, float)
    if features.ndim != 2 or len(features) < 2 or not np.isfinite(features).all():
        raise ValueError(
            "A set of features is an array (n, features) of finite numbers with n >= 2. Received: shape "
            f"{features.shape}{'' if np.isfinite(features).all() else ', with NaN or infinity'}."
        )
    return features
