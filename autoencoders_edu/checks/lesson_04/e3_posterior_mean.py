"""04.3 posterior_mean: the average of the clean images that a noisy one could have been."""

import numpy as np

from autoencoders_edu.checks.lesson_04.distance_mistakes import right
from autoencoders_edu.checks.lesson_04.weight_mistakes import NORMALISED, RULES, is_drawn, overflown, underflown
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect_array, expect_rule, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "04.3",
    "posterior_mean",
    points=3,
    minutes=15,
    why="It is what a denoiser trained on these images with squared error would be, if its loss were as small as it "
    "can be.",
    hints=(
        "All differences at once: noisy[:, None] - train[None] has shape (m, n, height, width, channels). Over which "
        "axes do you add up, so that one number is left for each pair?",
        "Weights in which each noisy image has a row, (m, n), times images: np.tensordot(weights, train, axes=1).",
        "exp(-1000) is 0 in floating point, and 0 / 0 is nan. But weights do not change if all exponents of a row get "
        "the same number added. Which number makes the largest of them exp(0)?",
    ),
    on_success="With little noise, the nearest training image; with a lot, the average of all. In between, soft "
    "images: not a weakness of the network, but the best there is for squared error.",
)
def check_posterior_mean(probe):
    _compare(
        probe, [_plain(probe.rng, m, n, stddev) for m, n, stddev in ((4, 7, 0.6), (1, 40, 1.7), (6, 1, 0.8))], 1e-5
    )
    _compare(probe, [_same(probe.rng)], 1e-5)
    _compare(probe, [_faint(probe.rng), _far(probe.rng), _loud(probe.rng), _integers(probe.rng)], 1e-3)
    _compare(probe, [_scaled(probe.rng, scale) for scale in SCALES], 1e-5, 1e-9)


SCALES = (1e-5, 1e-3, 0.1, 1.0)  # next to the square of which 1e-12, 1e-8 and so on are not small
FORMULA = (
    "restored = sum of w_i x_i, with w_i = exp(-||noisy - x_i||^2 / (2 noise_stddev^2)) / (the sum of all of them)."
)


def _compare(probe, cases, tolerance, atol=None):
    answers = [_shaped(_called(probe, case), case) for case in cases]
    expected = [right(*case) for case in cases]
    for case, answer in zip(cases, answers, strict=True):
        _expect_finite(answer, case)
    otherwise = "The restored images are not what they should be."
    if all(is_drawn(answer, case[1]) for answer, case in zip(answers, cases, strict=True)):
        otherwise = "Each of your restored images is a training image. The average of all was asked for, weighted."
    expect_rule(
        answers,
        expected,
        cases=cases,
        mistakes=RULES,
        otherwise=f"{otherwise} {FORMULA}",
        example=_example,
        rtol=10 * tolerance,
        atol=tolerance if atol is None else atol,
    )


def _example(case, answer, expected):
    noisy, train, noise_stddev = case
    return (
        f"For noisy of shape {noisy.shape}, train of shape {train.shape} and noise_stddev={noise_stddev:.3g}, received "
        f"{brief(np.asarray(answer, float))}, expected {brief(expected)}."
    )


def _called(probe, case):
    rng = np.random.default_rng(0)
    usual = rng.normal(size=(3, 8, 8, 1)), rng.normal(size=(9, 8, 8, 1)), 0.5
    return call_for_any_size(probe, "posterior_mean", case, usual, "images of 8 x 8 pixels", right(*usual))


def _shaped(value, case):
    """The value, if it has the shape of noisy; `Failed` if not, with what it seems to be."""
    noisy, train, _ = case
    array = as_numbers(value)
    if array is None or array.shape == noisy.shape:
        return expect_array(value, noisy.shape, "posterior_mean(...)") if array is None else array
    shapes = {
        (len(noisy), len(train)): "one number for each pair of a noisy and a training image, such as the weights. Take "
        "the average of the training images with these weights.",
        noisy.reshape(len(noisy), -1).shape: "a row for each image. Give it the shape of noisy again.",
        noisy.shape[1:]: "one image, without the axis of the noisy images. Keep the first axis, also for one image.",
        (len(noisy), *train.shape): "an image for each pair of a noisy and a training image. Add them up over the "
        "training images.",
        np.moveaxis(noisy, 1, 2).shape: "the right shape but for height and width, which are exchanged.",
        train.shape: "as many images as there are training images. There should be one for each noisy image.",
    }
    if len(noisy) > 1 and fits(np.squeeze(array), np.squeeze(right(*case)[0]), 1e-3, 1e-5):
        shapes[array.shape] = "the restoration of the first noisy image alone. All of them were asked for."
    seems = f" This is {shapes[array.shape]}" if array.shape in shapes else ""
    raise Failed(
        f"posterior_mean should return an array of the shape of noisy, {noisy.shape}. Received: "
        f"{brief(np.asarray(value))}.{seems}"
    )


def _expect_finite(answer, case):
    """`Failed` if there are nan or infinite numbers, with the reason where exactly those images are hit."""
    lost = ~np.isfinite(answer).reshape(len(answer), -1).all(axis=1)
    if not lost.any():
        return
    plain, shifted = underflown(*case)
    reason = ""
    if np.array_equal(lost, overflown(*case)) and not plain.any():
        reason = (
            "In exactly those an exp is infinite if the smallest exponent of each noisy image is subtracted (or the "
            "largest distance from all), and inf / inf is nan. Subtract the largest exponent: then exp is at most 1."
        )
    elif np.array_equal(lost, plain):
        reason = (
            "In exactly those all weights are 0 in floating point before they are normalised, and 0 / 0 is nan. "
            "Subtract the largest exponent of each noisy image from its exponents first: the weights stay the same."
        )
    elif np.array_equal(lost, shifted):
        reason = (
            "It is as if one number were subtracted from the exponents of all noisy images. Each image needs its own: "
            "the largest of its row."
        )
    raise Failed(
        f"With noise_stddev={case[2]:.3g} and {len(answer)} noisy images, number {np.flatnonzero(lost)[0]} comes back "
        f"with nan or infinity in it. {reason}\n{NORMALISED}"
    )


def _shape(rng, size=2):
    """Height, width and channels, all different."""
    return tuple(int(each) for each in rng.permutation([size, size + 1, size + 2]))


def _plain(rng, m, n, noise_stddev):
    """Images whose distances are such that several of them, at least two, have a say in each restoration."""
    shape, noise_stddev = _shape(rng), noise_stddev * float(rng.uniform(0.95, 1.05))
    train = rng.uniform(-0.3, 0.3, (1, *shape)) + 0.8 * noise_stddev * rng.normal(size=(n, *shape)) / np.sqrt(8)
    train = train + rng.uniform(0.2, 0.5)
    noisy = train[rng.integers(0, n, m)] + 0.5 * noise_stddev * rng.normal(size=(m, *shape))
    return noisy, train, noise_stddev


def _faint(rng):
    """So little noise that every exp is 0, but two training images are almost equally near to each noisy one but one.

    The last noisy image is nearer to a training image than the others, though all its weights are 0 as well.
    """
    train = rng.uniform(-2, 3, (6, *_shape(rng)))
    pairs = ((0, 1), (2, 4), (3, 5))
    gaps = [train[second] - train[first] for first, second in pairs]
    noise_stddev = float(np.sqrt(min(np.sum(gap**2) for gap in gaps) / 16_000))  # exponents below -2000
    noisy = []
    for (first, _), gap in zip(pairs, gaps, strict=True):
        share = 0.5 - noise_stddev**2 * rng.uniform(0.5, 0.9) / np.sum(gap**2)  # weights of about 2 to 1
        noisy.append(train[first] + share * gap)
    stray = rng.normal(size=train[0].shape)
    noisy.append(train[5] + stray * noise_stddev * np.sqrt(2000 / np.sum(stray**2)))  # an exponent of -1000
    return np.stack(noisy), train, noise_stddev


def _same(rng):
    """Noisy images that are training images, or very near to one, with all others far away."""
    train = rng.uniform(-2, 3, (5, *_shape(rng)))
    gaps = np.sum((train[:, None] - train) ** 2, axis=(2, 3, 4))
    noise_stddev = float(np.sqrt(gaps[gaps > 0].min() / 2000))  # exponents of -1000 and below
    noisy = train[[3, 1, 4]].copy()
    noisy[1:] += 0.1 * noise_stddev * rng.normal(size=noisy[1:].shape)
    return noisy, train, noise_stddev


def _far(rng):
    """Exponents below those at which exp is 0 in any precision; one training image is the nearest by far."""
    train = rng.uniform(-2, 3, (5, *_shape(rng)))
    stray = rng.normal(size=(2, *train[0].shape))
    stray /= 10 * np.sqrt(np.sum(stray**2, axis=(1, 2, 3), keepdims=True))  # of length 0.1
    return train[[2, 0]] + stray, train, 0.1 / np.sqrt(30_000)


def _scaled(rng, scale):
    """Values of this size, far from 0 beside their differences, which lie around noise_stddev."""
    noisy, train, noise_stddev = _plain(rng, 3, 6, 0.6)
    return scale * (noisy + 2), scale * (train + 2), scale * noise_stddev


def _loud(rng):
    shape = _shape(rng, 1)
    return rng.normal(size=(3, *shape)) * 1e4, rng.uniform(-2, 3, (5, *shape)), 3e4


def _integers(rng):
    """Training images of whole numbers, and noise to match."""
    shape = _shape(rng, 3)
    train = rng.integers(60, 200, (1, *shape)) + rng.integers(-15, 16, (6, *shape))
    noisy = train[rng.integers(0, 6, 4)] + 45.0 * rng.normal(size=(4, *shape))
    return noisy, train, 45
