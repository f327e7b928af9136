"""13.3 pages: when somebody is paged, from scores and a threshold."""

import numpy as np

from autoencoders_edu.checks.lesson_13.page_mistakes import MISTAKES, right
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "13.3",
    "pages",
    points=2,
    minutes=9,
    why="Whoever is on call lives with this rule: a page too many at three in the morning, or one too late.",
    hints=(
        "Go through the rows with a counter. When does it grow, when does it go back to 0, and at which of its values "
        "does a page go out?",
        "The same without a loop: where does score > threshold begin to hold, and where does it end? np.diff of the "
        "flags tells, if a False stands before the first and after the last.",
        "What does a comparison with nan give? And what does your code do with a run that lasts until the last row?",
    ),
    on_success="One page per run, at the earliest row at which the rule allows it.",
)
def check_pages(probe):
    cases = draw_cases(probe.rng)
    answers = [_rows(probe.call("pages", *case), case) for case in cases]
    expect_same_again(answers[0], _rows(probe.call("pages", *cases[0]), cases[0]), DRAWN)
    expect_one_rule(
        answers,
        [right(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise=RULE,
        example=_described,
        rtol=0,
        atol=1e-6,
    )


RULE = (
    "A row is above when score > threshold; a missing score is not. The page of a run of at least `minutes` "
    "consecutive rows above is its `minutes`-th row, and each run has one page."
)
DRAWN = "Called twice with the same arguments, your function returned two different results."


def _rows(value, case):
    """The answer as an array of numbers, or `Failed`."""
    expect(not isinstance(value, dict), f"pages should return row numbers. Received: {brief(value)}.")
    array = as_numbers(value)
    if array is None and isinstance(value, (list, tuple)) and all(np.size(part) == 1 for part in value):
        array = as_numbers([np.reshape(part, ()) for part in value])
    if array is None:
        raise Failed(f"pages should return a list or an array of row numbers. Received: {brief(value)}.")
    pairs = array.ndim == 2 and array.shape[1] == 2 and np.shape(value) != (1, len(case[0]))
    expect(
        not (pairs and len(array)),
        f"You return pairs of numbers. Return one for each page, its row. Received: {brief(value)}.",
    )
    return array


def _described(case, answer, expected):
    scores, threshold, minutes = case
    shown = ", ".join(f"{score:.4g}" for score in scores[:24]) + (", ..." if len(scores) > 24 else "")
    return (
        f"For scores [{shown}], threshold {threshold:g} and minutes = {minutes} received {_numbers(answer)}, expected "
        f"{_numbers(expected)}."
    )


def _numbers(values):
    values = np.asarray(values)
    if values.ndim != 1:
        return brief(values)
    return f"[{', '.join(f'{value:g}' for value in values[:12])}{', ...' if len(values) > 12 else ''}]"


UP, DOWN, TIE, GAP, FAR = 1, 0, 2, 3, 4


def draw_cases(rng):
    """(scores, threshold, minutes): runs of every length, at both ends too, ties with the threshold, missing scores."""
    cases = []
    for minutes, threshold, first in (
        (3, -0.5, "short"),
        (2, 1.25, "long"),
        (4, 1000.0, "long"),
        (1, 0.125, "long"),
        (7, 0.0, "none"),
        (3, 8.0, "long"),
    ):
        cases.append((_scores(rng, _kinds(rng, minutes, first), threshold), threshold, minutes))
    small, big = int(rng.integers(2, 6)), int(rng.integers(3, 6))
    quiet = np.full(9, DOWN)
    cases += [
        (_scores(rng, quiet, 2.0), 2.0, small),
        (_scores(rng, np.full(2 * big, UP), 2.0), 2.0, big),
        (_scores(rng, np.full(big - 1, UP), 2.0), 2.0, big),
        (_scores(rng, np.array([UP]), 0.5), 0.5, 1),
        (_scores(rng, np.full(5, GAP), 0.5), 0.5, 1),
    ]
    whole = _scores(rng, [kind for kind in _kinds(rng, 5) if kind != GAP], 6.0)
    cases.append((np.where(whole > 6, np.ceil(whole), np.floor(whole)).astype(int), 6.0, 5))
    scores, threshold, minutes = cases[1]
    cases[1] = scores.astype("float32"), threshold, minutes
    return cases


def _kinds(rng, minutes, first="long"):
    """What each row is: blocks in random order, with rows below between them, a long run at the end, and `first` of all
    a "long" run, a "short" one or "none".

    A missing score between one above and one that is far below is above if the score before it takes its place, or the
    one after it, but not by interpolation.
    """
    short = minutes - 1
    blocks = [
        [UP] * minutes,
        [UP] * short,
        [UP] * (minutes + 1),
        [UP] * (2 * minutes + int(rng.integers(1, 3))),
        [UP] * (3 * minutes),
        [UP] * short + [GAP] + [UP] * short,
        [UP] * minutes + [GAP] + [UP] * (minutes + 1),
        [UP] * short + [GAP, FAR],
        [FAR, GAP] + [UP] * short,
        [UP] * short + [TIE] + [UP],
        [UP] * minutes + [TIE] + [UP] * minutes,
        [GAP] * minutes,
        [TIE] * minutes,
        [UP],
    ]
    kinds = [UP] * {"long": minutes + int(rng.integers(2)), "short": short, "none": 0}[first]
    for place in rng.permutation(len(blocks)).tolist():
        kinds += [DOWN] * int(rng.integers(1, 4)) + blocks[place]
    return [*kinds, *[DOWN] * int(rng.integers(1, 4)), *[UP] * (minutes + int(rng.integers(2)))]


def _scores(rng, kinds, threshold):
    kinds, apart = np.asarray(kinds), 0.01 + rng.gamma(1, 1, len(kinds))
    return np.select(
        [kinds == UP, kinds == DOWN, kinds == TIE, kinds == FAR],
        [threshold + apart, threshold - apart, threshold, threshold - apart - 30],
        np.nan,
    )
