"""Axes of length 1 are squeezed away, and with one image that is the batch."""

MESSAGE = "should have shape (1,)"


def gaussian_kl(mean, log_variance):
    return np.squeeze(0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1))
