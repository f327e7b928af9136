"""The logarithm in the formula is taken of log_variance."""

MESSAGE = "Did you take the logarithm of log_variance?"


def gaussian_kl(mean, log_variance):
    with np.errstate(invalid="ignore"):
        return 0.5 * np.sum(mean**2 + np.exp(log_variance) - np.log(log_variance) - 1, axis=1)
