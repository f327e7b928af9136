"""15.3 add_noise: noisy images and the target v, with a time for each image."""

import numpy as np

from autoencoders_edu.checks.lesson_15.noise_mistakes import LAST_AXIS, MISTAKES, add_noise, along_last_axis
from autoencoders_edu.checks.lesson_15.screening import expect_screened_rule
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "15.3",
    "add_noise",
    points=2,
    minutes=8,
    why="A network trains just as well on a schedule that is shifted by one step. Its samples may keep a little noise, "
    "and no loss says why.",
    hints=(
        "How many different times are there from 0 to T, and how many numbers does a cumulative product of T betas "
        "have? Which one is missing, and where does it belong?",
        "An array may be indexed by an array of integers: what do you get from alpha_bar[t], and in which shape?",
        "alpha_bar[t] has one axis, x may have four. Reshape it to (batch, 1, 1, ...), with as many ones as x has axes "
        "after the first.",
    ),
    on_success="One time per image, a product of all the steps up to it, and squares of the two weights that sum to 1.",
)
def check_add_noise(probe):
    cases, answers = draw_cases(probe.rng), []
    for case in cases:
        try:
            answers.append(_asked(probe, case))
        except LearnerError as error:
            _expect_right(probe, answers, cases[: len(answers)])
            raise _explained(error, probe, case, cases) from None
    again = _asked(probe, cases[0])
    expect_same_again(answers[0], again, DRAWN)
    _expect_right(probe, answers, cases)


ASKED = (
    "x_t = sqrt(alpha_bar_t) x + sqrt(1 - alpha_bar_t) epsilon and v = sqrt(alpha_bar_t) epsilon - sqrt(1 - "
    "alpha_bar_t) x, where alpha_bar_t is the product of the first t of the numbers 1 - beta (1 for t = 0), and each "
    "image has its own t."
)
DRAWN = (
    "Called twice with the same arguments, your function returned two different results. The noise is given: `epsilon`."
)
TWO = "add_noise(x, t, epsilon, betas) should return two arrays, (x_t, v), each of the shape of x."


def _asked(probe, case):
    return _arrays(probe.call("add_noise", *case), case)


def _arrays(value, case):
    """x_t and v as one array (2, ...) with marks for nan; `Failed` for anything else."""
    shape = case[0].shape
    parts = list(value) if isinstance(value, (list, tuple)) or np.shape(value) == (2, *shape) else []
    if len(parts) != 2:
        raise Failed(f"{TWO} For x of shape {shape} received {brief(value)}.")
    arrays = [as_numbers(part) for part in parts]
    for array, part, name in zip(arrays, parts, ("x_t", "v"), strict=True):
        if array is None or array.shape != shape:
            more = ""
            if array is not None and array.ndim > len(shape):
                more = (
                    " alpha_bar[t] has one number per image: it needs as many axes as x has, not more, with length 1 "
                )
                more += "after the first."
            elif array is not None and array.ndim < len(shape) and 1 in shape:
                more = " An axis of length 1 is lost: np.squeeze, for example, drops it."
            raise Failed(
                f"{TWO} For x of shape {shape} and t of shape {case[1].shape}, your {name} is {brief(part)}.{more}"
            )
    return marked(arrays)


def _explained(error, probe, case, cases):
    x, t, _, betas = case
    if _runs_along_last_axis(probe, cases):
        return Failed(f"{LAST_AXIS}\n{error}")
    about = f"for x of shape {x.shape} and t = [{', '.join(map(str, t))}], with T = {len(betas)}"
    more = ""
    if error.described.get("type") == "IndexError" and len(betas) in t:
        more = " t may be T, and has alpha_bar with all T betas then; alpha_bar_0 = 1 comes before the first of them."
    return Failed(f"Your code does not get through {about}.{more}\n{error}")


def _runs_along_last_axis(probe, cases):
    """Whether the code that raised takes times for columns, where there are as many of them as images."""
    square = next(case for case in cases if case[0].ndim == 2 and case[0].shape[0] == case[0].shape[1])
    try:
        answer = probe.call("add_noise", *square)
    except LearnerError:
        return False
    return fits(answer, add_noise(*square, axes=along_last_axis), 1e-4, 1e-5)


def _unheard(probe, cases, answers):
    """A message if the first answer does not change when an argument does."""
    x, t, epsilon, betas = cases[0]
    for name, other in (
        ("epsilon", (x, t, epsilon[::-1] + 1, betas)),
        ("betas", (x, t, epsilon, betas[::-1] * 0.9)),
        ("x", (x[::-1] + 1, t, epsilon, betas)),
    ):
        try:
            answer = probe.call("add_noise", *other)
        except LearnerError:
            continue
        if fits(answer, answers[0], 1e-9, 0):
            return f"If `{name}` changes, your result does not. It is computed from what is given.\n{ASKED}"
    return None


def _expect_right(probe, answers, cases):
    expected, rtol, atol = [add_noise(*case) for case in cases], 1e-4, 1e-5
    expect_screened_rule(
        answers,
        expected,
        cases,
        MISTAKES,
        otherwise=ASKED,
        example=_example,
        rtol=rtol,
        atol=atol,
        late=lambda: _unheard(probe, cases, answers),
    )


def _example(case, answer, expected):
    x, t, _, betas = case
    place = tuple(int(i) for i in np.argwhere(~np.isclose(answer, expected, 1e-4, 1e-5))[0])
    name = ("x_t", "v")[place[0]]
    image = place[1]
    return (
        f"For x of shape {x.shape} and T = {len(betas)}: in {name}, image {image} with t = {t[image]}, received "
        f"{shown(answer[place])}, expected {expected[place]:.5g}."
    )


def draw_cases(rng):
    """(x, t, epsilon, betas): shapes with and without further axes, each time from 0 to T, a batch of one."""
    size = [int(n) for n in rng.integers([3, 4, 2], [6, 8, 4])]
    shapes = ((5, *size), (6, size[0]), (7,), (1, size[1], size[0]), (4, size[1], 4), (4, 4), (3, *size), (2, 3))
    steps = (9, 12, 30, 8, 6, 15, 1, 1000)
    cases = []
    for index, (shape, T) in enumerate(zip(shapes, steps, strict=True)):
        betas = np.linspace(1e-4, 0.02, T) if T == 1000 else rng.permutation(np.linspace(0.05, 0.4, T))
        x, epsilon = rng.normal(size=(2, *shape)) * (5 if index == 1 else 1)
        t = _times(rng, shape[0], T, ends=index > 2)
        cases.append((x, t, epsilon, betas))
    x, t, epsilon, betas = cases[1]
    cases[1] = x.astype("float32"), t.astype("int32"), epsilon.astype("float32"), betas.astype("float32")
    return cases


def _times(rng, batch, T, ends):
    """A time for each image, none of them twice where there are enough; 0 and T among them where `ends` is true."""
    if not ends:
        return 1 + rng.permutation(T - 1)[:batch]
    if batch == 1:
        return np.array([T])
    between = rng.permutation(np.arange(1, T)) if T > 1 else np.zeros(0, int)
    return rng.permutation(np.resize(np.concatenate([[0, T], between]), batch)).astype(int)
