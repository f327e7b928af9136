"""The mean is not squared but made positive."""

MESSAGE = "absolute value of the mean"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(np.abs(mean) + np.exp(log_variance) - log_variance - 1, axis=1)
