"""16 bits are enough for a loss."""

MESSAGE = "16 bits do not"


def gaussian_kl(mean, log_variance):
    mean, log_variance = mean.astype("float16"), log_variance.astype("float16")
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
