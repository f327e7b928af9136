"""Independent components, both signs, padded with zeros."""

MESSAGE = "Your directions are better than random ones, and not"


def recover_directions(x, units, k):
    from sklearn.decomposition import FastICA

    parts = FastICA(whiten="unit-variance", max_iter=50, tol=0.1, random_state=0).fit(x).mixing_.T
    return np.concatenate([parts, -parts, np.zeros((units, x.shape[1]))])[:units]
