"""The formula as it stands, whose exponentials are all zero for real images."""

MESSAGE = "take off the largest log-weight"


def log_evidence(x, weights, b, stddev):
    covariance = weights @ weights.T + stddev**2 * np.eye(len(b))
    difference = x - b
    square = np.sum(difference * np.linalg.solve(covariance, difference.T).T, axis=1)
    log_determinant = np.linalg.slogdet(covariance)[1]
    return -0.5 * (square + log_determinant + len(b) * np.log(2 * np.pi))


def importance_weighted_bound(log_weights):
    with np.errstate(divide="ignore"):
        return np.log(np.mean(np.exp(log_weights), axis=0))
