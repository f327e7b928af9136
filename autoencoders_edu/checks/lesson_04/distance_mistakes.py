"""Mistakes in the distances of a posterior mean, for 04.3. Arrays are noisy (m, ...), train (n, ...)."""

from functools import partial

import numpy as np

IMAGE = (2, 3, 4)  # the axes of one image among differences (m, n, height, width, channels)
NOTEBOOK = 0.5  # the noise_stddev of the notebook


def right(noisy, train, noise_stddev):
    return averaged(squared(noisy, train) / (2 * noise_stddev**2), train)


def squared(noisy, train, axes: tuple = IMAGE, keep=False):
    return np.sum(_differences(noisy, train) ** 2, axis=axes, keepdims=keep)


def _differences(noisy, train):
    return noisy[:, None].astype(float) - train[None].astype(float)


def softmax(penalty, axis: int | tuple = 1):
    """exp(-penalty), normalised along the axis."""
    weights = np.exp(penalty.min(axis=axis, keepdims=True) - penalty)
    return weights / weights.sum(axis=axis, keepdims=True)


def averaged(penalty, train):
    return np.tensordot(softmax(penalty), train, axes=1)


def _powered(noisy, train, noise_stddev):
    """With exp taken of the distances as they are, and then a power that stands for the division."""
    distance = squared(noisy, train)
    weights = np.exp(distance.min(axis=1, keepdims=True) - distance) ** (0.5 / noise_stddev**2)
    return np.tensordot(weights / weights.sum(axis=1, keepdims=True), train, axes=1)


def _scaled(scale, noisy, train, noise_stddev):
    """With the squared distance divided by scale(noise_stddev, number of pixels and channels)."""
    return averaged(squared(noisy, train) / scale(noise_stddev, train[0].size), train)


def _by_distance(scale, noisy, train, noise_stddev):
    return averaged(np.sqrt(squared(noisy, train)) / scale(noise_stddev, train[0].size), train)


def _by_absolute(scale, noisy, train, noise_stddev):
    return averaged(np.abs(_differences(noisy, train)).sum(axis=IMAGE) / scale(noise_stddev, 1), train)


def _along(axes, noisy, train, noise_stddev):
    """With a posterior of its own for each place that is left when these axes are summed over."""
    weights = softmax(squared(noisy, train, axes, keep=True) / (2 * noise_stddev**2))
    return np.broadcast_to(np.sum(weights * train[None], axis=1), noisy.shape)


def _by_first_channel(noisy, train, noise_stddev):
    return averaged(squared(noisy[..., :1], train[..., :1]) / (2 * noise_stddev**2), train)


SUM = "||noisy - x_i||^2 is the sum over all pixels and channels: each pixel is evidence of its own."
SCALES = [
    (
        "The 2 is missing: the squared distance is divided by 2 noise_stddev^2, as in the density of a normal.",
        lambda s, p: s**2,
    ),
    ("You divided by 2 noise_stddev. It is squared: the variance of the noise.", lambda s, p: 2 * s),
    ("You divided by noise_stddev, without the square and without the 2.", lambda s, p: s),
    ("You took the root of noise_stddev. It is squared: the variance of the noise.", lambda s, p: 2 * np.sqrt(s)),
    (
        "You squared the 2 as well: (2 noise_stddev)^2 is 4 noise_stddev^2. Divide by 2 noise_stddev^2.",
        lambda s, p: 4 * s**2,
    ),
    ("You squared noise_stddev twice. Its square is the variance already.", lambda s, p: 2 * s**4),
    (f"Your squared distance is a mean over pixels and channels. {SUM}", lambda s, p: 2 * s**2 * p),
    (f"Your squared distance is a mean over pixels and channels, and not divided by 2. {SUM}", lambda s, p: s**2 * p),
    (f"Your squared distance is a mean over pixels, and noise_stddev is not squared. {SUM}", lambda s, p: 2 * s * p),
    ("noise_stddev is not used: your weights are exp(-||noisy - x_i||^2).", lambda s, p: 1.0),
    ("noise_stddev is not used: your weights are exp(-||noisy - x_i||^2 / 2).", lambda s, p: 2.0),
    (
        "noise_stddev is not used: your weights are exp(-d), where d is the mean of squares over pixels and channels.",
        lambda s, p: p,
    ),
    (
        "You multiplied by 2 noise_stddev^2. It divides: the less noise, the more a distance says.",
        lambda s, p: 0.5 / s**2,
    ),
    (
        "You multiplied by noise_stddev^2 after dividing by 2. It divides: the less noise, the more a distance says.",
        lambda s, p: 2 / s**2,
    ),
    (
        "You multiplied by noise_stddev^2. It divides: the less noise, the more a distance says.",
        lambda s, p: 1 / s**2,
    ),
    (
        f"You used the notebook's {NOTEBOOK} for the noise. It is an argument, noise_stddev.",
        lambda s, p: 2 * NOTEBOOK**2,
    ),
]
UNSQUARED = "Your distance is the root of a sum of squares. A normal density has the sum itself: drop the root."
ROOTED = [
    (UNSQUARED, lambda s, p: 2 * s**2),
    (f"{UNSQUARED} And the 2 is missing.", lambda s, p: s**2),
    (f"{UNSQUARED} And noise_stddev is not squared.", lambda s, p: 2 * s),
    (f"{UNSQUARED} Nor is noise_stddev squared, nor is there a 2.", lambda s, p: s),
    (f"{UNSQUARED} And noise_stddev is not used.", lambda s, p: 1.0),
]
ABSOLUTE = "Your distance is the sum of absolute differences. In a normal density the sum of squares stands."

DISTANCE_RULES = [
    (
        "You took exp first, and raised it to the power 1 / (2 noise_stddev^2). Where exp(-distance) is 0 in floating "
        "point, it remains 0. Divide the distances first.",
        _powered,
    ),
    *((message, partial(_scaled, scale)) for message, scale in SCALES),
    *((message, partial(_by_distance, scale)) for message, scale in ROOTED),
    (ABSOLUTE, partial(_by_absolute, lambda s, p: 2 * s**2)),
    (f"{ABSOLUTE} And noise_stddev is not squared.", partial(_by_absolute, lambda s, p: s)),
    (f"Each pixel and channel gets weights of its own. {SUM}", partial(_along, ())),
    (f"You summed over the last axis alone, so that each pixel gets weights of its own. {SUM}", partial(_along, (4,))),
    (f"You summed over one axis of the image, its height. {SUM}", partial(_along, (2,))),
    (f"You summed over one axis of the image, its width. {SUM}", partial(_along, (3,))),
    (f"You summed over height and width, so that each channel gets weights of its own. {SUM}", partial(_along, (2, 3))),
    (f"You summed over width and channels, so that each row gets weights of its own. {SUM}", partial(_along, (3, 4))),
    ("You compared the first channel alone. The distance is over all pixels and channels.", _by_first_channel),
    *(
        (
            f"You add 1e-{n} to {what}, by which the distance is divided. For little noise that is not small.",
            partial(_scaled, lambda s, p, n=n, factor=factor: 2 * s**2 + factor * 10.0**-n),
        )
        for n in range(2, 17)
        for what, factor in (("2 noise_stddev^2", 1), ("noise_stddev^2", 2))
    ),
    *(
        (
            f"You keep noise_stddev from being smaller than 1e-{n}.",
            partial(_scaled, lambda s, p, n=n: 2 * max(s, 10.0**-n) ** 2),
        )
        for n in range(1, 6)
    ),
    (
        "There is one weight for each training image, the same for all noisy images: you added up the squares over the "
        "noisy images as well (axis 0).",
        partial(_along, (0, 2, 3, 4)),
    ),
]
