"""Mistakes in the weights of a posterior mean and in what is made of them, for 04.3."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_04.distance_mistakes import DISTANCE_RULES, right, softmax, squared


def _weighted(weigh, noisy, train, noise_stddev):
    """With the weights that a function makes of -log of the unnormalised ones, (m, n)."""
    weights = weigh(squared(noisy, train) / (2 * noise_stddev**2))
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
    return softmax(np.minimum(penalty, most))


def _drawn_by_first(penalty):
    return np.broadcast_to(softmax(penalty)[:1], penalty.shape)


def _rooted(penalty):
    return np.sqrt(softmax(penalty))


def _inverse(penalty):
    weights = 1 / np.maximum(penalty, 1e-300)
    return weights / weights.sum(axis=1, keepdims=True)


def _largest_one(penalty):
    return np.exp(penalty.min(axis=1, keepdims=True) - penalty)


def _nearest_where_all_are_zero(penalty):
    weights = _bare(penalty)
    total = weights.sum(axis=1, keepdims=True)
    return np.where(total > 0, weights / np.where(total > 0, total, 1), _nearest(penalty))


def _exact_left_out(penalty):
    """A training image that is equal to the noisy one gets no weight."""
    return softmax(np.where(penalty == 0, 1e9, penalty))


def _columns_first(noisy, train, noise_stddev):
    """Rows made into images in Fortran's order."""
    return right(noisy, train, noise_stddev).reshape(len(noisy), -1).reshape(noisy.shape, order="F")


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
    return softmax(np.where(far, np.inf, penalty))


def _of_noisy(noisy, train, noise_stddev):
    return right(noisy, noisy, noise_stddev)


def _with_own_variance(noisy, train, noise_stddev):
    """The best restoration that is linear, pixel by pixel, with one variance for all."""
    variance = train.var()
    return (variance * noisy + noise_stddev**2 * train.mean(axis=0)) / (variance + noise_stddev**2)


def _median(noisy, train, noise_stddev):
    """The weighted median of each pixel."""
    weights = softmax(squared(noisy, train) / (2 * noise_stddev**2))
    order = np.argsort(train, axis=0)
    sums = np.cumsum(np.stack([w[order] for w in weights]), axis=1)
    first = np.argmax(sums >= 0.5, axis=1)
    return np.take_along_axis(np.take_along_axis(train, order, axis=0), first, axis=0)


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
    *DISTANCE_RULES,
    (
        f"Your weights add up to 1 over the noisy images, for each training image. {NORMALISED}",
        partial(_weighted, lambda penalty: softmax(penalty, axis=0)),
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
        partial(_weighted, lambda penalty: softmax(penalty, axis=(0, 1))),
    ),
    (
        f"You divided by the sum of all weights in the table, in place of the sum of each row. {NORMALISED}",
        partial(_weighted, lambda penalty: _largest_one(penalty) / _largest_one(penalty).sum()),
    ),
    (
        "There is no exp: your weights are the exponents, normalised. The farther an image, the more weight it has.",
        partial(_weighted, lambda penalty: penalty / penalty.sum(axis=1, keepdims=True)),
    ),
    ("There is no exp: your weights are the exponents themselves.", partial(_weighted, np.negative)),
    (
        "There is no exp: your weights are the exponents, divided by the largest of them without its sign.",
        partial(_weighted, lambda penalty: -penalty / penalty.max()),
    ),
    (
        "Where every exp is 0 in floating point, you return the nearest training image. Others can be almost as near. "
        f"{INSTEAD}",
        partial(_weighted, _nearest_where_all_are_zero),
    ),
    (
        "A training image that is equal to the noisy one gets no weight from you. Its exponent is 0, and its weight "
        "the largest.",
        partial(_weighted, _exact_left_out),
    ),
    (
        "You made rows into images with order='F', which runs through height first. Leave the order as it is.",
        _columns_first,
    ),
    (f"Your weights are not normalised. {NORMALISED}", partial(_weighted, _bare)),
    (
        f"You divided by the number of training images, not by the sum of the weights. {NORMALISED}",
        partial(_weighted, lambda penalty: _bare(penalty) / penalty.shape[1]),
    ),
    (
        "You normalised the weights, and divided by the number of training images as well (a mean in place of a sum).",
        partial(_weighted, lambda penalty: softmax(penalty) / penalty.shape[1]),
    ),
    (
        f"The largest weight of each noisy image is 1 in yours, so that their sum is more. {NORMALISED} After exp, "
        "divide by the sum of the weights.",
        partial(_weighted, _largest_one),
    ),
    (
        f"Your weights have length 1 as a vector: you divided by the root of the sum of their squares. {NORMALISED}",
        partial(_weighted, lambda p: softmax(p) / np.linalg.norm(softmax(p), axis=1, keepdims=True)),
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
        partial(_weighted, lambda penalty: softmax(-penalty)),
    ),
    (
        "The weights are 1 / ||noisy - x_i||^2, normalised. In a normal density there is an exp.",
        partial(_weighted, _inverse),
    ),
    (
        "The weights are those of the first noisy image, for all of them. Each noisy image has weights of its own.",
        partial(_weighted, _drawn_by_first),
    ),
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
    ("You took the softmax twice.", partial(_weighted, lambda penalty: softmax(-softmax(penalty)))),
    ("You took the root of the weights, and did not normalise them again.", partial(_weighted, _rooted)),
    ("You took the median of each pixel. The smallest squared error has the mean.", _median),
    ("This is the average training image, whatever the noisy image is: all weights are equal.", _same_for_all),
    (
        "You returned the average of the noisy and the restored images. The restored ones alone were asked for.",
        lambda *case: (case[0] + right(*case)) / 2,
    ),
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


def is_drawn(answer, train):
    """Whether each image of the answer is one of the training images."""
    return all(any(np.allclose(image, other, 1e-5, 1e-8) for other in train) for image in answer)


def overflown(noisy, train, noise_stddev):
    """For which noisy images an exp is infinite if the smallest exponent is subtracted, (m,)."""
    penalty = squared(noisy, train) / (2 * noise_stddev**2)
    return np.ptp(penalty, axis=1) > 710


def underflown(noisy, train, noise_stddev):
    """For which noisy images all weights are 0: as they are, and with one shift for all, both (m,)."""
    exponents = -squared(noisy, train) / (2 * noise_stddev**2)
    return [np.exp(e).max(axis=1) == 0 for e in (exponents, exponents - exponents.max())]
