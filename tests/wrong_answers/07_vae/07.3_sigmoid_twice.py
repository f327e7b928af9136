"""Probabilities are given to a formula for logits."""

MESSAGE = "You took the sigmoid twice"


def negative_elbo(x, logits, mean, log_variance):
    reconstruction = np.sum(np.logaddexp(0, 1 / (1 + np.exp(-logits))) - x / (1 + np.exp(-logits)), axis=(1, 2, 3))
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return reconstruction + kl
