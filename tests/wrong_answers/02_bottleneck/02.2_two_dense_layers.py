"""Mirrored layer sizes are taken for tied weights."""

MESSAGE = "two untied layers"


def tied_autoencoder(pixels, dim):
    return keras.Sequential([keras.Input((pixels,)), keras.layers.Dense(dim), keras.layers.Dense(pixels)])
