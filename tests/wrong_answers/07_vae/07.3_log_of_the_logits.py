"""The logits are taken for probabilities."""

MESSAGE = "They are not probabilities"


def negative_elbo(x, logits, mean, log_variance):
    with np.errstate(invalid="ignore"):
        reconstruction = -np.sum(x * np.log(logits) + (1 - x) * np.log(1 - logits), axis=(1, 2, 3))
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return reconstruction + kl
