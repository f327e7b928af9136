"""The choice is drawn from the noise alone."""

MESSAGE = "Your choice ignores the logits"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(noise, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) / temperature)
    return soft + ops.stop_gradient(hard - soft)
