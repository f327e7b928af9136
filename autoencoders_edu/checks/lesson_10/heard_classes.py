"""What a network makes of classes, told from its outputs for each of them, (classes, outputs)."""

import numpy as np


def told_apart(outputs):
    """For each two classes, whether some output differs: booleans (classes, classes)."""
    return np.abs(outputs[:, None] - outputs[None]).max(axis=-1) > 1e-4


def as_one_number(outputs):
    """Whether all outputs move by the same step from each class to the next."""
    return np.abs(np.diff(outputs, n=2, axis=0)).max() < 1e-3
