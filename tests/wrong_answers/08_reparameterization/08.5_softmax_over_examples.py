"""The softmax runs over the examples of the batch."""

MESSAGE = "Your softmax runs over axis 0"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) / temperature, axis=0)
    return soft + ops.stop_gradient(hard - soft)
