"""Independent components, both signs, joined with centres of clusters."""

MESSAGE = "Your directions are better than random ones, and not"


def recover_directions(x, units, k):
    from sklearn.cluster import KMeans
    from sklearn.decomposition import FastICA

    parts = FastICA(whiten="unit-variance", max_iter=200, random_state=0).fit(x).mixing_.T
    centres = KMeans(units - 2 * len(parts), n_init=1, random_state=0).fit(x).cluster_centers_
    return np.concatenate([parts, -parts, centres])
