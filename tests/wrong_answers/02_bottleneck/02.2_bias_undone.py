"""The decoder first takes the encoder's bias off again, as if it had to run the encoder backwards."""

MESSAGE = "taken off again"


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim)
        self.bias = self.add_weight(shape=(pixels,), initializer="zeros")

    def call(self, x):
        z = self.encoder(x)
        return keras.ops.matmul(z - self.encoder.bias, keras.ops.transpose(self.encoder.kernel)) + self.bias


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
