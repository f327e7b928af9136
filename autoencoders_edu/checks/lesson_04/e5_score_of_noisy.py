"""04.5 score_of_noisy: the direction towards likelier images, from a denoiser's residual."""

import numpy as np

from autoencoders_edu.checks.lesson_04.score_mistakes import MISTAKES, WHOLE_STDDEV, right, whole_stddev
from autoencoders_edu.checks.shared.models import runs
from autoencoders_edu.exercises.expect import (
    Failed,
    LearnerError,
    as_numbers,
    brief,
    expect,
    expect_array,
    expect_rule,
    fits,
)
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "04.5",
    "score_of_noisy",
    points=2,
    minutes=8,
    why="Whoever has a denoiser for each strength of noise can walk from pure noise to an image. That is diffusion.",
    hints=(
        "Which of the two is more like an image, noisy or denoised? The score points there. And noise is measured by "
        "its variance here.",
        "An array of shape (n,) meets an array of shape (n, h, w, c): which axes does NumPy pair? Print the shapes for "
        "n = 4 and images of 5 x 6 pixels.",
        "reshape the stddevs to (n, 1, 1, 1), with as many ones as noisy has further axes: np.ndim(noisy) - 1.",
    ),
    on_success="A denoiser is a compass: its residual, divided by the variance of the noise, points uphill.",
)
def check_score_of_noisy(probe):
    for kinds in (PLAIN, ONE_FOR_EACH):
        cases, answers = [_draw(probe.rng, *kind) for kind in kinds], []
        try:
            answers.extend(_shaped(_called(probe, case), case) for case in cases)
        except Failed:
            _compare(answers, cases)  # a mistake that shows in the answers so far comes first
            raise
        _compare(answers, cases)


def _compare(answers, cases):
    cases = cases[: len(answers)]
    expect_rule(
        answers,
        [right(*case) for case in cases],
        cases=cases,
        mistakes=MISTAKES,
        otherwise=f"The score is not what it should be. {FORMULA}",
        example=_example,
        rtol=1e-4,
        atol=1e-7,
    )


FORMULA = "score = (denoised - noisy) / noise_stddev^2, example by example."
# What noise_stddev is, and the shape of noisy. Where n is the length of another axis, nothing raises.
PLAIN = (("number", (4, 6)), ("number", (3, 4, 5, 2)), ("number", (1, 7)), ("integers", (4, 3)), ("tiny", (5, 2, 3)))
ONE_FOR_EACH = (
    ("array", (3, 3, 4, 3)),
    ("array", (5, 5)),
    ("array", (6,)),
    ("array", (3, 4, 5, 3)),
    ("array", (4, 7)),
    ("array", (2, 4, 3, 5)),
    ("array", (1, 5)),
    ("whole", (4, 3)),
)


def _draw(rng, kind, shape):
    noisy, denoised = rng.normal(size=(2, *shape)).astype("float32").astype(float)  # single precision loses nothing
    if kind in ("integers", "whole"):
        noisy, denoised = rng.integers(-9, 10, (2, *shape))
    stddevs = {
        "number": lambda: float(rng.choice([rng.uniform(0.15, 0.3), rng.uniform(2.2, 2.9)])),
        "tiny": lambda: float(rng.uniform(1, 3) * 1e-5),
        "integers": lambda: int(rng.integers(3, 6)),
        "whole": lambda: rng.permutation([1, 2, 3, 5]),
        "array": lambda: rng.permutation(np.geomspace(0.15, 3, shape[0]) * rng.uniform(0.9, 1.1)),
    }
    return noisy, denoised, stddevs[kind]()


def _example(case, answer, expected):
    noisy, _, noise_stddev = case
    given = f"{noise_stddev:.3g}" if np.ndim(noise_stddev) == 0 else f"an array of shape {np.shape(noise_stddev)}"
    return (
        f"For noisy of shape {noisy.shape} and noise_stddev {given}, received {brief(np.asarray(answer, float))}, "
        f"expected {brief(expected)}."
    )


def _called(probe, case):
    """The answer. `Failed` where the code raises, but works for another kind of noise_stddev."""
    noisy, denoised, noise_stddev = case
    try:
        return probe.call("score_of_noisy", *case)
    except LearnerError as error:
        as_float = np.asarray(noise_stddev, float) if np.ndim(noise_stddev) else float(noise_stddev)
        others = ((WHOLE, as_float), (ONE, np.full(len(noisy), 0.5)), (ARRAY, 0.5))
        same = np.asarray(noise_stddev).dtype.kind != "i", np.ndim(noise_stddev) == 1, np.ndim(noise_stddev) == 0
        for (message, other), is_same in zip(others, same, strict=True):
            if not is_same and runs(probe.call, "score_of_noisy", noisy, denoised, other):
                shapes = {"noisy": noisy.shape, "stddevs": np.shape(noise_stddev)}
                raise Failed(f"{message.format(**shapes)}\n{error}") from None
        raise


WHOLE = "Your code works with noise_stddev=3.0, but not with 3: whole numbers are numbers, too, alone or in an array."
ONE = (
    "Your code works with an array of stddevs, but not with one number for all: `np.ndim(noise_stddev)` is 0 for a "
    "number."
)
ARRAY = (
    "For noisy of shape {noisy} your code works with one number as noise_stddev, but not with an array of shape "
    "{stddevs}, one for each example. Along which axis does it go?"
)


def _expect_not_of_images(array, case):
    """`Failed` if these are the values that noise_stddev gives in a shape made for images, (n, 1, 1, 1)."""
    noisy, denoised, noise_stddev = case
    wide = (denoised - noisy) / np.reshape(noise_stddev, (-1, 1, 1, 1)) ** 2.0
    if fits(array, wide):
        raise Failed(
            f"score_of_noisy should return an array of the shape of noisy, {noisy.shape}. Received: {brief(array)}. "
            f"noise_stddev has the shape {np.reshape(noise_stddev, (-1, 1, 1, 1)).shape} in it, as for images. Give it "
            "as many axes as noisy has, or none."
        )


def _shaped(value, case):
    """The value as an array of the shape of noisy, or `Failed` with what its shape may mean."""
    noisy = case[0]
    array = as_numbers(value)
    if array is None or array.shape == noisy.shape:
        cut = array is not None and not np.isfinite(array).all() and fits(array, whole_stddev(*case))
        expect(not cut, f"{WHOLE_STDDEV} Dividing by that gives infinity.")
        return expect_array(value, noisy.shape, "score_of_noisy(...)")
    _expect_not_of_images(array, case)
    shapes = (
        (noisy.shape[1:], "The axis of the examples is lost. Keep it, also for one example."),
        ((len(noisy), noisy[0].size), "The examples have become rows. Give them the shape of noisy again."),
        ((len(noisy),), "That is one number for each example. The score has one for each pixel: a direction."),
        ((), "That is a single number. The score has one for each pixel of each example: a direction."),
        (noisy.shape[::-1], "Its axes are those of noisy in reverse, as .T leaves them."),
        ((noisy.size,), "All examples have become one row. Keep the shape of noisy."),
    )
    seems = next((text for shape, text in shapes if shape == array.shape), "")
    raise Failed(
        f"score_of_noisy should return an array of the shape of noisy, {noisy.shape}. Received: "
        f"{brief(np.asarray(value))}. {seems}"
    )
