"""The mean is taken for a fixed place; only the spread is believed to be learnt."""

MESSAGE = "The mean is detached"


def reparameterize(mean, log_variance, epsilon):
    return ops.stop_gradient(mean) + ops.exp(log_variance / 2) * epsilon
