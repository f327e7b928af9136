"""Kernels are taken for (outputs, inputs), as in W x."""

MESSAGE = "(inputs, outputs)"


def pca_as_layers(mean, components):
    return components, -components @ mean, components.T, mean
