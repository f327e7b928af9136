"""Two networks in the library's Autoencoder; the decoder's layer transposes the encoder's kernel when it is called."""


class Back(keras.layers.Layer):
    def __init__(self, dense):
        super().__init__()
        self.dense = dense

    def build(self, shape):
        self.shift = self.add_weight(shape=(self.dense.kernel.shape[0],), initializer="zeros")

    def call(self, z):
        return keras.ops.dot(z, keras.ops.transpose(self.dense.kernel)) + self.shift


def tied_autoencoder(pixels, dim):
    dense = keras.layers.Dense(dim)
    there = keras.Sequential([keras.Input((pixels,)), dense])
    back = keras.Sequential([keras.Input((dim,)), Back(dense)])
    return ae.Autoencoder(there, back)
