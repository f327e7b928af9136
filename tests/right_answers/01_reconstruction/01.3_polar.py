"""Solves for the weights: drawings of the axes' unit vectors give the product of both, which a SVD splits evenly."""


def pca_as_layers(mean, components):
    d, product = len(components), components.T @ components
    left, values, right = np.linalg.svd(product)
    kernel = left[:, :d] * np.sqrt(values[:d])
    decoder_kernel = np.sqrt(values[:d])[:, None] * right[:d]
    return [kernel, -(mean @ kernel), decoder_kernel, mean.copy()]
