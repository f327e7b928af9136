"""Centres of clusters."""

MESSAGE = "Your directions are better than random ones, and not"


def recover_directions(x, units, k):
    from sklearn.cluster import KMeans

    return KMeans(units, n_init=1, max_iter=20, random_state=0).fit(x).cluster_centers_
