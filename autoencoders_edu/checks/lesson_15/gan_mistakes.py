"""The losses of a GAN, as 15.2 asks for them and as mistakes make them."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.shared.combined import marked, rules


def softplus(a):
    return np.logaddexp(0, a)


def from_logits(logits, label):
    """-log of the probability that the discriminator gives to the label."""
    return softplus(-logits if label else logits)


def _mean(costs):
    return np.add.reduce(costs) / costs.size  # quicker than np.mean


def _discriminator(real, fake, cost, mean):
    return mean(cost(real, 1)) + mean(cost(fake, 0))


def _generator(real, fake, cost, mean):
    return mean(cost(fake, 1))


def gan_losses(
    real,
    fake,
    *,
    first=lambda logits: logits,
    discriminator=_discriminator,
    generator=_generator,
    cost=from_logits,
    mean=_mean,
    end=lambda *losses: losses,
):
    """(2,): the losses of discriminator and generator, marked; each option puts one mistake in."""
    real, fake = (first(np.ravel(logits)) for logits in (real, fake))
    if cost is from_logits:
        real, fake = real.astype(float, copy=False), fake.astype(float, copy=False)
    losses = [float(loss(real, fake, cost, mean)) for loss in (discriminator, generator)]
    return marked(end(*losses))


def _all_together(real, fake, cost, mean):
    return mean(np.concatenate([cost(real, 1), cost(fake, 0)]))


def _each_half(real, fake, cost, mean):
    return _discriminator(real, fake, cost, mean) / 2


IN_DISCRIMINATOR = {
    message: {"discriminator": loss}
    for message, loss in {
        "The discriminator's labels are exchanged: it pays for real images that it takes for real, and for fakes that "
        "it takes for fakes.": lambda r, f, cost, mean: mean(cost(r, 0)) + mean(cost(f, 1)),
        "The discriminator's loss has the wrong sign: it is the log-likelihood, which is to be made large. A loss is "
        "made small.": lambda r, f, cost, mean: -_discriminator(r, f, cost, mean),
        "The discriminator's loss is half of what was asked for: add the two means, do not average them.": _each_half,
        "The discriminator's loss is one mean over all images, real and fake together. There may be more of one kind: "
        "take a mean for each, and add them.": _all_together,
        "The discriminator's loss is twice one mean over all images. There may be more of one kind: take a mean for "
        "each, and add them.": lambda r, f, cost, mean: 2 * _all_together(r, f, cost, mean),
        "The discriminator's loss pairs each real image with a fake one, and leaves out the rest. Take a mean for each "
        "kind, over all of its images.": lambda r, f, cost, mean: mean(
            cost(r, 1)[: min(len(r), len(f))] + cost(f, 0)[: min(len(r), len(f))]
        ),
        "In the discriminator's loss both sums are divided by the number of real images. There may be more fakes, or "
        "fewer.": lambda r, f, cost, mean: (np.sum(cost(r, 1)) + np.sum(cost(f, 0))) / len(r),
        "The discriminator's loss lacks the real images.": lambda r, f, cost, mean: mean(cost(f, 0)),
        "The discriminator's loss lacks the fake images.": lambda r, f, cost, mean: mean(cost(r, 1)),
        "The discriminator is asked to take the fakes for real as well: it wants low logits for them.": (
            lambda r, f, cost, mean: mean(cost(r, 1)) + mean(cost(f, 1))
        ),
        "The discriminator is asked to take real images for fakes as well: it wants high logits for them.": (
            lambda r, f, cost, mean: mean(cost(r, 0)) + mean(cost(f, 0))
        ),
        "In the discriminator's loss the two means are subtracted. Both are costs: add them.": (
            lambda r, f, cost, mean: mean(cost(r, 1)) - mean(cost(f, 0))
        ),
        "In the discriminator's loss the mean of the real images is subtracted. Both are costs: add them.": (
            lambda r, f, cost, mean: mean(cost(f, 0)) - mean(cost(r, 1))
        ),
        "The discriminator's loss is that of a Wasserstein GAN, mean fake - mean real, without softplus.": (
            lambda r, f, cost, mean: mean(f) - mean(r)
        ),
        "The discriminator's loss is a hinge loss. Take the softplus.": (
            lambda r, f, cost, mean: mean(np.maximum(0, 1 - r)) + mean(np.maximum(0, 1 + f))
        ),
        "The discriminator's loss is that of a least-squares GAN. Take the softplus.": (
            lambda r, f, cost, mean: mean((r - 1) ** 2) + mean(f**2)
        ),
        "The discriminator's loss has smoothed labels, 0.9 for real images. Here the label is 1.": (
            lambda r, f, cost, mean: 0.9 * mean(cost(r, 1)) + 0.1 * mean(cost(r, 0)) + mean(cost(f, 0))
        ),
        "The discriminator's loss takes the real logits alone, twice. Its second term has the fake ones.": (
            lambda r, f, cost, mean: mean(cost(r, 1)) + mean(cost(r, 0))
        ),
        "The discriminator's loss takes the fake logits alone, twice. Its first term has the real ones.": (
            lambda r, f, cost, mean: mean(cost(f, 1)) + mean(cost(f, 0))
        ),
        "Your discriminator's loss contains the generator's.": (
            lambda r, f, cost, mean: _discriminator(r, f, cost, mean) + mean(cost(f, 1))
        ),
        "Your discriminator's loss has the generator's subtracted.": (
            lambda r, f, cost, mean: _discriminator(r, f, cost, mean) - mean(cost(f, 1))
        ),
        "The discriminator's loss is 0.": lambda r, f, cost, mean: 0.0,
    }.items()
}
IN_GENERATOR = {
    message: {"generator": loss}
    for message, loss in {
        "The generator's loss is that of the minimax game, mean log(1 - sigmoid(fake)): it saturates where fakes fool "
        "nobody. The non-saturating one is the cost of taking fakes for real.": (
            lambda r, f, cost, mean: -mean(cost(f, 0))
        ),
        "The generator pays for fakes that are taken for real: it would help the discriminator. It wants high logits "
        "for them.": lambda r, f, cost, mean: mean(cost(f, 0)),
        "The generator's loss has the wrong sign: it would grow more negative the less it fools anyone.": (
            lambda r, f, cost, mean: -mean(cost(f, 1))
        ),
        "The generator's loss is computed from the real logits, on which it has no influence.": (
            lambda r, f, cost, mean: mean(cost(r, 1))
        ),
        "The generator's loss is computed from the real logits, on which it has no influence, and with the label of "
        "fakes.": lambda r, f, cost, mean: mean(cost(r, 0)),
        "The generator's loss is the discriminator's with the labels exchanged. Real images have no part in it.": (
            lambda r, f, cost, mean: mean(cost(r, 0)) + mean(cost(f, 1))
        ),
        "The generator's loss is minus the discriminator's: that is the minimax game, which saturates, and real images "
        "have no part in it.": lambda r, f, cost, mean: -_discriminator(r, f, cost, mean),
        "The generator's loss is the same as the discriminator's.": _discriminator,
        "The generator's loss contains the cost of the real images, on which it has no influence.": (
            lambda r, f, cost, mean: mean(cost(r, 1)) + mean(cost(f, 1))
        ),
        "The generator's loss is that of a Wasserstein GAN, -mean fake, without softplus.": (
            lambda r, f, cost, mean: -mean(f)
        ),
        "The generator's loss is that of a least-squares GAN. Take the softplus.": (
            lambda r, f, cost, mean: mean((f - 1) ** 2)
        ),
        "The generator's loss is divided by the number of real images, which may be larger or smaller.": (
            lambda r, f, cost, mean: np.sum(cost(f, 1)) / len(r)
        ),
        "The generator's loss is half of what was asked for.": lambda r, f, cost, mean: mean(cost(f, 1)) / 2,
        "The generator's loss is 0.": lambda r, f, cost, mean: 0.0,
    }.items()
}


def _sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def _quotient(logits):
    return np.exp(logits) / (1 + np.exp(logits))


def _by_sign(logits):
    """As libraries compute it: no exponential overflows."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1, small) / (1 + small)


SIGMOIDS = (_sigmoid, _quotient, _by_sign)
PRECISIONS = (None, "float64", "float32")


def _of_probability(logits, label, sigmoid=_by_sign, precision=None, change=lambda p: p, added=0.0):
    logits = logits if precision is None else logits.astype(precision)
    p = change(sigmoid(logits))
    one = p.dtype.type(1)
    return -np.log((p if label else one - p) + p.dtype.type(added)).astype(float)


def _exponential(logits, label, precision=None):
    """softplus by its formula."""
    logits = logits if precision is None else logits.astype(precision)
    return np.log(1 + np.exp(-logits if label else logits)).astype(float)


def _log1p(logits, label, precision=None):
    logits = logits if precision is None else logits.astype(precision)
    return np.log1p(np.exp(-logits if label else logits)).astype(float)


def _not_by_the_formula(logits, label):
    return softplus(-_by_sign(logits.astype(float)) if label else _by_sign(logits.astype(float)))


def _logits_taken_for_probabilities(logits, label, precision):
    precision = precision or logits.dtype
    one, small = np.ones((), precision), np.asarray(1e-7, precision)  # the limits that Keras has
    p = np.clip(logits.astype(precision), small, one - small)
    return -np.log(p if label else one - p).astype(float)


def _clipped(at):
    return lambda logits, label: from_logits(np.clip(logits.astype(float), -at, at), label)


def _relu(logits, label):
    return np.maximum(0, -logits.astype(float) if label else logits.astype(float))


def _unlogged(logits, label):
    """The probability that the discriminator gives to the other label."""
    return _by_sign((-logits if label else logits).astype(float))


def _bits(logits, label):
    return from_logits(logits.astype(float), label) / np.log(2)


def _powers_of_two(logits, label):
    return np.logaddexp2(0, (-logits if label else logits).astype(float))


def _squared(logits, label):
    return (label - _by_sign(logits.astype(float))) ** 2


def _linear(logits, label):
    return (-logits if label else logits).astype(float)


LOG_OF_SIGMOID = (
    "You took the logarithm of a probability, which is 0 to a computer where the logit is large: its logarithm is "
    "minus infinity, and the loss inf or nan. Stay with logits: np.logaddexp(0, a) is softplus(a) for any a."
)
OVERFLOW = (
    "You computed log(1 + e^a) as it is written. e^1000 is infinite to a computer; np.logaddexp(0, a) gives the 1000."
)
IN_SINGLE_PRECISION = (
    "You computed the logarithm of a sigmoid, or log(1 + e^a), as the formula has it, and in single precision. To a "
    "computer e^100 is infinite then, and the sigmoid of -200 is 0. Stay with logits: np.logaddexp(0, a) is "
    "softplus(a) for any a."
)
CLIPPED = (
    "You keep probabilities away from 0 and 1, or add a tiny number inside the logarithm. That limits the loss: a "
    "logit of 1000 that is wrong costs 1000, and needs its gradient most."
)
SMALL = (*(10.0**-n for n in range(2, 17)), 1e-20, 1e-30, 1e-37, 1e-38, 1e-45, 1e-100, 1e-300)
IN_COST = [
    (message, {"cost": cost})
    for message, costs in {
        LOG_OF_SIGMOID: [
            partial(_of_probability, sigmoid=sigmoid, precision=precision)
            for sigmoid in SIGMOIDS
            for precision in (None, "float64")
        ],
        OVERFLOW: [
            partial(formula, precision=precision)
            for formula in (_exponential, _log1p)
            for precision in (None, "float64")
        ],
        IN_SINGLE_PRECISION: [
            partial(formula, precision="float32")
            for formula in (_exponential, _log1p, *(partial(_of_probability, sigmoid=each) for each in SIGMOIDS))
        ],
        "You took the softplus of probabilities. It takes logits as they are, without a sigmoid.": [
            _not_by_the_formula
        ],
        "You took logits for probabilities, as a cross-entropy does that is not told from_logits=True.": [
            partial(_logits_taken_for_probabilities, precision=precision) for precision in PRECISIONS
        ],
        "You took max(0, a) for softplus(a), which is log(1 + e^a).": [_relu],
        "You left out the softplus: these are the losses of a Wasserstein GAN.": [_linear],
        "The logarithm is missing: a cost is -log of a probability.": [_unlogged],
        "You squared the errors of probabilities. A cost is -log of a probability.": [_squared],
        "Your losses are in bits. Take the natural logarithm.": [_bits],
        "You took logaddexp2, which computes with powers of 2. softplus(a) is log(1 + e^a).": [_powers_of_two],
    }.items()
    for cost in costs
]
LIMITED = [
    (CLIPPED, {"cost": partial(_of_probability, precision=precision, change=change, added=added)})
    for precision in PRECISIONS
    for small in SMALL
    for change, added in (
        (lambda p, s=small: np.clip(p, p.dtype.type(s), p.dtype.type(1 - s)), 0.0),
        (lambda p: p, small),
    )
]
LOGITS_CLIPPED = {
    f"You clip logits at ±{at}. A logit of 1000 that is wrong costs 1000, and needs its gradient most.": {
        "cost": _clipped(at)
    }
    for at in (5, 6, 8, 10, 15, 16, 20, 25, 30, 40, 50, 60, 70, 80, 85, 88, 90, 100, 200, 500, 700, 709)
}
IN_MEAN = {
    "You took sums over the images where means were asked for.": {"mean": np.sum},
    "You took the median over the images where the mean was asked for.": {"mean": np.median},
    "You took the largest cost of an image. The mean was asked for.": {"mean": np.max},
    "You took the first image's cost alone. The mean was asked for.": {"mean": lambda costs: costs[0]},
}
IN_FIRST = {
    "You took the softplus of the mean logit. Take the mean of the softplus of each logit.": {
        "first": lambda logits: np.mean(logits, keepdims=True)
    }
}
IN_END = {
    "The two losses are exchanged: first the discriminator's, then the generator's.": {"end": lambda d, g: (g, d)},
    "Your second number is the sum of both losses. It should be the generator's alone.": {
        "end": lambda d, g: (d, d + g)
    },
    "Both of your numbers are the generator's loss.": {"end": lambda d, g: (g, g)},
}


def _hinge(logits, label):
    return np.maximum(0, 1 + (-logits if label else logits).astype(float))


def _of_size(logits, label):
    return softplus(-np.abs(logits.astype(float)))


def _against_one(logits, label):
    return np.logaddexp(1, (-logits if label else logits).astype(float))


def _zero_where_infinite(logits, label, precision=None):
    costs = _log1p(logits, label, precision)
    return np.where(np.isfinite(costs), costs, 0)


def _cut(loss):
    def of_as_many(real, fake, cost, mean):
        n = min(len(real), len(fake))
        return loss(real[:n], fake[:n], cost, mean)

    return of_as_many


ALONE = [
    ("You took hinge losses. Take the softplus.", {"cost": _hinge}),
    (
        "You took softplus(-|a|), with the absolute value of the logit. It is the last term of a formula for "
        "softplus(a) that lacks its first, max(0, a).",
        {"cost": _of_size},
    ),
    ("You took logaddexp(1, a), log(e^1 + e^a). softplus(a) is log(e^0 + e^a).", {"cost": _against_one}),
    (
        "You took decimal logarithms. Take natural ones.",
        {"cost": lambda logits, label: from_logits(logits.astype(float), label) / np.log(10)},
    ),
    (
        "You cut the logits to integers. They have decimals.",
        {"cost": lambda logits, label: from_logits(np.trunc(logits).astype(float), label)},
    ),
    (
        "You cut real and fake logits to the smaller number of the two. Each mean is over all of its images.",
        {"discriminator": _cut(_discriminator), "generator": _cut(_generator)},
    ),
    *(
        (
            "You put 0 where e^a is infinite to a computer, or leave these images out of the sum. There "
            "softplus(a) is a: np.logaddexp(0, a) gives it.",
            {"cost": partial(_zero_where_infinite, precision=precision)},
        )
        for precision in (None, "float64")
    ),
]
GROUPS = (IN_DISCRIMINATOR, IN_GENERATOR, IN_COST, IN_MEAN, IN_FIRST, IN_END)
MISTAKES = [
    *rules(gan_losses, *GROUPS, most=1),
    *rules(gan_losses, ALONE, most=1),
    *rules(gan_losses, LOGITS_CLIPPED, most=1),
    *rules(gan_losses, LIMITED, most=1),
    *rules(gan_losses, *GROUPS, least=2),
    *rules(gan_losses, dict(list(IN_GENERATOR.items())[:1]), LIMITED, least=2),
]
