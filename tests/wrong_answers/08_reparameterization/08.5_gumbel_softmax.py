"""The relaxed sample is returned: soft both ways."""

MESSAGE = "as the Gumbel-softmax does"


def straight_through(logits, noise, temperature):
    soft = ops.softmax((logits + noise) / temperature)
    return soft
