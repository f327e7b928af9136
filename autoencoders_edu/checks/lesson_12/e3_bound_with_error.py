"""12.3 bound_with_error: the importance-weighted bound with k samples, and how sure it is."""

import numpy as np

from autoencoders_edu.checks.lesson_12.bound_slips import MISTAKES, right
from autoencoders_edu.checks.lesson_12.slips import expect_without_slips
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "12.3",
    "bound_with_error",
    points=3,
    minutes=11,
    why="A bound without an error bar is not a measurement. The usual wrong error bar treats draws as if they were "
    "images.",
    hints=(
        "log_weights.reshape(images, groups, k): which axis is then left for the log-mean-exp, which for the mean over "
        "the groups, and which for the standard deviation?",
        "The weights are averaged, their logarithms are given, and exp(-10000) is 0 to a computer. np.logaddexp.reduce "
        "makes log(a + b + ...) from log a, log b, ... What is missing to a mean?",
        "If you had ten thousand draws for each of two images, how well would you know the mean over all images? The "
        "error bar should say so.",
    ),
    on_success="The mean inside the logarithm over k draws, outside it over the groups, and an error bar that counts "
    "images.",
)
def check_bound_with_error(probe):
    cases = draw_cases(probe.rng)
    answers = [_pair(probe.call("bound_with_error", *case), case) for case in cases]
    expect_same_again(answers[0], _pair(probe.call("bound_with_error", *cases[0]), cases[0]), DRAWN)
    expect_without_slips(
        answers,
        [right(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise="The bound is the mean of log((w_1 + ... + w_k) / k) over all groups and images. Its "
        "standard error is "
        "the standard deviation (ddof=1) of the images' means, divided by the square root of the number of images.",
        describe=lambda case: f"log_weights of shape {case[0].shape} and k = {case[1]}",
        rtol=1e-6,
        atol=1e-3,
    )
    _expect_sharp_errors(cases, answers)


DRAWN = (
    "Called twice with the same arguments, your function returned two different results. The groups are consecutive "
    "draws; nothing is drawn or shuffled."
)
TWO = "bound_with_error(log_weights, k) should return two numbers, (bound, standard error)."


def _expect_sharp_errors(cases, answers):
    for case, answer in zip(cases, answers, strict=True):
        expected = right(*case)
        expect(
            np.isclose(answer[1], expected[1], 1e-3, 1e-6),
            f"Your standard error is {answer[1]:.6g} for log_weights of shape {case[0].shape} and k = "
            f"{case[1]}, expected "
            f"{expected[1]:.6g}. It is rounded, or computed from rounded numbers.",
        )


def _pair(value, case):
    """The two numbers as an array, nan and infinity allowed; `Failed` for anything else."""
    images = len(case[0])
    parts = list(value) if isinstance(value, (list, tuple)) or np.ndim(value) == 1 else []
    expect(not isinstance(value, dict), f"{TWO} You returned a dict: {brief(value)}.")
    expect(len(parts) == 2, f"{TWO} Received: {brief(value)}.")
    for part, name in zip(parts, ("bound", "standard error"), strict=True):
        expect(
            np.shape(part) != (images,),
            f"{TWO} Your {name} is one number for each of the {images} images. The bound is their "
            f"mean, and the standard "
            "error is one number, too.",
        )
        expect(
            np.size(part) == 1 or isinstance(part, str),
            f"{TWO} Your {name} consists of {np.size(part)} numbers for log_weights of shape {case[0].shape} and "
            f"k = {case[1]}: {brief(part)}.",
        )
    return np.array([_number(part, value) for part in parts])


def _number(part, value):
    numbers = as_numbers(part)
    if numbers is None or numbers.size != 1:
        raise Failed(f"{TWO} Received: {brief(value)}.")
    return float(numbers.reshape(()))


# (images, groups, k), the level of the log-weights, and how much they vary between images and within one.
SHAPES = (
    ((5, 3, 4), -90, 6, 2),
    ((7, 4, 1), -80, 5, 3),
    ((4, 1, 6), -60, 8, 2),
    ((3, 5, 2), -1e4, 300, 5),
    ((6, 2, 5), 1000, 80, 4),
    ((2, 4, 3), -300, 40, 200),
    ((9, 6, 2), 3, 0.1, 0.3),
)


def draw_cases(rng):
    """(log_weights, k): one draw per group or all in one, few images, and weights beyond what a computer knows."""
    cases = []
    for (images, groups, k), level, between, within in SHAPES:
        images, groups = images + int(rng.integers(3)), groups + int(rng.integers(3)) * (groups > 1)
        of_images = level + between * _spread(rng, images)
        draws = np.stack([rng.permutation(_spread(rng, groups * k)) for _ in range(images)])
        drift = np.linspace(0, 0.5, groups * k)  # later draws are larger, so that it shows which are used
        cases.append((of_images[:, None] + within * (draws + drift), k))
    cases[-1] = cases[-1][0].astype("float32"), cases[-1][1]
    return cases


def _spread(rng, count):
    """About normal numbers, in random order, no two of them close."""
    return rng.permutation(np.linspace(-1.5, 1.5, count) + rng.uniform(-0.3, 0.3, count) + rng.normal(0, 0.2))
