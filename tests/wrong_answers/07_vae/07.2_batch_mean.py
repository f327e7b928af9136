"""The mean over the batch, as a training loop takes it later."""

MESSAGE = "You averaged over the batch as well"


def gaussian_kl(mean, log_variance):
    return np.mean(0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1))
