"""The choice is right; in the softmax the temperature divides the logits alone."""

MESSAGE = "Only the logits are divided"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax(logits / temperature + noise)
    return soft + ops.stop_gradient(hard - soft)
