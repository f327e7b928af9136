"""05.3 scale_free_l1: an L1 penalty that a change of scale between code and decoder leaves as it is."""

import numpy as np

from autoencoders_edu.checks.lesson_05.penalty_mistakes import MISTAKES, NORMALISED, lengths, right
from autoencoders_edu.exercises.expect import brief, expect, expect_close, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "05.3",
    "scale_free_l1",
    points=3,
    minutes=15,
    why="What can be evaded will be evaded: an optimiser finds the cheapest way, such as small codes and large decoder "
    "weights.",
    hints=(
        "First the lengths, one per unit: the root of the sum of a row's squares. Which axis is summed over?",
        "(n, units) times (units,) multiplies each unit by its length. Then a sum over the units, a mean over the "
        "examples.",
        "The root has no finite slope at 0. Keep what is under it away from 0, by so little that a length of 0.01 does "
        "not notice.",
    ),
    on_success="z / 10 and ten times the decoder now cost the same. What is left to save is the activity itself.",
)
def check_scale_free_l1(probe):
    _expect_values(probe, [draw_case(probe.rng, square=True) for _ in range(2)])
    _expect_values(probe, draw_cases(probe.rng))
    short = [draw_case(probe.rng, length=length) for length in (0.012, 0.03)]
    _expect_values(probe, short, [*MISTAKES, *ADDED])
    _expect_invariant(probe, draw_case(probe.rng))
    with_zeros = draw_case(probe.rng, zeros=True)
    _expect_values(probe, [with_zeros])
    _expect_gradients(probe, with_zeros)


PENALTY = "The penalty is weight * mean over the examples of sum_j |z_j| * ||d_j||, with d_j row j of the kernel."
ADDED = [
    (
        f"You add about 1e-{n} under the root. A direction of length 0.01, whose square is 0.0001, notices that: take "
        "far less.",
        lambda z, kernel, weight, n=n: (
            weight * np.mean(np.abs(z) @ np.sqrt(np.sum(kernel.astype(float) ** 2, axis=1) + 10.0**-n))
        ),
    )
    for n in (2, 3, 4, 5, 6)
] + [
    (
        f"You add about 1e-{n} to each length, or keep lengths from being smaller. Directions may be as short as 0.01: "
        "take far less.",
        lambda z, kernel, weight, n=n, change=change: weight * np.mean(np.abs(z) @ change(lengths(kernel), 10.0**-n)),
    )
    for n in (1, 2, 3, 4)
    for change in (np.add, np.maximum)
]


def draw_case(rng, square=False, zeros=False, n=None, units=None, length=1.0):
    """(z, kernel, weight): codes of either sign, directions of different lengths; with zeros among both if asked.

    Args:
        rng: NumPy generator.
        square: as many outputs as units.
        zeros: half of z is 0, one unit never active, and one row of the kernel is 0, that of a unit which is active.
        n, units: numbers of examples and units.
        length: of the shortest direction.
    """
    n = n or int(rng.integers(4, 8))
    units = units or int(rng.integers(8, 12))
    outputs = units if square else int(rng.integers(12, 18))
    z = rng.normal(size=(n, units)) * rng.uniform(0.3, 2, units)
    kernel = rng.normal(size=(units, outputs))
    kernel *= (length * rng.uniform(1, 4, units) / np.linalg.norm(kernel, axis=1))[:, None]
    if zeros:
        idle, cut = rng.choice(units, 2, replace=False)
        z[rng.random(z.shape) < 0.5] = 0
        z[:, idle], z[0, cut], kernel[cut] = 0, 1.0, 0
    return z.astype("float32"), kernel.astype("float32"), round(float(rng.uniform(0.1, 0.9)), 3)


def draw_cases(rng):
    """Cases of other shapes: more or fewer outputs than units, one example, one unit, ReLU codes."""
    z, kernel, weight = draw_case(rng)
    return [
        draw_case(rng, n=int(rng.integers(30, 50)), units=int(rng.integers(20, 30))),
        draw_case(rng, n=1),
        draw_case(rng, units=1),
        (np.abs(z), kernel, weight),
    ]


def _expect_values(probe, cases, mistakes=MISTAKES):
    """The penalty of each case, or `Failed`."""
    answers = [_one_number(probe.call("scale_free_l1", *case), case) for case in cases]
    expect_rule(
        answers,
        [right(*case) for case in cases],
        cases=cases,
        mistakes=mistakes,
        otherwise=f"scale_free_l1(z, decoder_kernel, weight) is not what it should be. {PENALTY}",
        example=lambda case, answer, expected: (
            f"For z of shape {case[0].shape}, a kernel of shape {case[1].shape} and weight {case[2]:g} received "
            f"{answer:.5g}, expected {expected:.5g}."
        ),
        rtol=1e-3,
    )


def _one_number(value, case):
    """The answer as a float, or `Failed`."""
    (n, units), outputs = case[0].shape, case[1].shape[1]
    counted = {
        (n,): "one number for each example. Take their mean",
        (n, 1): "one number for each example. Take their mean",
        (outputs,): "one number for each output. Sum the squares of a row over axis 1, so that each unit has a length",
        (units,): "one number for each unit" + ("" if units != outputs else ", or output") + ". Sum over the units",
        (n, units): "one number for each example and unit. Sum over the units, then take the mean over the examples",
    }
    shape = np.shape(value)
    expect(np.size(value) == 1 or shape not in counted, f"You returned {counted.get(shape)}. Received: {brief(value)}.")
    array = np.asarray(value)
    lost = array.dtype.kind == "f" and array.size == 1 and not np.isfinite(array).all()
    dead = not case[1].any(axis=1).all()
    expect(not (lost and dead), f"{NORMALISED}\n{PENALTY}\nReceived {brief(value)}, expected {right(*case):.5g}.")
    return expect_number(value, "scale_free_l1(z, decoder_kernel, weight)")


def _expect_invariant(probe, case):
    """The same penalty for z / c and c * kernel, or `Failed`: what any other scale than the cases' would show."""
    z, kernel, weight = case
    for factor in (1e3,):
        scaled = (z / np.float32(factor), kernel * np.float32(factor), weight)
        expect_close(
            _one_number(probe.call("scale_free_l1", *scaled), scaled),
            right(*case),
            because=f"z was divided by {factor:g} and the kernel multiplied by it, which leaves the penalty as it is. "
            + PENALTY,
            what="scale_free_l1(z, decoder_kernel, weight)",
        )


DETACHED = {
    "z": "No gradient reaches z: the penalty would not change the encoder at all. Its values are right, so "
    "something on the way is held fixed: stop_gradient, or NumPy in place of keras.ops.",
    "decoder_kernel": "No gradient reaches decoder_kernel: the penalty would not keep the decoder's directions short. "
    "Its values are right, so the lengths are held fixed: by stop_gradient, or by NumPy in place of keras.ops.",
}
LOST = {
    "z": "Your gradient for z is not finite where z is exactly 0, as after a ReLU. ops.abs has a gradient there; a "
    "root of a square has none.",
    "decoder_kernel": "Your gradient for decoder_kernel is not finite for the row of zeros: the root of 0 has no "
    "finite slope, and one step of training would make everything nan. Keep what is under the root a little above 0.",
}
SLOPE = {
    "z": "The gradient for z is weight / n * sign(z) * ||d_j||.",
    "decoder_kernel": "The gradient for row d_j is weight * (mean over the examples of |z_j|) * d_j / ||d_j||.",
}


def _expect_gradients(probe, case):
    """Right gradients wherever they exist, finite ones elsewhere; or `Failed`."""
    z, kernel, weight = (np.asarray(part, float) for part in case)
    length = lengths(kernel)
    expected = {
        "z": weight / len(z) * np.sign(z) * length,
        "decoder_kernel": weight * np.abs(z).mean(axis=0)[:, None] * kernel / np.where(length > 0, length, 1)[:, None],
    }
    exists = {"z": z != 0, "decoder_kernel": np.tile(length[:, None] > 0, kernel.shape[1])}
    found = probe.gradients("scale_free_l1", list(case), 1.0)
    for name, slopes in zip(expected, found, strict=False):
        expect(np.isfinite(slopes).all(), f"{LOST[name]}\n{SLOPE[name]}")
        expect_close(
            slopes[exists[name]],
            expected[name][exists[name]],
            because=SLOPE[name],
            what=f"The gradient for {name}",
            mistakes={
                DETACHED[name]: np.zeros(exists[name].sum()),
                f"The gradient for {name} has the wrong sign.": -expected[name][exists[name]],
            },
        )
