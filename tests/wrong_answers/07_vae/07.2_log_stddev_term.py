"""log v is taken for the logarithm of the standard deviation."""

MESSAGE = "You put in the logarithm of the standard deviation"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - 0.5 * log_variance - 1, axis=1)
