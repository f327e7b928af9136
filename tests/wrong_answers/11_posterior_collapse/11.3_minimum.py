"""The minimum is taken."""

MESSAGE = "You took the minimum"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.minimum(free, np.mean(kl, axis=0)))
