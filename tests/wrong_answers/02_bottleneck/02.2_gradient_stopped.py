"""The decoder's use of W is cut off from the gradient, so that W is not updated twice."""

MESSAGE = "only its use in the encoder"


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim)
        self.bias = self.add_weight(shape=(pixels,), initializer="zeros")

    def call(self, x):
        z = self.encoder(x)
        kernel = keras.ops.stop_gradient(keras.ops.convert_to_tensor(self.encoder.kernel))
        return keras.ops.matmul(z, keras.ops.transpose(kernel)) + self.bias


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
