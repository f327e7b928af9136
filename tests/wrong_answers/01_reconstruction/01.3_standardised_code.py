"""The encoder rescales its code, as whitening does, and the decoder is not told."""

MESSAGE = "does not undo the encoder"


def pca_as_layers(mean, components):
    scale = components.std(axis=1)
    kernel = components.T / scale
    return kernel, -mean @ kernel, components, mean
