"""The transpose is computed once, in build, and kept as an attribute: a constant that no training reaches."""

MESSAGE = "you transposed it once"


class Back(keras.layers.Layer):
    def __init__(self, dense):
        super().__init__()
        self.dense = dense

    def build(self, shape):
        self.kernel = keras.ops.transpose(keras.ops.convert_to_tensor(self.dense.kernel))
        self.bias = self.add_weight(shape=(self.dense.kernel.shape[0],), initializer="zeros")

    def call(self, z):
        return keras.ops.matmul(z, self.kernel) + self.bias


def tied_autoencoder(pixels, dim):
    x = keras.Input((pixels,))
    dense = keras.layers.Dense(dim)
    return keras.Model(x, Back(dense)(dense(x)))
