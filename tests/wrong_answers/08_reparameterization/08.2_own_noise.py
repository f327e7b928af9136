"""The epsilon that is given is ignored, and new noise drawn."""

MESSAGE = "it draws noise of its own"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean))
