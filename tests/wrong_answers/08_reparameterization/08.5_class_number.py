"""The number of the class is returned."""

MESSAGE = "You returned the number of the class"


def straight_through(logits, noise, temperature):
    return ops.argmax(logits + noise, axis=-1)
