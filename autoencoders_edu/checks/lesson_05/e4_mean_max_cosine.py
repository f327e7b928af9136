"""05.4 mean_max_cosine: how well true directions were found, looked at from the true ones."""

import numpy as np

from autoencoders_edu.checks.lesson_05.cosine_mistakes import MISTAKES
from autoencoders_edu.checks.lesson_05.directions import cosines, mean_max_cosine, unit
from autoencoders_edu.checks.lesson_05.row_mistakes import FILLED
from autoencoders_edu.exercises.expect import brief, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "05.4",
    "mean_max_cosine",
    points=2,
    minutes=10,
    why="A simulation can say whether a sparse autoencoder found what is there, if the score asks the right way round.",
    hints=(
        "A cosine is the product of two directions of length 1. All of them at once are one product of two matrices.",
        "Say in words which axis counts the true directions, and which one you take the largest over.",
        "Divide by the length, except where it is 0.",
    ),
    on_success="For each true direction the best learned one. Spare learned directions cost nothing: put a random "
    "dictionary of the same size beside the score.",
)
def check_mean_max_cosine(probe):
    _expect_scores(probe, [draw_case(probe.rng, as_many=True) for _ in range(3)])
    made = (make(probe.rng) for make in (_with_short_rows, _with_a_short_row, _with_cancelling_rows))
    _expect_scores(probe, [_with_positive_sum(case) for case in made])
    _expect_scores(probe, draw_cases(probe.rng))
    short, true = draw_case(probe.rng)
    _expect_scores(probe, [(0.011 * short / np.linalg.norm(short, axis=1, keepdims=True), true)])
    with_dead = [_with_dead_rows(probe.rng, draw_case(probe.rng)) for _ in range(2)]
    _expect_scores(probe, with_dead, [*FILLED, *MISTAKES])


SCORE = "For each true direction take the largest cosine with any learned direction; then the mean over the true ones."
DEAD_ROW = (
    "Your score is not a number where a learned row is all zeros: 0 / 0. Such a row has a cosine of 0 with everything, "
    "or is left out."
)


def _expect_scores(probe, cases, mistakes=MISTAKES):
    answers = [_one_number(probe.call("mean_max_cosine", *case), case) for case in cases]
    expect_rule(
        answers,
        [mean_max_cosine(*case) for case in cases],
        cases=cases,
        mistakes=mistakes,
        otherwise=f"mean_max_cosine(learned, true) is not what it should be. {SCORE}",
        example=lambda case, answer, expected: (
            f"For learned of shape {case[0].shape} and true of shape {case[1].shape} received {answer:.5g}, expected "
            f"{expected:.5g}."
        ),
        rtol=1e-3,
    )


def _one_number(value, case):
    """The answer as a float, or `Failed`."""
    learned, true = case
    counted = {
        (len(true),): "one number for each true direction. Take their mean",
        (len(learned),): "one number for each learned direction. Go through the true ones, and take the mean",
        (len(true), len(learned)): "all the cosines. Take the largest for each true direction, then the mean",
        (len(learned), len(true)): "all the cosines. Take the largest for each true direction, then the mean",
    }
    shape = np.shape(value)
    told = counted.get(shape) if np.size(value) != 1 else None
    if told and len(learned) == len(true) and len(shape) == 1:
        told = "one number for each direction. Take their mean"
    expect(not told, f"You returned {told}. Received: {brief(value)}.")
    array = np.asarray(value)
    lost = array.dtype.kind == "f" and array.size == 1 and not np.isfinite(array).all()
    expect(not (lost and not learned.any(axis=1).all()), f"{DEAD_ROW}\n{SCORE}")
    return expect_number(value, "mean_max_cosine(learned, true)")


def draw_case(rng, learned=None, true=None, dims=None, as_many=False):
    """(learned, true): noisy copies of true directions, some turned round, and true ones; of any length and order.

    Args:
        rng: NumPy generator.
        learned, true, dims: numbers of rows and of columns.
        as_many: as many learned directions as true ones.
    """
    true = true or int(rng.integers(6, 10))
    learned = true if as_many else learned or true + int(rng.integers(3, 7))
    dims = dims or int(rng.integers(10, 14))
    directions = rng.normal(size=(true, dims))
    noise = rng.uniform(0.2, 1.5, (learned, 1)) * rng.normal(size=(learned, dims))
    found = directions[np.arange(learned) % true] + noise
    found[rng.random(learned) < 0.25] *= -1
    found[:2] = directions[0] + 0.3 * rng.normal(size=found[:2].shape)  # both are nearest to the same one
    found = rng.permutation(found) * rng.uniform(0.1, 4, (learned, 1))
    directions *= rng.uniform(0.1, 4, (true, 1))
    directions[0] *= 0.5 / np.linalg.norm(directions[0])  # one of them is shorter than 1
    return _with_positive_sum((found.astype("float32"), _towards(found, directions.astype("float32"))))


def draw_cases(rng):
    """Other shapes: more and fewer learned directions than true ones, one of each, whole numbers."""
    whole, true = rng.integers(-4, 5, (7, 5)), rng.integers(-4, 5, (4, 5))
    true[:, 0] = 5
    return [
        draw_case(rng),
        draw_case(rng, learned=5, true=9),
        draw_case(rng, learned=6, true=1),
        draw_case(rng, learned=1, true=4),
        draw_case(rng, learned=40, true=25, dims=5),
        draw_case(rng, learned=int(rng.integers(130, 160)), true=int(rng.integers(65, 80)), dims=40),
        (whole, _towards(whole, true)),
    ]


def _with_positive_sum(case):
    """All directions turned round, if the numbers of each learned one add up to less than 0."""
    sign = -1 if (case[0].sum(axis=1) <= 0).all() else 1
    return sign * case[0], sign * case[1]


def _towards(learned, true):
    """The true rows, turned round where they have no positive cosine with a learned one."""
    sign = np.where(cosines(learned, true).max(axis=1) > 0, 1, -1)
    return true * sign[:, None].astype(true.dtype)


def _with_short_rows(rng):
    """Learned rows of which some are hardly longer than 0.01, and the nearest to some true row."""
    learned, true = draw_case(rng)
    lengths = rng.uniform(1, 4, (len(learned), 1))
    lengths[cosines(learned, true).argmax(axis=1)[: len(true) // 2]] = 0.0101
    return (unit(learned) * lengths).astype("float32"), true


def _with_a_short_row(rng):
    """A true row, a short learned one close to it, and longer ones that point away from it."""
    true = rng.normal(size=(1, 12))
    learned = true * [[1.0], [-1.0], [-1.0]] + 0.3 * rng.normal(size=(3, 12))
    return (unit(learned) * [[0.0101], [2.0], [3.0]]).astype("float32"), true.astype("float32")


def _with_cancelling_rows(rng):
    """Whole numbers: learned rows that add up to 0 or less, or have a 0 in them, each nearest to some true row."""
    learned = rng.integers(1, 5, (8, 6))
    learned[:3, 5] = -learned[:3, :5].sum(axis=1)
    learned[3:5] *= -1
    learned[5:, 0] = 0
    true = 2 * learned[[0, 1, 3, 5]] + rng.integers(-1, 2, (4, 6))
    return rng.permutation(learned), true


def _with_dead_rows(rng, case):
    """The same with rows of zeros among the learned ones."""
    learned, true = case
    return rng.permutation(np.concatenate([learned, np.zeros((2, learned.shape[1]), "float32")])), true
