"""Tied weights, the decoder the transpose of the encoder, as PCA has it; one gradient is the sum of two."""


def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    rng = np.random.default_rng(seed)
    mean = np.average(x, axis=0)
    weights = rng.normal(0, 0.1, (x.shape[1], dim))
    for step in range(steps):
        inputs = x[rng.permutation(len(x))[:50]] - mean
        z = inputs @ weights
        error = z @ weights.T - inputs
        gradient = inputs.T @ error @ weights + error.T @ z
        weights = weights - rate * (1 - step / steps) / 2 * gradient / len(inputs)
    return mean, weights, weights.T
