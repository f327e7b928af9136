"""Only the first channel is summed."""

MESSAGE = "first channel only"


def negative_elbo(x, logits, mean, log_variance):
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return np.sum((np.logaddexp(0, logits) - x * logits)[..., 0], axis=(1, 2)) + kl
