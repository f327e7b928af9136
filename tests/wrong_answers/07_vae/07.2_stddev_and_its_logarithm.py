"""Variance and log-variance are both halved: the standard deviation and its logarithm."""

MESSAGE = "You took the standard deviation and its logarithm"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance / 2) - log_variance / 2 - 1, axis=1)
