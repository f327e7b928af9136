"""01.5 train_linear: a linear autoencoder trained by gradient descent, written by hand."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.5",
    "train_linear",
    points=3,
    minutes=20,
    why="Wrong training code seldom crashes. It runs, the loss may fall, and only a known optimum gives it away.",
    hints=(
        "Print the shapes: what should the mean of the data look like, one number an image or one number a pixel?",
        "Compare encoder and decoder before and after training: which has learnt anything? The error reaches the codes "
        "through the decoder: error @ decoder.T has one row an image and one column a number of the code.",
        "Print the first input and the first target of a step. How alike should they be in an autoencoder?",
    ),
    on_success="As good as PCA, by gradient descent written by hand: no library, and nothing left to believe.",
)
def check_train_linear(probe):
    x, dim = data_of_few_directions(probe.rng)
    seed = int(probe.rng.integers(1000))
    trained = three_parts(probe.call("train_linear", x, dim, seed=seed), x, dim)
    error, best, laziest = error_of(x, *trained), smallest_error(x, dim), np.var(x, axis=0).mean()
    if error > 1.025 * best:  # careful training ends within 1 %
        reason = symptom(x, trained, lambda: probe.call("train_linear", x, dim, steps=1, seed=seed)[1])
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


def three_parts(answer, x, dim):
    """The answer as mean, encoder and decoder, of the right shapes and finite."""
    what, pixels = "train_linear should return (mean, encoder, decoder).", x.shape[1]
    expect(isinstance(answer, (list, tuple)) and len(answer) == 3, f"{what} Received: {brief(answer)}.")
    _expect_mean_image(answer[0], x)
    shapes = {"mean": (pixels,), "encoder": (pixels, dim), "decoder": (dim, pixels)}
    for part, (name, shape) in zip(answer, shapes.items(), strict=True):
        expect(np.shape(part) == shape, f"{name} should have shape {shape}. Received: {brief(part)}.")
    expect(
        all(np.isfinite(part).all() for part in answer),
        "The weights ran off to infinity. Steps uphill do that, for each makes the next longer: is a gradient added "
        f"where it should be subtracted? Received the encoder as {brief(answer[1])}.",
    )
    return [expect_array(part, shape, name) for part, (name, shape) in zip(answer, shapes.items(), strict=True)]


def _expect_mean_image(mean, x):
    """Fails unless this is the mean of all images, pixel by pixel."""
    expected = x.mean(axis=0)
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
        return "The weights draw worse than no weights at all: do encoder and decoder both go downhill, and together?"
    if share > 0.9:
        return (
            "Every drawing is almost the mean image, the laziest one there is. A model learns that when its inputs say "
            "nothing about its targets: is the target of each image the image itself?"
        )
    if np.allclose(first_encoder(), trained[1], atol=1e-6):
        return "The encoder has not moved since the first step: only the decoder learns, from random descriptions."
    return "Mean and targets look right, the end is not the optimum: is each gradient that of the loss, and subtracted?"
