"""Standard errors of the bound of 12.3, as mistakes make them from the estimates (images, groups)."""

import numpy as np

from autoencoders_edu.checks.lesson_12.slips import Slip


def error_of_images(estimates):
    return np.std(estimates.mean(axis=1), ddof=1) / np.sqrt(len(estimates))


def _images_apart(of_images):
    return lambda estimates: of_images(estimates.mean(axis=1))


def _of_images(estimates, ddof):
    return np.std(estimates.mean(axis=1), ddof=ddof)


def _of_all(estimates, ddof):
    return np.std(estimates, ddof=ddof)


def _of_groups(estimates, ddof):
    return np.std(estimates.mean(axis=0), ddof=ddof)


def _within_images(estimates, ddof):
    return np.mean(np.std(estimates, axis=1, ddof=ddof))


def _within_groups(estimates, ddof):
    return np.mean(np.std(estimates, axis=0, ddof=ddof))


def _divided(spread, ddof, count):
    return lambda estimates: spread(estimates, ddof) / np.sqrt(count(estimates))


def _none_of_one(spread, count):
    """With ddof=1, and 0 where there is one group alone."""
    return lambda estimates: spread(estimates, 1) / np.sqrt(count(estimates)) if estimates.shape[1] > 1 else 0.0


def _one(estimates):
    return 1


def _groups(estimates):
    return estimates.shape[1]


OVER_GROUPS = (
    "Your standard error is that over the groups, averaged over images. Images are what would be drawn anew: average "
    "over the groups, and take the standard deviation over the images."
)
WITHIN_IMAGES = "Your standard error is that of the groups within each image. Images differ as well, and by more."
WITHIN_GROUPS = (
    "You took a standard deviation over the images for each group, and averaged those. Average over the groups first: "
    "it is one standard deviation, that of the images' means."
)
WRONG_ERRORS = [
    (
        _of_all,
        np.size,
        "Your standard error treats all groups as if they were images of their own. Groups of one image share that "
        "image: average each image first, and count the images.",
    ),
    *(
        (
            _of_all,
            count,
            "Your standard error takes the standard deviation over all groups. Average each image first: it is that of "
            "the images' means.",
        )
        for count in (len, _groups, _one)
    ),
    (
        _of_images,
        np.size,
        "Your standard error is divided by the square root of the number of all groups. Count the images: groups of "
        "one image share that image.",
    ),
    (
        _of_images,
        _groups,
        "Your standard error is divided by the square root of the number of groups of an image. Count the images.",
    ),
    *(
        (spread, count, message)
        for spread, message in (
            (_of_groups, OVER_GROUPS),
            (_within_images, WITHIN_IMAGES),
            (_within_groups, WITHIN_GROUPS),
        )
        for count in (_groups, len, np.size, _one)
    ),
]
ERRORS = [
    Slip(
        "error",
        _images_apart(lambda m: np.std(m, ddof=1)),
        "You returned the standard deviation of the images' means. The standard error is that divided by the square "
        "root of the number of images.",
    ),
    Slip(
        "error",
        _images_apart(np.std),
        "You returned the standard deviation of the images' means, with ddof=0. The standard error, with ddof=1, is "
        "divided by the square root of the number of images.",
    ),
    Slip(
        "error",
        _images_apart(lambda m: np.std(m) / np.sqrt(len(m))),
        "Your standard error has ddof=0, which is NumPy's default. ddof=1 was asked for.",
    ),
    Slip(
        "error",
        _images_apart(lambda m: np.std(m, ddof=1) / len(m)),
        "Your standard error is divided by the number of images, not by its square root.",
    ),
    Slip(
        "error",
        _images_apart(lambda m: np.std(m) / len(m)),
        "Your standard error is divided by the number of images, not by its square root, and has ddof=0.",
    ),
    Slip(
        "error",
        _images_apart(lambda m: np.var(m, ddof=1) / len(m)),
        "You returned the square of the standard error: the variance divided by the number of images. Take its root.",
    ),
    Slip(
        "error",
        _images_apart(lambda m: np.var(m, ddof=1) / np.sqrt(len(m))),
        "Your standard error has the variance in place of the standard deviation.",
    ),
    Slip("error", _images_apart(lambda m: np.var(m, ddof=1)), "You returned the variance of the images' means."),
    Slip(
        "error",
        _images_apart(lambda m: np.std(m, ddof=1) / np.sqrt(len(m) - 1)),
        "Your standard error is divided by the square root of the number of images minus 1, on top of ddof=1.",
    ),
    *(
        Slip("error", _divided(spread, ddof, count), message, alone=spread not in (_of_all, _of_images))
        for ddof in (1, 0)
        for spread, count, message in WRONG_ERRORS
    ),
    *(
        Slip("error", _none_of_one(spread, count), message, alone=True)
        for spread, count, message in WRONG_ERRORS
        if spread in (_of_groups, _within_images)
    ),
    *(
        Slip(
            "error",
            lambda estimates, n=n: _of_images(estimates, 1) / np.sqrt(n),
            f"Your standard error is divided by the square root of {n}, a number in your code. Count the images that "
            "you are given.",
            alone=True,
        )
        for n in (10, 50, 64, 100, 200, 500, 1000)
    ),
    *(
        Slip(
            "error",
            lambda estimates, ddof=ddof: np.std(estimates[:, 0], ddof=ddof) / np.sqrt(len(estimates)),
            f"Your standard error uses the first group of each image only{also}.",
            alone=ddof == 0,
        )
        for ddof, also in ((1, ""), (0, ", and has ddof=0"))
    ),
    Slip(
        "error",
        lambda estimates: 1.96 * error_of_images(estimates),
        "You returned 1.96 standard errors, half of a 95 % interval. One was asked for.",
    ),
    Slip(
        "error",
        lambda estimates: 2 * error_of_images(estimates),
        "You returned two standard errors. One was asked for.",
    ),
]
