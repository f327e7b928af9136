"""The variance of q is taken for the variance of its mean."""

MESSAGE = "You looked at the variance of q"


def count_active_units(mean, log_variance):
    return int(np.sum(np.exp(log_variance).mean(axis=0) > 0.01))
