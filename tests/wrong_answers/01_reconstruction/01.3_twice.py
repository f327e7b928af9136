"""Both layers make up for the mean: one by its bias, the other by adding what the projection leaves out."""

MESSAGE = "one correction too many"


def pca_as_layers(mean, components):
    return components.T, -mean @ components.T, components, mean - mean @ components.T @ components
