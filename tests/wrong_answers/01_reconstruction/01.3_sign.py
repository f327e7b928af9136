"""The code of the mean is added where it should be subtracted."""

MESSAGE = "wrong sign"


def pca_as_layers(mean, components):
    return components.T, mean @ components.T, components, mean
