"""exp(log_variance / 2) is taken for the variance, so its root is taken again."""

MESSAGE = "You took the root twice"


def reparameterize(mean, log_variance, epsilon):
    variance = ops.exp(log_variance / 2)
    return mean + ops.sqrt(variance) * epsilon
