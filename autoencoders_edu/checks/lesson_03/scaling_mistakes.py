"""What misconceptions make of a table whose columns are to be standardised (03.6), under their messages."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_03.scaling import SMALL, scaled
from autoencoders_edu.checks.shared.combined import marked, rules

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
    "You divided by the stddev where it is above 1, else by 1. A column of small numbers is then left narrow.": {
        "spread": "at least 1"
    },
    "You divided by the root of the sum of squared deviations. The stddev is the root of their mean.": {
        "spread": "root of sum"
    },
    **{
        f"You added {options[1]:g} {place}. That is no small number beside the stddev of a narrow column: divide by "
        "the stddev alone.": {"spread": options}
        for options, place in (
            *((("more", eps), "to the stddev") for eps in (1, 0.1, 0.01, 1e-3, 1e-4)),
            *((("more in the root", eps), "to the variance") for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6)),
        )
    },
}
SIGNS = {
    "You divided first, and subtracted the mean then: it is in pounds, and what it is subtracted from no longer is. "
    "Subtract, then divide.": {"form": "mean last"},
    "Only the mean is divided by the stddev: division goes before subtraction. (x - mean) needs brackets.": {
        "form": "no brackets"
    },
    "You subtracted x from the mean, the wrong way round: what is above the mean has to be positive.": {
        "form": "turned"
    },
    "You added the mean. Subtract it.": {"form": "plus"},
}
GAPS = {
    "You put 0 in the gaps of train before you computed mean and stddev: gaps pull the mean towards 0. Leave them "
    "out (np.nanmean, np.nanstd).": {"gaps": "zeros"},
    "One gap in a column of train makes the whole column nan: the mean of nan is nan. Leave the gaps out "
    "(np.nanmean, np.nanstd).": {"gaps": "spreading"},
    "You dropped the rows of train that have a gap. Their other entries count as well: leave out the gaps alone "
    "(np.nanmean, np.nanstd).": {"gaps": "complete rows"},
    "Gaps of train count in your stddev as entries without any deviation, as if they held the column's mean, and it "
    "comes out too small: divide by the number of entries that are there.": {"gaps": "means"},
    "Mean and stddev are sums over the entries of train that are there, but divided by the number of rows. Divide by "
    "the number of these entries.": {"gaps": "counted"},
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
    "You divided by a stddev of 0 and put the largest number there is in place of the infinities. Divide by nothing "
    "where a column has no spread.": {"constant": "infinities replaced"},
    "A column that is constant in train is divided by its mean. Divide by nothing there.": {"constant": "by the mean"},
    "A column that is constant in train is divided by the largest stddev of the others. Divide by nothing there.": {
        "constant": "by the largest"
    },
    "As soon as one column has no spread, none is divided. Decide for each column.": {"constant": "none divided"},
}
ENDINGS = {
    "Where x holds whole numbers, the result was cut to whole numbers: np.zeros_like(x) and np.empty_like(x) have the "
    "type of x. Make an array of floats.": {"end": "type of x"},
    **{
        f"You cut the result off at {n} and -{n}. Return it as it is.": {"end": ("clipped", n)}
        for n in (1, 2, 3, 4, 5, 10)
    },
    **{
        f"You rounded the result{f' to {n} digits' if n else ''}. Return it as it is.": {"end": ("rounded", n)}
        for n in (0, 1, 2, 3, 4)
    },
}


ONE_ROW = {
    "Where x has no spread, you did not divide. It is the spread of train that decides: x may be a single row.": {
        "constant": "of x"
    },
}


def _scaled(train, x, **options):
    return marked(scaled(train, x, **options))


WITHOUT_GAPS = [*rules(_scaled, SOURCES, AXES, WIDTHS, most=3), *rules(_scaled, SIGNS), *rules(_scaled, ENDINGS)]
WITH_GAPS = [*rules(_scaled, GAPS, GAPS_OF_X), *rules(_scaled, ONE_ROW)]
WITH_CONSTANTS = [
    *rules(_scaled, CONSTANTS),
    *(
        (
            f"In a column that is constant in train you divide by {eps:.0e} or so, put there against a division by 0: "
            "a small difference becomes huge. Divide by nothing there.",
            partial(_scaled, constant=way),
        )
        for eps in SMALL
        for way in (eps, ("added", eps), ("at least", eps))
    ),
    *(
        (
            "A column whose entries in train lie close together, but differ, is not divided. A small stddev is a "
            "spread as well: that of lengths in kilometres, for example.",
            partial(_scaled, constant=("small", eps)),
        )
        for eps in (0.1, 0.01, 1e-3, 1e-4)
    ),
]
OTHER_TABLES = {
    "You returned train, scaled. Return x, scaled by the mean and stddev of train.": lambda train, x: scaled(
        train, train
    ),
    "The arguments are exchanged: you scaled train by the mean and stddev of x. The first is train.": lambda train, x: (
        scaled(x, train)
    ),
    "You left out the rows of x that have a gap. All rows are to come back, and a gap stays nan.": lambda train, x: (
        scaled(train, x)[~np.isnan(np.asarray(x, float)).any(axis=1)]
    ),
    "You left out the column that is constant in train. It is to come back without its mean.": lambda train, x: scaled(
        train, x
    )[:, np.nanstd(np.asarray(train, float), axis=0) > 0],
    "An axis of size 1 got lost: a table with a single row or column is a table.": lambda train, x: np.squeeze(
        scaled(train, x)
    ),
}
