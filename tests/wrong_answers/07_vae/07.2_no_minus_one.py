"""The - 1 is dropped, as a constant that does not change the gradient."""

MESSAGE = "The - 1 is missing"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance, axis=1)
