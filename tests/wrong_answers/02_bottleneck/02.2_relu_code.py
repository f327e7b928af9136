"""The encoder keeps the relu that hidden layers usually have."""

MESSAGE = "There is an activation"


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim, activation="relu")
        self.bias = self.add_weight(shape=(pixels,), initializer="zeros")

    def call(self, x):
        return keras.ops.matmul(self.encoder(x), keras.ops.transpose(self.encoder.kernel)) + self.bias


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
