"""The drawing is rounded to black and white."""

MESSAGE = "You rounded p"


def negative_elbo(x, logits, mean, log_variance):
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    p = logits > 0
    return np.sum(np.abs(x - p), axis=(1, 2, 3)) + kl
