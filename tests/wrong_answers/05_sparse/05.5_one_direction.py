"""The mean, again and again."""

MESSAGE = "All your directions are the same one"


def recover_directions(x, units, k):
    return np.tile(x.mean(axis=0), (units, 1))
