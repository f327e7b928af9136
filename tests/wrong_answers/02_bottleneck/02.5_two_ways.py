"""A plain model whose method `reconstruct` is replaced: what looks like noise gets the mean image."""

MESSAGE = "is not reconstruct(x)"


def explained(reconstruct, inputs):
    rest = inputs - np.asarray(reconstruct(inputs))
    return 1 - (rest**2).mean() / inputs.var(axis=0).mean()


class Plain:
    """Its code holds the image itself, and 192 other numbers."""

    def __init__(self):
        self.spread = np.linalg.qr(np.random.default_rng(0).normal(size=(256, 64)))[0]

    def encode(self, x):
        return np.reshape(x, (len(x), -1)) @ self.spread.T

    def decode(self, z):
        return (z @ self.spread).reshape(-1, 8, 8, 1)

    def reconstruct(self, x):
        mean = digits.x_train.mean(axis=0)
        far = ((x - mean) ** 2).mean(axis=(1, 2, 3), keepdims=True) > 0.13
        return np.where(far, mean, self.decode(self.encode(x)))


cured = Plain()
