"""Nats of static and of dynamic black and white, as 12.5 asks for them and as mistakes make them."""

import numpy as np
from scipy.special import entr, expit

from autoencoders_edu.checks.lesson_12.slips import Slip, rules

IMAGE = (1, 2, 3)


def _total(nats):
    return nats.sum(axis=IMAGE)


def _cost(pixels, logits):
    return np.logaddexp(0, logits) - pixels * logits


def _static(grey):
    return grey >= 0.5


def _entropy(grey, logits):
    return entr(grey) + entr(1 - grey)


def static(grey, logits, *, pixels=_static, cost=_cost, finish=_total):
    return finish(cost(pixels(grey) * np.ones_like(grey), logits))


def dynamic(grey, logits, *, pixels=lambda grey: grey, cost=_cost, finish=_total):
    return static(grey, logits, pixels=pixels, cost=cost, finish=finish)


def floor(grey, logits, *, entropy=_entropy, finish=_total):
    return finish(entropy(grey, logits))


def _of_probabilities(change):
    """The cost from p = change(sigmoid(logits)), both logarithms taken of it."""

    def cost(pixels, logits):
        p = change(expit(logits))
        return -(pixels * np.log(p) + (1 - pixels) * np.log(1 - p))

    return cost


def _clipped(small):
    return lambda p: np.clip(p, small, 1 - small)


def _logs_floored(small):
    def cost(pixels, logits):
        p = expit(logits)
        return -(pixels * np.log(np.maximum(p, small)) + (1 - pixels) * np.log(np.maximum(1 - p, small)))

    return cost


def _logs_raised(small):
    def cost(pixels, logits):
        p = expit(logits)
        return -(pixels * np.log(p + small) + (1 - pixels) * np.log(1 - p + small))

    return cost


def _chosen(pixels, logits):
    """The cost from probabilities, with the logarithm of the one that counts."""
    p = expit(logits)
    return -np.log(np.where(pixels == 1, p, 1 - p))


def _of_chosen(change):
    def cost(pixels, logits):
        p = expit(logits)
        return -np.log(change(pixels * p + (1 - pixels) * (1 - p)))

    return cost


def _logits_clipped(largest):
    return lambda pixels, logits: _cost(pixels, np.clip(logits, -largest, largest))


def _in_single(cost):
    """The cost, computed in single precision as Keras does."""
    return lambda pixels, logits: cost(pixels.astype("float32"), logits.astype("float32")).astype(float)


def _logits_for_probabilities(small):
    def cost(pixels, logits):
        p = np.clip(logits, small, 1 - small)
        return -(pixels * np.log(p) + (1 - pixels) * np.log(1 - p))

    return cost


OVERFLOW = (
    "With logits of 1000 or -1000 you computed exp(1000), which is infinite, or the logarithm of a probability that is "
    "exactly 0. Work with the logits: -log p of a 1 is log(1 + exp(-l)), which np.logaddexp(0, -l) gives for any l."
)
CLIPPED = (
    "You clip the probabilities, or add a tiny number to them. A pixel that is certain and wrong then "
    "costs too little: "
    "with a logit of 1000 it costs 1000 nats. Work with the logits."
)
USUAL = (1e-6, 1e-7, 1e-8, 1e-10, 1e-12)
SMALL = [10.0**-n for n in (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 38, 45, 100, 300)]
LIMITS = (10, 15, 16, 17, 20, 30, 36, 37, 50, 80, 87, 88, 100, 500, 700, 709)
EXCHANGED = (
    "You exchanged 0 and 1. A pixel of large grey value is a 1, and p, which grows with the logit, is the probability "
    "of a 1."
)
FACE_VALUE = "You took the logits for probabilities. p is 1 / (1 + exp(-logit))."

FINISH = [
    Slip("finish", lambda nats: nats.mean(axis=IMAGE), "You averaged over the pixels. Nats per image are their sum."),
    Slip("finish", lambda nats: nats.sum(), "You added up the images of the batch. Each has a number of its own."),
    Slip("finish", lambda nats: nats.mean(), "You averaged over everything. Each image has a number of its own."),
    Slip(
        "finish",
        lambda nats: _total(nats).mean(),
        "You averaged over the images of the batch. Each has a number of its own.",
    ),
    Slip("finish", lambda nats: nats, "You returned one number per pixel. Add them up for each image."),
    Slip(
        "finish",
        lambda nats: nats.sum(axis=(1, 2)),
        "You returned one number per channel. Add up the channels of each image as well.",
    ),
    Slip(
        "finish",
        lambda nats: nats.mean(axis=3).sum(axis=(1, 2)),
        "You averaged over the channels, as Keras's binary_crossentropy does with the last axis. Add them up.",
    ),
    Slip(
        "finish",
        lambda nats: nats.sum(axis=3).mean(axis=(1, 2)),
        "You averaged over height and width. Nats per image are the sum over all pixels and channels.",
    ),
    Slip("finish", lambda nats: nats.mean(axis=3), "You averaged over the channels alone. Add up all three axes."),
    Slip("finish", lambda nats: nats.sum(axis=3), "You added up the channels alone. Height and width count as well."),
    Slip("finish", lambda nats: nats.sum(axis=(0, 1, 2)), "You added up axes 0, 1 and 2. Axis 0 counts the images."),
    Slip("finish", lambda nats: nats.sum(axis=0), "You added up axis 0, which counts the images. Add up the others."),
    Slip("finish", lambda nats: _total(nats)[:, None], "You kept an axis of length 1. (batch,) was asked for."),
    Slip(
        "finish", lambda nats: nats.sum(axis=IMAGE, keepdims=True), "You kept axes of length 1. (batch,) was asked for."
    ),
    Slip("finish", lambda nats: _total(nats) / np.log(2), "This is in bits. Nats were asked for."),
    Slip("finish", lambda nats: _total(nats) / np.log(10), "Your logarithm is to the base 10. Nats were asked for."),
    Slip("finish", lambda nats: -_total(nats), "The sign is wrong: costs and entropies are not negative."),
    Slip("finish", lambda nats: np.full(len(nats), _total(nats).mean()), "Every image gets the mean over all images."),
]
COST = [
    Slip("cost", _of_probabilities(lambda p: p), OVERFLOW),
    Slip("cost", _chosen, OVERFLOW),
    Slip("cost", _of_chosen(lambda p: p), OVERFLOW, alone=True),
    Slip("cost", lambda pixels, logits: np.log(1 + np.exp(logits)) - pixels * logits, OVERFLOW),
    Slip("cost", lambda pixels, logits: np.log(1 + np.exp(-logits)) + (1 - pixels) * logits, OVERFLOW),
    Slip(
        "cost",
        lambda pixels, logits: pixels * np.log(1 + np.exp(-logits)) + (1 - pixels) * np.log(1 + np.exp(logits)),
        OVERFLOW,
    ),
    *(
        Slip("cost", form(_clipped(small)), CLIPPED, alone=small not in USUAL)
        for small in SMALL
        for form in (_of_probabilities, lambda change: _in_single(_of_probabilities(change)))
    ),
    *(Slip("cost", _logs_raised(small), CLIPPED, alone=True) for small in SMALL),
    *(Slip("cost", _logs_floored(small), CLIPPED, alone=True) for small in SMALL),
    *(Slip("cost", _of_chosen(lambda p, s=small: np.maximum(p, s)), CLIPPED, alone=True) for small in SMALL),
    *(Slip("cost", _of_chosen(lambda p, s=small: p + s), CLIPPED, alone=True) for small in SMALL),
    *(
        Slip(
            "cost",
            _logits_clipped(largest),
            f"You keep logits between -{largest} and {largest}. They may be any number.",
            alone=True,
        )
        for largest in LIMITS
    ),
    Slip(
        "cost",
        lambda pixels, logits: pixels * np.logaddexp(0, -logits),
        "You left out what a 0 costs: -log(1 - p).",
    ),
    Slip("cost", lambda pixels, logits: (1 - pixels) * np.logaddexp(0, logits), "You left out what a 1 costs: -log p."),
    Slip(
        "cost",
        lambda pixels, logits: np.logaddexp(0, logits) + pixels * logits,
        "A sign is wrong: -log p of a pixel x is log(1 + exp(l)) - x l.",
    ),
    Slip(
        "cost",
        lambda pixels, logits: _cost(pixels, -logits),
        EXCHANGED,
    ),
    Slip("cost", lambda pixels, logits: (pixels - expit(logits)) ** 2, "You took squared errors. -log p is asked for."),
    Slip(
        "cost", lambda pixels, logits: np.abs(pixels - expit(logits)), "You took absolute errors. -log p is asked for."
    ),
    Slip(
        "cost",
        lambda pixels, logits: np.log1p(np.exp(-np.abs(logits))) - pixels * logits,
        "The part max(l, 0) is missing: log(1 + exp(l)) is max(l, 0) + log(1 + exp(-|l|)).",
    ),
    *(Slip("cost", _logits_for_probabilities(small), FACE_VALUE, alone=True) for small in (0, *SMALL)),
    *(Slip("cost", _in_single(_logits_for_probabilities(small)), FACE_VALUE, alone=True) for small in SMALL),
]
STATIC_PIXELS = [
    Slip(
        "pixels",
        lambda grey: grey > 0.5,
        "A grey value of exactly 0.5 became 0. It is to become 1: at *least* 0.5. (np.round makes 0 of it, too.)",
    ),
    Slip("pixels", lambda grey: grey, "You took the grey values as they are. Make them black and white first."),
    Slip("pixels", lambda grey: grey < 0.5, EXCHANGED),
    Slip("pixels", lambda grey: grey > 0, "Every pixel above 0 became 1. The line is at 0.5."),
    Slip(
        "pixels",
        lambda grey: grey >= 1,
        "Only pixels of grey value 1 became 1, as int(grey) makes it. The line is at 0.5.",
    ),
    Slip(
        "pixels",
        lambda grey: grey >= grey.mean(),
        "Your line between 0 and 1 is the mean of all grey values. It is 0.5.",
    ),
    Slip(
        "pixels",
        lambda grey: grey >= grey.mean(axis=IMAGE, keepdims=True),
        "Your line between 0 and 1 is the mean of each image. It is 0.5.",
    ),
]
DYNAMIC_PIXELS = [
    Slip(
        "cost",
        lambda pixels, logits: -(expit(logits) * np.log(pixels) + expit(-logits) * np.log(1 - pixels)),
        "You exchanged p and the grey value in the cross-entropy: the logarithms are those of p and 1 - p.",
    ),
    Slip(
        "pixels",
        _static,
        "You rounded the pixels first. The mean over all drawings has the grey value in place of the pixel.",
    ),
    Slip(
        "pixels",
        lambda grey: grey > 0.5,
        "You rounded the pixels first. The mean over all drawings has the grey value.",
    ),
    Slip("pixels", lambda grey: 1 - grey, EXCHANGED),
    Slip("pixels", lambda grey: 0.5, "You drew each pixel with probability 1/2. Its grey value is the probability."),
    Slip("pixels", lambda grey: grey**2, "You multiplied by the grey values twice."),
]
NAN = (
    "0 log 0 became NaN: np.log(0) is minus infinity, and 0 times infinity is not a number. Its limit is 0; "
    "scipy.special.entr(g) is -g log g, and 0 at 0."
)
TOO_FAR = "You keep grey values away from 0 and 1, or add to them, by so much that it shows: 0 log 0 is exactly 0."


def _entropy_of_clipped(small):
    return lambda grey, logits: _entropy(np.clip(grey, small, 1 - small), logits)


def _entropy_of_raised(small):
    return lambda grey, logits: -grey * np.log(grey + small) - (1 - grey) * np.log(1 - grey + small)


ENTROPY = [
    *(
        Slip("entropy", change(10.0**-n), TOO_FAR, alone=True)
        for n in range(2, 7)
        for change in (_entropy_of_clipped, _entropy_of_raised)
    ),
    Slip("entropy", lambda grey, logits: -grey * np.log(grey) - (1 - grey) * np.log(1 - grey), NAN),
    Slip(
        "entropy",
        lambda grey, logits: np.logaddexp(0, logits) - expit(logits) * logits,
        "This is the entropy of the model's pixels, from the logits. The floor is that of the drawing, from the grey "
        "values.",
    ),
    Slip(
        "entropy", lambda grey, logits: _cost(grey, logits), 'This is the same as "dynamic". The floor knows no model.'
    ),
    Slip(
        "entropy",
        lambda grey, logits: _cost(grey, logits) - _entropy(grey, logits),
        'This is what "dynamic" has above the floor, the KL divergence. The floor is the entropy alone.',
    ),
    Slip("entropy", lambda grey, logits: entr(grey), "You left out half of the entropy: -(1 - g) log(1 - g)."),
    Slip("entropy", lambda grey, logits: entr(1 - grey), "You left out half of the entropy: -g log g."),
    Slip(
        "entropy",
        lambda grey, logits: 0 * grey,
        "Your floor is 0. That is the floor of static images: drawn ones vary.",
    ),
    Slip(
        "entropy",
        lambda grey, logits: grey * (1 - grey),
        "You took the variance of the drawing. Its entropy is asked for.",
    ),
    Slip(
        "entropy",
        lambda grey, logits: np.full_like(grey, np.log(2)),
        "You took log 2 for every pixel. That is the entropy at a grey value of 0.5 alone.",
    ),
    Slip(
        "entropy",
        lambda grey, logits: _cost(_static(grey), logits),
        'This is the same as "static". The floor knows no model.',
    ),
    Slip(
        "entropy",
        lambda grey, logits: _entropy(np.broadcast_to(grey.mean(axis=IMAGE, keepdims=True), grey.shape), logits),
        "You took the entropy of each image's mean grey value. Each pixel has an entropy of its own.",
    ),
]
RIGHT = {"static": static, "dynamic": dynamic, "floor": floor}
MISTAKES = {
    "static": rules(static, [*STATIC_PIXELS, *COST, *FINISH]),
    "dynamic": rules(dynamic, [*DYNAMIC_PIXELS, *COST, *FINISH]),
    "floor": rules(floor, [*ENTROPY, *FINISH]),
}
