"""A Cholesky factor for the density; Python lists for the bound."""

import math


def log_evidence(x, weights, b, stddev):
    factor = np.linalg.cholesky(weights @ weights.T + stddev**2 * np.eye(len(b)))
    white = np.linalg.solve(factor, (x - b).T)
    return -0.5 * (white**2).sum(axis=0) - np.log(np.diag(factor)).sum() - 0.5 * len(b) * np.log(2 * np.pi)


def importance_weighted_bound(log_weights):
    bounds = []
    for of_image in log_weights.T.tolist():
        top = max(of_image)
        bounds.append(top + math.log(sum(math.exp(w - top) for w in of_image) / len(of_image)))
    return bounds
