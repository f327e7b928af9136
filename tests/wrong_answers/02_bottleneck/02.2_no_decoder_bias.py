"""Tying is taken to mean that the decoder has no weights of its own at all, not even a bias."""

MESSAGE = "The decoder has no bias c"


class Tied(keras.Model):
    def __init__(self, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim)

    def call(self, x):
        return keras.ops.matmul(self.encoder(x), keras.ops.transpose(self.encoder.kernel))


def tied_autoencoder(pixels, dim):
    return Tied(dim)
