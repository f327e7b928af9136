"""The half stands outside of the exponential."""

MESSAGE = "The half belongs inside"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance) / 2 * epsilon
