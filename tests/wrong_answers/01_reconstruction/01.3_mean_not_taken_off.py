"""The encoder has no bias: the mean is added back, but was never taken off."""

MESSAGE = "never taken off"


def pca_as_layers(mean, components):
    return components.T, np.zeros(len(components)), components, mean
