"""The stddev as one over the root of the precision."""


def reparameterize(mean, log_variance, epsilon):
    stddev = ops.rsqrt(ops.exp(-log_variance))
    return ops.add(ops.multiply(stddev, epsilon), mean)
