"""The maximum is taken after the sum over latents."""

MESSAGE = "after the sum over latents. One"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return max(free, np.mean(np.sum(kl, axis=1)))
