"""The square goes the wrong way: the log-variance is doubled."""

MESSAGE = "You doubled the log-variance"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(2 * log_variance) * epsilon
