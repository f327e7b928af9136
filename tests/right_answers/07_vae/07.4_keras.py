"""With Keras's operations, in 32 bits."""


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    ops = keras.ops
    z = mean + np.exp(log_variance / 2) * epsilon
    logits = ops.convert_to_tensor(decode(z), "float32")
    target = ops.broadcast_to(ops.cast(x, "float32"), logits.shape)
    log_likelihood = -ops.sum(ops.binary_crossentropy(target, logits, from_logits=True), axis=-1)
    log_ratio = 0.5 * np.sum(epsilon**2 - z**2 + log_variance, axis=-1)
    return ops.mean(log_likelihood + ops.cast(log_ratio, "float32"), axis=0)
