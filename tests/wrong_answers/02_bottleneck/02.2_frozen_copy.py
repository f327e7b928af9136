"""The decoder is a Dense layer that holds the transposed kernel and is frozen so that it cannot drift."""

MESSAGE = "a second matrix that is not trained"


class Bias(keras.layers.Layer):
    def build(self, shape):
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        return x + self.bias


def tied_autoencoder(pixels, dim):
    encoder, decoder = keras.layers.Dense(dim), keras.layers.Dense(pixels, use_bias=False, trainable=False)
    model = keras.Sequential([keras.Input((pixels,)), encoder, decoder, Bias()])
    decoder.kernel.assign(keras.ops.transpose(encoder.kernel))
    return model
