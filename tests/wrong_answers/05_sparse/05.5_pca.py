"""PCA, padded with zeros."""

MESSAGE = "at right angles to each other"


def recover_directions(x, units, k):
    components = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2]
    return np.concatenate([components, np.zeros((units - len(components), x.shape[1]))])
