"""The examples are centred in place."""

MESSAGE = "in place: its caller finds other values"


def recover_directions(x, units, k):
    x -= x.mean(axis=0)
    return x[:units]
