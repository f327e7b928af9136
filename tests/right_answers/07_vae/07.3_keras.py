"""Keras's own cross-entropy from logits, summed."""


def negative_elbo(x, logits, mean, log_variance):
    ops = keras.ops
    pixels = ops.binary_crossentropy(ops.convert_to_tensor(x), ops.convert_to_tensor(logits), from_logits=True)
    kl = 0.5 * ops.sum(ops.square(mean) + ops.exp(log_variance) - log_variance - 1, axis=-1)
    return ops.sum(pixels, axis=(1, 2, 3)) + kl
