"""The library's function, twice."""

from sklearn.manifold import trustworthiness


def map_scores(x, plane, k):
    return trustworthiness(x, plane, n_neighbors=k), trustworthiness(plane, x, n_neighbors=k)
