"""A sum over pixels in place of a mean."""

MESSAGE = "sum over pixels"


def reconstruction_loss(x, reconstruction):
    return np.sum((x - reconstruction) ** 2, axis=(1, 2, 3))
