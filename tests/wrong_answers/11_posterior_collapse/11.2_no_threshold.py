"""Any variance at all is believed to make a latent active."""

MESSAGE = "the threshold is missing"


def count_active_units(mean, log_variance):
    return int(np.sum(np.var(mean, axis=0) > 0))
