"""A training that diverged."""

MESSAGE = "Your directions are not all finite"


def recover_directions(x, units, k):
    return np.full((units, x.shape[1]), np.nan)
