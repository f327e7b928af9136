"""TensorFlow Probability's KL, and Keras's operations on it."""


def free_bits_kl(mean, log_variance, free):
    tfd = ae.distributions.tfd
    q, prior = tfd.Normal(mean, keras.ops.exp(log_variance / 2)), tfd.Normal(0.0, 1.0)
    kl = keras.ops.mean(tfd.kl_divergence(q, prior), axis=0)
    return keras.ops.sum(keras.ops.maximum(kl, free))
