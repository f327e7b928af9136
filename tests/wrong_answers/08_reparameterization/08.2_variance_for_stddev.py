"""exp undoes the logarithm, and what comes out is multiplied: the root is forgotten."""

MESSAGE = "You took the variance, exp"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance) * epsilon
