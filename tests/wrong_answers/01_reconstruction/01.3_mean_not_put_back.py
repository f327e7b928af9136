"""The decoder has no bias: the mean comes off and never returns."""

MESSAGE = "nobody puts it back"


def pca_as_layers(mean, components):
    return components.T, -mean @ components.T, components, np.zeros(len(mean))
