"""13.5 blame: the metric with the largest reconstruction-based contribution."""

import numpy as np

from autoencoders_edu.checks.lesson_13.blame_mistakes import MISTAKES, contributions, right
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "13.5",
    "blame",
    points=3,
    minutes=11,
    why="The page says where to look first. If a metric broke that the components follow closely, the largest error is "
    "that of another one.",
    hints=(
        "x @ components gives the codes of all rows, (rows, k). What brings them back to metrics, and what is left "
        "of x?",
        "C_jj needs no matrix C: it is 1 minus the sum of the squares of row j of `components`. Which axis is that?",
        "Which metrics have C_jj = 0, and what is 0 / 0 to np.argmax? Whatever you put in its place has to lose "
        "against every other metric.",
    ),
    on_success="A shift of one metric alone is blamed on that metric, unless the noise of the others drowns what is "
    "left of it.",
)
def check_blame(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[0], _asked(probe, cases[0]), DRAWN)
    expect_one_rule(
        answers,
        [right(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise=f"These are not the metrics to blame. {ASKED}",
        example=_described,
        rtol=1e-4,
        atol=1e-6,
    )


ASKED = (
    "For each row, it is the metric j with the largest (C x)_j^2 / C_jj, where C x = x - x P P^T and C_jj = 1 - sum "
    "over k of P_jk^2. Metrics with C_jj below 1e-9 are left out."
)
DRAWN = "Called twice with the same arguments, your function returned two different results."
TRANSPOSED = (
    "Your code takes `components` as (k, metrics), the way scikit-learn's `components_` stores them. Here they are "
    "columns: (metrics, k)."
)


def _asked(probe, case):
    try:
        value = probe.call("blame", *case)
    except LearnerError as error:
        if _is_right_transposed(probe, case):
            raise Failed(f"{TRANSPOSED}\n{error}") from None
        if len(case[0]) == 1:
            raise Failed(f"Your code raises for a single row. It is an array (1, metrics).\n{error}") from None
        raise
    array = as_numbers(value)
    if array is None:
        raise Failed(f"blame should return an array (rows,) of metrics' numbers. Received: {brief(value)}.")
    expect(
        array.shape != (len(case[0]),) or not np.isnan(array).any(),
        f"Some of the metrics' numbers are nan. {ASKED}",
    )
    return array


def _is_right_transposed(probe, case):
    x, components = case
    try:
        array = as_numbers(probe.call("blame", x, components.T.copy()))
    except (LearnerError, Failed):
        return False
    return array is not None and np.array_equal(array, right(*case))


def _described(case, answer, expected):
    (rows, metrics), k = case[0].shape, case[1].shape[1]
    answer, expected = np.asarray(answer), np.asarray(expected)
    start = (
        f"For {rows} rows, {metrics} metrics and {k} components received {brief(answer)}, expected {brief(expected)}."
    )
    if answer.shape != expected.shape:
        return start
    row = int(np.argmax(answer != expected))
    return (
        f"For {rows} rows, {metrics} metrics and {k} components, row {row} is the first that differs: received "
        f"{answer[row]:g}, expected {expected[row]:g}."
    )


def draw_cases(rng):
    """(x, components): single shifts and rows at random, metrics of every leverage, some of them in the plane."""
    some = [int(each) for each in rng.integers([9, 12, 7, 10, 6, 14], [12, 16, 10, 13, 9, 18])]
    cases = [
        _draw(rng, 40, some[0], 3),
        _draw(rng, 30, some[1], 5, in_plane=2, size=1e-3),
        _draw(rng, 1, some[2], 2),
        _draw(rng, 25, some[3], 4, in_plane=1, turned=True),
        _draw(rng, 12, some[4], 1),
        _draw(rng, 20, some[5], some[5] - 3),
        _followed(rng, 20, some[2], 3),
        _draw(rng, 1, some[0], 2, in_plane=1),
    ]
    x, components = cases[4]
    cases[4] = x.astype("float32"), components.astype("float32")
    x, components = _draw(rng, 60, some[3], 3, whole=True)
    return [*cases, (x.astype(int), components)]


def _draw(rng, rows, metrics, k, in_plane=0, turned=False, size=1.0, whole=False):
    """A case in which the largest contribution is clear in every row.

    Args:
        rng: NumPy generator.
        rows, metrics, k: how many of each; k components.
        in_plane: how many metrics have C_jj = 0; exactly, or but for rounding if the components are `turned`.
        size: of the values.
        whole: whether they are whole numbers, and so small that contributions cut to whole numbers are often equal.
    """
    components = np.zeros((metrics, k))
    order = rng.permutation(metrics)
    others, free = order[in_plane:], k - in_plane
    loads = rng.normal(size=(len(others), free)) * rng.choice([0.3, 1, 2.5], (len(others), 1))
    components[others, in_plane:] = np.linalg.qr(loads)[0]
    components[order[:in_plane], np.arange(in_plane)] = 1
    if turned:
        components = _turned(rng, components)
    x = rng.normal(size=(10 * rows + 40, metrics)) + rng.normal(size=metrics)
    shifted = rng.integers(metrics, size=len(x))
    shift = rng.choice([-1, 1], len(x)) * rng.uniform(2, 6, len(x)) * (rng.random(len(x)) < 0.7)
    x[np.arange(len(x)), shifted] += shift
    x = x.round() if whole else size * x
    value = np.sort(contributions(x, components), axis=1)
    clear = value[:, -1] > 1.02 * value[:, -2]
    return x[np.argsort(~clear, kind="stable")[:rows]], components


def _followed(rng, rows, metrics, k):
    """A case in which one metric has a small C_jj, and is to blame in every other row: it moved very far."""
    small = rng.uniform(2e-4, 4e-4)
    others = np.linalg.qr(rng.normal(size=(metrics - 1, k)))[0]
    components = np.zeros((metrics, k))
    components[0, 0] = np.sqrt(1 - small)
    components[1:] = others * np.append(np.sqrt(small), np.ones(k - 1))
    x = rng.normal(size=(20 * rows, metrics))
    x[::2, 0] += rng.choice([-1, 1]) * rng.uniform(500, 900, len(x[::2]))
    order = rng.permutation(metrics)
    x, components = x[:, order], components[order]
    value = np.sort(contributions(x, components), axis=1)
    clear = value[:, -1] > 1.05 * value[:, -2]
    half = [np.flatnonzero(clear[start::2])[: rows // 2] * 2 + start for start in (0, 1)]
    return x[np.sort(np.concatenate(half))], components


def _turned(rng, components):
    """Other directions in the same plane, for which rounding keeps each C_jj from being 0."""
    turned = components
    for _ in range(50):
        turned = components @ np.linalg.qr(rng.normal(size=(len(components.T),) * 2))[0]
        diagonals = 1 - np.sum(turned**2, axis=1), np.diag(np.eye(len(turned)) - turned @ turned.T)
        if all(diagonal.all() for diagonal in diagonals):
            break
    return turned
