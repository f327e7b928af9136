"""log_variance is read as the logarithm of the stddev."""

MESSAGE = "the logarithm of the stddev"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) ** 2 - 1 - 2 * log_variance)
    return np.sum(np.maximum(free, np.mean(kl, axis=0)))
