"""The KL is averaged over the latents."""

MESSAGE = "You averaged over the latents"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.mean(np.maximum(free, np.mean(kl, axis=0)))
