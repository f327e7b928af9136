"""Ranks by SciPy, a penalty that is 0 wherever nothing is wrong, and an array of two."""

from scipy.spatial.distance import pdist, squareform
from scipy.stats import rankdata


def map_scores(x, plane, k):
    in_data, on_map = (rankdata(squareform(pdist(points)), axis=1) - 1 for points in (x, plane))
    n = x.shape[0]

    def score(rank, other):
        penalty = np.maximum(rank - k, 0) * (other <= k)
        return 1 - penalty.sum() * 2 / (n * k) / (2 * n - 3 * k - 1)

    return np.array([score(in_data, on_map), score(on_map, in_data)])
