"""Another basis of the same subspace, as training finds it: turned and stretched, and turned and shrunk back."""


def pca_as_layers(mean, components):
    d = len(components)
    change = np.random.default_rng(0).normal(size=(d, d)) + 3 * np.eye(d)
    kernel = components.T @ change
    return kernel, -mean @ kernel, np.linalg.solve(change, components), mean
