"""The log-likelihood of hidden pixels, right and mistaken, for 10.5: pairs of a message and a rule."""

from functools import partial
from itertools import combinations

import numpy as np
from scipy.special import expit, logsumexp, softmax


def completion(images, visible, logits, pixels="hidden", term="log p", over="sum", draws="log mean exp", unit="nats"):
    """The log-likelihood of each image's hidden pixels, as it is asked for or with some of its parts mistaken.

    Args:
        images, visible, logits: of the exercise.
        pixels: which are counted: "hidden", "visible", "all", "first channel" of the hidden ones.
        term: what is counted of a pixel: "log p"; of "white" or "black" ones alone; "swapped" for black as white;
            "twice" for two sigmoids; "squared error", with the sign of a log-likelihood, or "half" of it.
        over: "sum" over the pixels, "mean" over those counted, "mean of all", "mean of channels".
        draws: "log mean exp", "mean" of logarithms, "no log K", "best", "first", "worst", "added", "log K twice",
            "log K added", "over K", "by pixel" for a mean of the probabilities, "logits" for a mean of the logits.
        unit: "nats", "bits", "minus" for the opposite sign.
    """
    x, logits = np.asarray(images, float), np.asarray(logits, float)
    if draws == "logits":
        logits = logits.mean(axis=0, keepdims=True)
    each = _terms(x, logits, term)
    if draws == "by pixel":
        each = logsumexp(each, axis=0, keepdims=True) - np.log(len(each))
    counted = {"hidden": ~visible, "visible": visible, "all": np.full(visible.shape, True)}.get(pixels, ~visible)
    kept = each[:, :, counted]  # (K, batch, pixels, channels)
    if pixels == "first channel":
        kept = kept[..., :1]
    numbers = {
        "mean": kept.shape[2] * kept.shape[3],
        "mean of all": visible.size * kept.shape[3],
        "mean of channels": kept.shape[3],
    }
    of_draws = kept.sum(axis=(2, 3)) / numbers.get(over, 1)
    return _over_draws(of_draws, draws) * {"nats": 1, "bits": 1 / np.log(2), "minus": -1}[unit]


def _terms(x, logits, term):
    if term == "twice":
        logits = expit(logits)
    if term in ("squared error", "half"):
        return -((x - expit(logits)) ** 2) / (2 if term == "half" else 1)
    white, black = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    return {
        "white": x * white,
        "black": (1 - x) * black,
        "swapped": x * black + (1 - x) * white,
    }.get(term, x * white + (1 - x) * black)


def _over_draws(values, draws):
    count, whole = np.log(len(values)), np.asarray(logsumexp(values, axis=0))
    return {
        "mean": values.mean(axis=0),
        "no log K": whole,
        "best": values.max(axis=0),
        "worst": values.min(axis=0),
        "first": values[0],
        "added": values.sum(axis=0),
        "log K twice": whole - 2 * count,
        "over K": whole / len(values),
        "log K added": whole + count,
    }.get(draws, whole - count)


# From each part of `completion` to its mistakes, and what is said of each.
PARTS = {
    "pixels": {
        "visible": "You counted the visible pixels: visible is True where a pixel is visible. The hidden ones are "
        "asked for, ~visible.",
        "all": "You counted the visible pixels as well. Whoever completes an image is given them: only the hidden "
        "ones count.",
        "first channel": "You counted the first channel alone. All channels of a hidden pixel are hidden.",
    },
    "draws": {
        "mean": "You averaged the logarithms over the draws. That is a bound, which one bad draw can pull down "
        "without limit: average the probabilities, exp of the sums, and take the logarithm last.",
        "no log K": "You added the probabilities of the draws and did not divide by K (- log K): the likelihood "
        "would grow with the number of draws.",
        "best": "You took the best draw alone. The mean over all K draws of the probabilities is asked for.",
        "worst": "You took the worst draw alone. The mean over all K draws of the probabilities is asked for.",
        "first": "You took the first draw alone. The mean over all K draws of the probabilities is asked for.",
        "added": "You added the logarithms of all draws. The mean of their exponentials is asked for.",
        "by pixel": "You averaged the probabilities over the draws pixel by pixel first. That is the likelihood of "
        "the average completion, whose pixels are independent: sum over the pixels of each draw first.",
        "logits": "You averaged the logits over the draws. Average the probabilities of the whole hidden part.",
        "log K twice": "You divided by K twice (np.mean has a division of its own).",
        "log K added": "You multiplied by K where 1/K is asked for: log K is subtracted.",
        "over K": "You divided the logarithm by K. 1/K stands inside it: subtract log K.",
    },
    "over": {
        "mean": "You averaged over the hidden pixels. They are independent given z, so their log-probabilities add up.",
        "mean of all": "You divided by the number of all pixels. The log-probabilities of the hidden ones add up.",
        "mean of channels": "You averaged over the channels. They are independent given z, so their "
        "log-probabilities add up.",
    },
    "term": {
        "white": "You counted only the white pixels, x log p. Black ones have a probability, too: (1 - x) log(1 - p).",
        "black": "You counted only the black pixels. White ones have a probability, too: x log p.",
        "swapped": "You took p = sigmoid(logits) for the probability of 0. It is that of 1.",
        "twice": "You applied the sigmoid twice: p = sigmoid(logits), once.",
        "half": "You took half of the squared error for minus the log-likelihood. That would be a normal; here each "
        "pixel is Bernoulli.",
        "squared error": "You took the squared error for minus the log-likelihood. That would be a normal; here each "
        "pixel is Bernoulli.",
    },
    "unit": {
        "bits": "This is in bits. Nats were asked for.",
        "minus": "The sign is reversed: the logarithm of a probability is negative. (A cross-entropy is minus log p.)",
    },
}


def _single():
    return [({part: kind}, text) for part, kinds in PARTS.items() for kind, text in kinds.items()]


def _double():
    """Two mistakes of different parts, without those that hardly anybody makes together with another."""
    often = [each for each in _single() if not each[0].items() & RARELY]
    for (one, text), (other, more) in combinations(often, 2):
        if one.keys() != other.keys():
            yield one | other, f"Two mistakes together. {text} {more}"


RARELY = {
    ("draws", "worst"),
    ("draws", "first"),
    ("draws", "added"),
    ("draws", "log K twice"),
    ("draws", "log K added"),
    ("draws", "over K"),
    ("over", "mean of channels"),
    ("term", "black"),
    ("term", "half"),
    ("term", "swapped"),
    ("term", "twice"),
}


def _entropies(sign):
    """exp of the cross-entropies: the sign is lost inside, where the worst draw then counts most."""

    def rule(images, visible, logits):
        costs = -np.asarray(_terms(np.asarray(images, float), np.asarray(logits, float), "log p"))
        return sign * _over_draws(costs[:, :, ~visible].sum(axis=(2, 3)), "log mean exp")

    return rule


def _of_batch(images, visible, logits):
    return completion(images, visible, logits).mean()


def _over_images(images, visible, logits):
    """The mean over the images in place of that over the draws: (K,)."""
    x, logits = np.asarray(images, float), np.asarray(logits, float)
    sums = _terms(x, logits, "log p")[:, :, ~visible].sum(axis=(2, 3))
    return logsumexp(sums, axis=1) - np.log(sums.shape[1])


def _over_images_by_draws(images, visible, logits):
    """The sum over the images, divided by the number of draws: (K,)."""
    return logsumexp(_of_each_draw(images, visible, logits), axis=1) - np.log(len(logits))


def _by_images(images, visible, logits):
    return completion(images, visible, logits, draws="no log K") - np.log(len(images))


def _of_each_channel(images, visible, logits):
    each = _terms(np.asarray(images, float), np.asarray(logits, float), "log p")
    return _over_draws(each[:, :, ~visible].sum(axis=2), "log mean exp")


def _of_each_draw(images, visible, logits):
    return _terms(np.asarray(images, float), np.asarray(logits, float), "log p")[:, :, ~visible].sum(axis=(2, 3))


def _over_hidden(each, visible):
    return _over_draws(each[:, :, ~visible].sum(axis=(2, 3)), "log mean exp")


def _mask_before_channels(images, visible, logits):
    """The mask repeated for each channel as a whole, over numbers whose channels come last."""
    each = _terms(np.asarray(images, float), np.asarray(logits, float), "log p").reshape(*np.shape(logits)[:2], -1)
    hidden = np.tile(~visible.ravel(), np.shape(images)[-1])
    return _over_draws(each[:, :, hidden].sum(axis=2), "log mean exp")


def _picked_places(images, visible, logits):
    each = _terms(np.asarray(images, float), np.asarray(logits, float), "log p")
    return _over_draws(each[:, :, 1 - visible.astype(int)].sum(axis=(2, 3)), "log mean exp")


def _clipped_as_probabilities(small, images, visible, logits):
    x, p = np.asarray(images, float), np.clip(np.asarray(logits), small, 1 - small).astype(float)
    return _over_hidden(x * np.log(p) + (1 - x) * np.log(1 - p), visible)


def _as_log_p(images, visible, logits):
    x, logits = np.asarray(images, float), np.asarray(logits, float)
    return _over_hidden(x * logits + (1 - x) * (1 - logits), visible)


def _without_softplus(images, visible, logits):
    return _over_hidden(np.asarray(images, float) * np.asarray(logits, float), visible)


SMALL = (*(np.float32(10.0**-n) for n in range(2, 8)), *(10.0**-n for n in range(8, 16)))
LOGITS = "You took the logits for probabilities, and clipped them. p is sigmoid(logits)."


def _without_logarithm(images, visible, logits):
    return np.exp(completion(images, visible, logits))


FLOOR = (
    "You add 1e-{} inside the last logarithm, or clip there: your result never falls below {:.4g}, although the hidden "
    "part may be far less likely."
)


def floored(case, powers):
    """Pairs of a message and a rule: the result for this case alone, with a small number inside the last logarithm."""
    right = completion(*case)
    for n in powers:
        yield FLOOR.format(n, -n * np.log(10)), lambda *_, n=n: np.logaddexp(right, -n * np.log(10))


def _sums_limited(least, images, visible, logits):
    """The sums over the pixels are kept above this."""
    return _over_draws(np.maximum(_of_each_draw(images, visible, logits), least), "log mean exp")


def unlikely(case):
    """The mistakes that show where the sums over the pixels are in the thousands below 0."""
    yield from floored(case, range(1, 324))
    for least in (-50, -80, -87, -88, -100, -103, -500, -600, -700, -708, -709, -740, -745):
        text = f"You clip the sums over the pixels at {least}. They may be far lower."
        yield text, partial(_sums_limited, least)


MISTAKES = [
    *((text, partial(completion, **changed)) for changed, text in _single()),
    (
        "The sign is lost inside the exponential: exp of minus log p. The worst draw then counts most.",
        _entropies(1),
    ),
    (
        "The sign is wrong inside the exponential, exp of minus log p, and turned round again at the end. The worst "
        "draw then counts most.",
        _entropies(-1),
    ),
    ("You averaged over the images as well: each has a log-likelihood of its own.", _of_batch),
    (
        "You added up the images: each has a log-likelihood of its own.",
        lambda *case: completion(*case).sum(),
    ),
    (
        "You returned that of the first image alone. Does a loop end with its first round? (batch,) is asked for.",
        lambda *case: completion(*case)[0],
    ),
    (
        "You averaged over the images, axis 1, and kept the draws. The mean is over the draws, axis 0.",
        _over_images,
    ),
    (
        "You added up the probabilities of the images, axis 1, and divided by K. The mean is over the draws, axis 0.",
        _over_images_by_draws,
    ),
    ("You divided by the number of images. The mean is over the K draws.", _by_images),
    (
        "You kept the axis of the channels. All channels of a hidden pixel are hidden: sum over them as well.",
        _of_each_channel,
    ),
    ("You returned the sum of each draw, (K, batch). The mean of their exponentials over the draws is still to come.",
     _of_each_draw),
    (
        "You set the logits of visible pixels to 0. That is a probability of 1/2, and costs log 2 for each: leave "
        "these pixels out of the sum.",
        lambda images, visible, logits: (
            completion(images, visible, logits) - np.log(2) * np.sum(visible) * np.shape(images)[-1]
        ),
    ),
    (
        "You weighted the draws by how well they explain the visible pixels. That estimates another quantity, the "
        "likelihood given the visible pixels; here each draw counts the same, 1/K.",
        lambda *case: completion(*case, pixels="all") - completion(*case, pixels="visible"),
    ),
    ("You took the last draw alone. The mean over all K draws is asked for.", lambda *case: _of_each_draw(*case)[-1]),
    (
        "You took the median of the draws' logarithms. The mean of their exponentials is asked for.",
        lambda *case: np.median(_of_each_draw(*case), axis=0),
    ),
    (
        "You subtracted log10(K). Nats are made with the natural logarithm.",
        lambda *case: completion(*case, draws="no log K") - np.log10(len(case[2])),
    ),
    *(
        (
            f"You divided by {n} draws. K is the length of logits, and varies.",
            lambda *case, n=n: completion(*case, draws="no log K") - np.log(n),
        )
        for n in (10, 50, 100, 200, 500, 1000)
    ),
    ("You returned a probability. Its logarithm is asked for.", _without_logarithm),
    (
        "For a batch of one, your result has no axis for the images: np.squeeze, for example, drops every axis of "
        "length 1. Keep the first axis.",
        lambda *case: np.squeeze(completion(*case)),
    ),
    (
        "You kept the axis of the draws, with length 1. Drop it: (batch,).",
        lambda *case: completion(*case)[None],
    ),
    (
        "You kept an axis of length 1 behind the images. Drop it: (batch,).",
        lambda *case: completion(*case)[:, None],
    ),
    (
        "You divided by the number of hidden pixels. It is their log-likelihood together that is asked for.",
        lambda *case: completion(*case) / max(np.sum(~case[1]), 1),
    ),
    (
        "You divided by the number of hidden numbers. It is their log-likelihood together that is asked for.",
        lambda *case: completion(*case) / max(np.sum(~case[1]) * case[0].shape[-1], 1),
    ),
    (
        "You set the visible pixels of the images to 0 and counted them. Leave them out of the sum.",
        lambda images, visible, logits: completion(images * ~visible[..., None], visible, logits, pixels="all"),
    ),
    (
        "You divided by K - 1. The mean is over K draws.",
        lambda *case: completion(*case, draws="no log K") - np.log(max(len(case[2]) - 1, 1)),
    ),
    (
        "You subtracted the largest sum before the exponential and did not add it again after the logarithm.",
        lambda *case: completion(*case) - _of_each_draw(*case).max(axis=0),
    ),
    (
        "You took the average of the draws' logarithms, weighted by their probabilities. The logarithm of the mean of "
        "the probabilities is asked for.",
        lambda *case: np.sum(softmax(_of_each_draw(*case), axis=0) * _of_each_draw(*case), axis=0),
    ),
    (
        "You counted the mask with another order of the axes than the pixels have. It is (height, width), axes 2 and 3 "
        "of logits; the channels come last.",
        _mask_before_channels,
    ),
    (
        "1 - visible is made of whole numbers, which pick places: 0 and 1. ~visible is a mask, True where hidden.",
        _picked_places,
    ),
    *((LOGITS, partial(_clipped_as_probabilities, small)) for small in SMALL),
    ("You took the logit for log p, and 1 - l for log(1 - p). p is sigmoid(logits).", _as_log_p),
    ("Minus log(1 + exp(l)) is missing from log p = x l - log(1 + exp(l)).", _without_softplus),
    ("You rounded the result. Return it as it is.", lambda *case: np.round(completion(*case), 1)),
    ("You rounded the result. Return it as it is.", lambda *case: np.round(completion(*case), 2)),
    *(
        (FLOOR.format(n, -n * np.log(10)), lambda *case, n=n: np.logaddexp(completion(*case), -n * np.log(10)))
        for n in range(6, 51)
    ),
    *((text, partial(completion, **changed)) for changed, text in _double()),
]  # fmt: skip


def taken_for_probabilities(images, visible, logits):
    """The answer of those who take logits, here between 0 and 1, for probabilities."""
    p = np.asarray(logits, float)
    return completion(images, visible, np.log(p) - np.log1p(-p))


def _probability_clipped(small, images, visible, logits):
    p = np.clip(expit(np.asarray(logits, float)), small, 1 - small)
    return completion(images, visible, np.log(p) - np.log1p(-p))


def _clipped_in_float32(small, images, visible, logits):
    small = np.float32(small)
    p = np.clip(expit(np.asarray(logits, "float32")), small, 1 - small).astype(float)
    return completion(images, visible, np.log(p) - np.log1p(-p))


def _added_to_probability(small, images, visible, logits):
    """log(p + small) for white pixels, log(1 - p + small) for black ones."""
    x, logits = np.asarray(images, float), np.asarray(logits, float)
    each = x * np.log(expit(logits) + small) + (1 - x) * np.log(expit(-logits) + small)
    return _over_draws(each[:, :, ~visible].sum(axis=(2, 3)), "log mean exp")


def _logits_clipped(most, images, visible, logits):
    return completion(images, visible, np.clip(logits, -most, most))


CLIPPED = (
    "You clip the probabilities at 1e-{}, or add that inside the logarithm. A pixel may be less likely: work with the "
    "logits, np.logaddexp(0, l)."
)
EPS = (
    "The probabilities are clipped at {:.2g}, the eps of {}, as in scikit-learn's log_loss, or that is added inside "
    "the logarithm. A pixel may be less likely: work with the logits, np.logaddexp(0, l)."
)
LIMITED = "You clip the logits at {}. They may be as large as 1000."
CERTAIN = [
    *((CLIPPED.format(n), partial(_probability_clipped, 10.0**-n)) for n in range(2, 16)),
    *((CLIPPED.format(n), partial(_clipped_in_float32, 10.0**-n)) for n in range(2, 8)),
    *((CLIPPED.format(n), partial(_added_to_probability, 10.0**-n)) for n in (*range(2, 21), *range(30, 324, 10))),
    *(
        (EPS.format(np.finfo(kind).eps, kind), partial(rule, float(np.finfo(kind).eps)))
        for kind in ("float32", "float64")
        for rule in (_probability_clipped, _added_to_probability)
    ),
    *(
        (LIMITED.format(most), partial(_logits_clipped, most))
        for most in (10, 15, 16, 20, 30, 50, 80, 88, 100, 500, 700)
    ),
]
