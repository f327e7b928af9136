"""With Keras's own epsilon under the root."""


def scale_free_l1(z, decoder_kernel, weight):
    lengths = ops.sqrt(ops.sum(ops.square(decoder_kernel), axis=-1) + keras.config.epsilon())
    return weight * ops.dot(ops.mean(ops.abs(z), axis=0), lengths)
