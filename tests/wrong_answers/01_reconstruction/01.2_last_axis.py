"""axis=-1 is believed to be "the features", as it would be for flat data."""

MESSAGE = "the last axis alone"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=-1)
