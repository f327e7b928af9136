"""07.2 gaussian_kl: the KL of a diagonal normal to the prior."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.normal import (
    expect_finite_kl,
    extreme_posteriors,
    has_lost_numbers,
    if_several,
    kl_to_prior,
    limited,
    lost_axis,
    mistaken_kl,
)
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, brief, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.2",
    "gaussian_kl",
    points=2,
    minutes=5,
    why="Every VAE contains this formula, and it is easy to get wrong: the sign, the sum, or what 'variance' means.",
    hints=(
        "Test yourself on the prior: for mean 0 and log_variance 0 every KL must be zero.",
        "Which of variance, standard deviation and log-variance does each term of the formula want, and which are you "
        "given?",
        "One of the terms is the logarithm of the variance. Do you have to compute it?",
    ),
    on_success="Zero at the prior, never negative, a sum over latents, and one number for each image.",
)
def check_gaussian_kl(probe):
    ask = partial(probe.call, "gaussian_kl")
    for batch, least in ((int(probe.rng.integers(2, 6)), 6), (1, 2)):  # more than the notebook's latents first
        mean, log_variance = probe.rng.normal(size=(2, batch, least + int(probe.rng.integers(3)))).astype("float32")
        exact = mean.astype(float), log_variance.astype(float)
        usual = probe.rng.normal(size=(2, 5, 4)).astype("float32")
        expected = kl_to_prior(*usual.astype(float)).sum(axis=1)
        value = call_for_any_size(probe, "gaussian_kl", (mean, log_variance), usual, "4 latents", expected)
        if has_lost_numbers(value):
            raise Failed(f"Your result is not finite: {brief(value)}. {_if_positive(probe)}\n{KL}")
        expect_same_again(value, ask(mean, log_variance), DRAWN)
        expect_close(
            value,
            kl_to_prior(*exact).sum(axis=1),
            because=KL,
            what=f"gaussian_kl for arrays of shape {mean.shape}",
            mistakes=if_several(batch, mistaken_kl, *exact)
            | lost_axis(kl_to_prior(*exact).sum(axis=1))
            | {ALL_ZERO: np.zeros(batch), HALF_PRECISION: _in_half_precision(mean, log_variance)},
        )
    _expect_extreme_posteriors(probe)


def _if_positive(probe):
    """What is wrong for positive log-variances, by a sentence; "" if that is unknown."""
    mean, log_variance = (probe.rng.uniform(0.2, 2, (5, 7)).astype("float32") for _ in range(2))
    value = expect_array(probe.call("gaussian_kl", mean, log_variance), (5,), "gaussian_kl")
    for variance in (np.exp(log_variance), log_variance):
        taken = 0.5 * np.sum(mean**2 + variance - np.log(log_variance) - 1, axis=1)
        if np.allclose(value, taken, rtol=1e-3):
            return LOGARITHM
    return ""


LOGARITHM = (
    "You took the logarithm of log_variance. It is already a logarithm, and may be negative; the variance is "
    "exp(log_variance)."
)
DRAWN = (
    "Called twice with the same arguments, your function returned two different results: it estimates the KL from "
    "random draws. The formula gives it exactly, without any."
)
ALL_ZERO = "Every image gets 0, as if q were the prior. A KL of the wrong sign, cut off at 0, would look like that."
HALF_PRECISION = "You computed in 16 bits, which hold three digits. For the sum of a KL, 16 bits do not suffice."
KL = "KL( q || p ) = 1/2 sum over latents of ( mean^2 + variance - log variance - 1 ), one number for each image."


def _in_half_precision(mean, log_variance):
    return kl_to_prior(mean.astype("float16"), log_variance.astype("float16")).sum(axis=1).astype(float)


def _expect_extreme_posteriors(probe):
    """log_variance may be so small that its exponential is zero in float32, or large."""
    mean, log_variance = extreme_posteriors(probe.rng, 2)
    value = probe.call("gaussian_kl", mean, log_variance)
    expect_finite_kl(value, KL)
    mean, log_variance = mean.astype(float), log_variance.astype(float)
    each = kl_to_prior(mean, log_variance)
    expect_close(
        value,
        each.sum(axis=1),
        because=KL,
        what="gaussian_kl for log_variance about -140 (two images) and 30 (two more)",
        mistakes=mistaken_by_limits(value, mean, log_variance),
    )


def mistaken_by_limits(value, mean, log_variance):
    """From messages to the KLs of log-variances within limits, and of latents whose KL has a limit of its own."""
    limits = {message: kl_to_prior(mean, lv).sum(axis=1) for message, lv in limited(log_variance).items()}
    array = np.asarray(value)
    if array.shape == (len(mean),) and np.ptp(array) <= 1e-4 * abs(array[0]):
        limits["Every image gets the same here: your KL has an upper limit. The formula has none."] = array
    return limits
