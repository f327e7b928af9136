"""A text."""

MESSAGE = "one direction per row. Received"


def recover_directions(x, units, k):
    return "the decoder's kernel"
