"""11.5 anneal: a cyclical schedule of beta, with three faults to repair."""

import numpy as np

from autoencoders_edu.checks.lesson_11.schedules import (
    FRACTION_ROUNDED_DOWN,
    MISTAKES,
    ROUNDED_DOWN,
    ROUNDED_STARTS,
    SHARE_OF_TRAINING,
    right,
    variant,
)
from autoencoders_edu.exercises.expect import expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.5",
    "anneal",
    points=3,
    minutes=12,
    why="A broken schedule raises no error. It trains, and either the cure does nothing or the last epochs undo it.",
    hints=(
        "Call anneal_broken for every epoch of a training of 22 epochs with 4 cycles and look at the numbers. What is "
        "the smallest? The largest? The last?",
        "How long is a cycle when 22 epochs hold 4 of them? And what does the code use?",
        "ramp is a fraction of a cycle. In the code, what is it a fraction of?",
    ),
    on_success="From 0 to 1 in each cycle, the last one whole: three faults mended, and none of them had crashed.",
)
def check_anneal(probe):
    settings = draw_settings(probe.rng)
    expect_rule(
        [_received_schedule(probe, *setting) for setting in settings],
        [right(*setting) for setting in settings],
        cases=settings,
        mistakes=[*MISTAKES.items(), (ROUNDED_DOWN, FRACTION_ROUNDED_DOWN)],
        otherwise="The schedule is not what it should be.",
        example=_last_wrong_epoch,
        rtol=1e-5,
        atol=1e-6,
    )
    _expect_exact_starts(probe)


# epochs and cycles such that a cycle begins with an epoch, and where a computer finds nearly a whole cycle passed: by
# epoch % (epochs / cycles) for the first, by (epoch / epochs) % (1 / cycles) for the second.
INEXACT = ((14, 6), (20, 6), (28, 6), (21, 9), (30, 9), (34, 6))
INEXACT_SHARES = ((10, 5), (15, 5), (20, 5), (10, 10), (15, 10), (20, 10))


def _expect_exact_starts(probe):
    """A cycle that begins with an epoch begins at 0, although a computer can't hold its length, or its share."""
    settings = [(*pairs[probe.rng.integers(len(pairs))], 0.5) for pairs in (INEXACT, INEXACT_SHARES)]
    expect_rule(
        [_received_schedule(probe, *setting) for setting in settings],
        [right(*setting) for setting in settings],
        cases=settings,
        mistakes=[
            (ROUNDED_STARTS.format("epochs / cycles"), variant()),
            (ROUNDED_STARTS.format("1 / cycles"), SHARE_OF_TRAINING),
        ],
        otherwise="In a training whose cycles have no whole number of epochs, the schedule is not what it should be.",
        example=_last_wrong_epoch,
        rtol=1e-5,
        atol=1e-6,
    )


def draw_settings(rng):
    """(epochs, cycles, ramp) of five trainings: one cycle, with a short and a long ramp; cycles of whole epochs; cycles
    of a little more and of a little less than that."""
    whole = int(rng.integers(2, 5))
    odd = int(rng.choice([4, 8]))  # powers of two: the length of such a cycle is exact in floating point
    length = int(rng.integers(5, 9))
    return (
        (int(rng.integers(8, 20)), 1, float(rng.choice([0.25, 0.5]))),
        (int(rng.integers(6, 10)), 1, 0.9),  # so long a ramp that the last epoch is below 1
        (whole * length, whole, float(rng.choice([0.25, 0.75]))),
        (odd * length + int(rng.integers(1, odd // 2)), odd, float(rng.choice([0.25, 0.75]))),
        (odd * length - int(rng.integers(1, odd // 2)), odd, float(rng.choice([0.25, 0.75]))),
    )


def _received_schedule(probe, epochs, cycles, ramp):
    return np.array(
        [
            expect_number(probe.call("anneal", epoch, epochs, cycles, ramp), "anneal(epoch, epochs, cycles, ramp)")
            for epoch in range(epochs)
        ]
    )


def _last_wrong_epoch(setting, received, expected):
    """The last one, since a cycle too many shows only at the end."""
    epochs, cycles, ramp = setting
    epoch = int(np.flatnonzero(~np.isclose(received, expected, atol=1e-6))[-1])
    return (
        f"anneal({epoch}, {epochs}, {cycles}, {ramp:g}): received {received[epoch]:.4g}, expected "
        f"{expected[epoch]:.4g}. beta = min(t / ramp, 1), where t is the fraction of the cycle that has passed."
    )
