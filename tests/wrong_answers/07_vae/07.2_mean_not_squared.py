"""The mean enters without its square."""

MESSAGE = "The mean is not squared"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean + np.exp(log_variance) - log_variance - 1, axis=1)
