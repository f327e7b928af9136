"""All of the examples."""

MESSAGE = "You returned one row per example, of the size of x"


def recover_directions(x, units, k):
    return 1.0 * x
