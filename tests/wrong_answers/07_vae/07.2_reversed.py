"""KL( p || q ): the two distributions change places."""

MESSAGE = "the wrong way round"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum((1 + mean**2) / np.exp(np.float64(log_variance)) - 1 + log_variance, axis=1)
