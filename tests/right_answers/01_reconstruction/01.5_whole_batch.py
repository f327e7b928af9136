"""Plain gradient descent: all images in every step, the same rate to the end."""


def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    rng = np.random.default_rng(seed)
    mean = x.mean(axis=0)
    centred = x - mean
    covariance = centred.T @ centred / len(x)
    encoder = rng.normal(0, 0.1, (x.shape[1], dim))
    decoder = rng.normal(0, 0.1, (dim, x.shape[1]))
    for _ in range(steps):
        slope = covariance @ (encoder @ decoder - np.eye(x.shape[1]))
        encoder, decoder = encoder - rate * slope @ decoder.T, decoder - rate * encoder.T @ slope
    return mean, encoder, decoder
