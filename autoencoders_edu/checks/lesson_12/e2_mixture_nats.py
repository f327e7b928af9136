"""12.2 mixture_nats: the log-likelihood of a model that is mixed with coins."""

import numpy as np

from autoencoders_edu.checks.lesson_12.mixture_slips import MISTAKES, right
from autoencoders_edu.checks.lesson_12.slips import expect_without_slips
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.exercises.expect import Failed, LearnerError
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "12.2",
    "mixture_nats",
    points=2,
    minutes=8,
    why="Theis et al. (2016) use this mixture to show that a good likelihood says little about samples.",
    hints=(
        "What is the logarithm of share * p(x), in terms of log p(x)? And that of (1 - share) * 2^-pixels?",
        "You have log a and log b, and want log(a + b) although a and b are too small for a computer. NumPy has a "
        "function for just that.",
        "At share 0 one of the two logarithms is minus infinity. What should a term that is 0 add to a sum, and what "
        "does the function make of it?",
    ),
    on_success="Probabilities are mixed, logarithms are not. A hundredth of a good model keeps all of its likelihood "
    "but log 100 nats.",
)
def check_mixture_nats(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[0], probe.call("mixture_nats", *cases[0]), DRAWN)
    expect_without_slips(
        answers,
        [right(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise="Asked for is log(share * p(x) + (1 - share) * 2^-pixels), with log p(x) as given: one number per "
        "image, (batch,).",
        describe=_described,
        rtol=1e-6,
        atol=1e-3,
    )


DRAWN = (
    "Called twice with the same arguments, your function returned two different results. The mixture's log-likelihood "
    "has a formula, without any drawing."
)


TOO_LARGE = (
    "2**pixels is larger than any float, and its inverse smaller. Stay with logarithms: that of 2^-pixels is "
    "-pixels * log 2."
)


def _asked(probe, case):
    try:
        return probe.call("mixture_nats", *case)
    except LearnerError as error:
        if error.described.get("type") == "OverflowError":
            raise Failed(f"{TOO_LARGE}\n{error}") from None
        if case[1] in (0, 1):
            raise Failed(
                f"With share = {case[1]:g}, which is allowed, your code does not get through.\n{error}"
            ) from None
        raise


def _described(case):
    log_likelihood, share, pixels = case
    shown = ", ".join(f"{nats:.7g}" for nats in log_likelihood[:6])
    return f"log_likelihood = [{shown}], share = {share:g} and pixels = {pixels}"


def draw_cases(rng):
    """(log_likelihood, share, pixels) in which the model, the coins or both decide, of ordinary and of extreme size."""
    few, some, many, more = (int(rng.integers(*between)) for between in ((4, 10), (400, 700), (2000, 2900), (8e3, 2e4)))
    tiny = 10.0 ** -rng.uniform(290, 300)
    return [
        (_around(rng, 5, few, (-1.5, 0, 1.5)), rng.uniform(0.2, 0.4), few),
        (_around(rng, 1, few, (1,)), rng.uniform(0.6, 0.8), few),
        (_around(rng, 7, some, (-100, 3, 5, 100)), rng.uniform(0.008, 0.02), some),
        (_around(rng, 6, more, (-3000, -1, 1, 3000)), rng.uniform(0.2, 0.4), more),
        (np.array([-1e4, -20.0, -1e4 - many]), rng.uniform(0.2, 0.4), int(1e4 / np.log(2)) + many),
        (_around(rng, 5, many, (-5, -np.log(tiny) - 1, -np.log(tiny) + 2, 900)), tiny, many),
        (_around(rng, 4, few, (-2, 0, 1)), 0.0, few),
        (_around(rng, 4, few, (-2, 0, 1)), 1.0, few),
        (_around(rng, 3, more, (-2000, 1500)), 0.0, more),
        (_around(rng, 3, more, (-2000, 1500)), 1.0, more),
        (_around(rng, 4, few, (-2, 0.5)).astype("float32"), rng.uniform(0.1, 0.4), few),
    ]


def _around(rng, batch, pixels, differences):
    """Log-likelihoods that differ by about these amounts from that of the coins, each of them once at least."""
    chosen = np.concatenate([differences, rng.choice(differences, max(0, batch - len(differences)))])
    return np.minimum(rng.permutation(chosen - pixels * np.log(2) + rng.uniform(-0.5, 0.5, len(chosen))), -0.01)
