"""The three arguments are stacked and taken apart again."""


def reparameterize(mean, log_variance, epsilon):
    m, v, e = ops.unstack(ops.stack([mean, log_variance, epsilon]))
    return m + ops.exp(v / 2) * e
