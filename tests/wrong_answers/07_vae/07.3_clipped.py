"""Probabilities are clipped so that the logarithm stays finite."""

MESSAGE = "You clip the probabilities, or add"


def negative_elbo(x, logits, mean, log_variance):
    p = np.clip(1 / (1 + np.exp(-np.clip(logits, -80, 80))), 1e-7, 1 - 1e-7)
    reconstruction = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=(1, 2, 3))
    return reconstruction + 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
