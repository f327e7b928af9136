"""Half the squared error, as in books that want a gradient without a 2."""

MESSAGE = "You halved it"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3)) / 2
