"""Mistaken scores of learned directions, for 05.4: pairs of a message and a rule of (learned, true)."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from autoencoders_edu.checks.lesson_05.directions import cosines, mean_max_cosine, unit
from autoencoders_edu.checks.lesson_05.row_mistakes import ROW_MISTAKES


def _products(learned, true):
    return np.asarray(true, float) @ np.asarray(learned, float).T


def _best(table):
    return table.max(axis=1).mean()


def _divided(by):
    """The rule of those who divide directions by something else than their lengths."""
    return lambda learned, true: _best(by(true) @ by(learned).T)


def _by(size):
    def divided(rows):
        rows = np.asarray(rows, float)
        sizes = size(rows)
        return rows / np.where(sizes > 0, sizes, 1)

    return divided


_over_squares = _by(lambda rows: np.sum(rows**2, axis=1, keepdims=True))


def _matched(learned, true, pairs=None):
    table = cosines(learned, true)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return table[rows, columns].sum() / (pairs or len(rows))


def _greedy(learned, true):
    """The mean over true directions of the best learned one that none before it has taken."""
    table, taken = cosines(learned, true), []
    for row in table:
        row[taken] = -np.inf
        taken.append(int(row.argmax()))
    best = [row[place] for row, place in zip(table, taken, strict=True)]
    return np.mean(best) if np.isfinite(best).all() else np.nan


def _of_place(places, learned, true):
    return np.mean(cosines(learned, true)[np.arange(len(true)), places])


def _nearest(learned, true):
    distances = np.linalg.norm(np.asarray(true, float)[:, None] - np.asarray(learned, float)[None], axis=2)
    return _of_place(distances.argmin(axis=1), learned, true)


def _of_columns(learned, true):
    return mean_max_cosine(learned.T, true.T) if len(learned) == len(true) else np.nan


def _centred(rows, axis):
    rows = np.asarray(rows, float)
    return rows - rows.mean(axis=axis, keepdims=True)


def _same_place(learned, true):
    return np.mean(np.diagonal(cosines(learned, true))) if len(learned) == len(true) else np.nan


def _both_ways(learned, true):
    return (mean_max_cosine(learned, true) + mean_max_cosine(true, learned)) / 2


def _normalised_table(learned, true):
    table = _products(learned, true)
    return _best(table / np.linalg.norm(table, axis=1, keepdims=True))


def _largest_of_all(learned, true):
    return np.sort(cosines(learned, true), axis=None)[-len(true) :].mean()


def _weighted(learned, true):
    return np.average(cosines(learned, true).max(axis=1), weights=np.linalg.norm(true.astype(float), axis=1))


LEARNED_SIDE = (
    "The largest cosine is taken for each learned direction: either your code goes through those, or the two arguments "
    "are exchanged (learned comes first, true second). Then spare directions lower the score, and a true one that "
    "nobody found costs nothing: go through the true directions."
)
SIGN = (
    "You took absolute cosines. A learned direction that points the opposite way has found nothing: codes are not "
    "negative."
)
NOT_UNIT = "You took products of directions as they are. A cosine is the product of directions of length 1."
MATCHED = (
    "You matched learned and true directions one to one. Not asked: each true direction may take whichever learned one "
    "is best."
)
MISTAKES = [
    (LEARNED_SIDE, lambda learned, true: cosines(learned, true).max(axis=0).mean()),
    (SIGN, lambda learned, true: _best(np.abs(cosines(learned, true)))),
    (
        "You took the largest absolute cosine for each learned direction. Go through the true ones; the sign counts.",
        lambda learned, true: np.abs(cosines(learned, true)).max(axis=0).mean(),
    ),
    (
        "You returned the mean place of the largest cosines, as argmax gives it. Take the cosines themselves.",
        lambda learned, true: cosines(learned, true).argmax(axis=1).mean(),
    ),
    ("You returned a percentage. A cosine is at most 1.", lambda learned, true: 100 * mean_max_cosine(learned, true)),
    *(
        (
            "You rounded the score. Return it as it is.",
            lambda learned, true, n=n: np.round(mean_max_cosine(learned, true), n),
        )
        for n in range(4)
    ),
    (
        "You used reshape for a transpose. It keeps the order of the numbers and mixes those of different directions.",
        lambda learned, true: _best(unit(true) @ unit(learned).reshape(learned.shape[::-1])),
    ),
    (
        "You took absolute products with learned directions as they are. Divide by their lengths; the sign counts.",
        lambda learned, true: _best(np.abs(unit(true) @ learned.astype(float).T)),
    ),
    (
        "You took absolute products with true directions as they are. Divide by their lengths; the sign counts.",
        lambda learned, true: _best(np.abs(true.astype(float) @ unit(learned).T)),
    ),
    (
        "You divided the true directions by their squared lengths: the root is missing.",
        lambda learned, true: _best(_over_squares(true) @ unit(learned).T),
    ),
    (
        "You divided the learned directions by their squared lengths: the root is missing.",
        lambda learned, true: _best(unit(true) @ _over_squares(learned).T),
    ),
    ("You squared the cosines.", lambda learned, true: _best(cosines(learned, true) ** 2)),
    (NOT_UNIT, lambda learned, true: _best(_products(learned, true))),
    (
        "You took the largest product for each learned direction. Go through the true ones, and divide by the lengths "
        "first.",
        lambda learned, true: _products(learned, true).max(axis=0).mean(),
    ),
    (
        "You took absolute products of directions as they are. A cosine is the product of directions of length 1, and "
        "its sign counts.",
        lambda learned, true: _best(np.abs(_products(learned, true))),
    ),
    (
        "The true directions are not divided by their lengths. They need not have length 1 either.",
        lambda learned, true: _best(true.astype(float) @ unit(learned).T),
    ),
    (
        "The learned directions are not divided by their lengths.",
        lambda learned, true: _best(unit(true) @ learned.astype(float).T),
    ),
    (
        "You divided by the lengths of the columns. Directions are rows: sum the squares over axis 1.",
        _divided(lambda rows: unit(rows, axis=0)),
    ),
    (
        "You divided by one length of the whole array. Each row has a length of its own.",
        _divided(_by(lambda rows: np.linalg.norm(rows))),
    ),
    (
        "You divided by the squared lengths: the root is missing.",
        _divided(_over_squares),
    ),
    (
        "You divided by the sum of absolute values. The length is the root of the sum of squares.",
        _divided(_by(lambda rows: np.abs(rows).sum(axis=1, keepdims=True))),
    ),
    (
        "You divided by the largest absolute value of each row. The length is the root of the sum of squares.",
        _divided(_by(lambda rows: np.abs(rows).max(axis=1, keepdims=True))),
    ),
    (
        "You divided by the root of the mean square. The length is the root of the sum of squares.",
        _divided(_by(lambda rows: np.sqrt(np.mean(rows**2, axis=1, keepdims=True)))),
    ),
    (
        "You took the columns for the directions. They are the rows.",
        _of_columns,
    ),
    (
        "You subtracted each direction's mean first: that is a correlation. A cosine takes the directions as they are.",
        lambda learned, true: mean_max_cosine(_centred(learned, 1), _centred(true, 1)),
    ),
    (
        "You subtracted the mean direction first. A cosine takes the directions as they are.",
        lambda learned, true: mean_max_cosine(_centred(learned, 0), _centred(true, 0)),
    ),
    (
        "You took the mean of all cosines. Take the largest for each true direction.",
        lambda learned, true: cosines(learned, true).mean(),
    ),
    (
        "You took the largest cosine of all. Take the largest for each true direction, then the mean.",
        lambda learned, true: cosines(learned, true).max(),
    ),
    (
        "You took the smallest cosine for each true direction, in place of the largest.",
        lambda learned, true: cosines(learned, true).min(axis=1).mean(),
    ),
    (
        "You took the mean cosine for each true direction, and then the largest. It is the other way round.",
        lambda learned, true: cosines(learned, true).mean(axis=1).max(),
    ),
    (
        "You took the worst of the true directions. The mean over them is asked for.",
        lambda learned, true: cosines(learned, true).max(axis=1).min(),
    ),
    (
        "You took the median over the true directions. The mean is asked for.",
        lambda learned, true: np.median(cosines(learned, true).max(axis=1)),
    ),
    (
        "You summed over the true directions. The mean is asked for.",
        lambda learned, true: cosines(learned, true).max(axis=1).sum(),
    ),
    (
        "You divided by the number of learned directions. The mean is over the true ones.",
        lambda learned, true: cosines(learned, true).max(axis=1).sum() / len(learned),
    ),
    (MATCHED, _matched),
    (MATCHED, lambda learned, true: _matched(learned, true, len(true))),
    (
        "You let no learned direction be taken twice. It may be the best for several true ones.",
        _greedy,
    ),
    (
        "You compared directions of the same place. A learned direction may stand anywhere: compare all with all.",
        _same_place,
    ),
    (
        "You took the nearest learned direction by distance, and then its cosine. The nearest need not have the "
        "largest cosine: lengths do not count.",
        _nearest,
    ),
    (
        "You took the learned direction with the largest product, and then its cosine. A long one has a large product: "
        "divide by the lengths first.",
        lambda learned, true: _of_place(_products(learned, true).argmax(axis=1), learned, true),
    ),
    (
        "You took the direction with the largest absolute cosine, and then its cosine. Take the largest with its sign.",
        lambda learned, true: _of_place(np.abs(cosines(learned, true)).argmax(axis=1), learned, true),
    ),
    (
        "You took the mean of both ways round. Only the true directions are gone through.",
        _both_ways,
    ),
    (
        "You returned angles. Cosines are asked for.",
        lambda learned, true: np.mean(np.arccos(np.clip(cosines(learned, true).max(axis=1), -1, 1))),
    ),
    (
        "You returned angles in degrees. Cosines are asked for.",
        lambda learned, true: np.degrees(np.mean(np.arccos(np.clip(cosines(learned, true).max(axis=1), -1, 1)))),
    ),
    (
        "You took the largest of 1 - cosine for each true direction, which belongs to the learned one that is furthest "
        "away. Take the largest cosine.",
        lambda learned, true: (1 - cosines(learned, true)).max(axis=1).mean(),
    ),
    (
        "You divided the products of each true direction by the root of the sum of their squares. Divide the "
        "directions by their own lengths, before they are multiplied.",
        _normalised_table,
    ),
    (
        "You took as many of the largest cosines as there are true directions, wherever they stand. Take one for each "
        "true direction.",
        _largest_of_all,
    ),
    ("You weighted the true directions by their lengths. Each counts the same.", _weighted),
    (
        "You took the root of the mean square of the largest cosines. Their mean is asked for.",
        lambda learned, true: np.sqrt(np.mean(cosines(learned, true).max(axis=1) ** 2)),
    ),
    (
        "You divided the true directions by the lengths of the columns. Directions are rows: sum the squares over axis "
        "1.",
        lambda learned, true: _best(unit(true, axis=0) @ unit(learned).T),
    ),
    (
        "You divided the learned directions by the lengths of the columns. Directions are rows: sum the squares over "
        "axis 1.",
        lambda learned, true: _best(unit(true) @ unit(learned, axis=0).T),
    ),
    ("You returned 1 - cosine, a distance.", lambda learned, true: 1 - mean_max_cosine(learned, true)),
    (
        "You returned the share of true directions with a cosine above 0.9. The mean cosine is asked for.",
        lambda learned, true: np.mean(cosines(learned, true).max(axis=1) > 0.9),
    ),
    *ROW_MISTAKES,
]
