"""Only what exceeds the free amount is counted."""

MESSAGE = "You subtracted the free amount"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.maximum(0, np.mean(kl, axis=0) - free))
