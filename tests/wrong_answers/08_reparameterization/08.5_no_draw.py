"""The likeliest class is taken, and the noise only softens the gradient."""

MESSAGE = "Your choice ignores the noise"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) / temperature)
    return soft + ops.stop_gradient(hard - soft)
