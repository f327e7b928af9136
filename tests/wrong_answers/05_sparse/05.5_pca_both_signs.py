"""PCA with both signs, and again."""

MESSAGE = "at right angles to each other"


def recover_directions(x, units, k):
    components = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2]
    return np.tile(np.concatenate([components, -components]), (3, 1))[:units]
