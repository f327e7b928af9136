"""Mistakes in the weights of a posterior mean, for 04.3. Arrays are noisy (m, ...), train (n, ...)."""

from functools import partial

import numpy as np

IMAGE = (2, 3, 4)  # the axes of one image among differences (m, n, height, width, channels)
NOTEBOOK = 0.5  # the noise_stddev of the notebook


def right(noisy, train, noise_stddev):
    return _averaged(_squared(noisy, train) / (2 * noise_stddev**2), train)


def _squared(noisy, train, axes: tuple = IMAGE, keep=False):
    return np.sum(_differences(noisy, train) ** 2, axis=axes, keepdims=keep)


def _differences(noisy, train):
    return noisy[:, None].astype(float) - train[None].astype(float)


def _softmax(penalty, axis: int | tuple = 1):
    """exp(-penalty), normalised along the axis."""
    weights = np.exp(penalty.min(axis=axis, keepdims=True) - penalty)
    return weights / weights.sum(axis=axis, keepdims=True)


def _averaged(penalty, train):
    return np.tensordot(_softmax(penalty), train, axes=1)


def _scaled(scale, noisy, train, noise_stddev):
    """With the squared distance divided by scale(noise_stddev, number of pixels and channels)."""
    return _averaged(_squared(noisy, train) / scale(noise_stddev, train[0].size), train)


def _by_distance(scale, noisy, train, noise_stddev):
    return _averaged(np.sqrt(_squared(noisy, train)) / scale(noise_stddev, train[0].size), train)


def _by_absolute(scale, noisy, train, noise_stddev):
    return _averaged(np.abs(_differences(noisy, train)).sum(axis=IMAGE) / scale(noise_stddev, 1), train)


def _along(axes, noisy, train, noise_stddev):
    """With a posterior of its own for each place that is left when these axes are summed over."""
    weights = _softmax(_squared(noisy, train, axes, keep=True) / (2 * noise_stddev**2))
    return np.sum(weights * train[None], axis=1)


def _weighted(weigh, noisy, train, noise_stddev):
    """With the weights that a function makes of -log of the unnormalised ones, (m, n)."""
    weights = weigh(_squared(noisy, train) / (2 * noise_stddev**2))
    return np.tensordot(weights, train, axes=1)


def _bare(penalty):
    return np.exp(-penalty)


def _nearest(penalty):
    return np.eye(penalty.shape[1])[penalty.argmin(axis=1)]


def _farthest(penalty):
    return np.eye(penalty.shape[1])[penalty.argmax(axis=1)]


def _guarded(added, penalty):
    return _bare(penalty) / (_bare(penalty).sum(axis=1, keepdims=True) + added)


def _floored(added, penalty):
    weights = _bare(penalty) + added
    return weights / weights.sum(axis=1, keepdims=True)


def _limited(most, penalty):
    return _softmax(np.minimum(penalty, most))


def _drawn_by_first(penalty):
    return np.broadcast_to(_softmax(penalty)[:1], penalty.shape)


def _rooted(penalty):
    return np.sqrt(_softmax(penalty))


def _same_for_all(noisy, train, noise_stddev):
    return np.broadcast_to(train.mean(axis=0), noisy.shape)


def _residual(noisy, train, noise_stddev):
    return noisy - right(noisy, train, noise_stddev)


def _clipped_input(noisy, train, noise_stddev):
    return right(np.clip(noisy, 0, 1), train, noise_stddev)


def _shifted_by_column(normalised, penalty):
    """The largest exponent of each training image is subtracted, and each row normalised, or each column."""
    weights = np.exp(penalty.min(axis=0) - penalty)
    return weights / weights.sum(axis=normalised, keepdims=True)


def _normalised_by_column(penalty):
    weights = np.exp(penalty.min(axis=1, keepdims=True) - penalty)
    return weights / weights.sum(axis=0)


def _nearest_few(k, penalty):
    far = np.argsort(np.argsort(penalty, axis=1), axis=1) >= k
    return _softmax(np.where(far, np.inf, penalty))


def _by_first_channel(noisy, train, noise_stddev):
    return _averaged(_squared(noisy[..., :1], train[..., :1]) / (2 * noise_stddev**2), train)


def _of_noisy(noisy, train, noise_stddev):
    return right(noisy, noisy, noise_stddev)


def _with_own_variance(noisy, train, noise_stddev):
    """The best restoration that is linear, pixel by pixel, with one variance for all."""
    variance = train.var()
    return (variance * noisy + noise_stddev**2 * train.mean(axis=0)) / (variance + noise_stddev**2)


def _median(noisy, train, noise_stddev):
    """The weighted median of each pixel."""
    weights = _softmax(_squared(noisy, train) / (2 * noise_stddev**2))
    order = np.argsort(train, axis=0)
    sums = np.cumsum(np.stack([w[order] for w in weights]), axis=1)
    first = np.argmax(sums >= 0.5, axis=1)
    return np.take_along_axis(np.take_along_axis(train, order, axis=0), first, axis=0)


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
NORMALISED = "For each noisy image, the weights of all training images add up to 1."
INSTEAD = "Subtract the largest exponent of each noisy image from its exponents instead: the weights stay the same."
DARK = (
    "Where every exp is 0 in floating point, your restored image is 0 everywhere: as if something were added to the "
    f"sum of the weights, or nan replaced by 0. {INSTEAD}"
)
EQUAL = (
    "Where every exp is 0 in floating point, all training images get the same weight from you: as if a small number "
    f"were added to each weight, or the exponent limited. {INSTEAD}"
)


def _adding_to_each(n):
    return partial(_weighted, partial(_floored, 10.0**-n))


def _adding(n):
    return partial(_weighted, partial(_guarded, 10.0**-n))


RULES = [
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
    (
        f"Your weights add up to 1 over the noisy images, for each training image. {NORMALISED}",
        partial(_weighted, lambda penalty: _softmax(penalty, axis=0)),
    ),
    (
        "You subtract the largest exponent of each training image (axis 0), which changes the weights. Each noisy "
        "image needs one number for all training images: the largest of its row.",
        partial(_weighted, partial(_shifted_by_column, 1)),
    ),
    (
        f"You divided each weight by the sum over the noisy images (axis 0). {NORMALISED}",
        partial(_weighted, _normalised_by_column),
    ),
    (
        f"Your weights add up to 1 over the whole table of noisy and training images. {NORMALISED}",
        partial(_weighted, lambda penalty: _softmax(penalty, axis=(0, 1))),
    ),
    (f"Your weights are not normalised. {NORMALISED}", partial(_weighted, _bare)),
    (
        f"You divided by the number of training images, not by the sum of the weights. {NORMALISED}",
        partial(_weighted, lambda penalty: _bare(penalty) / penalty.shape[1]),
    ),
    (
        "You normalised the weights, and divided by the number of training images as well (a mean in place of a sum).",
        partial(_weighted, lambda penalty: _softmax(penalty) / penalty.shape[1]),
    ),
    (
        f"You divided by the largest weight, not by the sum of the weights. {NORMALISED}",
        partial(_weighted, lambda penalty: np.exp(penalty.min(axis=1, keepdims=True) - penalty)),
    ),
    (
        f"Your weights have length 1 as a vector: you divided by the root of the sum of their squares. {NORMALISED}",
        partial(_weighted, lambda p: _softmax(p) / np.linalg.norm(_softmax(p), axis=1, keepdims=True)),
    ),
    (
        "You returned the nearest training image. It is the likeliest, but the smallest squared error has the average "
        "of all that are likely.",
        partial(_weighted, _nearest),
    ),
    (
        "You returned the farthest training image, or nearly so: the exponent lacks its minus sign.",
        partial(_weighted, _farthest),
    ),
    (
        "The exponent lacks its minus sign: training images far away get the largest weights.",
        partial(_scaled, lambda s, p: -2 * s**2),
    ),
    (
        "The weights are 1 / ||noisy - x_i||^2, normalised. In a normal density there is an exp.",
        partial(_weighted, lambda penalty: 1 / penalty / np.sum(1 / penalty, axis=1, keepdims=True)),
    ),
    (
        "The weights are those of the first noisy image, for all of them. Each noisy image has weights of its own.",
        partial(_weighted, _drawn_by_first),
    ),
    ("You compared the first channel alone. The distance is over all pixels and channels.", _by_first_channel),
    ("You averaged the noisy images. The average is that of the training images.", _of_noisy),
    (
        "This is noisy and the average training image, weighted by their variances. Clean images are not drawn from a "
        "normal here, but from the training images.",
        _with_own_variance,
    ),
    *(
        (
            f"Only the {k} nearest training images have a say in yours. All have, each with its weight.",
            partial(_weighted, partial(_nearest_few, k)),
        )
        for k in (2, 3, 5, 10, 20)
    ),
    ("You took the softmax twice.", partial(_weighted, lambda penalty: _softmax(-_softmax(penalty)))),
    ("You took the root of the weights, and did not normalise them again.", partial(_weighted, _rooted)),
    ("You took the median of each pixel. The smallest squared error has the mean.", _median),
    ("You returned the average training image, whatever the noisy image is: all weights are equal.", _same_for_all),
    ("You returned the noisy images as they are.", lambda noisy, train, noise_stddev: noisy),
    ("You returned the noise that was taken out, noisy - restored. The restored images were asked for.", _residual),
    (
        "You returned restored - noisy. The restored images were asked for.",
        lambda *case: -_residual(*case),
    ),
    (
        "You clipped the restored images to [0, 1]. Pixels may have any values.",
        lambda *case: np.clip(right(*case), 0, 1),
    ),
    ("You clipped the noisy images to [0, 1]. Pixels may have any values.", _clipped_input),
    ("You rounded the restored images to whole numbers.", lambda *case: np.round(right(*case))),
    *(
        (f"You rounded the restored images to {n} decimal(s).", lambda *case, n=n: np.round(right(*case), n))
        for n in (1, 2, 3)
    ),
    *(
        (
            f"You add 1e-{n} to {what}, by which the distance is divided. For little noise that is not small.",
            partial(_scaled, lambda s, p, n=n, factor=factor: 2 * s**2 + factor * 10.0**-n),
        )
        for n in range(2, 17)
        for what, factor in (("2 noise_stddev^2", 1), ("noise_stddev^2", 2))
    ),
    (
        "You cut the restored images off to whole numbers: an array of the dtype of train cannot hold fractions.",
        lambda *case: np.trunc(right(*case)) if case[1].dtype.kind in "iu" else right(*case),
    ),
    *((DARK, _adding(n)) for n in (7, 8, 9, 10, 12, 15, 16, 20, 30, 100, 300)),
    *((EQUAL, _adding_to_each(n)) for n in (*range(7, 17), 20, 30, 100, 300)),
    *((EQUAL, partial(_weighted, partial(_limited, most))) for most in (50.0, 80.0, 100.0, 200.0, 500.0, 700.0)),
    *((f"You add 1e-{n} to the sum of the weights: that changes their sum.", _adding(n)) for n in range(2, 7)),
    *((f"You add 1e-{n} to each of the weights: that changes them.", _adding_to_each(n)) for n in range(2, 7)),
]


def underflown(noisy, train, noise_stddev):
    """For which noisy images all weights are 0: as they are, and with one shift for all, both (m,)."""
    exponents = -_squared(noisy, train) / (2 * noise_stddev**2)
    return [np.exp(e).max(axis=1) == 0 for e in (exponents, exponents - exponents.max())]
