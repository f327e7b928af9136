"""Only white pixels are scored: the second half of the coin's log-probability is forgotten."""

MESSAGE = "Black pixels cost nothing"


def negative_elbo(x, logits, mean, log_variance):
    reconstruction = np.sum(x * np.logaddexp(0, -logits), axis=(1, 2, 3))
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return reconstruction + kl
