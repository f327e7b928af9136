"""The line is right, and nothing is returned."""

MESSAGE = "Is there a `return`?"


def reparameterize(mean, log_variance, epsilon):
    z = mean + ops.exp(log_variance / 2) * epsilon  # noqa: F841
