"""The choice is drawn with noise, the gradient lent from the probabilities without it."""

MESSAGE = "Noise and temperature are missing"


def straight_through(logits, noise, temperature):
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    soft = ops.softmax(logits)
    return soft + ops.stop_gradient(hard - soft)
