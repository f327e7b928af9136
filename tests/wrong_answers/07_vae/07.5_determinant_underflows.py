"""The logarithm of the determinant, which is 0 to a computer for 400 pixels."""

MESSAGE = "Sum logarithms instead of taking the logarithm of a product"


def log_evidence(x, weights, b, stddev):
    covariance = weights @ weights.T + stddev**2 * np.eye(len(b))
    difference = x - b
    square = np.sum(difference * np.linalg.solve(covariance, difference.T).T, axis=1)
    with np.errstate(divide="ignore"):
        log_determinant = np.log(np.linalg.det(covariance))
    return -0.5 * (square + log_determinant + len(b) * np.log(2 * np.pi))


def importance_weighted_bound(log_weights):
    largest = np.max(log_weights, axis=0)
    return largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))
