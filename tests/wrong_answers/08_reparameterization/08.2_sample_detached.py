"""The sample is treated as data: random numbers have no gradient, so it is cut off."""

MESSAGE = "The sample is detached"


def reparameterize(mean, log_variance, epsilon):
    return ops.stop_gradient(mean + ops.exp(log_variance / 2) * epsilon)
