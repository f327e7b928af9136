"""The standard deviation is compared with the threshold for a variance."""

MESSAGE = "You compared a standard deviation"


def count_active_units(mean, log_variance):
    return int(np.sum(np.std(mean, axis=0) > 0.01))
