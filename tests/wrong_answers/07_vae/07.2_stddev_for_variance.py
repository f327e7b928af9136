"""The formula is fed with the standard deviation."""

MESSAGE = "You took the standard deviation, exp(log_variance / 2)"


def gaussian_kl(mean, log_variance):
    stddev = np.exp(log_variance / 2)
    return 0.5 * np.sum(mean**2 + stddev - log_variance - 1, axis=1)
