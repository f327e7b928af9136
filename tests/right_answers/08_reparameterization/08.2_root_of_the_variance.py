"""The variance first, then its root; multiply instead of *."""


def reparameterize(mean, log_variance, epsilon):
    variance = ops.exp(log_variance)
    return ops.add(mean, ops.multiply(ops.sqrt(variance), epsilon))
