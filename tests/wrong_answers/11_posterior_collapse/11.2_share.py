"""The share of active latents is returned."""

MESSAGE = "the share of active latents"


def count_active_units(mean, log_variance):
    return np.mean(np.var(mean, axis=0) > 0.01)
