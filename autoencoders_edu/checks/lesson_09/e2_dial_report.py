"""09.2 dial_report: loss, terms and ELBO of a beta-VAE, with three faults to repair."""

import numpy as np

from autoencoders_edu.checks.lesson_09.dial_mistakes import KEYS, MISTAKES, report
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect_keys
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "09.2",
    "dial_report",
    points=3,
    minutes=10,
    why="A beta-VAE with beta on the wrong term trains without complaint: the dial then turns the other way. And a "
    "bound that contains beta cannot compare models trained with different betas.",
    hints=(
        "There are three faults, in three lines. Ask of each line: which of the arguments does this number depend on, "
        "and should it?",
        "What does the loss do if you raise beta by 1 and leave the model alone? By the formula it grows by the KL.",
        "Is log p(x|z) of an image a sum or a mean over its pixels? And what does a bound on log p(x) know about beta?",
    ),
    on_success="One price, on one term; everything else is reported in nats per image, so that models trained with "
    "different betas can be compared.",
)
def check_dial_report(probe):
    cases = draw_cases(probe.rng)
    answers = [_ask(probe, case, place) for place, case in enumerate(cases)]
    again = _four_numbers(probe.call("dial_report", *cases[0]), cases[0])
    expect_same_again(answers[0], again, "Called twice with the same arguments, your code returned different numbers.")
    expect_one_rule(
        answers,
        [report(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise=BECAUSE,
        example=_first_difference,
        atol=1e-4,
    )


BECAUSE = (
    "Per image, reconstruction = -(sum of log_likelihood over height, width and channels), kl = sum over the latents, "
    "loss = reconstruction + beta * kl, elbo = -(reconstruction + kl). Each is then averaged over the batch."
)
# batch, height, width, channels, latents, beta, and whether the log-likelihoods are densities, which may be above 0
CASES = (
    (5, 6, 4, 3, 4, 4.0, False),
    (1, 5, 7, 1, 3, 0.5, False),
    (4, 3, 9, 2, 6, 10, False),
    (3, 4, 5, 1, 1, 2.5, True),
    (6, 5, 3, 3, 2, 0.25, True),
    (2, 28, 28, 1, 8, 1.0, False),
    (7, 2, 4, 4, 5, 0.0, False),
    (1, 4, 6, 3, 9, 7.5, True),
)


def draw_cases(rng):
    """(log_likelihood, kl, beta) of several sizes, one of them in double precision."""
    return [_draw(rng, *case, dtype="float64" if place == 2 else "float32") for place, case in enumerate(CASES)]


def _draw(rng, batch, height, width, channels, latents, beta, density, dtype):
    shape = (batch, height, width, channels)
    log_likelihood = rng.uniform(-0.5, 1.5, shape) if density else -rng.gamma(2, 0.3, shape)
    log_likelihood = log_likelihood * rng.uniform(0.6, 1.5, (batch, 1, 1, 1)) * rng.uniform(0.5, 1.5, channels)
    kl = rng.gamma(1, 2, (batch, latents)) + 0.05
    return log_likelihood.astype(dtype), kl.astype(dtype), beta


def _ask(probe, case, place):
    """The answer; where an axis of length 1 is new and the code raises, the message says so."""
    try:
        return _four_numbers(probe.call("dial_report", *case), case)
    except LearnerError as error:
        if place == 0 or 1 not in (*case[0].shape, *case[1].shape):
            raise
        raise Failed(
            f"Your code ran before; for log_likelihood of shape {case[0].shape} and kl of shape {case[1].shape} it "
            "raises. A batch of one image is a batch, and one channel or latent is an axis: np.squeeze and [0] drop "
            f"them.\n{error}"
        ) from None


def _four_numbers(value, case):
    """The four numbers of a report as one array, marked; `Failed` if it is no such report."""
    expect_keys(value, KEYS, "dial_report(log_likelihood, kl, beta)")
    batch = len(case[0])
    for key in KEYS:
        array = as_numbers(value[key])
        if array is None or array.size != 1:
            apart = (
                f"{batch} numbers, one for each image" if batch > 1 and _is_of_shape(array, (batch,)) else "no number"
            )
            raise Failed(f'"{key}" holds {apart}. Report the mean over the batch. Received: {brief(value[key])}.')
    return marked([float(np.asarray(value[key], float).reshape(())) for key in KEYS])


def _is_of_shape(array, shape):
    return array is not None and array.shape == shape


def _first_difference(case, answer, expected):
    log_likelihood, kl, beta = case
    places = [
        f'"{key}" received {shown(a)}, expected {e:.5g}' for key, a, e in zip(KEYS, answer, expected, strict=True)
    ]
    wrong = [text for text, a, e in zip(places, answer, expected, strict=True) if not np.isclose(a, e, 1e-4, 1e-4)]
    return (
        f"For log_likelihood of shape {log_likelihood.shape}, kl of shape {kl.shape} and beta = {beta:g}: "
        f"{'; '.join(wrong)}."
    )
