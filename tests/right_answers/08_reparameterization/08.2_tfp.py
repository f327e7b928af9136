"""TensorFlow Probability's scale and shift, by its quantile of the normal distribution's own noise."""

from autoencoders_edu.distributions import tfd


def reparameterize(mean, log_variance, epsilon):
    q = tfd.Normal(mean, ops.exp(log_variance / 2))
    return q.loc + q.scale * epsilon
