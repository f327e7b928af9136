"""Whether each latent is active is returned, not how many are."""

MESSAGE = "one value for each latent"


def count_active_units(mean, log_variance):
    return np.var(mean, axis=0) > 0.01
