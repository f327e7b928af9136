"""01.5 train_linear: a linear autoencoder trained by gradient descent, written by hand."""

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array
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
    trained = three_parts(answer, x, dim, lambda: _wrong_pace(probe, x, dim, seed))
    error, best, laziest = error_of(x, *trained), smallest_error(x, dim), np.var(x, axis=0).mean()
    if error > 1.025 * best:  # careful training ends within 1 %
        reason = _wrong_pace(probe, x, dim, seed) or symptom(
            x, trained, lambda: probe.call("train_linear", x, dim, steps=1, seed=seed)[1]
        )
        raise Failed(
            f"{reason}\nThe mean of (x - x')^2, x' = mean + (x - mean) @ encoder @ decoder, should come near PCA's. "
            f"Received {brief(error)}, expected {brief(best)}. (Drawing the mean image alone: {brief(laziest)}.)"
        )


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


def _wrong_pace(probe, x, dim, seed):
    """What is wrong with the steps if another learning rate makes the training a good one; "" if none does."""
    for message, factor in {
        "The gradients are added where they should be subtracted: with a negative rate your code trains well.": -1,
        "Your steps are 50 times too long: divide the gradient by the number of images in a step, as the loss does. "
        "(With a fiftieth of the rate your code trains well.)": 1 / 50,
        f"Your steps are {x.shape[1]} times too short: the loss sums over the pixels, so the gradient is not divided "
        "by their number. (With a rate that many times as large, your code trains well.)": x.shape[1],
        "Your steps are half as long as they should be: the 1/2 in front of the loss cancels the 2 of the square. "
        "(With twice the rate your code trains well.)": 2,
    }.items():
        try:
            trained = probe.call("train_linear", x, dim, rate=0.3 * factor, seed=seed)
            if error_of(x, *map(np.asarray, trained)) <= 1.025 * smallest_error(x, dim):
                return message
        except Exception:  # with this rate it is no better
            continue
    return ""


def three_parts(answer, x, dim, wrong_pace):
    """The answer as mean, encoder and decoder, of the right shapes and finite.

    Args:
        answer: what train_linear returned.
        x, dim: what it was given.
        wrong_pace: function without arguments, what is wrong with the steps if that is known.
    """
    what, pixels = "train_linear should return (mean, encoder, decoder).", x.shape[1]
    expect(isinstance(answer, (list, tuple)) and len(answer) == 3, f"{what} Received: {brief(answer)}.")
    _expect_mean_image(answer[0], x)
    shapes = {"mean": (pixels,), "encoder": (pixels, dim), "decoder": (dim, pixels)}
    for part, (name, shape) in zip(answer, shapes.items(), strict=True):
        expect(np.shape(part) == shape, f"{name} should have shape {shape}. Received: {brief(part)}.")
    if not all(np.isfinite(part).all() for part in answer):
        reason = wrong_pace() or "Steps uphill do that, and so do steps that are too long: each makes the next longer."
        raise Failed(f"The weights ran off to infinity. {reason} Received the encoder as {brief(answer[1])}.")
    return [expect_array(part, shape, name) for part, (name, shape) in zip(answer, shapes.items(), strict=True)]


def _expect_mean_image(mean, x):
    """Fails unless this is the mean of all images, pixel by pixel."""
    expected, of_digits = x.mean(axis=0), digits().x_train.reshape(-1, 64).mean(axis=0)
    expect(
        np.shape(mean) != of_digits.shape or not np.allclose(mean, of_digits, atol=1e-3),
        "The mean that you return is that of the notebook's digits, whatever x is: train on the argument x.",
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
    if _standardised(x, trained):
        return (
            "You standardised the pixels: encoder and decoder work on (x - mean) / stddev. The loss is that of "
            "x - mean, in which pixels that vary more count more."
        )
    if np.allclose(first_encoder(), trained[1], atol=1e-6):
        return "The encoder has not moved since the first step: only the decoder learns, from random descriptions."
    return "Mean and targets look right, but the end is no optimum: is each gradient that of the loss, and subtracted?"


def _standardised(x, trained):
    """Whether encoder and decoder come near PCA on the standardised pixels."""
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    return error_of(scaled, 0, *trained[1:]) < 1.05 * smallest_error(scaled, trained[1].shape[1])
