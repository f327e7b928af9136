"""Averaged axes are kept, which broadcasting later turns into a table of all pairs of images."""

MESSAGE = "axes of length 1"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3), keepdims=True)
