"""A Dense layer for the encoder, and a subclassed model that only adds the decoder's bias; built when first called."""


class Tied(keras.Model):
    def __init__(self, pixels, dim):
        super().__init__()
        self.encoder = keras.layers.Dense(dim)
        self.bias = self.add_weight(shape=(pixels,), initializer="zeros", name="decoder_bias")

    def call(self, x):
        return keras.ops.matmul(self.encoder(x), keras.ops.transpose(self.encoder.kernel)) + self.bias


def tied_autoencoder(pixels, dim):
    return Tied(pixels, dim)
