"""The maximum is taken after the sum, with the free amount of all latents together."""

MESSAGE = "the free amount of all latents together"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return max(free * kl.shape[1], np.mean(np.sum(kl, axis=1)))
