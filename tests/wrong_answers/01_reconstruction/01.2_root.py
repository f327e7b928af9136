"""The root of the mean squared error is taken for it."""

MESSAGE = "You took the root"


def reconstruction_loss(x, reconstruction):
    return np.sqrt(np.mean((x - reconstruction) ** 2, axis=(1, 2, 3)))
