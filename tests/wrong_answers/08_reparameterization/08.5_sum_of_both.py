"""Hard and soft are added, and nothing is taken off again."""

MESSAGE = "You added one-hot and softmax"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) / temperature)
    return soft + ops.stop_gradient(hard)
