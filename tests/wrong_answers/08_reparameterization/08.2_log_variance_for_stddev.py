"""The encoder's second output is used as it comes, as if it were the stddev."""

MESSAGE = "You took the log-variance itself"


def reparameterize(mean, log_variance, epsilon):
    return mean + log_variance * epsilon
