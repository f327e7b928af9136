"""Directions of twenty numbers, as in the notebook."""

MESSAGE = "Your directions have 20 numbers each"


def recover_directions(x, units, k):
    return np.random.default_rng(0).normal(size=(units, 20))
