"""The free amount is taken for bits and converted."""

MESSAGE = "You converted bits to nats"


def free_bits_kl(mean, log_variance, free):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.maximum(free * np.log(2), np.mean(kl, axis=0)))
