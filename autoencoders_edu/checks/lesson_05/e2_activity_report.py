"""05.2 activity_report: active units per example, dead and always-on units, counted one by one."""

import numpy as np

from autoencoders_edu.checks.lesson_05.activity_mistakes import PER_EXAMPLE, RIGHT
from autoencoders_edu.checks.lesson_05.unit_mistakes import ALWAYS_ON, DEAD
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "05.2",
    "activity_report",
    points=2,
    minutes=12,
    why="A dead unit costs parameters and does nothing, and averages hide it: an average over the units looks the same "
    "whether all of them work or half of them are dead.",
    hints=(
        "Start with one array of booleans, (n, units): is this unit active in this example? All three numbers follow "
        "from it. Which axis counts the examples, which the units?",
        "Is a unit at -0.2 active? And if the mean over the units of an example is not 0, is then no unit dead?",
        "any and all take an axis: active in any example, active in all examples.",
    ),
    on_success="Each unit is judged example by example; then nothing hides behind an average.",
)
def check_activity_report(probe):
    cases = draw_cases(probe.rng)
    answers = [_three_numbers(probe.call("activity_report", *case), case) for case in cases]
    for place, (name, mistakes) in enumerate(MISTAKES.items()):
        expect_rule(
            [answer[place] for answer in answers],
            [RIGHT[place](*case) for case in cases],
            cases=cases,
            mistakes=[(f"{name.capitalize()}: {message}", rule) for message, rule in mistakes],
            otherwise=f"{name.capitalize()}: {DEFINITIONS[place]}",
            example=lambda case, answer, expected: (
                f"For z of shape {case[0].shape} and threshold {case[1]:g} received {answer:.4g}, expected "
                f"{expected:.4g}."
            ),
            atol=1e-6,
        )


MISTAKES = {"active units per example": PER_EXAMPLE, "dead units": DEAD, "always-on units": ALWAYS_ON}
DEFINITIONS = (
    "in each example, count the units with z > threshold; then take the mean of these counts over the examples.",
    "count the units that are active, z > threshold, in no example.",
    "count the units that are active, z > threshold, in every example.",
)


def _three_numbers(value, case):
    """The answer as three floats, or `Failed`."""
    what = "activity_report(z, threshold) should return three numbers, (active units per example, dead, always on)."
    if (
        not isinstance(value, (list, tuple, np.ndarray))
        or (isinstance(value, np.ndarray) and not value.ndim)
        or len(value) != 3
    ):
        raise Failed(f"{what} Received: {brief(value)}.")
    n, units = case[0].shape
    for name, number in zip(MISTAKES, value, strict=True):
        if np.shape(number) and np.size(number) != 1:
            counted = {(n,): "one for each example", (units,): "one for each unit"}.get(np.shape(number), "several")
            raise Failed(f"{what} For the {name} you returned {counted}: {brief(number)}.")
    expect(not any(number is None for number in value), f"{what} Received: {brief(value)}.")
    return [expect_number(number, f"Your {name}") for name, number in zip(MISTAKES, value, strict=True)]


def draw_cases(rng):
    """(z, threshold) of several sizes and types, with units of all the kinds that a report may mistake."""
    cases = [_draw(rng, int(rng.integers(25, 60)), threshold) for threshold in (0.25, 0.5, 0.0, 1, 0.125)]
    z, threshold = _draw(rng, int(rng.integers(25, 40)), 2)
    cases.append((np.rint(3 * z).astype(int), threshold))
    z, threshold = _draw(rng, 40, 0.5)
    cases.append((z[:1], threshold))
    cases.append(_draw(rng, int(rng.integers(220, 280)), 0.25))
    cases.append(_with_rates(rng))
    cases.append(_with_idle_examples(rng))
    n, units = int(rng.integers(30, 40)), int(rng.integers(9, 13))
    chosen = rng.permuted(np.tile(np.arange(n), (units, 1)), axis=1).T
    chosen[: n // 5] = 0  # some examples in which all units are active pull the mean away from the median
    cases.append((np.where(chosen < n // 3, 1.0, rng.uniform(-0.2, 0.2, (n, units))), 0.5))  # no unit is dead
    cases.append((rng.uniform(0.6, 2, (n, units)), 0.5))  # everything is active
    return cases


def _with_rates(rng):
    """Units that are on, or off, in 1 example of 1200, in 4, 8 and so on; one is dead, and one is always on."""
    n, times = 1200, np.array([0, 1, 4, 8, 15, 40, 80, 150, 400])
    times = rng.permutation(np.concatenate([times, n - times]))
    on = times > rng.permuted(np.tile(np.arange(n), (len(times), 1)), axis=1).T
    return np.where(on, rng.uniform(0.3, 0.9, on.shape), rng.uniform(-0.3, 0.2, on.shape)).astype("float32"), 0.25


def _with_idle_examples(rng):
    """Codes of which some examples activate no unit, the others one or two; some units are dead, none is always on."""
    n, units = int(rng.integers(30, 40)), int(rng.integers(10, 14))
    z = rng.uniform(-0.9, 0.2, (n, units))
    z[: n // 8] /= 9  # as absolute values, these do not reach the threshold either
    rows, live = np.arange(n // 4, n), units - int(rng.integers(2, 5))
    for _ in range(2):
        z[rows, rng.integers(0, live, len(rows))] = rng.uniform(0.6, 2, len(rows))
    return rng.permutation(rng.permutation(z), axis=1).astype("float32"), 0.5


KINDS = (
    "rare",
    "rare and strong",
    "often",
    "nearly always",
    "always",
    "touching",
    "below",
    "faint",
    "negative",
    "zero",
    "at",
)


def _draw(rng, n, threshold):
    """Codes (n, units), of each kind one to four units in random order."""
    kinds = [kind for kind in KINDS for _ in range(rng.integers(1, 5))]
    z = np.stack([_unit(rng, n, threshold, kinds[i]) for i in rng.permutation(len(kinds))], axis=1)
    return z.astype("float32"), threshold


def _unit(rng, n, threshold, kind):
    """The values of a unit in n examples. Thresholds are numbers that float32 holds exactly."""
    on = threshold + rng.uniform(0.05, 1, n)
    off = np.where(rng.random(n) < 0.5, rng.uniform(-0.3, -0.05, n) - threshold, rng.uniform(0, 0.9, n) * threshold)
    chosen = rng.permutation(n)
    if kind in ("rare", "rare and strong"):
        strong = 30 * (1 + threshold) if kind == "rare and strong" else 0
        return np.where(chosen < (1 if strong else rng.integers(1, 4)), on + strong, off)
    if kind == "often":
        return np.where(chosen < rng.uniform(0.3, 0.7) * n, on, off)
    if kind == "nearly always":
        return np.where(chosen > 0, on, off)
    if kind == "touching":  # in one example it is at the threshold, which is not above it
        return np.where(chosen > 0, on, threshold)
    if kind == "at":
        return np.where(chosen < n // 3, threshold, off)
    return {
        "always": on,
        "below": rng.uniform(0, 0.95, n) * threshold,
        "faint": rng.uniform(0.02, 0.9, n) * min(threshold, 0.1),
        "negative": -on,
        "zero": np.zeros(n),
    }[kind]
