"""The encoder's bias is minus the mean image, as if it were added to x and not to the code."""

MESSAGE = "what is the code of the mean image"


def pca_as_layers(mean, components):
    return components.T, -mean, components, mean
