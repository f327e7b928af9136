"""The maximum is taken for each example, before the mean over the batch."""

MESSAGE = "maximum for each example"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.mean(np.sum(np.maximum(kl, free), axis=1))
