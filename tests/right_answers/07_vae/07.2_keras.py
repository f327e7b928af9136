"""With Keras's operations, which return a tensor."""


def gaussian_kl(mean, log_variance):
    terms = 1 + log_variance - keras.ops.square(mean) - keras.ops.exp(log_variance)
    return -0.5 * keras.ops.sum(terms, axis=-1)
