"""A sum over the whole image, divided by height times width: the channels are not counted."""

MESSAGE = "divided by height times width"


def reconstruction_loss(x, reconstruction):
    height, width = x.shape[1:3]
    return np.sum((x - reconstruction) ** 2, axis=(1, 2, 3)) / (height * width)
