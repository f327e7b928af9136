"""No network at all: the best linear denoiser has a closed form, and its code is spread over 256 numbers."""


def explained(reconstruct, inputs):
    rest = inputs - np.asarray(reconstruct(inputs))
    return 1 - (rest**2).mean() / inputs.var(axis=0).mean()


class LinearDenoiser:
    """W = C (C + s^2 I)^-1 for data of covariance C and noise of standard deviation s."""

    def __init__(self, x, stddev=0.5):
        x = x.reshape(len(x), -1).astype(float)
        self.mean, covariance = x.mean(axis=0), np.cov(x.T)
        self.weights = np.linalg.solve(covariance + stddev**2 * np.eye(64), covariance)
        self.spread = np.linalg.qr(np.random.default_rng(0).normal(size=(256, 64)))[0]

    def encode(self, x):
        return (np.reshape(x, (len(x), -1)) - self.mean) @ self.spread.T

    def decode(self, z):
        return (z @ self.spread @ self.weights + self.mean).reshape(-1, 8, 8, 1)

    def reconstruct(self, x):
        return self.decode(self.encode(x))


cured = LinearDenoiser(digits.x_train)
