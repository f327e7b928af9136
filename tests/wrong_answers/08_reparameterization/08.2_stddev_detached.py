"""Only the mean is believed to need a gradient; the noise is cut off with its stddev."""

MESSAGE = "The stddev is detached"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.stop_gradient(ops.exp(log_variance / 2) * epsilon)
