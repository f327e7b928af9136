"""Only the second term."""

MESSAGE = "This is the KL alone"


def negative_elbo(x, logits, mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
