"""One mean over everything: the images' errors are mixed into one number."""

MESSAGE = "averaged over the images"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2)
