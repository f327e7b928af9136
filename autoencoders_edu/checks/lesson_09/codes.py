"""Codes with factors, for 09.4: what latents know about factors, and dead ones that seem to know."""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import entr, rel_entr
from sklearn.feature_selection import mutual_info_classif


@dataclass(frozen=True, eq=False)
class Codes:
    """Codes (rows, latents) with factors (rows, factors), and what was counted about them so far."""

    codes: np.ndarray
    factors: np.ndarray
    bins: int
    counted: dict = field(default_factory=dict)

    @property
    def arguments(self):
        return self.codes, self.factors, self.bins

    @property
    def numbers(self):
        """The factors with their values renumbered 0, 1, 2, ..."""
        return self._once("numbers", lambda: np.stack([_renumbered(v) for v in self.factors.T], axis=1))

    @property
    def entropies(self):
        """Of each factor, in nats."""
        return self._once("entropies", lambda: np.array([_entropy(v) for v in self.numbers.T]))

    def entropies_of_latents(self, binning):
        return self._once(("latents", binning), lambda: np.array([_entropy(z) for z in self.binned(binning).T]))

    def binned(self, binning):
        """The number of each code's bin, (rows, latents)."""
        return self._once(("bins", binning), lambda: BINNINGS[binning](self.codes.astype(float), self.bins))

    def table(self, binning, measure):
        """What each latent knows about each factor, (latents, factors)."""
        return self._once((binning, measure), lambda: MEASURES[measure](self, binning))

    def _once(self, key, count):
        if key not in self.counted:
            self.counted[key] = count()
        return self.counted[key]


def _renumbered(column):
    return np.unique(column, return_inverse=True)[1]


def _entropy(numbers):
    return entr(np.bincount(numbers) / len(numbers)).sum()


def _in_bins(codes, bins):
    """The number of each code's bin: of equal width between smallest and largest, which is in the last."""
    low, width = codes.min(axis=0), np.ptp(codes, axis=0)
    place = (codes - low) / np.where(width > 0, width, 1) * bins
    return np.minimum(place.astype(int), bins - 1)


def _largest_alone(codes, bins):
    numbers = _in_bins(codes, bins)
    return np.where((codes == codes.max(axis=0)) & (np.ptp(codes, axis=0) > 0), bins, numbers)


def _smallest_alone(codes, bins):
    numbers = _in_bins(codes, bins) + 1
    return np.where((codes == codes.min(axis=0)) & (np.ptp(codes, axis=0) > 0), 0, numbers)


def _smallest_last(codes, bins):
    """As `_smallest_alone`, with the bin of the smallest code in the last place."""
    return (_smallest_alone(codes, bins) - 1) % (bins + 1)


def _at_quantiles(codes, bins):
    return np.stack([_between(np.quantile(z, np.linspace(0, 1, bins + 1)), z) for z in codes.T], axis=1)


def _between(edges, z):
    return np.clip(np.searchsorted(edges, z, side="right") - 1, 0, len(edges) - 2)


def _about_zero(codes, bins):
    limit = np.abs(codes).max(axis=0)
    return _of_fixed_range(codes, bins, np.where(limit > 0, limit, 1))


def _of_one_range(codes, bins):
    low, width = codes.min(), np.ptp(codes)
    return np.minimum(((codes - low) / (width or 1) * bins).astype(int), bins - 1)


def _quantiles(codes, bins):
    ranks = np.stack([_renumbered(z) for z in codes.T], axis=1)
    return (ranks * bins / (ranks.max(axis=0) + 1)).astype(int)


def _of_fixed_range(codes, bins, limit):
    return np.clip(((codes + limit) / (2 * limit) * bins).astype(int), 0, bins - 1)


BINNINGS = {
    "given": _in_bins,
    "20": lambda codes, bins: _in_bins(codes, 20),
    "10": lambda codes, bins: _in_bins(codes, 10),
    "one less": lambda codes, bins: _in_bins(codes, bins - 1),
    "one more": lambda codes, bins: _in_bins(codes, bins + 1),
    "largest alone": _largest_alone,
    "one less, largest alone": lambda codes, bins: _largest_alone(codes, bins - 1),
    "one range": _of_one_range,
    "quantiles": _quantiles,
    "at quantiles": _at_quantiles,
    "largest lost": _largest_alone,
    "smallest alone": _smallest_alone,
    "smallest lost": _smallest_last,
    "about 0": _about_zero,
    "from -3 to 3": lambda codes, bins: _of_fixed_range(codes, bins, 3),
    "raw": lambda codes, bins: np.stack([_renumbered(z) for z in codes.T], axis=1),
    "rounded": lambda codes, bins: np.stack([_renumbered(np.round(z)) for z in codes.T], axis=1),
    "sign": lambda codes, bins: (codes > 0).astype(int),
}


def _joint(case, binning):
    """Shares of the rows, (latents, factors, bins, values)."""
    bins, values = case.binned(binning), case.numbers
    shape = (bins.shape[1], values.shape[1], bins.max() + 1, values.max() + 1)
    pair = np.arange(shape[0])[:, None] * shape[1] + np.arange(shape[1])
    index = (pair * shape[2] + bins[:, :, None]) * shape[3] + values[:, None, :]
    return np.bincount(index.ravel(), minlength=np.prod(shape)).reshape(shape) / len(bins)


def _information(case, binning):
    joint = _joint(case, binning)
    return _of_table(joint[:, :, : case.bins] if binning.endswith("lost") else joint)


def _of_table(joint):
    apart = joint.sum(axis=3, keepdims=True) * joint.sum(axis=2, keepdims=True)
    return rel_entr(joint, apart).sum(axis=(2, 3))


def _of_named(start, stop):
    """What is counted if the values are taken to be called start, ..., as many as there are, or up to the largest."""

    def information(case, binning):
        first = np.array([[stop(v) - 1, start] for v in case.factors.T])
        named = (case.factors >= first[:, 1]) & (case.factors <= first[:, 0])
        joint, bins, latents = _joint(case, binning).copy(), case.binned(binning), np.arange(case.codes.shape[1])
        for k in range(case.factors.shape[1]):
            for i in np.flatnonzero(~named[:, k]):
                joint[latents, k, bins[i], case.numbers[i, k]] = 0
        return _of_table(joint)

    return information


def _with_values_in_bins(count):
    """What is counted if the values are cut into bins of equal width like the codes."""

    def information(case, binning):
        values = [_in_bins(v[:, None].astype(float), count(case, v)) for v in case.factors.T]
        return Codes(case.codes, np.concatenate(values, axis=1), case.bins).table(binning, "information")

    return information


def _of_own_ranges(case, binning):
    """What is counted if each value's codes are cut between their own smallest and largest."""
    joint = [
        [[np.histogram(z[v == u], case.bins)[0] for u in range(v.max() + 1)] for v in case.numbers.T]
        for z in case.codes.T
    ]
    return np.array([[_of_table(np.array([[j]]).swapaxes(2, 3) / len(case.codes))[0, 0] for j in row] for row in joint])


def _of_shares_of_values(case, binning):
    joint = _joint(case, binning)
    each = joint.sum(axis=2, keepdims=True)
    return _of_table(joint / np.where(each > 0, each, 1))


def _with_empty_cells(case, binning):
    """nan wherever a value that occurs has no code in a bin that is asked for."""
    joint = _joint(case, binning)[:, :, : case.bins]
    empty = (joint == 0) & (joint.sum(axis=(0, 2), keepdims=True) > 0)
    return np.where(empty.any(axis=(2, 3)), np.nan, case.table(binning, "information"))


def _correlation(case, binning):
    z, v = (a - a.mean(axis=0) for a in (case.codes.astype(float), case.factors.astype(float)))
    size = np.sqrt(np.outer((z**2).sum(axis=0), (v**2).sum(axis=0)))
    return np.abs(z.T @ v) / np.where(size > 0, size, 1)


def _per_pair_entropy(mean):
    def normalised(case, binning):
        latents, factors = case.entropies_of_latents(binning)[:, None], case.entropies[None, :]
        scale = mean(latents, factors)
        return case.table(binning, "information") / np.where(scale > 0, scale, 1)

    return normalised


def _by_neighbours(case, binning):
    """The estimate of scikit-learn for continuous codes."""
    codes = case.codes.astype(float)
    return np.stack([mutual_info_classif(codes, v, random_state=0) for v in case.numbers.T], axis=1)


MEASURES = {
    "information": _information,
    "bits": lambda case, binning: case.table(binning, "information") / np.log(2),
    "correlation": _correlation,
    "squared correlation": lambda case, binning: _correlation(case, binning) ** 2,
    "normalised": _per_pair_entropy(lambda a, b: (a + b) / 2),
    "geometric": _per_pair_entropy(lambda a, b: np.sqrt(a * b)),
    "joint entropy": lambda case, binning: entr(_joint(case, binning)).sum(axis=(2, 3)),
    "named from 0": _of_named(0, lambda v: len(np.unique(v))),
    "named from 1": _of_named(1, lambda v: len(np.unique(v)) + 1),
    "not negative": _of_named(0, lambda v: v.max() + 1),
    "values in bins": _with_values_in_bins(lambda case, v: case.bins),
    "values in as many bins": _with_values_in_bins(lambda case, v: len(np.unique(v))),
    "own ranges": _of_own_ranges,
    "shares of values": _of_shares_of_values,
    "shares of values and 0": _of_shares_of_values,
    "negative": lambda case, binning: -case.table(binning, "information"),
    "negative and 0": lambda case, binning: -case.table(binning, "information"),
    "empty cells": _with_empty_cells,
    "neighbours": _by_neighbours,
    "given the latent": lambda case, binning: case.entropies - case.table(binning, "information"),
}


def draw(rng, rows, values, latents, bins, dtype="float64", constant=(), whole=False, near=False):
    """Codes with factors.

    Args:
        values: how many values each factor takes.
        latents: (factor, noise, stddev) of each, and where its mean is not to be drawn, the mean. It holds the factor's
            value, in shuffled order, with noise.
        constant: places of factors that never change.
        near: factors whose values are 0, their number and others, so that it shows from where an answer counts them.
        whole: codes that are whole numbers between 0 and 31, so that some occur several times.
    """
    factors = np.stack([_factor(rng, rows, count, near) for count in values], axis=1)
    columns = []
    for factor, noise, stddev, *middle in latents:
        shuffled = rng.permutation(len(np.unique(factors[:, factor])))[_renumbered(factors[:, factor])]
        z = shuffled / max(1, shuffled.std()) + noise * rng.normal(size=rows)
        z = (z - z.mean()) / z.std()
        far = rng.choice([-1, 1]) * rng.uniform(0.3, 3)
        columns.append(stddev * z + (middle[0] if middle else far))
    for place in constant:
        factors = np.insert(factors, place, rng.integers(2, 9), axis=1)
    codes = np.stack(columns, axis=1)[:, rng.permutation(len(columns))]
    if whole:
        codes = np.rint(31 * (codes - codes.min(axis=0)) / np.ptp(codes, axis=0)).astype(int)
        return Codes(codes, factors, bins)
    codes = codes.astype(dtype)
    return Codes(_off_the_lines(codes, bins).astype(dtype), factors, bins)


def _factor(rng, rows, count, near):
    """Whole numbers, of `count` values that are neither 0, 1, 2, ... nor equally frequent."""
    names = rng.choice(np.arange(-9, 20), count, replace=False)
    if near:
        others = np.setdiff1d(np.arange(-3, count + 6), [0, count])
        names = rng.permutation([0, count, *rng.choice(others, count - 2, replace=False)])
    shares = rng.uniform(0.4, 1, count) ** 2
    numbers = np.concatenate([np.arange(count), rng.choice(count, rows - count, p=shares / shares.sum())])
    return names[rng.permutation(numbers)]


def _off_the_lines(codes, bins):
    """The codes, with those moved that lie so near the line between two bins that rounding decides."""
    codes = codes.astype(float)
    low, width = codes.min(axis=0), np.ptp(codes, axis=0)
    place = (codes - low) / np.where(width > 0, width, 1) * bins
    near = (np.abs(place - np.round(place)) < 0.01) & (codes > low) & (codes < codes.max(axis=0))
    return np.where(near, codes + 0.05 * width / bins, codes)
