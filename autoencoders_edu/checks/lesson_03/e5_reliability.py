"""03.5 reliability: predicted probabilities beside observed frequencies, bin by bin."""

import numpy as np

from autoencoders_edu.checks.lesson_03.bin_mistakes import assign, mistakes, table
from autoencoders_edu.checks.shared.cases import both
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect, expect_array, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.5",
    "reliability",
    points=2,
    minutes=15,
    why="A model can be right as often as another and still lie about how sure it is. This curve shows it.",
    hints=(
        "Which bin does p belong to? With equal bins, p * bins, rounded down, says so for all p but one.",
        "np.bincount(which, minlength=bins) counts; with weights=p it sums p in each bin.",
        "Divide sums by counts, and only where the count is not 0; elsewhere nan is asked for.",
    ),
    on_success="Where the two columns agree, a probability may be taken at its word.",
)
@np.errstate(all="ignore")
def check_reliability(probe):
    seen = []
    for bins, n, kind in (
        (int(probe.rng.integers(5, 8)), 60, "plain"),
        (4, 41, "edges"),
        (8, 5, "few"),
        (6, 20, "low"),
    ):
        case = *draw(probe.rng, bins, n, kind), bins
        answer = _ask(probe, *case)
        expect(
            isinstance(answer, (list, tuple, np.ndarray)) and len(answer) == 3,
            f"reliability should return (confidence, frequency, count). Received: {brief(answer)}.",
        )
        seen.append((case, answer))
        _compare(seen, table(*case, assign(case[0], bins)))


def _compare(seen, expected):
    """`Failed` unless the last answer is as expected; what is named gives all answers so far."""
    answer = [_without_gaps(part) for part in seen[-1][1]]
    wanted = [_without_gaps(part) for part in expected]
    wrong = [part for part in (2, 1, 0) if not fits(answer[part], wanted[part], 1e-3, 1e-5)]
    if not wrong:
        return
    part = wrong[0]
    message = named(seen, (0, 1, 2)) or named(seen, (part,)) or _of_nan(seen[-1][1][part], expected[part], NAMES[part])
    shown = _shown(seen[-1][1][part], expected[part], NAMES[part])
    raise Failed(f"{message or f'{NAMES[part]} is not what it should be.'}\n{BECAUSE}\n{shown}")


def named(seen, parts):
    """The first message whose mistake gives these parts of all answers; None if there is none."""
    left = None
    for case, answer in reversed(seen):
        given = mistakes(*case)
        left = [
            key
            for key in (given if left is None else left)
            if key in given and all(fits(_without_gaps(answer[i]), _without_gaps(given[key][i])) for i in parts)
        ]
    return (left[0][0] if isinstance(left[0], tuple) else left[0]) if left else None


def _of_nan(received, expected, name):
    """What is wrong with the places of nan; None if nothing is, or the shape is another."""
    received = as_numbers(received)
    if received is None or received.shape != expected.shape:
        return None
    gaps, empty = np.isnan(received), np.isnan(expected.astype(float))
    if name == "count":
        empty_bins = expected == 0
        return "count is nan where it should be 0." if gaps.any() and (gaps <= empty_bins).all() else None
    if (gaps & ~empty).any():
        return f"{name} is nan in a bin that has entries."
    if (empty & ~gaps).any():
        first = float(received[empty & ~gaps][0])
        return f"{name} is {first:.4g} in an empty bin, as if something had been observed there: nan is asked for."
    return None


def _shown(received, expected, name):
    """What was received and expected; `Failed` where the shape is another."""
    array = as_numbers(received)
    if array is None:
        expect_array(received, expected.shape, name)
    if array.shape != expected.shape:  # pyright: ignore[reportOptionalMemberAccess]
        return f"{name} should have shape {expected.shape}. Received: {brief(received)}."
    return both(array, expected.astype(float))


def _without_gaps(values):
    """The values with -1 for nan, so that nan can be compared; None if they are no numbers."""
    array = as_numbers(values)
    return None if array is None else np.nan_to_num(array, nan=-1.0)


def _ask(probe, p, y, bins):
    try:
        return probe.call("reliability", p, y, bins)
    except LearnerError as error:
        if p.max() == 1 and "out of bounds" in str(error) and _works(probe, p[p < 1], y[p < 1], bins):
            raise Failed(f"Without p = 1 it works. With it: p = 1 belongs to the last bin.\n{error}") from None
        p = np.linspace(0.02, 0.98, 40)
        if _works(probe, p, (p > 0.5) * 1.0, 10) and not _works(probe, p, (p > 0.5) * 1.0, bins):
            raise Failed(
                f"reliability works with 10 bins, and not with {bins}: is the 10 written into your code? The argument "
                f"bins says how many there are.\n{error}"
            ) from None
        raise


def _works(probe, *case):
    try:
        probe.call("reliability", *case)
    except LearnerError:
        return False
    return True


NAMES = ("confidence", "frequency", "count")
BECAUSE = (
    "Bin i holds the p with i / bins <= p < (i + 1) / bins, the last one p = 1 as well. confidence is the mean of p in "
    "each bin, frequency the mean of y, count their number; nan where a bin is empty."
)


def draw(rng, bins, n, kind):
    """Probabilities and outcomes: anywhere but on edges of bins, on edges too, or so few that bins stay empty."""
    p = (rng.integers(0, bins, n) + rng.uniform(0.1, 0.9, n)) / bins
    p[:bins] = (np.arange(min(bins, n)) + 0.3) / bins if kind != "few" else p[:bins]
    if kind == "edges":
        p = np.concatenate([p, np.arange(bins + 1) / bins, [1.0, 0.0]])
    if kind == "few":
        p = np.where((p * bins).astype(int) == bins // 2, (bins - 0.5) / bins, p)
    if kind == "low":  # the last bins are empty
        p = p / 2
    y = (rng.random(len(p)) < 0.25 + 0.5 * p) * 1.0
    y[:2] = 0, 1
    return p, y
