"""The reconstruction alone."""

MESSAGE = "The KL is missing"


def negative_elbo(x, logits, mean, log_variance):
    reconstruction = np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))
    return reconstruction
