"""The latents at or below the threshold are counted."""

MESSAGE = "You counted the idle latents"


def count_active_units(mean, log_variance):
    return int(np.sum(np.var(mean, axis=0) <= 0.01))
