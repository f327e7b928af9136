"""scikit-learn's neighbours, and the quantile in per cent."""

from sklearn.neighbors import NearestNeighbors


def find_holes(z, train, held_out, share):
    search = NearestNeighbors(n_neighbors=1).fit(train)
    distance, usual = (search.kneighbors(codes)[0].ravel() for codes in (z, held_out))
    return distance > np.percentile(usual, 100 * (1 - share))
