"""With a floor of Keras's epsilon under the root."""


def scale_free_l1(z, decoder_kernel, weight):
    squares = ops.sum(ops.square(decoder_kernel), axis=1)
    lengths = ops.sqrt(ops.maximum(squares, keras.config.epsilon()))
    return weight * ops.sum(ops.abs(z) * lengths) / len(z)
