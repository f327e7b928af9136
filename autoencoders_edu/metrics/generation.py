"""Metrics of generation: how far generated examples are from real ones, how many look real, and what is missing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


def frechet_distance(first: ArrayLike, second: ArrayLike) -> float:
    """The Fréchet distance between two sets of feature vectors, each treated as normally distributed:

        d^2 = |m1 - m2|^2 + tr( C1 + C2 - 2 (C1 C2)^(1/2) )        (Eq. 6 of Heusel et al. 2017)

    with m the means and C the covariances. Heusel et al. use the features of a large network trained on photographs;
    this course uses those of its small classifier (`ae.metrics.classifier`), so the numbers cannot be compared with
    published ones. The distance is zero when means and covariances agree, whatever else differs. It is biased upwards
    for small sets: compare sets of one size, report the distance between two sets of real examples as well, or
    extrapolate with `frechet_extrapolated`.

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
    return _frechet(*_as_pair(first, second))


def _frechet(first, second):
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


class Extrapolated(NamedTuple):
    """A Fréchet distance against the number of examples.

    Attributes:
        distance: the intercept of a line through the distances against 1 / n: the distance for unlimited examples.
        slope: of this line.
        sizes: the numbers n of examples in either set.
        distances: the Fréchet distance at each size.
    """

    distance: float
    slope: float
    sizes: np.ndarray
    distances: np.ndarray


def frechet_extrapolated(first: ArrayLike, second: ArrayLike, points: int = 15, seed: int = 0) -> Extrapolated:
    """The Fréchet distance that two sets would have if both were unlimited.

    The bias of the distance falls as 1 / n, with a factor that depends on the model, so that even sets of one size do
    not compare models fairly (Chong and Forsyth 2020). Their remedy: take the distance at several n, fit

        d^2(n) = d^2(infinity) + slope / n

    by least squares, and report the intercept. They keep all real examples and vary the generated ones alone. Here both
    sets shrink together, since in this course both are small. The intercept of two sets from one distribution may come
    out below 0.

    Args:
        first, second: feature vectors (n, features) and (m, features). Subsets are drawn without replacement.
        points: number of sizes, evenly spaced from a fifth of the smaller set to all of it; at least 2.
        seed: integer, for the subsets.

    Raises:
        ValueError: as `frechet_distance`; for sets with fewer than 10 rows; for fewer than 2 points.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> first, second = rng.normal(0, 1, (500, 30)), rng.normal(0, 1, (500, 30))  # from one distribution: 0
    >>> found = frechet_extrapolated(first, second)
    >>> bool(abs(found.distance) < 0.1 < 0.9 < found.distances[-1])
    True

    Reference: Chong and Forsyth 2020, "Effectively unbiased FID and Inception Score and where to find them".
    """
    first, second = _as_pair(first, second)
    n = min(len(first), len(second))
    if n < 10:
        raise ValueError(f"frechet_extrapolated needs at least 10 rows in each set. Received: {n}.")
    if points < 2:
        raise ValueError(f"frechet_extrapolated needs at least 2 points to fit a line. Received: {points}.")
    rng = np.random.default_rng(seed)
    sizes = np.linspace(max(n // 5, 2), n, points).round().astype(int)
    distances = np.array([_frechet(*(rng.permutation(rows)[:size] for rows in (first, second))) for size in sizes])
    slope, distance = np.polyfit(1 / sizes, distances, 1)
    return Extrapolated(float(distance), float(slope), sizes, distances)


class PrecisionRecall(NamedTuple):
    """Attributes:
    precision: share of the generated examples that lie where real ones do (look real).
    recall: share of the real examples that lie where generated ones do (can be generated).
    """

    precision: float
    recall: float


def precision_recall(real: ArrayLike, generated: ArrayLike, k: int = 3) -> PrecisionRecall:
    """Improved precision and recall of generated examples (Eqs. 1 and 2 of Kynkäänniemi et al. 2019).

    Where a set lies is the union of balls round its members, each reaching to its k-th nearest neighbour in the set.
    A model that always draws one good image has precision 1 and recall near 0; one that covers everything and more has
    recall 1 and little precision. Both depend on k and on the sizes of the sets, and a single outlier has a large ball:
    compare sets of one size, and report what two sets of real examples get.

    Args:
        real, generated: feature vectors (n, features) and (m, features).
        k: which neighbour decides a ball's radius; at least 1, less than n and m.

    Raises:
        ValueError: as `frechet_distance`; for another k.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> real = rng.normal(size=(1000, 2))
    >>> half = np.abs(rng.normal(size=(1000, 1))) * [1, 0] + rng.normal(size=(1000, 2)) * [0, 1]  # right half only
    >>> precision, recall = precision_recall(real, half)
    >>> bool(precision > 0.95), round(recall, 1)
    (True, 0.5)

    Reference: Kynkäänniemi et al. 2019, "Improved precision and recall metric for assessing generative models".
    """
    real, generated = _as_pair(real, generated)
    if not 1 <= k < min(len(real), len(generated)):
        raise ValueError(
            f"k must be at least 1 and less than the number of rows of either set, {len(real)} and {len(generated)}. "
            f"Received: {k}."
        )
    return PrecisionRecall(_share_inside(generated, real, k), _share_inside(real, generated, k))


def _share_inside(points, members, k):
    """The share of the points that lie in the ball of some member."""
    from sklearn.metrics import pairwise_distances_chunked
    from sklearn.neighbors import NearestNeighbors

    neighbours = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(members)
    radii = neighbours.kneighbors()[0][:, -1]  # asked without points, it leaves each member out of its neighbours
    inside = [(chunk <= radii).any(axis=1) for chunk in pairwise_distances_chunked(points, members)]
    return float(np.mean(np.concatenate(inside)))


def _as_pair(first, second):
    first, second = _as_features(first), _as_features(second)
    if first.shape[1] != second.shape[1]:
        raise ValueError(f"Both sets need the same features. Received shapes {first.shape} and {second.shape}.")
    return first, second


def _as_features(features):
    features = np.asarray(features, float)
    if features.ndim != 2 or len(features) < 2 or not np.isfinite(features).all():
        raise ValueError(
            "A set of features is an array (n, features) of finite numbers with n >= 2. Received: shape "
            f"{features.shape}{'' if np.isfinite(features).all() else ', with NaN or infinity'}."
        )
    return features
