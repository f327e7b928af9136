"""log_variance is read as the logarithm of the standard deviation."""

MESSAGE = "In your KL: You read log_variance as the logarithm of the standard deviation"


def negative_elbo(x, logits, mean, log_variance):
    reconstruction = np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))
    kl = 0.5 * np.sum(mean**2 + np.exp(2 * log_variance) - 2 * log_variance - 1, axis=1)
    return reconstruction + kl
