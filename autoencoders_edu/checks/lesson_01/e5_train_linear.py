"""01.5 train_linear: a linear autoencoder trained by gradient descent, written by hand."""

import numpy as np

from autoencoders_edu.checks.shared.descent import (
    RATE,
    if_it_runs,
    never_seen,
    targets_with_mean,
    wrong_step,
    wrong_use_of_arguments,
)
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
@np.errstate(all="ignore")  # with faults left in it, the learner's training may run off to infinity
def check_train_linear(probe):
    x, dim = data_of_few_directions(probe.rng)
    seed = int(probe.rng.integers(1000))
    answer = _trained(probe, x, dim, seed)
    trained = three_parts(answer, x, dim, lambda: if_it_runs(wrong_step, probe, dim, seed))
    error, best, laziest = error_of(x, *trained), smallest_error(x, dim), np.var(x, axis=0).mean()
    if error > TOLERATED * best:
        reason = _wrong_training(probe, x, dim, seed) or symptom(
            x, trained, lambda: probe.call("train_linear", x, dim, steps=1, seed=seed)[1]
        )
        raise Failed(
            f"{reason}\nThe mean of (x - x')^2, x' = mean + (x - mean) @ encoder @ decoder, should come near PCA's. "
            f"Received {brief(error)}, expected {brief(best)}. (Drawing the mean image alone: {brief(laziest)}.)"
        )
    expect(not if_it_runs(_needs_no_steps, probe, x, dim, seed), UNTRAINED)


TOLERATED = 1.025  # times PCA's error; careful training ends within 1 %
UNTRAINED = (
    "Your weights draw as well as PCA even with rate=0, with which nothing can be learnt: they are computed, not "
    "trained. What is asked for is the colleague's training, repaired."
)


def _trained(probe, x, dim, seed):
    """What train_linear returns. `Failed` for errors whose reason is known."""
    try:
        return probe.call("train_linear", x, dim, seed=seed)
    except LearnerError as error:
        pixels = x.shape[1]
        if f"size 64 is different from {pixels}" in str(error):
            raise Failed(
                f"64 pixels are written into your code. Take their number from x: here it is {pixels}.\n{error}"
            ) from None
        if f"({pixels},{dim}) ({pixels},{pixels})" not in str(error):
            raise
        raise Failed(
            "The encoder is moved by an array of another shape: its gradient has a row for each pixel and a column for "
            f"each number of the code, as inputs.T @ (error @ decoder.T) has.\n{error}"
        ) from None


def _wrong_training(probe, x, dim, seed):
    """The reason why the training ends too far from PCA, if it is known; else ""."""
    for diagnosis in (wrong_use_of_arguments, wrong_step, never_seen, targets_with_mean):
        if reason := if_it_runs(diagnosis, probe, dim, seed):
            return reason
    return if_it_runs(_other_defaults, probe, x, dim, seed)


def _other_defaults(probe, x, dim, seed):
    answer = probe.call("train_linear", x, dim, steps=STEPS, rate=RATE, seed=seed)
    if error_of(x, *(np.asarray(part, float) for part in answer)) > TOLERATED * smallest_error(x, dim):
        return ""
    return (
        f"Your code trains well if it is called with steps={STEPS} and rate={RATE}, which are the notebook's defaults. "
        "Yours are others: keep them as they were."
    )


STEPS = 600


def _needs_no_steps(probe, x, dim, seed):
    """Whether weights that no step has moved are PCA's to rounding; those of a training never are."""
    _, encoder, decoder = probe.call("train_linear", x, dim, steps=1, rate=0.0, seed=seed)
    directions = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][:dim]
    return np.allclose(np.asarray(encoder, float) @ np.asarray(decoder, float), directions.T @ directions, atol=1e-5)


def data_of_few_directions(rng):
    """Images (n, pixels) that vary most in dim directions, and dim.

    Their mean is so far from zero that training suffers if it is left in the targets alone.
    """
    n, pixels, dim = (int(number) for number in rng.integers([90, 11, 3], [140, 16, 5]))
    stddevs = np.concatenate([rng.uniform(0.6, 0.9, dim), np.geomspace(0.3, 0.03, pixels - dim)])
    directions = np.linalg.qr(rng.normal(size=(pixels, pixels)))[0]
    return rng.uniform(2, 5, pixels) + (rng.normal(size=(n, pixels)) * stddevs) @ directions, dim


def smallest_error(x, dim):
    """PCA's: what is left of the variance when the largest singular values are gone."""
    return np.sum(np.linalg.svd(x - x.mean(axis=0), compute_uv=False)[dim:] ** 2) / x.size


def error_of(x, mean, encoder, decoder):
    with np.errstate(all="ignore"):  # weights that went uphill may be enormous
        return np.mean((x - mean - (x - mean) @ encoder @ decoder) ** 2)


def three_parts(answer, x, dim, wrong_step):
    """The answer as mean, encoder and decoder, of the right shapes and finite.

    Args:
        answer: what train_linear returned.
        x, dim: what it was given.
        wrong_step: function without arguments, what is wrong with the steps if that is known.
    """
    what, pixels = "train_linear should return (mean, encoder, decoder).", x.shape[1]
    expect(isinstance(answer, (list, tuple)) and len(answer) == 3, f"{what} Received: {brief(answer)}.")
    shapes = {"mean": (pixels,), "encoder": (pixels, dim), "decoder": (dim, pixels)}
    received = [np.shape(part) for part in answer]
    expect(
        received == list(shapes.values()) or sorted(received) != sorted(shapes.values()),
        f"{what} The three have the right shapes, but stand in another order: {', '.join(map(str, received))}.",
    )
    _expect_mean_image(answer[0], x)
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
    return "The mean is right, but the end is no optimum: is each gradient that of the loss, in every step?"
