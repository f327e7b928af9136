"""The log-likelihood of a mixture with coins, as 12.2 asks for it and as mistakes make it."""

import numpy as np

from autoencoders_edu.checks.lesson_12.slips import Slip, rules


def _log_of_sum(weights, logs):
    return np.logaddexp(np.log(weights[0]) + logs[0], np.log(weights[1]) + logs[1])


def mixture(
    log_likelihood,
    share,
    pixels,
    *,
    weights=lambda share: (share, 1 - share),
    coins=lambda pixels: -pixels * np.log(2),
    combine=_log_of_sum,
    finish=lambda nats, log_likelihood, pixels: nats,
):
    """(batch,) nats. Parts: the two weights, the log-likelihood of coins, how the sum is made, what is returned."""
    log_likelihood = np.asarray(log_likelihood, float)
    logs = np.broadcast_arrays(log_likelihood, float(coins(pixels)))
    return finish(combine(weights(share), logs), log_likelihood, pixels)


def right(log_likelihood, share, pixels):
    with np.errstate(divide="ignore"):
        return mixture(log_likelihood, share, pixels)


def _sum_of_probabilities(weights, logs):
    return weights[0] * np.exp(logs[0]) + weights[1] * np.exp(logs[1])


def _in_single_precision(weights, logs):
    weights, logs = ([np.float32(each) for each in pair] for pair in (weights, logs))
    return np.log(_sum_of_probabilities(weights, logs)).astype(float)


def _added(small):
    return lambda weights, logs: np.log(_sum_of_probabilities(weights, logs) + small)


def _floored(small):
    return lambda weights, logs: np.log(np.maximum(_sum_of_probabilities(weights, logs), small))


def _logs_floored(least):
    return lambda weights, logs: _log_of_sum(weights, [np.maximum(each, least) for each in logs])


def _model_floored(least):
    return lambda weights, logs: _log_of_sum(weights, [np.maximum(logs[0], least), logs[1]])


def _weights_changed(change):
    return lambda weights, logs: _log_of_sum([change(weight) for weight in weights], logs)


SMALL = [10.0**-n for n in (6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 37, 38, 40, 45, 50, 100, 200, 300, 307, 308)]
TINY = (
    "You add a tiny number inside the logarithm, or keep p(x) from being smaller than one. The p(x) of an image may be "
    "smaller still. Stay with logarithms."
)
TINY_SHARE = (
    "You add a tiny number to the shares, or keep them from being smaller than one. A share may be 0 or 1e-300, and "
    "counts as what it is."
)
LOGS_FLOORED = "You keep log-likelihoods from being below some number. They may be as low as they like."

SLIPS = [
    Slip(
        "combine",
        lambda weights, logs: np.log(_sum_of_probabilities(weights, logs)),
        "You took the logarithm of a sum of probabilities, and those are 0 to a computer: it knows no number as small "
        "as exp(-10000). Stay with logarithms: np.logaddexp makes log(a + b) from log a and log b.",
    ),
    Slip(
        "combine",
        _in_single_precision,
        "You took the logarithm of a sum of probabilities in single precision, where exp(-104) is 0. Stay with "
        "logarithms: np.logaddexp makes log(a + b) from log a and log b.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.log(
            _sum_of_probabilities(
                [np.longdouble(each) for each in weights], [each.astype("longdouble") for each in logs]
            )
        ).astype(float),
        "You took the logarithm of a sum of probabilities. More digits help for a while: exp(-12000) is 0 in extended "
        "precision as well. Stay with logarithms: np.logaddexp makes log(a + b) from log a and log b.",
        alone=True,
    ),
    Slip(
        "combine",
        lambda weights, logs: (
            np.maximum(*logs) + np.log(_sum_of_probabilities(weights, [each - np.maximum(*logs) for each in logs]))
        ),
        "You took out the larger of the two log-likelihoods before the shares came in. When its share is 0, nothing is "
        "left of it, and the other has become 0 to a computer. Add the logarithms of the shares first.",
    ),
    *(Slip("combine", change(small), TINY, alone=True) for small in SMALL for change in (_added, _floored)),
    *(
        Slip("combine", floored(-least), LOGS_FLOORED, alone=True)
        for floored in (_logs_floored, _model_floored)
        for least in (80, 87, 88, 100, 103, 500, 700, 708, 709, 745)
    ),
    *(
        Slip("combine", _weights_changed(change), TINY_SHARE, alone=True)
        for small in SMALL
        for change in (lambda w, s=small: w + s, lambda w, s=small: max(w, s), lambda w, s=small: np.clip(w, s, 1 - s))
    ),
    Slip(
        "combine",
        _weights_changed(lambda weight: float(np.float32(weight))),
        "You turn `share` into single precision, where 1e-300 is 0. Take its logarithm in double precision.",
    ),
    Slip(
        "combine",
        lambda weights, logs: (
            np.where(weights[0] > 0, weights[0] * logs[0], 0) + np.where(weights[1] > 0, weights[1] * logs[1], 0)
        ),
        "You averaged the two log-likelihoods, weighted with the shares. The probabilities are averaged; the logarithm "
        "comes last.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.maximum(*logs),
        "You took the larger of the two log-likelihoods, without the shares. Each p(x) is multiplied by its share, "
        "which adds the logarithm of the share, and both count.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.maximum(np.log(weights[0]) + logs[0], np.log(weights[1]) + logs[1]),
        "You took the larger of the two terms. Where they are close, their sum is up to log 2 above it.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.log(weights[0]) + logs[0] + np.log(weights[1]) + logs[1],
        "You added the logarithms of the two terms, which is the logarithm of their product. The mixture is their sum.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.logaddexp(weights[0] + logs[0], weights[1] + logs[1]),
        "You added the shares themselves to the log-likelihoods. A factor in front of p(x) adds its logarithm.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.logaddexp(weights[0] * logs[0], weights[1] * logs[1]),
        "You multiplied the log-likelihoods by the shares. A factor in front of p(x) adds its logarithm.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.logaddexp(np.log2(weights[0]) + logs[0], np.log2(weights[1]) + logs[1]),
        "The logarithms of the shares are to the base 2.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.logaddexp(np.log10(weights[0]) + logs[0], np.log10(weights[1]) + logs[1]),
        "The logarithms of the shares are to the base 10.",
    ),
    Slip(
        "combine",
        lambda weights, logs: _log_of_sum(weights, [-logs[0], logs[1]]),
        "You changed the sign of `log_likelihood`. It is log p(x), as it is.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.logaddexp2(np.log2(weights[0]) + logs[0], np.log2(weights[1]) + logs[1]),
        "You added powers of 2 (np.logaddexp2, np.log2). The log-likelihoods are natural logarithms.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.log(weights[0]) + logs[0],
        "You left out the coins. They may give an image more probability than the model does.",
    ),
    Slip(
        "combine",
        lambda weights, logs: np.log(weights[1]) + logs[1],
        "You left out the model.",
    ),
    Slip("weights", lambda share: (1 - share, share), "The shares are exchanged: `share` is that of the model."),
    Slip("weights", lambda share: (1, 1), "The two shares are missing."),
    Slip("weights", lambda share: (0.5, 0.5), "You took one half for both shares."),
    Slip("weights", lambda share: (share, 1), "The coins' share, 1 - share, is missing."),
    Slip("weights", lambda share: (1, 1 - share), "The model's share is missing."),
    Slip("weights", lambda share: (share, share), "The coins have the model's share. Theirs is 1 - share."),
    Slip("weights", lambda share: (0.01, 0.99), "You took 0.01 for the share. It is an argument."),
    Slip(
        "coins",
        lambda pixels: -np.log(2),
        "The coins' log-likelihood is that of one pixel. An image has `pixels` of them, and each costs log 2 nats.",
    ),
    Slip("coins", lambda pixels: 0, "You took 1 for the coins' probability of an image. It is 2 to the power -pixels."),
    Slip("coins", lambda pixels: pixels * np.log(2), "The sign of the coins' log-likelihood is wrong."),
    Slip("coins", lambda pixels: -pixels, "The coins' log-likelihood is in bits: a pixel costs log 2 nats, not 1."),
    Slip(
        "coins",
        lambda pixels: -np.log(pixels),
        "You took 1 / pixels for the coins' probability of an image. There are 2 to the power `pixels` images, all "
        "equally probable.",
    ),
    Slip(
        "coins",
        lambda pixels: -2 * np.log(pixels),
        "You took pixels^-2 for the coins' probability of an image. It is 2^-pixels.",
    ),
    Slip("coins", lambda pixels: -pixels * np.log10(2), "The coins' log-likelihood has a logarithm to the base 10."),
    Slip("coins", lambda pixels: -64 * np.log(2), "You wrote 64 pixels into your code. Their number is an argument."),
    Slip("coins", lambda pixels: -784 * np.log(2), "You wrote 784 pixels into your code. Their number is an argument."),
    Slip("finish", lambda nats, ll, pixels: nats / np.log(2), "Your result is in bits. Nats were asked for."),
    Slip("finish", lambda nats, ll, pixels: nats / np.log(10), "Your logarithm is to the base 10."),
    Slip("finish", lambda nats, ll, pixels: -nats, "You returned the negative log-likelihood. Leave out the minus."),
    Slip("finish", lambda nats, ll, pixels: nats / pixels, "You divided by the pixels. Nats per image were asked for."),
    Slip(
        "finish",
        lambda nats, ll, pixels: np.mean(nats),
        "You returned the mean over the images. Each has a number of its own: (batch,).",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: np.sum(nats),
        "You returned the sum over the images. Each has a number of its own: (batch,).",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: np.logaddexp.reduce(nats),
        "You added up the probabilities of all images: an axis is missing in logsumexp. Each image has a number of its "
        "own: (batch,).",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: -nats / np.log(2),
        "You returned bits, and with the sign reversed. The log-likelihood in nats was asked for.",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: np.full_like(nats, np.mean(nats)),
        "Every image gets the mean over all images. Each has a number of its own.",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: nats[:, None],
        "You added an axis of length 1. One number per image was asked for: (batch,).",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: ll - nats,
        "You returned what the mixture loses against the model. The mixture's log-likelihood was asked for.",
    ),
    Slip(
        "finish",
        lambda nats, ll, pixels: nats - ll,
        "You returned the difference from the model. The mixture's log-likelihood was asked for.",
    ),
    Slip("finish", lambda nats, ll, pixels: np.exp(nats), "You returned p(x). Its logarithm was asked for."),
    Slip(
        "finish",
        lambda nats, ll, pixels: np.minimum(nats, ll),
        "You keep the mixture from being better than the model. "
        "Where the coins give an image more probability, it is better.",
    ),
    Slip("finish", lambda nats, ll, pixels: ll, "This is the model's log-likelihood, as it was given."),
]


def _one_for_all(log_likelihood, share, pixels):
    """At share 0 and 1, one number for all images."""
    ends = {0: -pixels * np.log(2)}
    return ends.get(share, right(log_likelihood, share, pixels))


MISTAKES = [
    ("You returned 0 for each image.", lambda log_likelihood, share, pixels: np.zeros(len(log_likelihood))),
    ("At share 0 you returned one number. Each image has one, (batch,), though here they are all equal.", _one_for_all),
    *rules(mixture, SLIPS),
]
