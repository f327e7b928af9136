"""One variance is taken of all latents together."""

MESSAGE = "one variance of everything"


def count_active_units(mean, log_variance):
    return int(np.var(mean) > 0.01)
