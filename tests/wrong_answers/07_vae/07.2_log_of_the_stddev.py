"""log_variance is read as the logarithm of the standard deviation."""

MESSAGE = "You read log_variance as the logarithm of the standard deviation"


def gaussian_kl(mean, log_variance):
    stddev = np.exp(np.float64(log_variance))
    return 0.5 * np.sum(mean**2 + stddev**2 - np.log(stddev**2) - 1, axis=1)
