"""The KLs in order: below the free amount each counts as the amount, and above it as it is."""


def free_bits_kl(mean, log_variance, free):
    kl = np.sort(np.mean((mean**2 + np.expm1(log_variance) - log_variance) / 2, axis=0))
    below = np.searchsorted(kl, free)
    return below * free + kl[below:].sum()
