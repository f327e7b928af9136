"""One draw of the noise is shared by all examples of the batch."""

MESSAGE = "All examples of the batch get the same noise"


def reparameterize(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance / 2) * epsilon[:1]
