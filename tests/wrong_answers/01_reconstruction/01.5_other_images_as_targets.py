"""Inputs and targets are shuffled separately: the third fault is left."""

MESSAGE = "say nothing about its targets"


def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    rng = np.random.default_rng(seed)
    mean = x.mean(axis=0)
    centred = x - mean
    encoder = rng.normal(0, 0.1, (x.shape[1], dim))
    decoder = rng.normal(0, 0.1, (dim, x.shape[1]))
    for step in range(steps):
        pace = rate * (1 - step / steps)
        inputs = centred[rng.permutation(len(x))[:50]]
        targets = centred[rng.permutation(len(x))[:50]]
        z = inputs @ encoder
        error = (z @ decoder - targets) / len(inputs)
        gradients = inputs.T @ (error @ decoder.T), z.T @ error
        encoder -= pace * gradients[0]
        decoder -= pace * gradients[1]
    return mean, encoder, decoder
