"""The sum over latents is left out."""

MESSAGE = "You returned several numbers"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.maximum(free, np.mean(kl, axis=0))
