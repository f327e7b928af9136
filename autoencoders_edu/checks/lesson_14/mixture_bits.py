"""Bits under a mixture of logistics, their gradients, and what mistakes make of them, for 14.5."""

from functools import partial

import numpy as np
from scipy.special import expit, log_expit, ndtr, softmax

from autoencoders_edu.checks.shared.combined import marked, rules


def exact_bits(z, weights, means, scales):
    """The bits, in logarithms all the way: (batch, columns)."""
    z, weights, means, scales = (np.asarray(each, float) for each in (z, weights, means, scales))
    distance = np.abs(z[:, :, None] - means)
    upper, lower = (log_expit((half - distance) / scales) for half in (0.5, -0.5))
    logs = np.log(weights) + upper + np.log1p(-np.exp(lower - upper))
    return -np.logaddexp.reduce(logs, axis=2) / np.log(2)


def exact_gradients(upstream, z, weights, means, scales):
    """The gradients of sum(upstream * bits) for z, weights, means and scales."""
    upstream, z, weights, means, scales = (np.asarray(each, float) for each in (upstream, z, weights, means, scales))
    away = z[:, :, None] - means
    distance, side = np.abs(away), np.sign(away)
    a, b = (0.5 - distance) / scales, (-0.5 - distance) / scales
    masses = expit(a) - expit(b)
    factor = -upstream[:, :, None] / (np.log(2) * np.sum(weights * masses, axis=2, keepdims=True))
    slope_a, slope_b = (expit(x) * expit(-x) for x in (a, b))
    of_z = factor * weights * -side * (slope_a - slope_b) / scales
    of_scales = factor * weights * -(a * slope_a - b * slope_b) / scales
    return of_z.sum(axis=2), (factor * masses).sum(axis=0), -of_z.sum(axis=0), of_scales.sum(axis=0)


def bits(
    z,
    weights,
    means,
    scales,
    width="scale",
    shape="logistic",
    interval="half",
    mass="mass",
    lost="nothing",
    share="given",
    mix="logarithm last",
    tail="exact",
    log="bits",
    finish="each",
):
    """The bits, marked; each option puts one mistake in."""
    z, weights, means, scales = (np.asarray(each, float) for each in (z, weights, means, scales))
    away, scales = z[:, :, None] - means, WIDTHS[width](scales)
    low, high = INTERVALS[interval]
    masses = SHAPES[shape](away, scales, low, high) if mass == "mass" else MASSES[mass](away, scales)
    masses = np.where(LOST[lost](away, z[:, :, None], np.sum(weights * means, axis=1)[:, None]), 0, masses)
    nats = MIXES[mix](SHARES[share](weights), masses, TAILS[tail])
    return marked(FINISH[finish](LOGS[log](nats)))


def _logistic(away, scales, low, high):
    """F(z + high) - F(z + low), computed where both are small."""
    side = np.where(away + (low + high) / 2 > 0, -1.0, 1.0)
    ends = expit(side * (away + low) / scales), expit(side * (away + high) / scales)
    return np.abs(ends[1] - ends[0])


def _normal(away, scales, low, high):
    side = np.where(away + (low + high) / 2 > 0, -1.0, 1.0)
    return np.abs(ndtr(side * (away + high) / scales) - ndtr(side * (away + low) / scales))


def _tanh(away, scales, low, high):
    return 2 * _logistic(away, scales / 2, low, high)


def _slope(away, scales):
    return expit(-np.abs(away) / scales) * expit(np.abs(away) / scales)


WIDTHS = {
    "scale": lambda scales: scales,
    "exp": np.exp,
    "inverse": lambda scales: 1 / scales,
    "squared": np.square,
    "root": np.sqrt,
    "stddev": lambda scales: scales * np.sqrt(3) / np.pi,
    "softplus": lambda scales: np.logaddexp(0, scales),
    "left out": np.ones_like,
}
SHAPES = {"logistic": _logistic, "normal": _normal, "tanh": _tanh}
INTERVALS = {
    "half": (-0.5, 0.5),
    "one each side": (-1, 1),
    "quarter": (-0.25, 0.25),
    "to the right": (0, 1),
    "to the left": (-1, 0),
    "half to the right": (0, 0.5),
    "half to the left": (-0.5, 0),
}
MASSES = {
    "density": lambda away, scales: _slope(away, scales) / scales,
    "slope": _slope,
    "cumulative": lambda away, scales: expit(away / scales),
    "cumulative above": lambda away, scales: expit((away + 0.5) / scales),
    "upper end of the reflected": lambda away, scales: expit((0.5 - np.abs(away)) / scales),
    "half before the scale": lambda away, scales: _logistic(away / scales, 1.0, -0.5, 0.5),
}
LOST = {
    "nothing": lambda away, z, centre: False,
    "right": lambda away, z, centre: away > 0,
    "left": lambda away, z, centre: away < 0,
    "other side of 0": lambda away, z, centre: (away > 0) != (z > 0),
    "other side of the centre": lambda away, z, centre: (away > 0) != (z > centre),
    "on the mean": lambda away, z, centre: away == 0,
    "at 0": lambda away, z, centre: z == 0,
    "at the centre": lambda away, z, centre: z == centre,
}
SHARES = {
    "given": lambda weights: weights,
    "softmax": lambda weights: softmax(weights, axis=1),
    "softmax of columns": lambda weights: softmax(weights, axis=0),
    "left out": np.ones_like,
    "equal": lambda weights: np.full_like(weights, 1 / weights.shape[1]),
    "exp": np.exp,
    "squared": np.square,
    "first": lambda weights: np.eye(weights.shape[1])[np.zeros(len(weights), int)],
    "normalised over columns": lambda weights: weights / weights.sum(axis=0),
}
MIXES = {
    "logarithm last": lambda w, masses, tail: -np.log(tail(np.sum(w * masses, axis=2))),
    "mean of logarithms": lambda w, masses, tail: -np.sum(w * np.log(tail(masses)), axis=2),
    "sum of logarithms": lambda w, masses, tail: -np.sum(np.log(tail(w * masses)), axis=2),
    "largest": lambda w, masses, tail: -np.log(tail(np.max(w * masses, axis=2))),
    "mean": lambda w, masses, tail: -np.log(tail(np.mean(w * masses, axis=2))),
    "each": lambda w, masses, tail: -np.log(tail(w * masses)),
    "columns": lambda w, masses, tail: -np.log(tail(np.sum(w * masses, axis=1))),
}
TINY = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1.1920929e-07, 2.220446e-16, 1e-24)
TAILS = {
    "exact": lambda mass: mass,
    **{f"at least {small}": lambda mass, small=small: np.maximum(mass, small) for small in TINY},
    **{f"plus {small}": lambda mass, small=small: mass + small for small in TINY},
}
LOGS = {
    "bits": lambda nats: nats / np.log(2),
    "nats": lambda nats: nats,
    "base 10": lambda nats: nats / np.log(10),
    "negative": lambda nats: -nats / np.log(2),
    "negative nats": lambda nats: -nats,
    "multiplied": lambda nats: nats * np.log(2),
    "probability": lambda nats: np.exp(-nats),
    "bytes": lambda nats: nats / np.log(2) / 8,
    "whole": lambda nats: np.ceil(nats / np.log(2)),
}
FINISH = {
    "each": lambda bits: bits,
    "rows": lambda bits: bits.sum(axis=1),
    "rows, kept": lambda bits: bits.sum(axis=1, keepdims=True),
    "means of rows": lambda bits: bits.mean(axis=1),
    "columns": lambda bits: bits.sum(axis=0),
    "means of columns": lambda bits: bits.mean(axis=0),
    "sum": lambda bits: bits.sum(),
    "mean": lambda bits: bits.mean(),
    "mean of sums": lambda bits: bits.sum(axis=1).mean(),
    "transposed": lambda bits: bits.T,
    "squeezed": np.squeeze,
    "kept": lambda bits: bits[..., None],
}

IN_WIDTH = {
    "You took exp of the scales. They are scales already, and positive.": {"width": "exp"},
    "You multiplied by the scale. Divide by it: a larger scale spreads the density.": {"width": "inverse"},
    "You squared the scales.": {"width": "squared"},
    "You took the root of the scales.": {"width": "root"},
    "You took the scale for the standard deviation, which is scale * pi / sqrt(3). Divide by the scale.": {
        "width": "stddev"
    },
    "You took softplus of the scales. They are scales already, and positive.": {"width": "softplus"},
    "The scales are missing: divide the distance from the mean by them.": {"width": "left out"},
}
IN_INTERVAL = {
    "Your interval is from z - 1 to z + 1, twice as wide as a symbol. Go half a step to each side.": {
        "interval": "one each side"
    },
    "Your interval is from z - 1/4 to z + 1/4, half as wide as a symbol. Go half a step to each side.": {
        "interval": "quarter"
    },
    "Your interval is from z to z + 1. Rounding to z takes in what lies half a step to each side.": {
        "interval": "to the right"
    },
    "Your interval is from z - 1 to z. Rounding to z takes in what lies half a step to each side.": {
        "interval": "to the left"
    },
    "Your interval is from z to z + 1/2, and its other half is missing.": {"interval": "half to the right"},
    "Your interval is from z - 1/2 to z, and its other half is missing.": {"interval": "half to the left"},
    "You took the density at z. A symbol's probability is the mass from z - 1/2 to z + 1/2: F at both ends.": {
        "mass": "density"
    },
    "You took sigmoid(a) * sigmoid(-a), the density but for its factor 1 / scale. A symbol's probability is the mass "
    "from z - 1/2 to z + 1/2: F at both ends.": {"mass": "slope"},
    "You took F(z). A symbol's probability is F(z + 1/2) - F(z - 1/2).": {"mass": "cumulative"},
    "You took F(z + 1/2) alone. Subtract F(z - 1/2).": {"mass": "cumulative above"},
    "You took the upper end of the reflected interval alone, sigmoid((1/2 - |z - mean|) / scale). Subtract the lower "
    "one.": {"mass": "upper end of the reflected"},
    "The halves are added after the division by the scale. They are halves of a step, in units of z: (z + 1/2 - "
    "mean) / scale.": {"mass": "half before the scale"},
    "This is the mass under normal distributions. The mixture is of logistic ones: F is a sigmoid.": {
        "shape": "normal"
    },
    "You took tanh for the sigmoid: it rises twice as fast, from -1 to 1.": {"shape": "tanh"},
}
IN_SHARE = {
    "You took the softmax of the weights. They are positive and sum to 1 already.": {"share": "softmax"},
    "You took the softmax of the weights, over the columns. They are positive and sum to 1 already.": {
        "share": "softmax of columns"
    },
    "The weights are missing.": {"share": "left out"},
    "All components count alike in your mixture. Use the weights.": {"share": "equal"},
    "You took exp of the weights. They are weights already, and sum to 1.": {"share": "exp"},
    "The weights are squared: they stand in your formula twice.": {"share": "squared"},
    "You used the first component alone.": {"share": "first"},
    "You divided the weights by their sum over the columns. They sum to 1 over the components already.": {
        "share": "normalised over columns"
    },
}
IN_MIX = {
    "You averaged the bits of the components. The masses are averaged, and the logarithm comes last.": {
        "mix": "mean of logarithms"
    },
    "You added up the logarithms of the components. The masses are added up, and the logarithm comes last.": {
        "mix": "sum of logarithms"
    },
    "You took the component of the largest mass alone. All of them count.": {"mix": "largest"},
    "You took the mean over the components after the weights. Their weighted sum was asked for.": {"mix": "mean"},
    "You returned one number per component. Add their weighted masses up, before the logarithm.": {"mix": "each"},
    "You added up axis 1, the columns. Each column is a latent of its own; add up the components, the last axis.": {
        "mix": "columns"
    },
}
CUT = (
    "The mass is kept above a small number, or one is added to it, so that a latent far away takes too few bits. "
    "Compute the mass so that it is not 0: no such number is needed."
)
TAIL = {f"{CUT} {name}": {"tail": name} for name in TAILS if name != "exact"}
IN_LOG = {
    "This is in nats. Bits are made with the logarithm to the base 2, or divide by log 2.": {"log": "nats"},
    "Your logarithm is to the base 10. Bits are made with that to the base 2.": {"log": "base 10"},
    "The sign is wrong: the logarithm of a mass below 1 is negative, and bits are not.": {"log": "negative"},
    "The sign is wrong, and this is in nats: -log2 was asked for.": {"log": "negative nats"},
    "You multiplied by log 2. To get bits, divide by it.": {"log": "multiplied"},
    "You returned the mass. Its -log2 was asked for.": {"log": "probability"},
    "This is in bytes. Bits were asked for.": {"log": "bytes"},
    "You rounded the bits up. An entropy coder need not, and rounding has no gradient.": {"log": "whole"},
}
IN_FINISH = {
    "You added up the columns. Each latent's bits were asked for by themselves: (batch, columns).": {"finish": "rows"},
    "You added up the columns and kept their axis. Each latent's bits were asked for by themselves: (batch, "
    "columns).": {"finish": "rows, kept"},
    "You averaged over the columns. Each latent's bits were asked for by themselves: (batch, columns).": {
        "finish": "means of rows"
    },
    "You added up the batch. Each latent's bits were asked for by themselves: (batch, columns).": {"finish": "columns"},
    "You averaged over the batch. Each latent's bits were asked for by themselves: (batch, columns).": {
        "finish": "means of columns"
    },
    "You added up everything. Each latent's bits were asked for by themselves: (batch, columns).": {"finish": "sum"},
    "You averaged over everything. Each latent's bits were asked for by themselves: (batch, columns).": {
        "finish": "mean"
    },
    "You returned the mean over the batch of the bits of all latents. Each latent's bits were asked for by themselves: "
    "(batch, columns).": {"finish": "mean of sums"},
    "You returned (columns, batch): transpose it.": {"finish": "transposed"},
    "An axis of length 1 is lost where there is one row or one column: (batch, columns) was asked for.": {
        "finish": "squeezed"
    },
    "You kept an axis of length 1 for the components: (batch, columns) was asked for.": {"finish": "kept"},
}
LOSES = {
    f"Far to the {side} of the means the mass is lost: there, F(z + 1/2) and F(z - 1/2) are both {end} in single "
    f"precision, and so is their difference 0. On the other side of a mean, at the same distance, the mass is the "
    "same.": {"lost": side}
    for side, end in (("right", 1), ("left", 0))
}


OWN = "A latent may lie to the right of one component and to the left of another: decide for each of them, by z - mean."
BY_ZERO = f"You reflect by the sign of z, whatever the means are. {OWN}"
BY_CENTRE = f"You reflect by one centre for all components. {OWN}"
NO_SIDE = (
    "keras.ops.sign is 0 where its argument is 0, and there F(z + 1/2) and F(z - 1/2) become equal and the mass is "
    "lost. Take a side for that case as well, or -|z - mean|, which needs none."
)
ON_A_MEAN = list(
    rules(
        bits,
        {
            f"Your bits are right but where z lies on a mean. {NO_SIDE}": {"lost": "on the mean"},
            f"Your bits are right but where z is 0. {NO_SIDE} {OWN}": {"lost": "at 0"},
            f"Your bits are right but where z is the mean of the whole mixture. {NO_SIDE} {OWN}": {
                "lost": "at the centre"
            },
        },
        most=1,
    )
)


def _summed_first(of_centre):
    """F at both ends, reflected for the whole mixture: where a component far away is at 1, all masses are lost."""

    def rule(z, weights, means, scales):
        side = z > of_centre(weights, means)
        away = z[:, :, None] - means
        at_one = ((away > 0) != side[:, :, None]) & (np.abs(away) > 17 * scales)
        return marked(np.where(at_one.any(axis=2), np.inf, exact_bits(z, weights, means, scales)))

    return rule


SIDES = [
    *rules(bits, {BY_ZERO: {"lost": "other side of 0"}, BY_CENTRE: {"lost": "other side of the centre"}}, most=1),
    (BY_ZERO, _summed_first(lambda weights, means: 0)),
    (BY_CENTRE, _summed_first(lambda weights, means: np.sum(weights * means, axis=1))),
]


def _of_rounded(z, *mixture):
    return bits(np.round(z), *mixture)


def _of_cut(z, *mixture):
    return bits(np.floor(z), *mixture)


def _of_absolute(z, *mixture):
    return bits(np.abs(z), *mixture)


def _of_one_mean(z, weights, means, scales):
    middle = np.sum(weights * means, axis=1, keepdims=True)
    return bits(z, weights, np.broadcast_to(middle, np.shape(means)), scales)


GROUPS = (IN_WIDTH, IN_INTERVAL, IN_SHARE, IN_MIX, IN_LOG, IN_FINISH)
MISTAKES = [
    *rules(bits, *GROUPS, most=1),
    ("z is rounded. Noise stands in for rounding here, so that z is taken as it is.", _of_rounded),
    (
        "You took the absolute value of z. The logistic is symmetric around its mean: take that of z - mean.",
        _of_absolute,
    ),
    (
        "All components of a column lie around one mean, that of the mixture. Each has its own mean.",
        _of_one_mean,
    ),
    ("z is cut to whole numbers. Noise stands in for rounding here, so that z is taken as it is.", _of_cut),
    *((CUT, rule) for _, rule in rules(bits, TAIL, most=1)),
    *rules(bits, *GROUPS, least=2),
]
FAR_MISTAKES = [
    *((CUT, rule) for _, rule in rules(bits, TAIL, most=1)),
    *rules(bits, LOSES, most=1),
    *((f"{loss} {CUT}", partial(bits, **options, tail=name)) for loss, options in LOSES.items() for name in TAILS),
]
