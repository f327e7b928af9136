"""A high temperature is believed to sharpen: it is multiplied."""

MESSAGE = "You multiplied by the temperature"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax((logits + noise) * temperature)
    return soft + ops.stop_gradient(hard - soft)
