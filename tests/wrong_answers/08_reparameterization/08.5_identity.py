"""The first straight-through estimator: the gradient passes as if nothing had happened."""

MESSAGE = "Your gradient is that of the identity"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    return logits + ops.stop_gradient(hard - logits)
