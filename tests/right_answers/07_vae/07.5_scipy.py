"""SciPy's multivariate normal and its logsumexp."""

from scipy.special import logsumexp
from scipy.stats import multivariate_normal


def log_evidence(x, weights, b, stddev):
    covariance = weights @ weights.T + stddev**2 * np.identity(len(b))
    return np.atleast_1d(multivariate_normal(b, covariance).logpdf(x))


def importance_weighted_bound(log_weights):
    return logsumexp(log_weights, axis=0, b=1 / len(log_weights))
