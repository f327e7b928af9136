"""The batch becomes the last axis by reshaping, which mixes pixels of different images."""

MESSAGE = "pixels of different images"


def reconstruction_loss(x, reconstruction):
    return ((x - reconstruction) ** 2).reshape(-1, len(x)).mean(axis=0)
