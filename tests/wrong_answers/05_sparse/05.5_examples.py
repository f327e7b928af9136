"""Some of the examples."""

MESSAGE = "Each of your directions is an example"


def recover_directions(x, units, k):
    return x[:units]
