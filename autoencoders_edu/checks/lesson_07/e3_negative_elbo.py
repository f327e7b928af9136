"""07.3 negative_elbo: the loss of a VAE with Bernoulli pixels."""

import numpy as np

from autoencoders_edu.checks.lesson_07.bernoulli_elbo import (
    draw_inputs,
    logits_for_probabilities,
    mistaken_elbo,
    negative_elbo,
    positive_by_abs,
    sums_over_few_axes,
    whole_numbers,
)
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.normal import (
    bernoulli_cost,
    expect_finite_kl,
    extreme_posteriors,
    has_lost_numbers,
    if_several,
    kl_to_prior,
    limited,
    lost_axis,
)
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.3",
    "negative_elbo",
    points=3,
    minutes=9,
    why="This is the loss that a VAE is trained with. Average it wrongly, and you train a VAE with another weight on "
    "the KL. Nothing warns you.",
    hints=(
        "Begin with one pixel: what is -log p of a white pixel, and of a black one, if the coin shows white with "
        "probability p?",
        "Two sums over different axes, then one addition. Which axis must survive both?",
        "For large logits, log(sigmoid(l)) is the logarithm of 0. np.logaddexp(0, l) is log(1 + exp(l)) without "
        "overflow; write the cost of a pixel with it.",
    ),
    on_success="Sum over pixels, sum over latents, one number for each image: a VAE's loss, stable for any logit.",
)
def check_negative_elbo(probe):
    # As many latents as images, so that sums over axis 0 run, and few pixels, beside which a wrong KL shows.
    for batch, channels, latents in ((3, 3, 3), (1, 2, None), (4, 3, None), (3, 1, None)):
        height_and_width = (int(n) for n in probe.rng.integers([3, 6], [6, 9]))
        inputs = draw_inputs(probe.rng, (batch, *height_and_width, channels), latents)
        exact, shape = [a.astype(float) for a in inputs], inputs[0].shape
        value = _ask(probe, inputs)
        if has_lost_numbers(value):
            named = _if_positive(probe) or _if_few_pixels(probe)
            raise Failed(f"Your result is not finite: {brief(value)}. {named}\n{ELBO}")
        expect_same_again(value, _ask(probe, inputs), DRAWN)
        expect_close(
            value,
            negative_elbo(*exact),
            because=ELBO,
            what=f"negative_elbo for images of shape {shape}",
            mistakes=if_several(batch, mistaken_elbo, *exact)
            | if_several(batch, logits_for_probabilities, *inputs)
            | if_several(batch, positive_by_abs, value, *exact)
            | if_several(batch, whole_numbers, value, negative_elbo(*exact))
            | lost_axis(negative_elbo(*exact)),
            rtol=5e-4,
        )
    _expect_certain_decoders(probe)
    _expect_extreme_posteriors(probe)


def _if_positive(probe):
    """What is wrong for logits in (0, 1) and positive log-variances, by a sentence; "" if that is unknown."""
    x, *_ = draw_inputs(probe.rng, (4, 3, 5, 2))
    logits, mean, log_variance = (
        probe.rng.uniform(0.1, 0.9, size).astype("float32") for size in (x.shape, (4, 3), (4, 3))
    )
    value = expect_array(probe.call("negative_elbo", x, logits, mean, log_variance), (4,), "negative_elbo")
    right = negative_elbo(x, logits, mean, log_variance)
    taken = {
        "You took the logarithm of logits and of 1 - logits. They are not probabilities, and may be negative; p is "
        "sigmoid(logits).": (
            right - np.sum(bernoulli_cost(x, logits) + np.log(np.where(x == 1, logits, 1 - logits)), axis=(1, 2, 3))
        ),
        "In your KL: You took the logarithm of log_variance. It is already a logarithm, and may be negative.": (
            right + 0.5 * np.sum(log_variance - np.log(log_variance), axis=1)
        ),
    }
    return next((m for m, v in taken.items() if np.allclose(value, v, rtol=1e-3)), "")


DRAWN = (
    "Called twice with the same arguments, your function returned two different results: it draws random numbers. The "
    "draw of z has been made, and the KL has a formula."
)


def _if_few_pixels(probe):
    """What is wrong if the result is right for images of two pixels, and not finite for those of 4800; "" if not."""
    small, large = (draw_inputs(probe.rng, (3, *shape)) for shape in ((1, 2, 1), (40, 40, 3)))
    right = negative_elbo(*(a.astype(float) for a in small))
    try:
        value = expect_array(probe.call("negative_elbo", *small), (3,), "negative_elbo")
        is_lost = has_lost_numbers(probe.call("negative_elbo", *large))
    except (Failed, LearnerError):
        return ""
    return MANY_PIXELS if np.allclose(value, right, rtol=1e-3) and is_lost else ""


MANY_PIXELS = (
    "For images of two pixels your result is right, for many pixels it is infinite, with logits about 2. A product of "
    "many probabilities is 0 to a computer: add up their logarithms."
)


def _ask(probe, inputs):
    usual = draw_inputs(probe.rng, (5, 8, 8, 1), latents=4)
    expected = negative_elbo(*(a.astype(float) for a in usual))
    sizes = "images of 8 x 8 x 1 and 4 latents"
    try:
        return call_for_any_size(probe, "negative_elbo", inputs, usual, sizes, expected)
    except LearnerError as error:
        _expect_order(probe, usual, expected, error)
        _expect_all_axes(probe, error)
        raise


def _expect_order(probe, usual, expected, error):
    """`Failed` if the function is right, but for arguments in the order of the lesson's function of this name."""
    x, logits, mean, log_variance = usual
    try:
        value = np.asarray(probe.call("negative_elbo", x, mean, log_variance, logits))
    except (LearnerError, Failed):
        return
    if value.shape == expected.shape and np.allclose(value, expected, rtol=1e-3):
        raise Failed(f"{LESSONS_ORDER}\n{error}") from None


LESSONS_ORDER = (
    "Your arguments have the order of the lesson's function: x, mean, log_variance, logits. Here it is x, logits, "
    "mean, log_variance: keep the `def` line as it was."
)
ELBO = (
    "Negative ELBO = -(sum over pixels of x log p + (1 - x) log(1 - p)) + KL( q(z|x) || N(0, I) ), with p = "
    "sigmoid(logits) and the KL summed over latents; one number for each image."
)


def _expect_all_axes(probe, error):
    """`Failed` if sums over too few of an image's axes explain the error: for a single image, such sums broadcast."""
    single = draw_inputs(probe.rng, (1, 3, 5, 2))
    try:
        value = np.asarray(probe.call("negative_elbo", *single))
    except LearnerError:
        return
    mistaken = sums_over_few_axes(bernoulli_cost(*single[:2]), kl_to_prior(*single[2:]).sum(axis=1))
    for message, added in mistaken.items():
        if value.shape == added.shape and np.allclose(value, added, rtol=1e-3):
            raise Failed(f"{message}\n{error}") from None


def _expect_certain_decoders(probe):
    """A decoder that is certain, and wrong about some pixels: 200 nats for each, not infinitely many."""
    white, wrong = certain_images(probe.rng)
    logits = np.where(white ^ wrong, 200.0, -200.0)
    zeros = np.zeros((len(white), 2), "float32")
    value = probe.call("negative_elbo", white.astype("float32"), logits.astype("float32"), zeros, zeros)
    expected = bernoulli_cost(white, logits).sum(axis=(1, 2, 3))
    if has_lost_numbers(value):
        named = _if_few_pixels(probe) or _overflow(value)
        raise Failed(f"{named}\n{ELBO}\nReceived {brief(value)}, expected {brief(expected)}.")
    expect_close(
        value,
        expected,
        because=ELBO,
        what="negative_elbo for logits of 200 and -200",
        mistakes=_let_off(value, wrong.sum(axis=(1, 2, 3))),
    )


def certain_images(rng):
    """Whether pixels are white, and whether a certain decoder is wrong about them, (6, 3, 4, 1).

    Images are white and right; black and right; white, some pixels wrong, twice; black, some pixels wrong, twice.
    """
    white = np.zeros((6, 3, 4, 1), bool)
    white[[0, 2, 3]] = True
    wrong = np.zeros(white.shape, bool)
    for image, count in zip((2, 3, 4, 5), (2, 5, 3, 4), strict=True):
        wrong[image].flat[rng.choice(12, count, replace=False)] = True
    return white, wrong


def _overflow(value):
    """What a value that is not finite tells: of which of the two sure images, and of what else."""
    received = f"For logits of 200 and -200 you return {brief(value)}."
    value = np.asarray(value, float)
    if value.shape == (6,) and np.isposinf(value[0]) and np.isfinite(value[1]):
        return (
            f"{received} exp(200) is infinite in float32, and so is log(1 + exp(logits)): np.logaddexp(0, logits) is "
            "the same without overflow."
        )
    if value.shape == (6,) and np.isfinite(value[0]) and np.isposinf(value[1]):
        return (
            f"{received} exp(-logits) is infinite in float32 for logits of -200. In the stable formula the exponential "
            "is that of minus the absolute value, exp(-|logits|)."
        )
    return (
        f"{received} The sigmoid of 200 is 1 in any precision, and the logarithm of 1 - 1 is minus infinity: work with "
        "the logits."
    )


def _let_off(value, wrong):
    """From a message to what clipped probabilities give: the same for each wrong pixel, whatever the logits."""
    value = np.asarray(value)
    if value.shape != (6,):
        return {}
    white, black = value[2] / wrong[2], value[4] / wrong[4]
    limit = np.array([value[0], value[1], *(white * wrong[2:4]), *(black * wrong[4:])])
    if np.isclose(white, black, rtol=1e-4) and np.isclose(white, np.round(white), rtol=1e-4):
        return {f"You clip the logits at {white:.0f}. They may be any number, and nothing overflows.": limit}
    message = (
        f"You clip the probabilities, or add a small number inside the logarithm: a white pixel that is "
        f"surely wrong costs {white:.4g} nats in your code, a black one {black:.4g}, not 200. A decoder that is "
        "certain and wrong is let off, and gets no gradient."
    )
    return {message: limit} if abs(limit[:2]).max() < 0.1 and 0 < white < 190 and 0 < black < 190 else {}


def _expect_extreme_posteriors(probe):
    """q may be very narrow or wide: the KL's log-variance is not clipped."""
    inputs = draw_inputs(probe.rng, (4, 2, 3, 1), latents=2)
    inputs[2:] = extreme_posteriors(probe.rng, 2)
    exact = [a.astype(float) for a in inputs]
    value = probe.call("negative_elbo", *inputs)
    expect_finite_kl(value, ELBO)
    expect_close(
        value,
        negative_elbo(*exact),
        because=ELBO,
        what="negative_elbo for log_variance about -140 (two images) and 30 (two more)",
        mistakes={
            f"In your KL: {message}": negative_elbo(*exact[:3], log_variance)
            for message, log_variance in limited(exact[3]).items()
        },
    )
