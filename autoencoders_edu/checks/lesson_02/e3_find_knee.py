"""02.3 find_knee: the size of code beyond which more room stops paying."""

import numpy as np

from autoencoders_edu.exercises.expect import brief, expect, expect_number, expect_rule
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
        "Lesson 2 says which data a choice is made on, and which kind of axis its figure has for the sizes.",
        "Why do the two curves in the figure move apart? Which of them tells you that a model has begun to memorise?",
    ),
    on_success="Validation curve, logarithmic sizes, a size as the answer: three small faults, and none had crashed.",
)
def check_find_knee(probe):
    sweeps = draw_sweeps(probe.rng)
    answers = [_one_size(probe.call("find_knee", *sweep)) for sweep in sweeps]
    same = f"You return {answers[0]:g} for every sweep, whatever the arguments are. Are they used at all?"
    expect_rule(
        answers,
        [float(right(*sweep)) for sweep in sweeps],
        cases=sweeps,
        mistakes=(*MISTAKES, (same, lambda *_: answers[0])),
        otherwise="The knee is the size whose point on the validation curve lies farthest below the straight line from "
        "the curve's first point to its last, over log(size).",
        example=lambda sweep, answer, knee: f"For dims {sweep[0].tolist()} received {answer:.4g}, expected {knee:g}.",
    )


def _one_size(value):
    """The value as a number, or `Failed`; an array that holds it is no size."""
    expect(
        np.shape(value) != (1,),
        "find_knee(dims, train_mse, val_mse) should return one of dims, a number. You returned a list or an array that "
        "holds one: np.where, for example, finds all places that fit, np.argmax the first. "
        f"Received: {brief(value)}.",
    )
    return expect_number(value, "find_knee(dims, train_mse, val_mse)")


def sag(sizes, errors, axis=np.log, ends=None):
    """How far each point lies below the straight line from the first to the last, or between other `ends`."""
    x = axis(np.asarray(sizes, float))
    first, last = (errors[0], errors[-1]) if ends is None else ends
    return first + (x - x[0]) / (x[-1] - x[0]) * (last - first) - errors


def knee(sizes, errors, axis=np.log, ends=None):
    return sizes[np.argmax(sag(sizes, errors, axis, ends))]


def right(sizes, train, val):
    return knee(sizes, val)


def _linear(sizes):
    return sizes


def _places(sizes):
    return np.arange(len(sizes))


def _place(sizes, errors, axis=np.log):
    return int(np.argmax(sag(sizes, errors, axis)))


def _knee_at(sizes, errors, places):
    """The knee if these are taken for the places, between 0 and 1, along the line."""
    return sizes[np.argmax(errors[0] + places * (errors[-1] - errors[0]) - errors)]


def _until_lowest(sizes, errors):
    """Sizes and errors up to the smallest error; all of them if that is the first, which leaves no line to draw."""
    end = int(np.argmin(errors)) + 1
    return (sizes[:end], errors[:end]) if end > 1 else (sizes, errors)


def _first_saving_less(sizes, errors, share):
    """The first size after which the next saves less than this share of the error."""
    return sizes[np.argmax(np.append(errors[1:] > (1 - share) * errors[:-1], True))]


NOTEBOOKS_SIZES = np.array([1, 2, 4, 6, 8, 10, 12, 14, 16])
SEVERAL = (
    "More than one fault of choose_broken is left. Run it on the sweep above, line by line: is each line what it "
    "should be?"
)
TWO_CURVES = "Line and distances come from two curves: {}. Both have to come from the validation curve."
# Messages, with what their rule makes of (sizes, training error, validation error): single faults before combinations.
MISTAKES = (
    (
        "You read the knee off the training curve. It falls as long as there is room to memorise, so it does not show "
        "from which size on more room stops paying.",
        lambda d, train, val: knee(d, train),
    ),
    (
        "You put the sizes on a linear axis, where the step from 1 to 2 is as short as that from 63 to 64. The "
        "question is what *doubling* the code buys, and equal ratios are equal steps on a logarithmic axis.",
        lambda d, train, val: knee(d, val, _linear),
    ),
    (
        "You returned the index in the list, not the size at that index.",
        lambda d, train, val: _place(d, val),
    ),
    (
        "You returned the size with the smallest validation error. That is where the curve turns, at the earliest; the "
        "knee comes where it flattens, with fewer numbers and hardly more error.",
        lambda d, train, val: d[np.argmin(val)],
    ),
    (
        "You looked for the largest drop between neighbours. The first step nearly always drops most, and two sizes "
        "tried close together hardly drop at all, whatever the curve does.",
        lambda d, train, val: d[1 + np.argmax(-np.diff(val))],
    ),
    (
        "You took the point highest above the straight line. A curve that falls and flattens sags: its knee lies "
        "below.",
        lambda d, train, val: d[np.argmin(sag(d, val))],
    ),
    (
        "You took the absolute distance from the line, so a point above it can win. The knee lies below the line: no "
        "absolute value, no square.",
        lambda d, train, val: d[np.argmax(np.abs(sag(d, val)))],
    ),
    (
        "You divided log(size) by the logarithm of the last size. The first size then stands at 0 only if it is 1: "
        "subtract the logarithm of the first size, above and below the fraction bar.",
        lambda d, train, val: _knee_at(d, val, np.log(d) / np.log(d[-1])),
    ),
    *(
        (
            f"You took {name} itself for the place along the straight line. That has to be 0 at the first size and 1 "
            "at the last.",
            lambda d, train, val, place=place: _knee_at(d, val, place(d)),
        )
        for name, place in {
            "log(size)": np.log,
            "log2(size)": np.log2,
            "log10(size)": np.log10,
            "log(size / first size)": lambda d: np.log(d / d[0]),
            "the size": lambda d: d,
        }.items()
    ),
    (
        "You took log(1 + size) where log(size) belongs: doubling is an equal step only without the 1. No size is 0.",
        lambda d, train, val: knee(d, val, np.log1p),
    ),
    (
        "You put the sizes at equal steps, one for each place in the list. Their places are log(size), and these need "
        "not be equally far apart.",
        lambda d, train, val: knee(d, val, _places),
    ),
    (
        "You took the square root of the sizes for the axis. Lesson 2 puts them on a logarithmic one.",
        lambda d, train, val: knee(d, val, np.sqrt),
    ),
    (
        "Your straight line ends at the lowest validation error, not at the last point of the curve. Where the curve "
        "turns, the two differ.",
        lambda d, train, val: knee(d, val, ends=(val[0], val.min())),
    ),
    (
        "Your straight line runs from the highest to the lowest validation error, not from the first point of the "
        "curve to its last.",
        lambda d, train, val: knee(d, val, ends=(val.max(), val.min())),
    ),
    (
        "You cut the validation curve off at its minimum, so the straight line ends there. It goes to the curve's last "
        "point; where the curve turns, the two differ.",
        lambda d, train, val: knee(*_until_lowest(d, val)),
    ),
    (
        "You cut the validation curve off at its minimum, and took a linear axis for the sizes. The straight line "
        "goes to the curve's last point, over log(size).",
        lambda d, train, val: knee(*_until_lowest(d, val), _linear),
    ),
    (
        "You averaged training and validation error. A choice is made on validation data alone: the training curve "
        "keeps falling, and pulls the knee with it.",
        lambda d, train, val: knee(d, (train + val) / 2),
    ),
    (
        TWO_CURVES.format("the line from the validation curve, the distances from the training curve"),
        lambda d, train, val: knee(d, train, ends=(val[0], val[-1])),
    ),
    (
        TWO_CURVES.format("the line from the training curve, the distances from the validation curve"),
        lambda d, train, val: knee(d, val, ends=(train[0], train[-1])),
    ),
    (
        "You returned the size with the smallest gap between the two curves. The gap tells how much the model "
        "memorises, not how much more room buys.",
        lambda d, train, val: d[np.argmin(np.abs(val - train))],
    ),
    (
        "You returned the size with the widest gap between the two curves. The gap tells how much the model "
        "memorises, not how much more room buys.",
        lambda d, train, val: d[np.argmax(val - train)],
    ),
    (
        "You took the sharpest bend, the largest second difference. It looks at three neighbours only and at their "
        "places in the list; the knee is measured from the line between the ends.",
        lambda d, train, val: d[1 + np.argmax(np.diff(val, 2))],
    ),
    (
        "You took logarithms of the errors, too. Only the axis of sizes is logarithmic here.",
        lambda d, train, val: knee(d, np.log(val)),
    ),
    (
        "You took logarithms of the errors, but not of the sizes. It is the axis of sizes that is logarithmic here.",
        lambda d, train, val: knee(d, np.log(val), _linear),
    ),
    (
        "You returned the size after the knee: an index is off by one.",
        lambda d, train, val: d[min(_place(d, val) + 1, len(d) - 1)],
    ),
    (
        "You returned the size before the knee: an index is off by one.",
        lambda d, train, val: d[_place(d, val) - 1],
    ),
    (
        "You used the notebook's sizes, 1, 2, 4, 6, ..., whatever the argument dims says.",
        lambda d, train, val: knee(NOTEBOOKS_SIZES[: len(val)], val),
    ),
    (
        "You took the first size whose point lies below the line, not the one farthest below it.",
        lambda d, train, val: d[np.argmax(sag(d, val) > 0)],
    ),
    (
        "You divided the line by the errors. How far a point lies below is a difference.",
        lambda d, train, val: d[np.argmax(sag(d, val) / val)],
    ),
    *(
        (
            f"You took the first size whose error is within {share:.0%} of the lowest. The knee is measured from the "
            "straight line.",
            lambda d, train, val, share=share: d[np.argmax(val <= (1 + share) * val.min())],
        )
        for share in (0.02, 0.05, 0.1)
    ),
    *(
        (
            f"You took the first size after which the next one saves less than {share:.0%} of the error. How large the "
            "next step is depends on which sizes were tried; the knee is measured from the straight line.",
            lambda d, train, val, share=share: _first_saving_less(d, val, share),
        )
        for share in (0.02, 0.05, 0.1)
    ),
    ("You returned the size in the middle of the list.", lambda d, train, val: d[len(d) // 2]),
    ("You returned the error at the knee, not the size.", lambda d, train, val: val[_place(d, val)]),
    ("You returned the logarithm of the knee, not the size.", lambda d, train, val: np.log(knee(d, val))),
    (SEVERAL, lambda d, train, val: knee(d, train, _linear)),
    (SEVERAL, lambda d, train, val: _place(d, train)),
    (SEVERAL, lambda d, train, val: _place(d, val, _linear)),
    (SEVERAL, lambda d, train, val: _place(d, train, _linear)),
)
POOL, COUNT = 150, 7  # sweeps drawn, and shown


def draw_sweeps(rng):
    """(sizes, training error, validation error) of sweeps on which as many rules as possible part company.

    From a pool, one after the other: the sweep that tells most of the rules apart that gave the same answers so far.
    The first two are made so that the axes that differ least from log(size) have another knee.
    """
    axes = {0: np.log1p, 1: _places}
    pool = [_draw_sweep(rng, axes.get(index)) for index in range(POOL)]
    answers = np.array([[rule(*sweep) for rule in (right, *(rule for _, rule in MISTAKES))] for sweep in pool], float)
    apart = answers[:, :, None] != answers[:, None]
    alike, chosen = (
        1 / np.maximum(apart.sum(axis=0), 1),
        [],
    )  # the fewer sweeps tell two rules apart, the more they count
    alike[0] *= len(pool[0])  # what matters most is that no mistake gives the right answers
    for place in range(COUNT):
        chosen.append(int(np.argmax((apart * alike).sum(axis=(1, 2)))) if place > 1 else place)
        alike[apart[chosen[-1]]] = 0
    return [pool[index] for index in chosen]


MARGIN = 0.012  # of the curve's range: how clearly the knee beats the next best size


def _draw_sweep(rng, rival=None):
    """Errors that fall with the size, unevenly; those on validation data rise again once there is room to memorise.

    Some validation curves end above their start, and in some one size did badly: a point far above the line. With
    the axis `rival` the sizes suit it, and two of them are rivals: the knee, and the one that this axis prefers.
    """
    first, last = rng.uniform(np.log(rng.integers(1, 3)), np.log(7)), np.log(rng.integers(60, 300))
    logs = np.linspace(0 if rival is np.log1p else first, last, 9) + rng.uniform(-0.15, 0.15, 9)
    if rival is _places:
        logs = first + np.cumsum(rng.permutation([0.3] * 4 + [0.8] * 4 + [0.3]))
    sizes = np.unique(np.round(np.exp(logs)).astype(int))
    floor, power = rng.uniform(0, 0.3), rng.uniform(0.5, 1.2)
    train = (sizes / sizes[0]) ** -rng.uniform(0.2, 0.7) * rng.uniform(0.95, 1.05, sizes.shape)
    beyond = np.maximum(0, np.log(sizes / sizes[-1] / rng.uniform(0.1, 0.5)))
    fall = floor + (1 - floor) * (sizes / sizes[0]) ** -power
    val = (fall + rng.uniform(0.02, 0.5) * beyond**2) * rng.uniform(0.9, 1.1, sizes.shape)
    if rng.random() < 0.3:
        val[rng.integers(1, len(val) - 1)] += rng.uniform(0.6, 1.2)
    below = sag(sizes, val)
    knee_at = len(val) - 2 if rng.random() < 0.2 else 1 + np.argmax(below[1:-1])  # late: another axis prefers others
    val[knee_at] -= max(0, MARGIN * np.ptp(val) + np.delete(below, knee_at).max() - below[knee_at])
    if rival:
        _make_rivals(sizes, val, rival)
    unit = 1e3 if rival or rng.random() < 0.3 else 0.065  # squares of pixels in 0..255, or in [0, 1]
    return sizes, 0.9 * unit * train, unit * (val + max(0, 0.05 - val.min()))


def _make_rivals(sizes, val, axis):
    """Changes the validation error so that the knee over log(size) is not that over another axis."""
    val[-1] = min(val[-1], val[0] - 0.5)
    gained = sag(sizes, val, axis) - sag(sizes, val)  # by each point, on the other axis
    rival, knee_at = 1 + np.argmax(gained[1:-1]), 1 + np.argmin(gained[1:-1])
    half = (gained[rival] - gained[knee_at]) / 2
    below = sag(sizes, val)
    val[rival] -= below[1:-1].max() + half - below[rival]
    val[knee_at] -= below[1:-1].max() + 2 * half - below[knee_at]
