"""The importance-weighted bound and its standard error, as 12.3 asks for them and as mistakes make them."""

import numpy as np

from autoencoders_edu.checks.lesson_12.slips import Slip, rules


def _consecutive(log_weights, k):
    return log_weights.reshape(len(log_weights), -1, k)


def _log_of_mean(groups, k):
    return np.logaddexp.reduce(groups, axis=-1) - np.log(k)


def _error_of_images(estimates):
    return np.std(estimates.mean(axis=1), ddof=1) / np.sqrt(len(estimates))


def bound_and_error(
    log_weights,
    k,
    *,
    groups=_consecutive,
    estimate=_log_of_mean,
    bound=np.mean,
    error=_error_of_images,
    finish=lambda bound, error: np.array([bound, error]),
):
    """(2,). Parts: groups of draws, (images, groups, k); the estimate of each; what is made of all the estimates."""
    estimates = estimate(groups(np.asarray(log_weights, float), k), k)
    return finish(bound(estimates), error(estimates))


def right(log_weights, k):
    return bound_and_error(log_weights, k)


def _every_so_many(log_weights, k):
    """One draw in draws / k of each image, from each place on."""
    return log_weights.reshape(len(log_weights), k, -1).swapaxes(1, 2)


def _across_images(log_weights, k):
    """Groups from the table read column by column, so that they hold draws of several images."""
    return log_weights.T.reshape(len(log_weights), -1, k)


def _of_sorted(log_weights, k):
    return np.sort(log_weights, axis=1).reshape(len(log_weights), -1, k)


def _naive(groups, k):
    return np.log(np.mean(np.exp(groups), axis=-1))


def _naive_in_single(groups, k):
    return np.log(np.mean(np.exp(groups.astype("float32")), axis=-1)).astype(float)


def _one_shift(groups, k):
    return np.log(np.mean(np.exp(groups - groups.max()), axis=-1)) + groups.max()


def _with_added(small):
    return lambda groups, k: np.log(np.mean(np.exp(groups), axis=-1) + small)


def _all_draws(groups):
    """The logarithm of the sum of all weights of an image, (images, 1)."""
    return np.logaddexp.reduce(groups.reshape(len(groups), 1, -1), axis=-1)


def _as_k_groups(groups, k):
    return groups.reshape(len(groups), k, -1)


def _images_apart(of_images):
    return lambda estimates: of_images(estimates.mean(axis=1))


SMALL = [10.0**-n for n in (6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 38, 45, 50, 100, 200, 300, 308)]
TINY = "You add a tiny number inside the logarithm. A weight may be smaller still: stay with logarithms, as "
TINY += "np.logaddexp.reduce or SciPy's logsumexp do."

ROUNDED = "You rounded the standard error. It is compared to a thousandth of its size."
SLIPS = [
    Slip(
        "estimate",
        lambda groups, k: np.mean(groups, axis=-1),
        "You averaged the logarithms of the weights: that is the ELBO, the bound with one sample, whatever k is. The "
        "weights of a group are averaged, and the logarithm is taken of their mean.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1),
        "The 1/k is missing: you took the logarithm of the sum of a group's weights, not of their mean.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1) + np.log(k),
        "log k has the wrong sign: a mean is the sum divided by k.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1) - k,
        "You subtracted k. Dividing by k subtracts its logarithm.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1) / k,
        "You divided the logarithm by k. It is the sum of the weights that is divided, inside the logarithm.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1) - np.log(groups.shape[1] * groups.shape[2]),
        "You subtracted the logarithm of the number of all draws. A group has k of them.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=-1) - np.log(groups.shape[1]),
        "You subtracted the logarithm of the number of groups. A group has k draws.",
    ),
    Slip(
        "estimate",
        _naive,
        "You took exp of the log-weights as they are: exp(-10000) is 0 and exp(1000) is infinite to a computer. "
        "np.logaddexp.reduce, or SciPy's logsumexp, makes the logarithm of a sum without that.",
    ),
    Slip(
        "estimate",
        _naive_in_single,
        "You took exp of the log-weights in single precision, where exp(-104) is 0 and exp(89) infinite. "
        "np.logaddexp.reduce, or SciPy's logsumexp, makes the logarithm of a sum without that.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.log(np.sum(np.exp(groups), axis=-1)),
        "You took exp of the log-weights as they are, which is 0 or infinite to a computer for -10000 and 1000: use "
        "np.logaddexp.reduce, or SciPy's logsumexp. And the 1/k of the mean is missing.",
    ),
    Slip(
        "estimate",
        _one_shift,
        "You took the largest log-weight of all images out of the exponentials. Next to it, all weights "
        "of another image "
        "can be 0 to a computer. Take out the largest of each group, or use np.logaddexp.reduce.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=1) - np.log(k),
        "Your log-mean-exp goes over the groups. It goes over the k draws within each group, and the "
        "mean over the groups "
        "comes after it.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.logaddexp.reduce(groups, axis=1) - np.log(groups.shape[1]),
        "Your log-mean-exp goes over the groups, divided by their number. It goes over the k draws "
        "within each group, and "
        "the mean over the groups comes after it.",
    ),
    *(Slip("estimate", _with_added(small), TINY, alone=True) for small in SMALL),
    Slip(
        "estimate",
        lambda groups, k: _all_draws(groups) - np.log(groups.shape[1] * groups.shape[2]),
        "You put all draws of an image into one group, whatever k is. Split them into groups of k draws.",
    ),
    Slip(
        "estimate",
        lambda groups, k: _all_draws(groups) - np.log(k),
        "You put all draws of an image into one group, and divided by k. Split them into groups of k draws.",
    ),
    Slip(
        "estimate",
        lambda groups, k: _log_of_mean(_as_k_groups(groups, k), groups.shape[1]),
        "You made k groups, each with a k-th of the draws. Each group should have k draws.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.max(groups, axis=-1),
        "You took the largest log-weight of each group. All k of them count, with a factor 1/k.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.max(groups, axis=-1) - np.log(k),
        "You took the largest weight of each group for the sum of all. They all count.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.median(groups, axis=-1),
        "You took the median of each group's log-weights. Take the logarithm of the mean weight.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.sum(groups, axis=-1),
        "You added up the log-weights of each group. Take the logarithm of the mean weight.",
    ),
    Slip(
        "estimate",
        lambda groups, k: (np.logaddexp.reduce(groups, axis=-1) - np.log(k)) / np.log(2),
        "Your results are in bits. Nats were asked for.",
    ),
    Slip(
        "estimate",
        lambda groups, k: np.log(k) - np.logaddexp.reduce(groups, axis=-1),
        "The sign of the bound is wrong: it is a bound on log p(x), not on its negative.",
    ),
    Slip(
        "groups",
        _every_so_many,
        "Your groups take every so many-th draw. They should be consecutive: the first k, the next k, and so on.",
    ),
    Slip(
        "groups",
        _across_images,
        "Your groups mix draws of several images. Each group has k consecutive draws of one image.",
    ),
    Slip(
        "groups",
        lambda log_weights, k: log_weights[:, None, :k],
        "You used the first k draws of each image alone. All of them are used, in groups of k.",
    ),
    Slip(
        "groups",
        lambda log_weights, k: log_weights[:, None, -k:],
        "You used the last k draws of each image alone. All of them are used, in groups of k.",
    ),
    Slip(
        "groups",
        lambda log_weights, k: log_weights.reshape(len(log_weights), k, -1),
        "You made k groups. Each group should have k draws.",
    ),
    Slip("groups", _of_sorted, "You sorted the draws first. The groups have k draws in the order given."),
    Slip("bound", np.sum, "Your bound is a sum over all images and groups. It is their mean."),
    Slip(
        "bound",
        lambda estimates: np.mean(np.sum(estimates, axis=1)),
        "Your bound adds up the groups of each image. It is their mean.",
    ),
    Slip(
        "bound",
        lambda estimates: np.sum(np.mean(estimates, axis=1)),
        "Your bound adds up the images. It is their mean.",
    ),
    Slip("bound", np.median, "Your bound is a median. It is the mean."),
    Slip("bound", _images_apart(np.median), "Your bound is a median over the images. It is their mean."),
    Slip("bound", np.max, "Your bound is the largest of the estimates. It is their mean."),
    Slip(
        "bound",
        lambda estimates: np.mean(np.max(estimates, axis=1)),
        "Your bound takes the largest estimate of each image. It is the mean of all.",
    ),
    Slip(
        "bound",
        lambda estimates: np.mean(np.logaddexp.reduce(estimates, axis=1) - np.log(estimates.shape[1])),
        "Your bound puts the groups of an image together with another log-mean-exp. That gives the bound with all "
        "draws; the estimates with k draws are averaged as they are.",
    ),
    Slip("bound", lambda estimates: np.mean(estimates[0]), "Your bound is that of the first image."),
    Slip("bound", lambda estimates: np.mean(estimates[:, 0]), "Your bound uses the first group of each image only."),
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
    Slip(
        "error",
        lambda estimates: np.std(estimates, ddof=1) / np.sqrt(estimates.size),
        "Your standard error treats all groups as if they were images of their own. Groups of one image share that "
        "image: average each image first, and count the images.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates) / np.sqrt(estimates.size),
        "Your standard error treats all groups as if they were images of their own, and has ddof=0. Average each image "
        "first, and count the images.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates, ddof=1) / np.sqrt(len(estimates)),
        "Your standard error takes the standard deviation over all groups. Average each image first: it is that of the "
        "images' means.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates) / np.sqrt(len(estimates)),
        "Your standard error takes the standard deviation over all groups, with ddof=0. Average each "
        "image first: it is "
        "that of the images' means, with ddof=1.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates.mean(axis=1), ddof=1) / np.sqrt(estimates.size),
        "Your standard error is divided by the square root of the number of all groups. Count the images: groups of "
        "one image share that image.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates.mean(axis=0), ddof=1) / np.sqrt(estimates.shape[1]),
        "Your standard error is that over the groups, averaged over images. Images are what would be drawn anew: "
        "average over the groups, and take the standard deviation over the images.",
    ),
    Slip(
        "error",
        lambda estimates: np.mean(np.std(estimates, axis=1, ddof=1)) / np.sqrt(estimates.shape[1]),
        "Your standard error is that of the groups within each image. Images differ as well, and by more.",
    ),
    Slip(
        "error",
        lambda estimates: np.std(estimates[:, 0], ddof=1) / np.sqrt(len(estimates)),
        "Your standard error uses the first group of each image only.",
    ),
    Slip(
        "error",
        lambda estimates: 1.96 * _error_of_images(estimates),
        "You returned 1.96 standard errors, half of a 95 % interval. One was asked for.",
    ),
    Slip(
        "error",
        lambda estimates: 2 * _error_of_images(estimates),
        "You returned two standard errors. One was asked for.",
    ),
    Slip(
        "finish",
        lambda bound, error: np.array([error, bound]),
        "You exchanged the two numbers: first the bound, then its standard error.",
    ),
    *(
        Slip("finish", lambda bound, error, n=n: np.array([bound, np.round(error, n)]), ROUNDED, alone=True)
        for n in range(4)
    ),
    *(
        Slip("finish", lambda bound, error, n=n: np.round([bound, error], n), ROUNDED, alone=True)  # both of them
        for n in range(4)
    ),
    Slip("finish", lambda bound, error: np.array([bound, -error]), "The sign of the standard error is wrong."),
]
ELBO_ERROR = (
    "You averaged the logarithms of the weights, which is the ELBO, and your standard error treats all "
    "draws as if they "
    "were images of their own."
)


def _error_of_elbo(log_weights, k):
    return np.array([right(log_weights, k)[0], _error_of_images(np.asarray(log_weights, float))])


def _error_of_draws(count):
    """The rule of those who take the standard deviation of all log-weights, divided by the root of a count."""
    return lambda log_weights, k: np.array(
        [right(log_weights, k)[0], np.std(log_weights, ddof=1) / np.sqrt(count(log_weights))]
    )


def _of_draws(ddof):
    return lambda log_weights, k: np.array(
        [np.mean(log_weights), np.std(log_weights, ddof=ddof) / np.sqrt(np.size(log_weights))]
    )


MISTAKES = [
    *rules(bound_and_error, SLIPS),
    ("Your standard error is that of the ELBO: you took the means of the log-weights for it.", _error_of_elbo),
    *(
        (
            "Your standard error has the standard deviation of all log-weights. Take that of the images' "
            "means, which are "
            "made of the groups' estimates.",
            _error_of_draws(count),
        )
        for count in (len, np.size)
    ),
    *((ELBO_ERROR, _of_draws(ddof)) for ddof in (0, 1)),
]
