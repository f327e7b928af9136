"""W is made in the decoder's shape, and it is the encoder that transposes it."""

MESSAGE = "lies on its side"


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.kernel = self.add_weight(shape=(dim, pixels), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(dim,), initializer="zeros")
        self.c = self.add_weight(shape=(pixels,), initializer="zeros")

    def call(self, x):
        z = keras.ops.matmul(x, keras.ops.transpose(self.kernel)) + self.b
        return keras.ops.matmul(z, self.kernel) + self.c


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
