"""07.3 negative_elbo: the loss of a VAE with Bernoulli pixels."""

from contextlib import suppress
from itertools import product

import numpy as np
from scipy.special import expit

from autoencoders_edu.checks.shared.normal import (
    bernoulli_cost,
    extreme_posteriors,
    has_lost_numbers,
    if_several,
    kl_to_prior,
    limited,
    lost_axis,
    mistaken_kl,
)
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect_array, expect_close, expect_finite
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
    several = int(probe.rng.integers(3, 5))  # of two images, sums over wrong axes may agree by chance
    for batch, channels in ((several, several), (1, 2), (several, 7 - several), (several, 1)):
        inputs = draw_inputs(probe.rng, (batch, *(int(n) for n in probe.rng.integers([3, 6], [6, 9])), channels))
        exact, shape = [a.astype(float) for a in inputs], inputs[0].shape
        value = _ask(probe, inputs)
        if has_lost_numbers(value):
            raise Failed(f"Your result is not finite: {brief(value)}. {_if_positive(probe)}\n{ELBO}")
        expect_close(
            value,
            negative_elbo(*exact),
            because=ELBO,
            what=f"negative_elbo for images of shape {shape}",
            mistakes=if_several(batch, mistaken_elbo, *exact)
            | logits_for_probabilities(*inputs)
            | lost_axis(negative_elbo(*exact)),
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


def draw_inputs(rng, shape, latents=None):
    """x, logits, mean and log_variance for images of this shape, float32."""
    latents = latents or int(rng.integers(3, 6))  # of two, the mean would be half the sum
    x, logits = rng.integers(0, 2, shape), 2 * rng.normal(size=shape)
    return [a.astype("float32") for a in (x, logits, *rng.normal(size=(2, shape[0], latents)))]


def negative_elbo(x, logits, mean, log_variance):
    return bernoulli_cost(x, logits).sum(axis=(1, 2, 3)) + kl_to_prior(mean, log_variance).sum(axis=1)


def _ask(probe, inputs):
    usual = draw_inputs(probe.rng, (5, 8, 8, 1), latents=4)
    expected = negative_elbo(*(a.astype(float) for a in usual))
    sizes = "images of 8 x 8 x 1 and 4 latents"
    try:
        return call_for_any_size(probe, "negative_elbo", inputs, usual, sizes, expected)
    except LearnerError as error:
        _expect_all_axes(probe, error)
        raise


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


def sums_over_few_axes(pixels, divergence):
    """From messages to what sums over too few of an image's axes give, as far as the shapes allow."""
    values = {}
    for axes in ((3,), (2, 3), (1,), (1, 2), (2,), (1, 3)):
        named = f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes[0]} and {axes[1]}"
        with suppress(ValueError):
            message = f"You summed over {named} alone. An image's pixels fill axes 1, 2 and 3: height, width, channels."
            values[message] = pixels.sum(axis=axes) + divergence
    return values


def _expect_certain_decoders(probe):
    """A decoder that is certain, and wrong about some pixels: 200 nats for each, not infinitely many."""
    white, wrong = certain_images(probe.rng)
    logits = np.where(white ^ wrong, 200.0, -200.0)
    zeros = np.zeros((len(white), 2), "float32")
    value = probe.call("negative_elbo", white.astype("float32"), logits.astype("float32"), zeros, zeros)
    expected = bernoulli_cost(white, logits).sum(axis=(1, 2, 3))
    expect_finite(value, f"{_overflow(value)} Expected {brief(expected)}.\n{ELBO}")
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
    expect_finite(
        value,
        f"For log_variance about -140 and 30 you return {brief(value)}. Do not take the logarithm of "
        "exp(log_variance), which is 0 in float32 for -140: the logarithm of the variance is what you were given.\n"
        f"{ELBO}",
    )
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


def mistaken_elbo(x, logits, mean, log_variance):
    """From messages to what misconceptions make of the negative ELBO."""
    pixels, axes = bernoulli_cost(x, logits), (1, 2, 3)
    reconstruction, divergence = pixels.sum(axis=axes), kl_to_prior(mean, log_variance).sum(axis=1)
    p = expit(logits)
    only_white = np.sum(x * np.logaddexp(0, -logits), axis=axes)
    wrong_kl = {
        f"In your KL: {message}": reconstruction + value
        for message, value in mistaken_kl(mean, log_variance).items()
        if value.shape in ((), reconstruction.shape)
    }
    with np.errstate(over="ignore"):
        no_absolute = np.maximum(logits, 0) - x * logits + np.log1p(np.exp(-logits))
    channels = np.sum(pixels.mean(axis=3), axis=(1, 2))
    return {
        "The KL has the wrong sign: you subtract it. The ELBO is log p(x|z) minus KL, so the negative ELBO is "
        "-log p(x|z) plus KL, or the model would be paid for leaving the prior.": reconstruction - divergence,
        "You averaged over the pixels where p(x|z) is a product over them, and its logarithm a sum. This makes the KL "
        f"count {pixels[0].size} times too much.": pixels.mean(axis=axes) + divergence,
        "This is the ELBO itself. What is minimised is its negative.": -(reconstruction + divergence),
        "Both terms are means in your code, over pixels and over latents. Both should be sums.": (
            pixels.mean(axis=axes) + kl_to_prior(mean, log_variance).mean(axis=1)
        ),
        "You averaged over the channels, as keras.losses.binary_crossentropy does over the last axis. "
        "keras.ops.binary_crossentropy averages over nothing.": channels + divergence,
        "You averaged over the rows, columns or channels: log p(x|z) is a sum over all three.": (
            np.sum(pixels, axis=3).mean(axis=(1, 2)) + divergence
        ),
        "The exponential in the stable formula is that of minus the absolute value, log(1 + exp(-|logits|)): you "
        "forgot the absolute value.": np.sum(no_absolute, axis=axes) + divergence,
        "The reconstruction has the wrong sign: the loss is minus log p(x|z), plus KL.": divergence - reconstruction,
        "White and black are exchanged: x = 1 goes with log p, x = 0 with log(1 - p).": (
            bernoulli_cost(1 - x, logits).sum(axis=axes) + divergence
        ),
        "You exchanged x and logits: the images are zeros and ones, the logits come from the decoder.": (
            bernoulli_cost(logits, x).sum(axis=axes) + divergence
        ),
        "You took max(0, logits) for log(1 + exp(logits)). Near 0 the two differ, by up to log 2: "
        "np.logaddexp(0, logits) is exact.": np.sum(np.maximum(logits, 0) - x * logits, axis=axes) + divergence,
        "You looked at the first channel only. An image may have several.": pixels[..., 0].sum(axis=(1, 2))
        + divergence,
        "You rounded p to 0 or 1. The coins are not sure: p is sigmoid(logits).": (
            np.abs(x - (logits > 0)).sum(axis=axes) + divergence
        ),
        "You took (1 + tanh(logits)) / 2 for the sigmoid, which is (1 + tanh(logits / 2)) / 2.": (
            bernoulli_cost(x, 2 * logits).sum(axis=axes) + divergence
        ),
        "This is in bits. Nats were asked for.": (reconstruction + divergence) / np.log(2),
        "You kept the axis: one number for each image, (batch,).": (reconstruction + divergence)[:, None],
        **_axes_taken_for_each_other(pixels, divergence),
        **sums_over_few_axes(pixels, divergence),
        "You averaged over the batch: one number for each image is asked for.": np.mean(reconstruction + divergence),
        "You summed the pixels of all images of the batch. log p(x|z) of an image is a sum over its own pixels: keep "
        "axis 0.": pixels.sum() + divergence,
        "The KL is missing. This is the reconstruction alone.": reconstruction,
        "This is the KL alone. The reconstruction, -log p(x|z), is missing.": divergence,
        "Black pixels cost nothing in your code: with x = 0 the coin's log-probability is log(1 - p).": (
            only_white + divergence
        ),
        "This is the squared error: a Gaussian likelihood. Pixels here are coins.": (
            np.sum((x - p) ** 2, axis=axes) + divergence
        ),
        "You took the sigmoid twice, or gave probabilities to a function that wants logits.": (
            np.sum(bernoulli_cost(x, p), axis=axes) + divergence
        ),
        **wrong_kl,
    }


def logits_for_probabilities(x, logits, mean, log_variance):
    """From messages to what code gives that takes logits for probabilities and clips them, as Keras does."""
    divergence, values = kl_to_prior(mean.astype(float), log_variance.astype(float)).sum(axis=1), {}
    for digits, kind in product((7, 6, 8, 5, 9, 10, 12, 15, 4, 3, 2), ("float32", "float64")):
        p = np.clip(logits.astype(kind), 10.0**-digits, np.array(1 - 10.0**-digits, kind))
        with np.errstate(divide="ignore", invalid="ignore"):
            pixels = -np.where(x == 1, np.log(p), np.log(1 - p)).astype(float)
        for taken, added in {TAKEN: pixels.sum(axis=3), TAKEN_AND_AVERAGED: pixels.mean(axis=3)}.items():
            message = f"{taken.format(f'1e-{digits} in {kind}')} {FROM_LOGITS}"
            values[message] = added.sum(axis=(1, 2)) + divergence
    return values


TAKEN = "You took logits for probabilities, clipped at {}."
TAKEN_AND_AVERAGED = (
    "You averaged over the last axis, as keras.losses.binary_crossentropy does, where log p(x|z) is a sum, and the "
    "logits are taken for probabilities, clipped at {}."
)
FROM_LOGITS = (
    "p is sigmoid(logits), or leave the sigmoid to Keras: binary_crossentropy(x, logits, from_logits=True). Without "
    "from_logits it wants probabilities."
)


def _axes_taken_for_each_other(pixels, divergence):
    """What wrong axes give where the batch has as many images as an image has channels, so that the code runs."""
    if len(pixels) != pixels.shape[3]:
        return {}
    return {
        "You summed over axes 0, 1 and 2. Axis 0 counts the images and must survive; axis 3 holds the channels.": (
            pixels.sum(axis=(0, 1, 2)) + divergence
        ),
        "You kept the channels apart: log p(x|z) is a sum over all numbers of an image, channels too.": (
            pixels.sum(axis=(1, 2)) + divergence
        ),
    }
