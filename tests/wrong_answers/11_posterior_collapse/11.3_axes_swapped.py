"""The axes are taken for each other."""

MESSAGE = "You took the axes for each other"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.maximum(free, np.mean(kl, axis=1)))
