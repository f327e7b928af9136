"""The negative ELBO of 07.3, and what mistakes make of it."""

from contextlib import suppress
from itertools import product

import numpy as np
from scipy.special import expit

from autoencoders_edu.checks.shared.normal import bernoulli_cost, closest, kl_to_prior, mistaken_kl


def draw_inputs(rng, shape, latents=None):
    """x, logits, mean and log_variance for images of this shape, float32."""
    latents = latents or int(rng.integers(3, 6))  # of two, the mean would be half the sum
    x, logits = rng.integers(0, 2, shape), 2 * rng.normal(size=shape)
    return [a.astype("float32") for a in (x, logits, *rng.normal(size=(2, shape[0], latents)))]


def negative_elbo(x, logits, mean, log_variance):
    return bernoulli_cost(x, logits).sum(axis=(1, 2, 3)) + kl_to_prior(mean, log_variance).sum(axis=1)


def sums_over_few_axes(pixels, divergence):
    """From messages to what sums over too few of an image's axes give, as far as the shapes allow."""
    values = {}
    for axes in ((3,), (2, 3), (1,), (1, 2), (2,), (1, 3)):
        named = f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes[0]} and {axes[1]}"
        with suppress(ValueError):
            message = f"You summed over {named} alone. An image's pixels fill axes 1, 2 and 3: height, width, channels."
            values[message] = pixels.sum(axis=axes) + divergence
    return values


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
    total = reconstruction + divergence
    with np.errstate(over="ignore"):
        no_absolute = np.maximum(logits, 0) - x * logits + np.log1p(np.exp(-logits))
    channels = np.sum(pixels.mean(axis=3), axis=(1, 2))
    return {
        "The KL has the wrong sign: you subtract it. The ELBO is log p(x|z) minus KL, so the negative ELBO is "
        "-log p(x|z) plus KL, or the model would be paid for leaving the prior.": reconstruction - divergence,
        "You averaged over the pixels where p(x|z) is a product over them, and its logarithm a sum. This makes the KL "
        f"count {pixels[0].size} times too much.": pixels.mean(axis=axes) + divergence,
        "This is the ELBO itself. What is minimised is its negative.": -total,
        "Both terms are means in your code, over pixels and over latents. Both should be sums.": (
            pixels.mean(axis=axes) + kl_to_prior(mean, log_variance).mean(axis=1)
        ),
        "You averaged over the channels, as keras.losses.binary_crossentropy does over the last axis. "
        "keras.ops.binary_crossentropy averages over nothing.": channels + divergence,
        "You averaged over rows and columns: log p(x|z) is a sum over them, as over channels.": (
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
        "This is in bits. Nats were asked for.": total / np.log(2),
        "Both terms are divided by the number of pixels in your code. The ELBO is that of a whole image.": (
            total / pixels[0].size
        ),
        "64 is written into your code: 64 times a mean over pixels is their sum only for 64 pixels.": (
            64 * pixels.mean(axis=axes) + divergence
        ),
        "Your reconstruction is one number for the whole batch, the mean over all its pixels, as "
        "keras.losses.BinaryCrossentropy returns it. Each image has a sum of its own.": pixels.mean() + divergence,
        "Your reconstruction is one number for the whole batch, and channels are averaged, as "
        'keras.losses.BinaryCrossentropy does with reduction="sum". Each image has a sum of its own.': (
            pixels.mean(axis=3).sum() + divergence
        ),
        "A pixel costs (x - logits)^2 in your code. Pixels are coins, with p = sigmoid(logits).": (
            np.sum((x - logits) ** 2, axis=axes) + divergence
        ),
        "log(1 + exp(-logits)) goes with (1 - x) * logits, and log(1 + exp(logits)) with -x * logits: you mixed the "
        "two.": np.sum(np.logaddexp(0, -logits) - x * logits, axis=axes) + divergence,
        "log(1 + exp(-|logits|)) alone is not log(1 + exp(logits)): max(logits, 0) belongs to it.": (
            np.sum(np.logaddexp(0, -np.abs(logits)) - x * logits, axis=axes) + divergence
        ),
        "log(1 + exp(logits)) is missing: x * logits alone is not log p(x|z).": (
            np.sum(-x * logits, axis=axes) + divergence
        ),
        "You kept the axis: one number for each image, (batch,).": total[:, None],
        **_axes_taken_for_each_other(pixels, divergence),
        **sums_over_few_axes(pixels, divergence),
        "You averaged over the batch: one number for each image is asked for.": total.mean(),
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
            precision = f" in {kind}" if digits > 5 else ""  # with few digits, both precisions give the same
            message = f"{taken.format(f'1e-{digits}{precision}')} {FROM_LOGITS}"
            values[message] = added.sum(axis=(1, 2)) + divergence
    return {message: value for message, value in values.items() if np.isfinite(value).all()}


def positive_by_abs(value, x, logits, mean, log_variance):
    """From a message to the value of code that takes logits for probabilities, and makes them positive by abs."""
    divergence = kl_to_prior(mean, log_variance).sum(axis=1)
    sizes = np.where(x == 1, np.abs(logits), np.abs(1 - logits))
    candidates = [
        divergence - np.log(sizes + small).sum(axis=(1, 2, 3)) for small in (*10.0 ** np.arange(-16.0, -1), 1e-30)
    ]
    message = (
        "You took logits for probabilities, and their absolute values where they are negative. p is sigmoid(logits)."
    )
    return {message: closest(value, candidates)}


def whole_numbers(value, expected):
    """From a message to the expected value without its decimals, in whichever way they were lost."""
    candidates = [rounded(expected) for rounded in (np.round, np.trunc, np.ceil)]
    return {"Your result is in whole numbers. Nats have decimals: return them as they are.": closest(value, candidates)}


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
