"""Axis 0 is averaged: an error for each pixel instead of each image."""

MESSAGE = "an error for each pixel"


def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=0)
