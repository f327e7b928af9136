"""The KL is halved once more."""

MESSAGE = "The factor 1/2 is applied twice"


def negative_elbo(x, logits, mean, log_variance):
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3)) + 0.5 * kl
