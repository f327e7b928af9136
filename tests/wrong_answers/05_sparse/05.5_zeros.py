"""Nothing."""

MESSAGE = "All your directions are zero"


def recover_directions(x, units, k):
    return np.zeros((units, x.shape[1]))
