"""The maximum is taken after the sum over latents, for each example."""

MESSAGE = "after the sum over latents, and for each example"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.mean(np.maximum(free, np.sum(kl, axis=1)))
