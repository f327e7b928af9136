"""The library's function; that it takes the data first is overlooked."""

from sklearn.manifold import trustworthiness

MESSAGE = "The two scores are exchanged"


def map_scores(x, plane, k):
    return trustworthiness(plane, x, n_neighbors=k), trustworthiness(x, plane, n_neighbors=k)
