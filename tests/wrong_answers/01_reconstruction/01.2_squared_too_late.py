"""The square of the mean is taken for the mean of the squares."""

MESSAGE = "averaged before squaring"


def reconstruction_loss(x, reconstruction):
    return np.mean(x - reconstruction, axis=(1, 2, 3)) ** 2
