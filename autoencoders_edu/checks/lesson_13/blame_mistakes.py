"""Which metric is to blame, as 13.5 asks for it and as mistakes make it."""

import numpy as np

from autoencoders_edu.checks.shared.combined import rules, ways

LEAST = 1e-9  # of C_jj: below it, the metric lies in the plane and cannot be blamed


def _as_it_is(x):
    return x


def _residual(x, p):
    return x - x @ p @ p.T


def _diagonal(p):
    return 1 - np.sum(p**2, axis=1)


def _contribution(residual, diagonal, x):
    return residual**2 / diagonal


def _left_out(value, diagonal):
    return np.where(diagonal < LEAST, -np.inf, value)


def _per_row(value):
    return np.argmax(value, axis=1)


def contributions(
    x, components, *, prepare=_as_it_is, residual=_residual, diagonal=_diagonal, value=_contribution, guard=_left_out
):
    """The value by which metrics are blamed, (rows, metrics); parts as in `blame`."""
    x, p = prepare(np.asarray(x, float)), np.asarray(components, float)
    with np.errstate(all="ignore"):
        of_plane = diagonal(p)
        return guard(value(residual(x, p), of_plane, x), of_plane)


def blame(x, components, *, choose=_per_row, **parts):
    """The metric to blame in each row, (rows,).

    Args:
        x, components: of a case.
        choose: a part, what is returned of the values by which metrics are blamed.
        parts: prepare (what is done to x), residual, diagonal (C_jj), value (by which metrics are compared), guard
            (where C_jj is 0).
    """
    return np.asarray(choose(contributions(x, components, **parts)), float)


def right(*case):
    return blame(*case)


def _unguarded(value, diagonal):
    return value


def _nothing_to_divide(residual, diagonal, x):
    return residual**2


def _standardised(x):
    stddev = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(stddev > 0, stddev, 1)


# Values that do without C_jj.
PLAIN = {
    "You blame the metric with the largest error. An error is smeared over other metrics, and the metric that caused "
    "it keeps only C_jj of it: divide the squared residual by C_jj.": {"value": _nothing_to_divide},
    "You blame the metric with the largest signed error: one that is too low is never blamed. Square the residual, and "
    "divide it by C_jj.": {"value": lambda r, c, x: r},
    "You blame the metric that is farthest from its mean, without PCA. It may move as it always does together with "
    "others.": {"value": lambda r, c, x: x**2},
    "You blame the metric with the largest value, without PCA. It may move as it always does together with others.": {
        "value": lambda r, c, x: x
    },
    "You divide the squared residual by the residual's variance in these rows. Divide it by C_jj, which "
    "knows nothing of the rows.": {"value": lambda r, c, x: r**2 / r.var(axis=0)},
    "You divide the squared residual by its mean over these rows. Divide it by C_jj, whatever the rows.": {
        "value": lambda r, c, x: r**2 / np.mean(r**2, axis=0)
    },
    "You multiply the residual with x, (C x)_j x_j. The contribution is (C x)_j^2 / C_jj.": {
        "value": lambda r, c, x: r * x
    },
}
VALUE = {
    "You divide the residual by C_jj without squaring it, or before: residual / C_jj is how far the metric would have "
    "to be moved, not how much of the error this removes. Square the residual, and divide the square by C_jj.": {
        "value": lambda r, c, x: (r / c) ** 2
    },
    "You divide x itself by C_jj. The contribution is (C x)_j^2 / C_jj.": {"value": lambda r, c, x: (x / c) ** 2},
    "You divide by 1 - C_jj, the leverage. Divide by C_jj, which is small where the leverage is large.": {
        "value": lambda r, c, x: r**2 / (1 - c)
    },
    "You multiply by C_jj. Divide by it.": {"value": lambda r, c, x: r**2 * c},
    "You multiply the squared residual by the leverage, 1 - C_jj. Divide it by C_jj.": {
        "value": lambda r, c, x: r**2 * (1 - c)
    },
    "You divide the squared residual by the root of C_jj, or the residual by the root of that. Divide it by C_jj.": {
        "value": lambda r, c, x: r**2 / np.sqrt(np.maximum(c, 0))
    },
    "You neither square the residual nor take its absolute value: a metric that is too low is never blamed.": {
        "value": lambda r, c, x: r / c
    },
    "You divide the signed residual by the root of C_jj: a metric that is too low is never blamed. Square it.": {
        "value": lambda r, c, x: r / np.sqrt(np.maximum(c, 0))
    },
    "You put x itself in the place of the residual C x.": {"value": lambda r, c, x: x**2 / c},
    "You multiply the residual with x and divide by C_jj. The contribution is (C x)_j^2 / C_jj.": {
        "value": lambda r, c, x: r * x / c
    },
    "You blame the metric with the smallest C_jj in every row. The residual counts as well.": {
        "value": lambda r, c, x: np.broadcast_to(-c, r.shape)
    },
}
RESIDUAL = {
    "You took the part of x that lies in the plane, x P P^T. The residual is what is left: x - x P P^T.": {
        "residual": lambda x, p: x @ p @ p.T
    },
    "You cut the residual to whole numbers. Use it as it is.": {"residual": lambda x, p: np.trunc(_residual(x, p))},
    "You subtracted the codes' squares from the row. The residual is x - x P P^T.": {
        "residual": lambda x, p: x - (x @ p) ** 2 @ p.T
    },
}
PREPARE = {
    "You centred x again, by the mean of these rows. It is standardised already, and a shift that lasts would "
    "vanish.": {"prepare": lambda x: x - x.mean(axis=0)},
    "You standardised x again, with statistics of the rows that are to be judged.": {"prepare": _standardised},
    "You subtracted each row's mean from it. x is standardised already, metric by metric.": {
        "prepare": lambda x: x - x.mean(axis=1, keepdims=True)
    },
    "You cut x to whole numbers. It is used as it is.": {"prepare": np.trunc},
    "You took the absolute values of x first. x is used as it is.": {"prepare": np.abs},
}
DIAGONAL = {
    "Your C_jj is 1 minus the sum of P_jk, without the square. It is 1 - sum of P_jk^2.": {
        "diagonal": lambda p: 1 - p.sum(axis=1)
    },
    "Your C_jj is 1 minus the square of the sum of P_jk. It is 1 minus the sum of their squares.": {
        "diagonal": lambda p: 1 - p.sum(axis=1) ** 2
    },
    "Your C_jj is 1 minus the root of the sum of P_jk^2. Leave out the root.": {
        "diagonal": lambda p: 1 - np.sqrt(np.sum(p**2, axis=1))
    },
    "Your C_jj has the first component alone. The sum goes over all of them.": {"diagonal": lambda p: 1 - p[:, 0] ** 2},
    "Your C_jj has the mean over the components. It is 1 minus their sum, sum of P_jk^2.": {
        "diagonal": lambda p: 1 - np.mean(p**2, axis=1)
    },
}
GUARD = {
    "A metric with C_jj = 0 lies in the plane: its residual is 0, and 0 / 0 is nan, which np.argmax takes for the "
    "largest. Leave such metrics out.": {"guard": _unguarded},
    "For you a metric with C_jj below 1e-9 comes before all others, as infinity does, or nan to np.argmax. It can't be "
    "blamed: its residual is 0 whatever it does.": {"guard": lambda value, c: np.where(c < LEAST, np.inf, value)},
    "In a quiet row you blame a metric with C_jj below 1e-9: its contribution is 1 for you, which may be the "
    "largest. Give it one that loses against any other.": {"guard": lambda value, c: np.where(c < LEAST, 1, value)},
}


def _left_out_of_count(x, components, **parts):
    """Numbers count among the metrics with C_jj above 0."""
    value = contributions(x, components, **parts)
    return np.argmax(value[:, _diagonal(np.asarray(components, float)) >= LEAST], axis=1).astype(float)


def _cut(x, components):
    """Contributions in an array of the type of x."""
    value = contributions(x, components)
    return np.argmax(np.trunc(value) if np.asarray(x).dtype.kind == "i" else value, axis=1).astype(float)


def _cut_residual(x, components):
    """The residual in such an array."""
    parts = {"residual": lambda x, p: np.trunc(_residual(x, p))} if np.asarray(x).dtype.kind == "i" else {}
    return blame(x, components, **parts)


CHOOSE = {
    "You took the largest over the rows: one row for each metric. Take it over the metrics: one metric for each row.": {
        "choose": lambda value: np.argmax(value, axis=0)
    },
    "You returned one place in the whole array. Each row has a metric of its own: argmax over axis 1.": {
        "choose": lambda value: np.argmax(value)
    },
    "You averaged over the rows and blamed one metric. Each row has one of its own.": {
        "choose": lambda value: np.argmax(value.mean(axis=0))
    },
    "You averaged over the rows and blamed one metric in all of them. Each row has one of its own.": {
        "choose": lambda value: np.full(len(value), np.argmax(value.mean(axis=0)))
    },
    "You returned the metric of the first row alone. Each row has one of its own.": {
        "choose": lambda value: np.argmax(value[0])
    },
    "You blame the metric with the smallest contribution. Take the largest.": {
        "choose": lambda value: np.argmin(np.where(np.isneginf(value), np.inf, value), axis=1)
    },
    "You blame the metric with the smallest contribution, and with C_jj = 0 before all. Take the largest.": {
        "choose": lambda value: np.argmin(value, axis=1)
    },
    "Your metrics count from 1. They count from 0.": {"choose": lambda value: np.argmax(value, axis=1) + 1},
    "You returned the largest contribution itself. Its metric's number was asked for.": {
        "choose": lambda value: value.max(axis=1)
    },
    "You returned the contributions. The number of the metric with the largest was asked for, for each row.": [
        {"choose": lambda value, left_out=left_out: np.where(np.isneginf(value), left_out, value)}
        for left_out in (0, -1, -np.inf)
    ],
    "You returned all metrics in order. The number of the first to blame was asked for, for each row.": [
        {"choose": lambda value: np.argsort(-value, axis=1)},
        {"choose": lambda value: np.argsort(value, axis=1)[:, ::-1]},
    ],
    "You blame the metric with the second largest contribution: np.argsort sorts from small to large.": {
        "choose": lambda value: np.argsort(value, axis=1)[:, -2]
    },
    "A batch of one row lost its axis. Return an array of shape (1,).": {
        "choose": lambda value: np.squeeze(np.argmax(value, axis=1))
    },
    "You added an axis of length 1. Return an array (rows,).": {
        "choose": lambda value: np.argmax(value, axis=1)[:, None]
    },
}


def _with_and_without_guard(group):
    """What does without C_jj may leave metrics out or not: the one is not said to divide by 0."""
    return ways({message: [options, {**options, "guard": _unguarded}] for message, options in group.items()})


SMALL = {
    "You add a number to C_jj, keep it from being smaller than one, or leave metrics out by another limit than 1e-9. A "
    "metric whose C_jj is small is then not blamed when it should be.": [
        {"value": change(small)}
        for small in (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)
        for change in (
            lambda small: lambda r, c, x: r**2 / (c + small),
            lambda small: lambda r, c, x: r**2 / np.maximum(c, small),
        )
    ]
    + [
        {"guard": lambda value, c, least=least: np.where(c < least, -np.inf, value)}
        for least in (0.001, 0.01, 0.02, 0.05, 0.1, 0.2)
    ],
}
MISTAKES = [
    (
        "You returned the number of the component with the largest code. That of a metric was asked for.",
        lambda x, components: np.argmax((x @ components) ** 2, axis=1).astype(float),
    ),
    (
        "Where x holds whole numbers, your contributions are cut to whole numbers: an array like x has its type.",
        _cut,
    ),
    (
        "Where x holds whole numbers, your residual is cut to whole numbers: it is in an array that has the type of x.",
        _cut_residual,
    ),
    *rules(blame, _with_and_without_guard(PLAIN), most=1),
    *rules(blame, VALUE, RESIDUAL, PREPARE, DIAGONAL, GUARD, ways(CHOOSE)),
    *(
        pair
        for group in (RESIDUAL, PREPARE, ways(CHOOSE))
        for pair in rules(blame, _with_and_without_guard(PLAIN), group, least=2)
    ),
    (
        "You left metrics with C_jj = 0 out, and then counted among those that remain. Numbers count all metrics.",
        _left_out_of_count,
    ),
    *rules(blame, ways(SMALL), most=1),
]
