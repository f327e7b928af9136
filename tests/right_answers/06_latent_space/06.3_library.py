"""scikit-learn's neighbours, which leave the query out if they are asked without any."""

from sklearn.neighbors import NearestNeighbors


def precision_at_k(codes, labels, k):
    found = NearestNeighbors(n_neighbors=k).fit(codes).kneighbors(return_distance=False)
    return float((labels[found] == labels[:, np.newaxis]).mean(axis=1).mean())
