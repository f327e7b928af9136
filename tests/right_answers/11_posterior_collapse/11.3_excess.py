"""The free amount for each latent, and what each has above it."""


def free_bits_kl(mean, log_variance, free):
    variance = np.exp(log_variance)
    kl = (mean**2 + variance - 1 - log_variance).mean(0) / 2
    return free * kl.size + np.clip(kl - free, 0, None).sum()
