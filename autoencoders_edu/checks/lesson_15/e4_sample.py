"""15.4 sample: deterministic steps from noise to an image, repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_15.screening import expect_screened_rule
from autoencoders_edu.checks.lesson_15.step_mistakes import MISTAKES, sample
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "15.4",
    "sample",
    points=3,
    minutes=11,
    why="The sampler is not trained, so no loss shows its bugs.",
    hints=(
        "Put x_t and v of exercise 15.3 into the lines for x_hat and eps_hat, on paper. Do they give x and epsilon?",
        "Which time is the network told: that of the image that it gets, or that of the image which is to come?",
        "In the last step s is 0. What is betas' cumulative product at index -1, and what should alpha_bar_0 be?",
    ),
    on_success="The right inverse, the right time, and alpha_bar_0 = 1: the last step lands on x_hat.",
)
def check_sample(probe):
    cases, answers = draw_cases(probe.rng), []
    for case in cases:
        try:
            answers.append(_asked(probe, case))
        except LearnerError as error:
            _expect_right(probe, answers, cases[: len(answers)])
            raise _explained(error, case) from None
    expect_same_again(answers[2], _asked(probe, cases[2]), DRAWN)
    _expect_right(probe, answers, cases)


ASKED = (
    "For each time t of the list and the next one, s: x_hat = sqrt(alpha_bar_t) x_t - sqrt(1 - alpha_bar_t) v, eps_hat "
    "= sqrt(1 - alpha_bar_t) x_t + sqrt(alpha_bar_t) v, x_s = sqrt(alpha_bar_s) x_hat + sqrt(1 - alpha_bar_s) eps_hat, "
    "with v = v(x_t, t) and alpha_bar_0 = 1."
)
DRAWN = (
    "Called twice with the same arguments, your function returned two different results. The noise of each step is "
    "eps_hat, which is computed: nothing is drawn."
)


def _asked(probe, case):
    v, x_T, times, betas = case
    value = probe.call("sample", v, x_T, list(times), betas)
    array = as_numbers(value)
    if array is None or array.shape != x_T.shape:
        raise Failed(f"sample should return one array of the shape of x_T, {x_T.shape}. Received: {brief(value)}.")
    return marked(array)


def _explained(error, case):
    _, x_T, times, betas = case
    about = f"for x_T of shape {x_T.shape}, times = {list(times)} and T = {len(betas)}"
    more = ""
    if error.described.get("type") == "IndexError" and times[0] == len(betas):
        more = " times may begin at T, and alpha_bar_T has all T betas; alpha_bar_0 = 1 comes before the first of them."
    return Failed(f"Your code does not get through {about}.{more}\n{error}")


def _unheard(probe, cases, answers):
    """A message if an answer does not change when the betas do, or if zeros do not give zeros."""
    v, x_T, times, betas = cases[2]
    try:
        if len(answers) > 2 and fits(probe.call("sample", v, x_T, times, betas[::-1] * 0.9), answers[2], 1e-9, 0):
            return f"If `betas` changes, your result does not. It is computed from those that are given.\n{ASKED}"
        of_zeros = as_numbers(probe.call("sample", _zeros, 0 * x_T, times, betas))
    except LearnerError:
        return None
    if of_zeros is not None and np.isfinite(of_zeros).all() and of_zeros.any():
        return (
            "If x_T and all that v returns are 0, your result is not: something else is added. The noise of each step "
            f"is eps_hat, which is computed from x and v, and nothing is drawn.\n{ASKED}"
        )
    return None


def _zeros(x, t):
    return np.zeros(np.shape(x))


def _expect_right(probe, answers, cases):
    expected, rtol, atol = [sample(*case) for case in cases], 1e-3, 1e-4
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
    _, x_T, times, betas = case
    place = tuple(int(i) for i in np.argwhere(~np.isclose(answer, expected, 1e-3, 1e-4))[0])
    at = f"[{', '.join(map(str, place))}]"
    return (
        f"For x_T of shape {x_T.shape}, times = {list(times)} and T = {len(betas)}: at {at}, the first place that "
        f"differs, received {shown(answer[place])}, expected {expected[place]:.5g}."
    )


class Network:
    """Some function of an image and a time, as a network would be. It says so if it is asked for anything else."""

    def __init__(self, rng, T):
        self.T, (self.scale, self.shift) = T, rng.uniform([0.4, 0.5], [0.8, 1.5])
        self.of_time = rng.uniform(-1.5, 1.5, T + 1)

    def __call__(self, x, t):
        if np.ndim(x) == 0 and np.ndim(t) > 0:
            raise ValueError("the arguments are exchanged: v(x, t) takes the array first, and then one integer")
        if np.size(t) != 1 or np.ravel(t)[0] not in range(self.T + 1):
            raise ValueError(f"v(x, t) takes an array and one integer from 0 to {self.T}; received t = {brief(t)}")
        return self.scale * np.sin(x + self.shift) + self.of_time[int(np.ravel(t)[0])]


# The shape of x_T, how many betas there are, and how many steps of which kind.
KINDS = (
    ((4, 3), 25, 1, "below T"),  # quickly compared with what mistakes give
    ((6,), 15, 5, "below T"),
    ((3, 4, 5, 2), 20, 4, "below T"),
    ((2, 7), 12, 3, "from T"),
    ((1, 3, 2), 8, 8, "each"),
    ((2, 5, 3), 10, 2, "not to 1"),
)


def draw_cases(rng):
    """(v, x_T, times, betas): lists that begin below T or at T, with one step and with all of them."""
    cases = []
    for shape, T, steps, kind in KINDS:
        T = T + int(rng.integers(3))
        few = T < 15
        betas = rng.permutation(np.linspace(0.01, 0.1, T) if few else np.linspace(0.03, 0.3, T))
        x_T = rng.normal(size=shape) * (15 if kind == "each" else 1.5)
        cases.append((Network(rng, T), x_T, _times(rng, T, steps, kind), betas))
    v, x_T, times, betas = cases[1]
    cases[1] = v, x_T.astype("float32"), times, betas.astype("float32")
    return cases


def _times(rng, T, steps, kind):
    """A decreasing list that ends in 0."""
    if kind == "each":
        return list(range(T, -1, -1))
    first = T if kind == "from T" else T - 2
    between = 1 + rng.permutation(np.arange(1, first - 1))[: steps - 1]
    return [first, *sorted(between.tolist(), reverse=True), 0]
