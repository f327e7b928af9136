"""Random directions."""

MESSAGE = "Your directions are hardly better than random"


def recover_directions(x, units, k):
    return np.random.default_rng(0).normal(size=(units, x.shape[1]))
