"""07.5 log_evidence and importance_weighted_bound: the exact log p(x) of a linear-Gaussian model, and a bound on it."""

import numpy as np

from autoencoders_edu.checks.lesson_07.linear_gaussian import bound, log_evidence, mistaken_bound, mistaken_evidence
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.cases import Cases
from autoencoders_edu.checks.shared.normal import if_several, lost_axis
from autoencoders_edu.exercises.expect import (
    Failed,
    LearnerError,
    NotAttempted,
    brief,
    expect,
    expect_array,
    expect_close,
    expect_finite,
)
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.5",
    "log_evidence",
    points=4,
    minutes=20,
    why="A bound is only worth something if you know how far it is from the truth. Here is the one model where you can "
    "look.",
    hints=(
        "x = W z + b + noise. Which is the covariance of W z when z has covariance I, and which is that of the noise? "
        "Independent things add up.",
        "With 400 pixels a determinant may be smaller than any number a computer can hold. np.linalg.slogdet returns "
        "two things, the sign and the logarithm of the determinant: take the second.",
        "exp(-2000) is 0. Subtract the largest log-weight of each image first, and add it again at the end.",
    ),
    on_success="An exact likelihood and a bound that climbs to it: now you know what every other VAE only estimates.",
)
def check_log_evidence(probe):
    _expect_evidence(probe)
    _expect_wide_images(probe)
    try:
        _expect_bound(probe)
    except NotAttempted as error:
        raise NotAttempted(
            "Part one is right. Part two, `importance_weighted_bound`, is still to be written.", error.missing
        ) from None


EVIDENCE = "log p(x) = log N( x; b, W W^T + stddev^2 I ), one number for each image."


def _expect_evidence(probe):
    pixels, latents = int(probe.rng.integers(5, 9)), int(probe.rng.integers(2, 4))
    several = int(probe.rng.integers(3, 5))
    cases, error = Cases(_mistakes), None
    # In the first, W is square, and there are as many images as slogdet returns numbers.
    for sizes in ((2, 4, 4), (several, pixels, latents), (1, pixels, latents)):
        case = _draw_linear(probe.rng, *sizes, probe.rng.uniform(0.3, 0.7))
        try:
            value = _ask(probe, *case)
            expect_same_again(value, probe.call("log_evidence", *case), DRAWN)
        except (Failed, LearnerError) as raised:  # what the cases so far tell comes first
            error = raised
            break
        cases.seen.append((case, value))
    for case, value in cases.seen:  # after all have been asked: of two images, two mistakes may give the same numbers
        x, weights, b, stddev = case
        what = f"log_evidence for {len(x)} image{'s' * (len(x) > 1)} of {len(b)} pixels"
        try:
            cases.judge(value, _right(*case), EVIDENCE, what)
        except Failed as failed:
            if str(failed).startswith(what) and _falls_like_a_code(probe, weights, b, stddev):
                raise Failed(f"{FINITE}\n{failed}") from None
            raise
    if error:
        raise error


def _right(x, weights, b, stddev):
    return log_evidence(x, weights @ weights.T + stddev**2 * np.eye(len(b)), b)


def _mistakes(*case):
    return mistaken_evidence(*case) | _lost_axis(_right(*case))


DRAWN = (
    "Called twice with the same arguments, your log_evidence returned two different results: it estimates log p(x) "
    "from random draws. Here it has a formula, which needs none."
)
FINITE = (
    "Far from b your density falls as p(x|z) does for a single code, as if W W^T did not widen it. A mean over drawn "
    "codes does that, however many there are. log p(x) has a formula, and nothing has to be drawn."
)


def _lost_axis(expected):
    """The message of a batch of one without its axis, and how SciPy loses it."""
    scipy = "SciPy's logpdf drops it, too: np.atleast_1d gives it back."
    return {f"{message} {scipy}": value for message, value in lost_axis(expected).items()}


def _falls_like_a_code(probe, weights, b, stddev):
    """Whether log p(x) far from b is that of a density no wider than stddev: so falls any mean over drawn codes."""
    far = 1e6 * probe.rng.normal(size=(3, len(b)))
    try:
        value = expect_array(probe.call("log_evidence", b + far, weights, b, stddev), (3,), "log_evidence")
    except (Failed, LearnerError):
        return False
    return np.allclose(value, -np.sum(far**2, axis=1) / (2 * stddev**2), rtol=1e-4)


def _ask(probe, *arguments):
    """log_evidence of these arguments; where it raises, but not for the notebook's sizes, which argument it ignores."""
    try:
        return probe.call("log_evidence", *arguments)
    except LearnerError as error:
        x, *model = _draw_linear(probe.rng, 4, 20, 3, 0.7)
        others = _draw_linear(probe.rng, 4, 20, 3, 0.4)[1:]
        try:
            value = probe.call("log_evidence", x, *model)
            for place, name in enumerate(("weights", "b", "stddev")):
                changed = [*model[:place], others[place], *model[place + 1 :]]
                same = np.array_equal(value, probe.call("log_evidence", x, *changed))
                expect(not same, f"Your log_evidence never uses its argument {name}. {GLOBALS}\n{error}")
        except LearnerError:
            pass
        raise


GLOBALS = "The notebook has variables of its own for this model, W, b and stddev: use the arguments."


def _expect_wide_images(probe):
    x, weights, b, stddev = _draw_linear(probe.rng, 2, 400, 3, 0.05)
    expected = log_evidence(x, weights @ weights.T + stddev**2 * np.eye(400), b)
    value = probe.call("log_evidence", x, weights, b, stddev)
    expect_finite(
        value,
        f"For 400 pixels you return {brief(value)}, expected {brief(expected)}. The determinant of their covariance is "
        "about 10 to the power of -1000, which is 0 to a computer. Sum logarithms instead of taking the logarithm of a "
        "product.",
    )
    expect_close(value, expected, because=EVIDENCE, what="log_evidence for images of 400 pixels")
    x, weights, b, stddev = _draw_linear(probe.rng, 2, 400, 3, 3.0)
    expected = log_evidence(x, weights @ weights.T + stddev**2 * np.eye(400), b)
    value = probe.call("log_evidence", x, weights, b, stddev)
    expect_finite(
        value,
        f"For 400 pixels and stddev 3 you return {brief(value)}, expected {brief(expected)}. The density itself is "
        "about exp(-1000), which is 0 to a computer. Do not take the logarithm of a density: SciPy has logpdf besides "
        "pdf, and in a formula of your own exp is not needed.",
    )
    expect_close(value, expected, because=EVIDENCE, what="log_evidence for images of 400 pixels and stddev 3")


def _draw_linear(rng, batch, pixels, latents, stddev):
    weights, b = rng.normal(size=(pixels, latents)), rng.normal(100, 10, size=pixels)  # as if pixels were in 0..255
    x = rng.normal(size=(batch, latents)) @ weights.T + b + stddev * rng.normal(size=(batch, pixels))
    return x, weights, b, stddev


BOUND = "The bound is log( 1/K sum over k of exp(log_weights[k]) ), for each image."


def _expect_bound(probe):
    for samples, batch in ((int(probe.rng.integers(6, 9)), int(probe.rng.integers(2, 5))), (4, 1)):  # K - 1 > batch
        log_weights = probe.rng.normal(-3, 1.5, size=(samples, batch))
        expect_close(
            probe.call("importance_weighted_bound", log_weights),
            bound(log_weights),
            because=BOUND,
            what=f"importance_weighted_bound for log-weights of shape {log_weights.shape}",
            mistakes=if_several(batch, mistaken_bound, log_weights) | lost_axis(bound(log_weights)),
            rtol=1e-4,
        )
    _expect_tiny_weights(
        probe,
        probe.rng.normal(-2000, 3, size=(6, 2)),
        "about -2000",
        "exp(-2000) is 0 to a computer: subtract the largest log-weight before the exponential, and add it back after "
        "the logarithm.",
    )
    log_weights = probe.rng.normal(-2000, 3, size=(6, 2))
    log_weights[probe.rng.integers(1, 5), probe.rng.integers(2)] += 1900  # neither the first nor the last sample
    _expect_tiny_weights(
        probe,
        log_weights,
        "about -2000, all but a single one about -100,",
        "exp(-1900) is 0 to a computer, too, and exp(1900) infinite: each image has a largest log-weight of its own, "
        "so subtract that one.",
    )


def _expect_tiny_weights(probe, log_weights, about, advice):
    """The bound for log-weights (samples, 2) that leave the range of numbers, or `Failed` with the advice."""
    value, expected = probe.call("importance_weighted_bound", log_weights), bound(log_weights)
    expect_finite(
        value,
        f"For log-weights {about} you return {brief(value)}, expected {brief(expected)}. {advice}",
    )
    expect_close(
        value,
        expected,
        because=BOUND,
        what="importance_weighted_bound",
        mistakes={
            f"You add 1e-{digits} inside the logarithm: your bound never falls below {-digits * np.log(10):.4g}, "
            "although the weights may be far smaller.": np.maximum(expected, -digits * np.log(10))
            for digits in range(1, 324)
        }
        | {
            f"You clip the log-weights at -{least}. They may be far smaller.": bound(np.maximum(log_weights, -least))
            for least in (50, 100, 200, 300, 500, 600, 700, 708, 709, 745, 800, 1000)
        },
        rtol=1e-6,
    )
