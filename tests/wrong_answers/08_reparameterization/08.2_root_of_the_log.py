"""The output is called a variance, so its root is taken, and the logarithm overlooked."""

MESSAGE = "Did you take the root"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.sqrt(log_variance) * epsilon
