"""Mistaken penalties for 05.3: pairs of a message and a rule of (z, kernel, weight)."""

from functools import partial
from itertools import product

import numpy as np


def lengths(kernel, axis=1):
    return np.linalg.norm(np.asarray(kernel, float), axis=axis)


def right(z, kernel, weight):
    return weight * np.mean(np.abs(z).astype(float) @ lengths(kernel))


# Each part of the penalty, right or not: from (what the learner did, what to say of it) to what it then is.
RIGHT = ("", "")
LENGTHS = {
    RIGHT: lengths,
    ("you took the squares of the lengths", "The root is missing. Squared, they no longer balance z."): (
        lambda kernel, axis=1: lengths(kernel, axis) ** 2
    ),
    ("you took the sum of a direction's absolute values for its length", "It is the root of the sum of squares."): (
        lambda kernel, axis=1: np.abs(kernel).sum(axis=axis)
    ),
    ("you took the largest absolute value of a direction for its length", "It is the root of the sum of squares."): (
        lambda kernel, axis=1: np.abs(kernel).max(axis=axis)
    ),
    ("you took the mean of a direction's squares under the root", "A length takes their sum."): (
        lambda kernel, axis=1: np.sqrt(np.mean(np.asarray(kernel, float) ** 2, axis=axis))
    ),
    ("you took the mean of a direction's absolute values for its length", "It is the root of the sum of squares."): (
        lambda kernel, axis=1: np.abs(kernel).mean(axis=axis)
    ),
    ("you took the root twice", "The root of the sum of squares is the length."): (
        lambda kernel, axis=1: np.sqrt(lengths(kernel, axis))
    ),
    ("you added up the numbers of a direction for its length", "It is the root of the sum of their squares."): (
        lambda kernel, axis=1: np.sum(kernel, axis=axis, dtype=float)
    ),
}
OWN = "Each unit is weighted by its own."
WHOLE = {
    (
        "the lengths of the directions are missing",
        "This is plain L1, which z / 10 with ten times the decoder evades. (A kernel with its rows normalised comes to "
        "the same.)",
    ): lambda kernel: 1.0,
    ("you took one length of the whole kernel", "Each unit has a direction, and a length, of its own."): (
        lambda kernel: np.sqrt(np.sum(np.asarray(kernel, float) ** 2))
    ),
    ("you took the mean of the lengths for all units", OWN): lambda kernel: lengths(kernel).mean(),
    ("you took the sum of the lengths for all units", OWN): lambda kernel: lengths(kernel).sum(),
    ("you took the largest length for all units", OWN): lambda kernel: lengths(kernel).max(),
    ("you divided by the lengths", "The contribution of a unit is z_j d_j: multiply."): lambda kernel: (
        1 / np.maximum(lengths(kernel), 1e-12)
    ),
}
CODES = {
    RIGHT: np.abs,
    ("the absolute value of z is missing", "Negative values would be paid for."): lambda z: z,
    ("you squared z", "Its absolute value is asked for."): np.square,
    ("you cut negative values of z off", "Their absolute value counts."): lambda z: np.maximum(z, 0),
}
REDUCED = {
    RIGHT: lambda each: each.sum(axis=1).mean(),
    ("you summed over the examples", "Take the mean, or the penalty grows with the batch."): np.sum,
    ("you took the mean over the units, too", "Sum over the units, then take the mean over the examples."): np.mean,
    ("you took the mean over the units and the sum over the examples", "It is the other way round."): (
        lambda each: each.mean(axis=1).sum()
    ),
    ("you took the largest unit of each example", "Sum over the units."): lambda each: each.max(axis=1).mean(),
    ("you took the first example alone", "Take the mean over all examples."): lambda each: each[0].sum(),
}
WEIGHTS = {
    RIGHT: lambda weight: weight,
    ("the weight is missing", "It multiplies the mean."): lambda weight: 1.0,
    ("you multiplied by the weight twice", "Once is enough."): lambda weight: weight**2,
    ("you divided by the weight", "Multiply by it."): lambda weight: 1 / weight,
}
COLUMNS = "your lengths are those of the columns"
AXIS = "Unit j's direction is row j, so that the squares are summed over axis 1. (Only a square kernel lets this run.)"
NORMALISED = (
    "Your penalty is not finite where a row of the kernel is all zeros. Such a unit adds 0. A division by the lengths, "
    "say, is not needed."
)


def _penalty(length, code, reduce, weigh, z, kernel, weight):
    return weigh(weight) * reduce(code(z.astype(float)) * length(kernel))


def _of_columns(length):
    """The same length, taken of columns; of a kernel that is not square, it fits no code."""
    return lambda kernel: length(kernel, axis=0) if kernel.shape[0] == kernel.shape[1] else np.nan


def _combined():
    """All single mistakes in the parts, then all pairs of them."""
    by_unit = [*LENGTHS.items(), ((COLUMNS, AXIS), _of_columns(lengths)), *WHOLE.items()]
    rules = []
    for parts in product(by_unit, CODES.items(), REDUCED.items(), WEIGHTS.items()):
        wrong = [mistake for mistake, _ in parts if mistake != RIGHT]
        rule = partial(_penalty, *(function for _, function in parts))
        if 0 < len(wrong) <= 2:
            rules.append((len(wrong), _told(wrong), rule))
    for mistake, length in list(LENGTHS.items())[1:]:
        rules.append((2, _told([(COLUMNS, AXIS), mistake]), partial(_penalty, _of_columns(length), *RIGHT_PARTS)))
    return [(message, rule) for _, message, rule in sorted(rules, key=lambda rule: rule[0])]


RIGHT_PARTS = (CODES[RIGHT], REDUCED[RIGHT], WEIGHTS[RIGHT])


def _told(mistakes):
    (did, about), *more = mistakes
    if more:
        return f"Two mistakes together: {did}, and {more[0][0]}."
    return f"{did[0].upper()}{did[1:]}. {about}"


def _drawn(z, kernel):
    return z.astype(float) @ kernel


OTHERS = [
    (
        "You added the lengths to the code. Each |z_j| is multiplied by its length.",
        lambda z, kernel, weight: weight * (np.abs(z).sum(axis=1).mean() + lengths(kernel).sum()),
    ),
    (
        "You penalised the reconstruction, the absolute values of z @ decoder_kernel. There contributions of units "
        "cancel; each is to be counted by itself.",
        lambda z, kernel, weight: weight * np.abs(_drawn(z, kernel)).sum(axis=1).mean(),
    ),
    (
        "You penalised the length of the reconstruction, z @ decoder_kernel. There contributions of units cancel; each "
        "is to be counted by itself.",
        lambda z, kernel, weight: weight * lengths(_drawn(z, kernel)).mean(),
    ),
    (
        "You took the root of the sum of squares over the units: that is L2, which does not make a code sparse. Sum "
        "|z_j| ||d_j|| itself.",
        lambda z, kernel, weight: weight * lengths(z * lengths(kernel)).mean(),
    ),
    (
        "You took the mean over the examples before the absolute value, so that positive and negative values cancel.",
        lambda z, kernel, weight: weight * np.abs(z.astype(float).mean(axis=0)) @ lengths(kernel),
    ),
    ("There is a factor of 1/2 too many.", lambda z, kernel, weight: right(z, kernel, weight) / 2),
    ("You added the weight. Multiply by it.", lambda z, kernel, weight: weight + right(z, kernel, 1.0)),
    ("You returned the negative of the penalty.", lambda z, kernel, weight: -right(z, kernel, weight)),
    (
        "You took the root of the penalty. Only the lengths have a root.",
        lambda z, kernel, weight: np.sqrt(right(z, kernel, weight)),
    ),
]
MISTAKES = [*_combined(), *OTHERS]
