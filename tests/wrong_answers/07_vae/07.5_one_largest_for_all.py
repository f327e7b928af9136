"""The largest log-weight of the whole batch is taken off: other images' weights are zero beside it."""

MESSAGE = "each image has a largest log-weight of its own"


def log_evidence(x, weights, b, stddev):
    covariance = weights @ weights.T + stddev**2 * np.eye(len(b))
    difference = x - b
    square = np.sum(difference * np.linalg.solve(covariance, difference.T).T, axis=1)
    log_determinant = np.linalg.slogdet(covariance)[1]
    return -0.5 * (square + log_determinant + len(b) * np.log(2 * np.pi))


def importance_weighted_bound(log_weights):
    largest = np.max(log_weights)
    with np.errstate(divide="ignore"):
        return largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))
