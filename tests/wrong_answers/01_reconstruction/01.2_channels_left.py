"""Height and width are averaged, the channels forgotten."""

MESSAGE = "one number for each of its channels"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=(1, 2))
