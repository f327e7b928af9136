"""The variance is taken over the latents of each example."""

MESSAGE = "over the latents of one example"


def count_active_units(mean, log_variance):
    return int(np.sum(np.var(mean, axis=1) > 0.01))
