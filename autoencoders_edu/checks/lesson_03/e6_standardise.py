"""03.6 standardise: each column by its own mean and stddev in the training rows."""

import numpy as np

from autoencoders_edu.checks.lesson_03.scaling import scaled
from autoencoders_edu.checks.lesson_03.scaling_mistakes import (
    OTHER_TABLES,
    WITH_CONSTANTS,
    WITH_GAPS,
    WITHOUT_GAPS,
)
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect, expect_rule, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.6",
    "standardise",
    points=2,
    minutes=10,
    why="Squared errors of pounds, years and siblings are added up. Without scaling, the column with the largest "
    "numbers decides what the code keeps.",
    hints=(
        "Whose mean, and whose stddev? A table has several columns, and a model is fitted to training rows alone.",
        "What is the unit of a variance of pounds? What should a column of pounds have for a unit when it is scaled?",
        "np.nanmean and np.nanstd leave gaps out; axis=0 runs over the rows. np.where(stddev == 0, 1, stddev) leaves a "
        "column without spread undivided.",
    ),
    on_success="Every column now counts alike, and a row's numbers do not depend on the rows that come with it.",
)
def check_standardise(probe):
    cases, answers = [], []
    for draws, mistakes in ((PLAIN, WITHOUT_GAPS), (GAPPED, WITH_GAPS), (CONSTANT, WITH_CONSTANTS)):
        for options in draws:
            cases.append(draw(probe.rng, **options))
            answers.append(_table(_ask(probe, *cases[-1]), *cases[-1]))
        expect_rule(
            answers,
            [marked(scaled(*case)) for case in cases],
            cases=cases,
            mistakes=mistakes,
            otherwise=BECAUSE,
            example=_first_difference,
            rtol=1e-4,
            atol=1e-5,
        )


BECAUSE = (
    "(x - mean) / stddev, with mean and stddev of each column over the entries of train that are there; gaps of x stay "
    "nan; a column without spread in train is not divided."
)
PLAIN: tuple[dict, ...] = (
    {"rows": 9, "new": 6, "columns": 4},
    {"rows": 8, "new": 5, "columns": 1},
    {"rows": 6, "new": 6, "columns": 4, "whole": True},
)
GAPPED: tuple[dict, ...] = (
    {"rows": 7, "new": 1, "columns": 3},
    {"rows": 9, "new": 6, "columns": 4, "gaps": True},
    {"rows": 10, "new": 1, "columns": 5, "gaps": True},
)
CONSTANT: tuple[dict, ...] = (
    {"rows": 8, "new": 5, "columns": 4, "constant": True},
    {"rows": 7, "new": 4, "columns": 3, "unit": 1e-5},
)


def draw(rng, rows, new, columns, gaps=False, constant=False, whole=False, unit=1.0):
    """(train, x): columns of very different sizes, x with outliers; with gaps in both, or with a constant column."""
    size, middle = unit * 10.0 ** rng.permutation(np.linspace(-1, 3, columns)), rng.uniform(1, 3, columns)
    size[: columns // 2] *= -1  # largest values are not always largest absolute values
    train = (middle + rng.gamma(2, 0.5, (rows, columns))) * size
    x = (middle + rng.gamma(2, 0.5, (new, columns)) * rng.choice([-1, 1], (new, columns))) * size
    x[0] = train.mean(axis=0) + train.std(axis=0) * rng.uniform(5.5, 7, columns) * rng.choice([-1, 1], columns)
    if whole:
        return np.round(train * 100).astype(int), np.round(x * 100).astype(int)
    if gaps:  # a different number in each column but the last
        for column in range(columns - 1):
            train[1 + rng.choice(rows - 1, 1 + column, replace=False), column] = np.nan
        x[rng.integers(new), rng.integers(columns)] = np.nan
    if constant:
        column = rng.integers(columns)
        train[:, column] = rng.integers(2, 9)
        x[:, column] = train[0, column] + rng.choice([-2, -1, 1, 3], new)
    return train, x


def _ask(probe, train, x):
    try:
        return probe.call("standardise", train, x)
    except LearnerError as error:
        if len(train) != len(x) and train.shape[1] != len(train):
            _expect_columns(probe, error)
        raise


def _expect_columns(probe, error):
    """`Failed` if square tables can be scaled, but by the statistics of the rows of train."""
    train, x = (10 * probe.rng.normal(size=(5, 5)) + probe.rng.normal(size=(1, 5)) for _ in range(2))
    try:
        answer = as_numbers(probe.call("standardise", train, x))
    except LearnerError:
        return
    if answer is None or answer.shape != x.shape:
        return
    mean, stddev = train.mean(axis=1), train.std(axis=1)
    by_rows = [(x - mean) / stddev, (x - mean[:, None]) / stddev[:, None]]
    if any(np.allclose(answer, other, rtol=1e-4) for other in by_rows):
        raise Failed(
            "Your mean and stddev are those of the rows of train (axis 1). A row mixes pounds and years: scale "
            f"columns, along axis 0.\n{error}"
        ) from None


def _table(value, train, x):
    """The answer with marks in place of nan; `Failed` if it is not a table like x."""
    array = as_numbers(value)
    if array is not None and array.shape != x.shape:
        for message, other in OTHER_TABLES.items():
            expect(not fits(marked(array), marked(other(train, x))), message)
    expect(
        not isinstance(value, tuple) or len(value) != 2 or not fits(marked(value[-1]), marked(scaled(train, x))),
        "You returned two tables, of which the second is right. Return x, scaled, alone.",
    )
    expect(
        array is not None and array.shape == x.shape,
        f"standardise(train, x) should have the shape of x, {x.shape}. Received: {brief(value)}.",
    )
    return marked(array)


def _first_difference(case, answer, expected):
    train, x = case
    row, column = (int(i) for i in np.argwhere(~np.isclose(answer, expected, 1e-4, 1e-5))[0])
    received, wanted, was = (shown(table[row, column]) for table in (answer, expected, marked(x)))
    return (
        f"For train of shape {train.shape} and x of shape {x.shape}, at [{row}, {column}]: x is {was}; received "
        f"{received}, expected {wanted}."
    )
