"""01.5 train_linear: a linear autoencoder trained by gradient descent, written by hand."""

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.5",
    "train_linear",
    points=3,
    minutes=20,
    why="Wrong training code seldom crashes. It runs, the loss may fall, and only a known optimum gives it away.",
    hints=(
        "Print the shapes: what should the mean of the data look like, one number per image or one number per pixel?",
        "Compare encoder and decoder before and after training: has each learnt anything? The error reaches the codes "
        "through the decoder: error @ decoder.T has one row per image and one column per number of the code.",
        "Print the first input and the first target of a step. How alike should they be in an autoencoder?",
    ),
    on_success="As good as PCA, by gradient descent written by hand: no library, and nothing left to believe.",
)
def check_train_linear(probe):
    x, dim = data_of_few_directions(probe.rng)
    seed = int(probe.rng.integers(1000))
    answer = probe.call("train_linear", x, dim, seed=seed)
    trained = three_parts(answer, x, dim, lambda: _if_it_runs(_wrong_step, probe, dim, seed))
    error, best, laziest = error_of(x, *trained), smallest_error(x, dim), np.var(x, axis=0).mean()
    if error > 1.025 * best:  # careful training ends within 1 %
        reason = (
            _if_it_runs(_wrong_step, probe, dim, seed)
            or _if_it_runs(_never_seen, probe, dim, seed)
            or symptom(x, trained, lambda: probe.call("train_linear", x, dim, steps=1, seed=seed)[1])
        )
        raise Failed(
            f"{reason}\nThe mean of (x - x')^2, x' = mean + (x - mean) @ encoder @ decoder, should come near PCA's. "
            f"Received {brief(error)}, expected {brief(best)}. (Drawing the mean image alone: {brief(laziest)}.)"
        )


RATE = 0.3  # the default of the learner's function


def data_of_few_directions(rng):
    """Images (n, pixels) with a mean that is not zero, which vary most in dim directions; and dim."""
    n, pixels, dim = (int(number) for number in rng.integers([90, 11, 3], [140, 16, 5]))
    stddevs = np.concatenate([rng.uniform(0.6, 0.9, dim), np.geomspace(0.3, 0.03, pixels - dim)])
    directions = np.linalg.qr(rng.normal(size=(pixels, pixels)))[0]
    return rng.uniform(0.1, 0.6, pixels) + (rng.normal(size=(n, pixels)) * stddevs) @ directions, dim


def smallest_error(x, dim):
    """PCA's: what is left of the variance when the largest singular values are gone."""
    return np.sum(np.linalg.svd(x - x.mean(axis=0), compute_uv=False)[dim:] ** 2) / x.size


def error_of(x, mean, encoder, decoder):
    with np.errstate(all="ignore"):  # weights that went uphill may be enormous
        return np.mean((x - mean - (x - mean) @ encoder @ decoder) ** 2)


def _if_it_runs(diagnosis, *inputs):
    """What this diagnosis says; "" if the code cannot do with other data what the diagnosis asks of it."""
    try:
        with np.errstate(all="ignore"):  # weights may be enormous
            return diagnosis(*inputs)
    except (LearnerError, ValueError, TypeError, IndexError):
        return ""


def _wrong_step(probe, dim, seed):
    """What is wrong with the first step, by the weights before and after it; "" if no known mistake gives these."""
    x = probe.rng.normal(0.5, 0.4, (50, 13))  # as many images as a step takes, in whatever order
    before, after = (probe.call("train_linear", x, dim, steps=1, rate=rate, seed=seed)[1:] for rate in (0.0, RATE))
    encoder, decoder = (np.asarray(part, float) for part in before)
    steps = [(old - np.asarray(new, float)) / RATE for old, new in zip((encoder, decoder), after, strict=True)]
    centred = x - x.mean(axis=0)
    for message, inputs in {"": centred, STANDARDISED: centred / x.std(axis=0), NOT_CENTRED: x}.items():
        factors = [_factor(*pair) for pair in zip(steps, _gradients(inputs, encoder, decoder), strict=True)]
        if None not in factors and np.isclose(*factors, rtol=1e-3):
            return message or _wrong_pace(factors[0], x.shape[1])
        if not message and any(factors):
            return _one_wrong(factors) or _mistaken_step(steps, centred, encoder, decoder)
    return _mistaken_step(steps, centred, encoder, decoder)


STANDARDISED = (
    "You standardised the pixels: encoder and decoder work on (x - mean) / stddev. The loss is that of x - mean, in "
    "which pixels that vary more count more."
)
NOT_CENTRED = "The training never subtracts the mean: encoder and decoder work on x itself, and should on x - mean."


def _gradients(x, encoder, decoder):
    """Those of the loss, for the encoder and for the decoder."""
    z = x @ encoder
    error = (z @ decoder - x) / len(x)
    return x.T @ error @ decoder.T, z.T @ error


def _wrong_pace(factor, pixels):
    """What is wrong if both steps are this many times as long as they should be; "" if it is 1."""
    known = {
        1: "",
        -1: "The gradients are added where they should be subtracted: both encoder and decoder climb.",
        50: "Your steps are 50 times too long: divide the gradient by the number of images in a step, as the loss "
        "does.",
        1 / pixels: "Your steps are too short, by the number of pixels: the loss sums over the pixels, so the gradient "
        "is not divided by their number.",
        1 / 50: "Your steps are 50 times too short: the gradient is divided by the number of images twice.",
        1 / 2: "Your steps are half as long as they should be: the 1/2 in front of the loss cancels the 2 of the "
        "square.",
    }
    otherwise = f"Your steps are {factor:.3g} times as long as the gradient of the loss asks."
    return next((message for each, message in known.items() if np.isclose(factor, each, rtol=1e-3)), otherwise)


def _one_wrong(factors):
    """What is wrong with one of the two steps if it has the direction of its gradient; "" if neither is."""
    for name, factor in zip(("encoder", "decoder"), factors, strict=True):
        if factor is not None and factor < -1e-3:
            return f"The {name}'s gradient is added where it should be subtracted: the {name} climbs."
        if factor is not None and abs(factor - 1) > 1e-3:
            return f"In a step the {name} moves {factor:.3g} times as far as the gradient of the loss asks."
    return ""


def _factor(step, gradient):
    """The number by which the gradient has to be multiplied to be this step; None if there is none, or it is 0."""
    factor = np.sum(step * gradient) / np.sum(gradient**2)
    return factor if factor and np.allclose(step, factor * gradient, rtol=0, atol=1e-4 * np.abs(step).max()) else None


def _mistaken_step(steps, x, encoder, decoder):
    """The mistake that leads in the direction of one of the two steps; "" if none is known."""
    for message, (part, direction) in _mistaken_directions(x, encoder, decoder).items():
        if _factor(steps[part], direction) is not None:
            return message
    return ""


def _mistaken_directions(x, encoder, decoder):
    """From messages to the part that makes the step (0 the encoder, 1 the decoder) and its direction."""
    z = x @ encoder
    error = z @ decoder - x
    back = "The error reaches the codes through the decoder: error @ decoder.T."
    instead = "The {} follows {} where the error, drawing - target, belongs."
    return {
        f"The encoder is given the decoder's gradient, transposed. The shapes fit, but it is another one. {back}": (
            0,
            error.T @ z,
        ),
        f"You sent the error back through the encoder, error @ encoder. {back}": (0, x.T @ error @ encoder),
        f"The encoder follows its own codes, inputs.T @ z, not the error. {back}": (0, x.T @ z),
        instead.format("encoder", "the inputs"): (0, x.T @ x @ decoder.T),
        instead.format("encoder", "the drawings"): (0, x.T @ z @ decoder @ decoder.T),
        instead.format("encoder", "the sign of the error"): (0, x.T @ np.sign(error) @ decoder.T),
        "The encoder's gradient is made with the drawings where the inputs belong.": (
            0,
            (z @ decoder).T @ error @ decoder.T,
        ),
        "The decoder is given the encoder's gradient, transposed. Its own is z.T @ error.": (
            1,
            decoder @ error.T @ x,
        ),
        instead.format("decoder", "the inputs"): (1, z.T @ x),
        instead.format("decoder", "the drawings"): (1, z.T @ z @ decoder),
        instead.format("decoder", "the sign of the error"): (1, z.T @ np.sign(error)),
    }


def _never_seen(probe, dim, seed):
    """Which images the training never looks at; "" if it looks at all of them.

    Each step adds centred images to the columns of the encoder, so many times each. Where pixels outnumber images the
    sum can be taken apart again but for a constant: images that were never used have the same numbers.
    """
    x = probe.rng.normal(0.5, 0.3, (90, 120))
    start, end = (
        np.asarray(probe.call("train_linear", x, dim, rate=rate, seed=seed)[1], float) for rate in (0.0, RATE)
    )
    centred = (x - x.mean(axis=0)).T
    numbers = np.linalg.lstsq(centred, end - start, rcond=1e-9)[0]
    size = np.abs(numbers).max()
    if not size or not np.allclose(centred @ numbers, end - start, atol=1e-6 * size):
        return ""
    alike = np.all(np.abs(numbers[:, None] - numbers) < 1e-6 * size, axis=2)
    used = ~alike[np.argmax(alike.sum(axis=1))]
    seen = int(used.sum())
    if seen in (0, len(used) - 1):
        return ""
    which = f"the first {seen}" if used[:seen].all() else f"the same {seen} of {len(used)}"
    return (
        f"All the steps of your training together see only {which} images. Choose 50 of all images anew in each step."
    )


def three_parts(answer, x, dim, wrong_step):
    """The answer as mean, encoder and decoder, of the right shapes and finite.

    Args:
        answer: what train_linear returned.
        x, dim: what it was given.
        wrong_step: function without arguments, what is wrong with the steps if that is known.
    """
    what, pixels = "train_linear should return (mean, encoder, decoder).", x.shape[1]
    expect(isinstance(answer, (list, tuple)) and len(answer) == 3, f"{what} Received: {brief(answer)}.")
    _expect_mean_image(answer[0], x)
    shapes = {"mean": (pixels,), "encoder": (pixels, dim), "decoder": (dim, pixels)}
    for part, (name, shape) in zip(answer, shapes.items(), strict=True):
        expect(np.shape(part) == shape, f"{name} should have shape {shape}. Received: {brief(part)}.")
    if not all(np.isfinite(part).all() for part in answer):
        reason = wrong_step() or "Steps uphill do that, and so do steps that are too long: each makes the next longer."
        raise Failed(f"The weights ran off to infinity. {reason} Received the encoder as {brief(answer[1])}.")
    return [expect_array(part, shape, name) for part, (name, shape) in zip(answer, shapes.items(), strict=True)]


def _expect_mean_image(mean, x):
    """Fails unless this is the mean of all images, pixel by pixel."""
    expected, of_digits = x.mean(axis=0), digits().x_train.reshape(-1, 64).mean(axis=0)
    expect(
        np.shape(mean) != of_digits.shape or not np.allclose(mean, of_digits, atol=1e-3),
        "The mean that you return is that of the notebook's digits, whatever x is: train on the argument x.",
    )
    for first in (1, 10, 32, 50, 64):
        expect(
            np.shape(mean) != expected.shape or not np.allclose(mean, x[:first].mean(axis=0), atol=1e-5),
            f"Your mean is that of the first {first} images. Average all of them."
            if first > 1
            else "Your mean is the first image. Average all of them.",
        )
    received = f"Expected shape {expected.shape}, received {brief(mean)}."
    expect(
        np.size(mean) != len(x),
        f"Your mean has one number for each of the {len(x)} images, which slips past the bottleneck. Which axis of x "
        f"counts images, and which pixels? {received}",
    )
    expect(
        np.size(mean) != 1,
        f"A single number cannot be the mean image: each of the {x.shape[1]} pixels has a mean of its own. {received}",
    )
    expect_array(mean, expected.shape, "mean")
    expect(
        np.allclose(mean, expected, atol=1e-3),
        "The mean that you return is not the mean image of x, which averages over all images, pixel by pixel. "
        f"Received {brief(mean)}, expected {brief(expected)}.",
    )


def symptom(x, trained, first_encoder):
    """What a training that ended too far from PCA shows, and what it points to.

    Args:
        x: images (n, pixels).
        trained: mean, encoder and decoder at the end.
        first_encoder: function without arguments, the encoder after one step from the same seed.
    """
    share = error_of(x, *trained) / np.var(x, axis=0).mean()
    if share > 1.5:
        return "The weights draw worse than the mean image: do encoder and decoder both go downhill, in the same step?"
    if share > 0.9:
        return (
            "Every drawing is almost the mean image, the laziest one there is. A model ends there if its inputs say "
            "nothing about its targets, or if one of its layers climbs: is the target of each image the image itself, "
            "and is each gradient subtracted?"
        )
    if np.allclose(first_encoder(), trained[1], atol=1e-6):
        return "The encoder has not moved since the first step: only the decoder learns, from random descriptions."
    return "Mean and targets look right, but the end is no optimum: is each gradient that of the loss, and subtracted?"
