"""The mean is not subtracted."""

MESSAGE = "You took the mean square"


def count_active_units(mean, log_variance):
    return int(np.sum(np.mean(mean**2, axis=0) > 0.01))
