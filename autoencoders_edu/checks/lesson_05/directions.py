"""Directions in rows: how well learned ones find true ones, for 05.4 and 05.5."""

import numpy as np


def unit(directions, axis=1):
    """Directions of length 1; rows of zeros stay zeros."""
    directions = np.asarray(directions, float)
    lengths = np.linalg.norm(directions, axis=axis, keepdims=True)
    return directions / np.where(lengths > 0, lengths, 1)


def cosines(learned, true):
    """The cosine of each true direction with each learned one: (true, learned)."""
    return unit(true) @ unit(learned).T


def mean_max_cosine(learned, true):
    return cosines(learned, true).max(axis=1).mean()
