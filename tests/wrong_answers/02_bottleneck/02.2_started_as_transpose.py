"""The decoder's own kernel is set to the transpose once, after building; training then changes both apart."""

MESSAGE = "merely starts as the transpose"


def tied_autoencoder(pixels, dim):
    encoder, decoder = keras.layers.Dense(dim), keras.layers.Dense(pixels)
    model = keras.Sequential([keras.Input((pixels,)), encoder, decoder])
    decoder.kernel.assign(keras.ops.transpose(encoder.kernel))
    return model
