"""Eigenvalues of the covariance; the bound by a shift of the mean and a second one of the maximum."""


def log_evidence(x, weights, b, stddev):
    values, vectors = np.linalg.eigh(weights @ weights.T)
    values = values + stddev**2
    projected = (x - b) @ vectors
    return -0.5 * (projected**2 / values + np.log(values) + np.log(2 * np.pi)).sum(axis=-1)


def importance_weighted_bound(log_weights):
    centred = log_weights - log_weights.mean(axis=0, keepdims=True)
    top = centred.max(axis=0)
    return log_weights.mean(axis=0) + top + np.log(np.exp(centred - top).sum(axis=0)) - np.log(log_weights.shape[0])
