"""The decoder should undo the encoder, so it uses the pseudo-inverse of W."""

MESSAGE = "pseudo-inverse"


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim)
        self.bias = self.add_weight(shape=(pixels,), initializer="zeros")

    def call(self, x):
        z = self.encoder(x)
        return (
            keras.ops.matmul(z, keras.ops.convert_to_tensor(np.linalg.pinv(np.asarray(self.encoder.kernel))))
            + self.bias
        )


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
