"""07.4 sampled_elbo: an ELBO from draws alone, with three faults to repair."""

from dataclasses import replace

import numpy as np

from autoencoders_edu.checks.lesson_07.given_draws import draw_case
from autoencoders_edu.checks.lesson_07.mistaken_draws import new_faults, remaining_faults
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.normal import has_lost_numbers, if_several, lost_axis
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.4",
    "sampled_elbo",
    points=3,
    minutes=15,
    why="A wrong ELBO still trains, and often looks better than a right one. A bound above the truth gives it away.",
    hints=(
        "There are three faults: in how z is drawn, in log p(x|z), and in log q. Say for each line which distribution "
        "it is about.",
        "What is the density of a narrow normal distribution at its mean, compared with that of a wide one? Does log_q "
        "know how wide q is?",
        "Count: how many numbers go into log p(x|z) of one image, and are they summed?",
    ),
    on_success="Three terms from the same draws, and below the truth, as a lower bound must be.",
)
def check_sampled_elbo(probe):
    # An even number of samples first: the median of an odd one is one of them, and may be the first.
    for batch, samples in ((int(probe.rng.integers(2, 5)), int(probe.rng.choice([6, 8]))), (1, 5)):
        case = draw_case(probe.rng, batch, samples)
        value = _ask(probe, case)
        expect(case.decode_calls, DECODE_UNUSED)
        expect_same_again(
            value,
            probe.call("sampled_elbo", *case.arguments),
            "Called twice with the same arguments, your code returned two different results: it draws noise of its "
            f"own. The draws are given here, as epsilon.\n{SAMPLED}",
        )
        if has_lost_numbers(value):
            _expect_no_logarithm_for_a_width(probe)
        expected, what = case.elbo(), f"sampled_elbo for {batch} image{'s' * (batch > 1)} and {samples} samples of each"
        mistakes = lost_axis(expected) | if_several(batch, _mistakes, case, value)
        try:
            expect_close(value, expected, SAMPLED, what, mistakes, rtol=1e-4)
        except Failed as failed:
            if str(failed).startswith(what) and _is_same_for_other_draws(probe, case, value):
                raise Failed(f"{DRAWS_UNUSED}\n{failed}") from None
            raise


def _ask(probe, case):
    """The answer; where there is an error, but none for the notebook's sizes, also whether it is for want of decode."""
    try:
        return probe.call("sampled_elbo", *case.arguments)
    except LearnerError as error:
        notebooks = draw_case(probe.rng, 4, 20, pixels=12, latents=1)
        try:
            probe.call("sampled_elbo", *notebooks.arguments)
        except LearnerError:
            raise error from None
        if notebooks.decode_calls:
            raise
        raise Failed(f"{DECODE_UNUSED}\n{error}") from None


def _mistakes(case, value):
    return remaining_faults(case) | new_faults(case, value)


def _is_same_for_other_draws(probe, case, value):
    other = replace(case, epsilon=probe.rng.normal(size=case.epsilon.shape))
    try:
        again = probe.call("sampled_elbo", *other.arguments)
    except (Failed, LearnerError):
        return False
    return _agrees(again, np.asarray(value))


def _expect_no_logarithm_for_a_width(probe):
    """`Failed` if positive log-variances show that log_variance, its root or its half was taken for a width."""
    case = draw_case(probe.rng, 4, 6)
    case.log_variance = probe.rng.uniform(0.5, 2.5, case.log_variance.shape)
    value, stddev = probe.call("sampled_elbo", *case.arguments), np.exp(case.log_variance / 2)
    root, half, itself = np.sqrt(case.log_variance), case.log_variance / 2, case.log_variance
    for taken, width, width_of_q in (
        ("took the square root of log_variance", root, root),
        ("took half of log_variance for stddev", half, half),
        ("took log_variance for stddev", itself, itself),
        ("took log_variance for the width of log q", stddev, itself),
        ("took the square root of log_variance for the width of log q", stddev, root),
        ("took half of log_variance for the width of log q", stddev, half),
    ):
        expect(not _agrees(value, case.elbo_with(width, width_of_q)), f"You {taken}. {NOT_A_WIDTH}")


def _agrees(value, expected):
    return np.shape(value) == expected.shape and np.allclose(np.asarray(value, float), expected, rtol=1e-4)


DRAWS_UNUSED = "With another epsilon, your result is the same. It has to use the draws that it is given."
NOT_A_WIDTH = "It is a logarithm, and may be negative: the standard deviation is exp(log_variance / 2)."
DECODE_UNUSED = (
    "Your code never calls its argument decode. Take the logits from decode(z), not from a function of the notebook, "
    "such as decode_small: each check has a decoder of its own."
)
SAMPLED = (
    "ELBO = mean over samples of log p(x|z) + log p(z) - log q(z|x), with z = mean + exp(log_variance / 2) * epsilon, "
    "each term a sum over pixels or latents."
)
