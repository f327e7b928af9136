"""tanh is rescaled to lie between 0 and 1."""

MESSAGE = "(1 + tanh(logits)) / 2"


def negative_elbo(x, logits, mean, log_variance):
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    p = 0.5 + 0.5 * np.tanh(logits)
    return -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=(1, 2, 3)) + kl
