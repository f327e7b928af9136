"""What misconceptions make of a table whose columns are to be standardised (03.6)."""

import warnings
from itertools import combinations, product

import numpy as np


def scaled(
    train,
    x,
    mean_of="train",
    spread_of="train",
    mean_per="column",
    spread_per="column",
    centre="mean",
    spread="stddev",
    gaps="left out",
    in_x="kept",
    constant="centred",
    end="as it is",
):
    """x, standardised column by column with the statistics of train; each option puts one mistake in."""
    train, x = np.asarray(train, float), np.asarray(x, float)
    sources = {"train": train, "x": x, "both": np.concatenate([train, x])}
    shown = np.nan_to_num(x) if in_x == "zeros before" else x
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # the mean of nothing
        middle = _reduced(CENTRES[centre], sources[mean_of], mean_per, gaps)
        width = _reduced(SPREADS[spread], sources[spread_of], spread_per, gaps)
        width = AT_ZERO.get(constant, _kept)(np.asarray(width, float))
        result = (shown - middle) / width
        result = (
            np.where(width == 0, OF_CONSTANT[constant](shown, result), result) if constant in OF_CONSTANT else result
        )
        result = np.where(np.isnan(x), 0, result) if in_x == "zeros after" else result
        return ENDS[end](result)


def _reduced(statistic, table, per, gaps):
    """The statistic of each column (columns,), of the table (), or of each row (rows, 1)."""
    if gaps == "zeros":
        table = np.nan_to_num(table)
    if gaps == "complete rows":
        table = table[~np.isnan(table).any(axis=1)]
    if gaps == "means":
        table = np.where(np.isnan(table), np.nanmean(table, axis=0), table)
    value = statistic(table, {"column": 0, "table": None, "row": 1}[per])
    if gaps == "spreading":
        axis = {"column": 0, "table": None, "row": 1}[per]
        value = np.where(np.isnan(table).any(axis=axis), np.nan, value)
    return value[:, None] if per == "row" else value


def _kept(width):
    return np.where(width == 0, 1, width)


def _deviation(table, axis):
    return np.nanmean(np.abs(table - np.nanmean(table, axis=axis, keepdims=True)), axis=axis)


def _quartiles(table, axis):
    return np.nanquantile(table, 0.75, axis=axis) - np.nanquantile(table, 0.25, axis=axis)


CENTRES = {
    "mean": np.nanmean,
    "median": np.nanmedian,
    "min": np.nanmin,
    "none": lambda table, axis: np.zeros(np.nanmean(table, axis=axis).shape),
}
SPREADS = {
    "stddev": np.nanstd,
    "n - 1": lambda table, axis: np.nanstd(table, axis=axis, ddof=1),
    "variance": np.nanvar,
    "n - 1, variance": lambda table, axis: np.nanvar(table, axis=axis, ddof=1),
    "root of stddev": lambda table, axis: np.sqrt(np.nanstd(table, axis=axis)),
    "none": lambda table, axis: np.ones(np.nanmean(table, axis=axis).shape),
    "inverse": lambda table, axis: 1 / np.nanstd(table, axis=axis),
    "range": lambda table, axis: np.nanmax(table, axis=axis) - np.nanmin(table, axis=axis),
    "largest": np.nanmax,
    "largest size": lambda table, axis: np.nanmax(np.abs(table), axis=axis),
    "from zero": lambda table, axis: np.sqrt(np.nanmean(table**2, axis=axis)),
    "mean": np.nanmean,
    "deviation": _deviation,
    "quartiles": _quartiles,
}
SMALL = [10.0**-n for n in range(3, 17)]
AT_ZERO = {  # what becomes of the widths
    "divided": lambda width: width,
    "all zeros": lambda width: width,
    "unchanged": lambda width: width,
    **{eps: lambda width, eps=eps: np.where(width == 0, eps, width) for eps in SMALL},
}
OF_CONSTANT = {  # what becomes of a column without spread
    "all zeros": lambda shown, result: np.zeros(shown.shape),
    "unchanged": lambda shown, result: shown,
}
ENDS = {
    "as it is": lambda result: result,
    **{("clipped", n): lambda result, n=n: np.clip(result, -n, n) for n in (1, 2, 3, 4, 5, 10)},
    **{("rounded", n): lambda result, n=n: np.round(result, n) for n in (0, 1, 2, 3, 4)},
}

NOT_ONE_ROW = "the same passenger would get other numbers in another batch, and a batch of one only zeros."
# From messages to the options of `scaled`; mistakes in one of these dicts exclude each other.
SOURCES = {
    f"Mean and stddev come from x, the rows to be scaled, so that {NOT_ONE_ROW} Take both from train.": {
        "mean_of": "x",
        "spread_of": "x",
    },
    "You computed mean and stddev from train and x together. What is scaled later must not change them: take both "
    "from train alone.": {"mean_of": "both", "spread_of": "both"},
    "The means come from x, the stddevs from train. Take both from train.": {"mean_of": "x"},
    "The stddevs come from x, the means from train. Take both from train.": {"spread_of": "x"},
}
AXES = {
    "You took one mean and one stddev of the whole table: the columns keep their different scales. Each column has "
    "its own, along axis 0.": {"mean_per": "table", "spread_per": "table"},
    "You subtracted one mean, that of the whole table. Each column has its own, along axis 0.": {"mean_per": "table"},
    "You divided by one stddev, that of the whole table. Each column has its own, along axis 0.": {
        "spread_per": "table"
    },
    "You scaled each row of x by its own mean and stddev (axis 1). A row mixes pounds and years: scale columns, "
    "along axis 0.": {"mean_of": "x", "spread_of": "x", "mean_per": "row", "spread_per": "row"},
}
WIDTHS = {
    "You divided by the variance. Its unit is the square of the column's: divide by the standard deviation, its "
    "root.": {"spread": "variance"},
    "You divided by a variance, of n - 1: divide by the standard deviation, with n, the number of entries.": {
        "spread": "n - 1, variance"
    },
    "Your stddev divides by n - 1 (as pandas does, and ddof=1). Here it is asked for with n, the number of entries.": {
        "spread": "n - 1"
    },
    "You divided by the root of the standard deviation, which is itself a root already.": {"spread": "root of stddev"},
    "You subtracted the mean, and did not divide: the columns keep their different scales.": {"spread": "none"},
    "You multiplied by the stddev. Divide by it: wide columns have to become narrower.": {"spread": "inverse"},
    "You divided by the range, largest minus smallest: one outlier decides it. Divide by the stddev.": {
        "spread": "range"
    },
    "You scaled each column to the range from 0 to 1 (min-max). Asked for are mean 0 and stddev 1.": {
        "centre": "min",
        "spread": "range",
    },
    "You divided by the column's largest value. Divide by the stddev.": {"spread": "largest"},
    "You divided by the column's largest absolute value. Divide by the stddev.": {"spread": "largest size"},
    "You divided by the root of the mean square, measured from 0. The stddev is measured from the mean.": {
        "spread": "from zero"
    },
    "You divided by the mean. Divide by the stddev.": {"spread": "mean"},
    "You divided by the mean absolute deviation. Divide by the stddev.": {"spread": "deviation"},
    "You took median and quartiles (a robust scaler). Asked for are mean and stddev.": {
        "centre": "median",
        "spread": "quartiles",
    },
    "You subtracted the median. Subtract the mean.": {"centre": "median"},
    "You subtracted the smallest value. Subtract the mean.": {"centre": "min"},
    "You divided by the stddev without subtracting the mean.": {"centre": "none"},
}
GAPS = {
    "You put 0 in the gaps of train before you computed mean and stddev: gaps pull the mean towards 0. Leave them "
    "out (np.nanmean, np.nanstd).": {"gaps": "zeros"},
    "One gap in a column of train makes the whole column nan: the mean of nan is nan. Leave the gaps out "
    "(np.nanmean, np.nanstd).": {"gaps": "spreading"},
    "You dropped the rows of train that have a gap. Their other entries count as well: leave out the gaps alone "
    "(np.nanmean, np.nanstd).": {"gaps": "complete rows"},
    "You filled the gaps of train with the column's mean. Each then counts as an entry without any deviation, and "
    "the stddev comes out too small: leave the gaps out.": {"gaps": "means"},
}
GAPS_OF_X = {
    "You put 0 in the gaps of x before scaling: 0 pounds is a price, not a gap. Gaps stay nan.": {
        "in_x": "zeros before"
    },
    "Gaps of x come out as 0, the column's mean. Filling them is another step: here they stay nan.": {
        "in_x": "zeros after"
    },
}
CONSTANTS = {
    "A column that is constant in train has stddev 0, and you divided by it. Such a column has no spread: subtract "
    "its mean, and divide by nothing.": {"constant": "divided"},
    "A column that is constant in train comes out as 0, whatever x holds there. Subtract its mean: an entry that "
    "differs has to show.": {"constant": "all zeros"},
    "A column that is constant in train is left as it is. Subtract its mean.": {"constant": "unchanged"},
    **{
        f"In a column that is constant in train you divide by {eps:.0e} or so, put there against a division by 0: a "
        "small difference becomes huge. Divide by nothing there.": {"constant": eps}
        for eps in SMALL
    },
}
ENDINGS = {
    **{
        f"You cut the result off at {n} and -{n}. Return it as it is.": {"end": ("clipped", n)}
        for n in (1, 2, 3, 4, 5, 10)
    },
    **{
        f"You rounded the result{f' to {n} digits' if n else ''}. Return it as it is.": {"end": ("rounded", n)}
        for n in (0, 1, 2, 3, 4)
    },
}


def rules(*groups):
    """(message, rule) for each mistake in these groups, for pairs of one group and another, and so on."""
    for size in range(1, len(groups) + 1):
        for some in combinations(groups, size):
            for chosen in product(*(group.items() for group in some)):
                options = {key: value for _, more in chosen for key, value in more.items()}
                yield _together([message for message, _ in chosen]), _rule(options)


def _together(messages):
    return " ".join([*(["Two things.", "Three things."][len(messages) - 2 : len(messages) - 1]), *messages])


def _rule(options):
    return lambda train, x: marked(scaled(train, x, **options))


def marked(values):
    """The values with large numbers for nan and infinities, which compare like others."""
    return np.nan_to_num(np.asarray(values, float), nan=-1e30, posinf=2e30, neginf=-2e30)


WITHOUT_GAPS = [*rules(SOURCES, AXES, WIDTHS), *rules(ENDINGS)]
WITH_GAPS = [*rules(GAPS, GAPS_OF_X)]
WITH_CONSTANTS = [*rules(CONSTANTS)]
