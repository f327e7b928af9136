"""One layer with all three weights, made in build, inside a functional model; einsum instead of a transpose."""


class Both(keras.layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def build(self, shape):
        pixels = shape[-1]
        self.c = self.add_weight(shape=(pixels,), initializer="zeros")
        self.b = self.add_weight(shape=(self.dim,), initializer="zeros")
        self.w = self.add_weight(shape=(pixels, self.dim), initializer="random_normal")

    def call(self, x):
        z = keras.ops.einsum("np,pd->nd", x, self.w) + self.b
        return keras.ops.einsum("nd,pd->np", z, self.w) + self.c


def tied_autoencoder(pixels, dim):
    x = keras.Input((pixels,))
    return keras.Model(x, Both(dim)(x))
