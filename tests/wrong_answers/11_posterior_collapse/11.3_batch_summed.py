"""The KL is summed over the batch before the maximum."""

MESSAGE = "You summed over the batch"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.maximum(free, np.sum(kl, axis=0)))
