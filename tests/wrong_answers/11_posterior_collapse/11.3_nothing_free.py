"""The plain KL is returned."""

MESSAGE = "Nothing is free in it"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.mean(np.sum(kl, axis=1))
