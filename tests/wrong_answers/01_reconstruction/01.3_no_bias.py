"""PCA is taken for two matrices without any bias."""

MESSAGE = "The mean is nowhere"


def pca_as_layers(mean, components):
    return components.T, np.zeros(len(components)), components, np.zeros(len(mean))
