"""Divided by log 2, as one does to read a KL in bits."""

MESSAGE = "This is in bits"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1) / np.log(2)
