"""02.3 find_knee: the size of code beyond which more room stops paying."""

import numpy as np

from autoencoders_edu.exercises.expect import expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.3",
    "find_knee",
    points=2,
    minutes=12,
    why="A choice made on the wrong curve looks just as neat as one made on the right curve. Nothing crashes.",
    hints=(
        "There is more than one fault, and no error message for any of them. Print what choose_broken computes, line "
        "by line, for the sweep above. Is its answer even one of the sizes?",
        "Lesson 2 says on which data choices are made, and on which axis the sizes stand in its figure.",
        "Why do the two curves in the figure part? Which of them can tell you that a model has begun to memorise?",
    ),
    on_success="Validation curve, logarithmic sizes, a size as the answer: three small faults, and none had crashed.",
)
def check_find_knee(probe):
    sweeps = draw_sweeps(probe.rng)
    expect_rule(
        [expect_number(probe.call("find_knee", *sweep), "find_knee(dims, train_mse, val_mse)") for sweep in sweeps],
        [float(right(*sweep)) for sweep in sweeps],
        cases=sweeps,
        mistakes=MISTAKES,
        otherwise="The knee is the size whose point on the validation curve lies farthest below the straight line from "
        "the curve's first point to its last, over log(size).",
        example=lambda sweep, answer, knee: f"For dims {sweep[0].tolist()} received {answer:.4g}, expected {knee:g}.",
    )


def right(sizes, train, val):
    return sizes[knee_index(sizes, val)]


def knee_index(sizes, errors, logarithmic=True):
    return int(np.argmax(sag(sizes, errors, logarithmic)))


def sag(sizes, errors, logarithmic=True):
    """How far each point lies below the straight line from the first to the last."""
    x = np.log(sizes) if logarithmic else np.asarray(sizes, float)
    return errors[0] + (x - x[0]) / (x[-1] - x[0]) * (errors[-1] - errors[0]) - errors


def _largest_drop(sizes, errors):
    return sizes[1 + int(np.argmax(-np.diff(errors)))]


SEVERAL = (
    "More than one fault of choose_broken is left. Run it on the sweep above, line by line: is each line what it "
    "should be?"
)
# Messages, with what their rule makes of (sizes, training error, validation error): single faults before combinations.
MISTAKES = (
    (
        "You read the knee off the training curve. It falls as long as there is room to memorise, so it knows nothing "
        "of the size from which more room stops paying.",
        lambda d, train, val: d[knee_index(d, train)],
    ),
    (
        "You put the sizes on a linear axis, where the step from 1 to 2 is as short as that from 63 to 64. The "
        "question is what *doubling* the code buys, and equal ratios are equal steps on a logarithmic axis.",
        lambda d, train, val: d[knee_index(d, val, logarithmic=False)],
    ),
    (
        "You returned the place in the list, not the size that stands there.",
        lambda d, train, val: knee_index(d, val),
    ),
    (
        "You returned the size with the smallest validation error. That is where the curve turns, at the earliest; the "
        "knee comes where it flattens, with fewer numbers and hardly more error.",
        lambda d, train, val: d[np.argmin(val)],
    ),
    (
        "You looked for the largest drop between neighbours. The first step nearly always drops most, and two sizes "
        "tried close together hardly drop at all, whatever the curve does.",
        lambda d, train, val: _largest_drop(d, val),
    ),
    (
        "You took the point highest above the straight line. A curve that falls and flattens sags: its knee lies "
        "below.",
        lambda d, train, val: d[np.argmin(sag(d, val))],
    ),
    (
        "You took logarithms of the errors, too. Only the axis of sizes is logarithmic here.",
        lambda d, train, val: d[knee_index(d, np.log(val))],
    ),
    ("You returned the error at the knee, not the size.", lambda d, train, val: val[knee_index(d, val)]),
    (SEVERAL, lambda d, train, val: d[knee_index(d, train, logarithmic=False)]),
    (SEVERAL, lambda d, train, val: knee_index(d, train)),
    (SEVERAL, lambda d, train, val: knee_index(d, val, logarithmic=False)),
    (SEVERAL, lambda d, train, val: knee_index(d, train, logarithmic=False)),
)


def draw_sweeps(rng, count=4):
    """(sizes, training error, validation error) of `count` sweeps that tell every two rules apart."""
    while True:
        sweeps = [_draw_clear_sweep(rng) for _ in range(count)]
        answers = [tuple(float(rule(*sweep)) for sweep in sweeps) for _, rule in MISTAKES]
        answers.append(tuple(float(right(*sweep)) for sweep in sweeps))
        if len(set(answers)) == len(answers):
            return sweeps


MARGIN = 0.03  # of the curve's range: how clearly the knee beats the next best size


def _draw_clear_sweep(rng):
    """A sweep whose knee is clear, and elsewhere for the training curve, on a linear axis and at the lowest error."""
    while True:
        sizes, train, val = _draw_sweep(rng)
        best, second = np.sort(sag(sizes, val))[:-3:-1]
        knee = right(sizes, train, val)
        others = [rule(sizes, train, val) for _, rule in MISTAKES[:4]]
        if best - second > MARGIN * np.ptp(val) and knee not in others:
            return sizes, train, val


def _draw_sweep(rng):
    """Errors that fall with the size, unevenly; those on validation data rise again once there is room to memorise."""
    sizes = np.unique(np.round(np.exp(rng.uniform(0, np.log(rng.integers(60, 300)), 10))).astype(int))
    floor, power = rng.uniform(0, 0.3), rng.uniform(0.5, 1.2)
    train = sizes ** -rng.uniform(0.2, 0.7) * rng.uniform(0.97, 1.03, sizes.shape)
    beyond = np.maximum(0, np.log(sizes / sizes[-1] / rng.uniform(0.1, 0.5)))
    fall = floor + (1 - floor) * (sizes / sizes[0]) ** -power
    val = (fall + rng.uniform(0.02, 0.3) * beyond**2) * rng.uniform(0.97, 1.03, sizes.shape)
    return sizes, 0.06 * train, 0.065 * val
