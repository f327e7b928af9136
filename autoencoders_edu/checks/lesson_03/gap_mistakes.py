"""What misconceptions make of the columns' negative log-likelihoods where a table has gaps (03.4)."""

import warnings

import numpy as np

from autoencoders_edu.checks.shared.normal import lost_axis


def each(x, mean, stddev):
    """-log p of each entry."""
    return 0.5 * ((x - mean) / stddev) ** 2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)


def nll(x, mean, stddev):
    seen = ~np.isnan(x)
    sums = np.where(seen, each(np.where(seen, x, 0), mean, stddev), 0).sum(axis=0)
    return sums / np.maximum(seen.sum(axis=0), 1)


def mistaken(x, mean, stddev):
    """From messages to what misconceptions make of the columns' negative log-likelihoods."""
    seen = ~np.isnan(x)
    costs = np.where(seen, each(np.where(seen, x, 0), mean, stddev), 0)
    count, value = np.maximum(seen.sum(axis=0), 1), nll(x, mean, stddev)
    whole = seen.all(axis=1)
    column_means = np.where(seen, x, 0).sum(axis=0) / count
    square = np.where(seen, ((np.where(seen, x, 0) - mean) / stddev) ** 2, 0).sum(axis=0) / count
    plain, constant, some = square * stddev**2, 0.5 * np.log(2 * np.pi), seen.any(axis=0)
    of_x = {
        "You put 0 in the gaps and let them count like entries: a gap is charged for not being 0.": (
            each(np.where(seen, x, 0), mean, stddev).mean(axis=0)
        ),
        "You put the column's mean in the gaps and let them count like entries.": (
            each(np.where(seen, x, column_means), mean, stddev).mean(axis=0)
        ),
        "You put the model's mean in the gaps and let them count: each gap is a perfect hit, so that columns with many "
        "gaps look good.": each(np.where(seen, x, mean), mean, stddev).mean(axis=0),
        "You used complete rows alone. Entries of rows with a gap elsewhere count as well.": (
            each(x, mean, stddev)[whole].sum(axis=0) / max(whole.sum(), 1)
        ),
        "You divided by the number of rows. The mean is over the entries that are there: divide by their number.": (
            costs.sum(axis=0) / len(x)
        ),
        "You divided by the number of gaps, not of entries.": costs.sum(axis=0) / np.maximum((~seen).sum(axis=0), 1),
        "You divided by the number of entries in the whole table, not in each column.": costs.sum(axis=0) / seen.sum(),
        "You divided each column by the average number of entries per column.": (
            costs.sum(axis=0) / seen.sum(axis=0).mean()
        ),
        "You added up and did not divide: columns with many entries look worse.": costs.sum(axis=0),
        "You averaged over each row. Asked for is one number for each column.": (
            costs.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
        ),
        "You averaged over all entries of the table. Asked for is one number for each column.": (
            costs.sum() / seen.sum()
        ),
        "You averaged the columns' numbers. Asked for is one for each column.": value.mean(),
        "You returned a number for each entry: average over axis 0.": costs,
        "You kept the axis of the rows: (columns,) is asked for.": value[None],
        "In a column without an entry you return the constants, log(stddev) + log(2 pi) / 2. With nothing observed "
        "there is nothing to pay: 0.": np.where(some, value, np.log(stddev) + constant),
    }
    return (
        of_x
        | of_gaps(x, mean, stddev)
        | {
            "The sign is wrong: this is log p.": -value,
            "The 1/2 is missing in front of the square.": (square + np.log(stddev) + constant) * some,
            "log(stddev) is missing: a column with a large stddev would look better than it is.": (
                (square / 2 + constant) * some
            ),
            "log(2 pi) / 2 is missing: it is a constant, but without it this is no log-density.": (
                (square / 2 + np.log(stddev)) * some
            ),
            "This is the squared error in units of stddev, halved: both logarithms are missing.": square / 2,
            "This is the squared error in units of stddev: no -log p.": square,
            "This is the mean squared error: stddev and all constants are missing.": plain,
            "You took stddev for the variance.": (plain / (2 * stddev) + np.log(stddev) / 2 + constant) * some,
            "You took stddev for the variance in the exponent: it is squared there.": (
                (plain / (2 * stddev) + np.log(stddev) + constant) * some
            ),
            "The logarithm is that of the variance, not halved: log(stddev) is meant.": (
                (square / 2 + 2 * np.log(stddev) + constant) * some
            ),
            "log(2 pi) is not halved.": (square / 2 + np.log(stddev) + 2 * constant) * some,
            "The sign of log(stddev) is wrong: a narrow density is high.": (square / 2 - np.log(stddev) + constant)
            * some,
            "The constants are added once to the sum, where each entry has its own: add them before you average.": (
                (square / 2 + (np.log(stddev) + constant) / count) * some
            ),
            "This is in bits. Nats were asked for.": value / np.log(2),
        }
    )


def of_gaps(x, mean, stddev):
    """From messages to the mean over other entries than those that are there, or with another denominator."""
    seen = ~np.isnan(x)
    costs, count = np.where(seen, each(np.where(seen, x, 0), mean, stddev), 0), seen.sum(axis=0)
    value = nll(x, mean, stddev)

    def over(some):
        return np.where(some, costs, 0).sum(axis=0) / np.maximum(some.sum(axis=0), 1)

    constants = np.where(seen, 0, np.log(stddev) + 0.5 * np.log(2 * np.pi))
    costly = "You leave out entries that cost much, as if they were gaps. A gap is nan; np.isnan finds it."
    filled = each(np.where(seen, x, 0), mean, stddev).sum(axis=0) / np.maximum(count, 1)
    kept = seen.any(axis=1)  # rows
    shifted = nll(x[kept], mean[: kept.sum()], stddev)
    return {
        "You divide the sum of a table with gaps filled with 0 in it by the number of entries: gaps cost.": filled,
        "Your result is 0 for every column.": np.zeros(x.shape[1]),
        "You dropped rows without an entry from x and not from mean: rows below meet others' means.": shifted,
        "You left out entries that are not positive. A gap is nan; np.isnan finds it.": over(seen & (x > 0)),
        "You took entries that are 0 for gaps. A gap is nan; np.isnan finds it.": over(seen & (x != 0)),
        "You took entries that are predicted exactly for gaps. A gap is nan; np.isnan finds it.": over(
            seen & (x != mean)
        ),
        (costly, 1000): over(seen & (costs < 1000)),
        (costly, 100): over(seen & (costs < 100)),
        "You let no column be below 0. A density may exceed 1, and -log p is then negative.": np.maximum(value, 0),
        "A density may exceed 1, and -log p is then negative. Your code takes its absolute value.": np.abs(value),
        "You divided by the number of entries plus 1.": costs.sum(axis=0) / (count + 1),
        "You divided by the number of entries minus 1. That is for variances.": (
            costs.sum(axis=0) / np.maximum(count - 1, 1)
        ),
        "This is the median. The mean is asked for.": median(np.where(seen, costs, np.nan)),
        "You return 0 for every column with a gap: 0 is for columns without any entry.": np.where(
            seen.all(axis=0), value, 0
        ),
        "Your gaps cost no square, but log(stddev) + log(2 pi) / 2 all the same: leave out the whole entry.": (
            (costs + constants).sum(axis=0) / np.maximum(count, 1)
        ),
    } | refitted(x, mean, stddev)


def refitted(x, mean, stddev):
    """From messages to what comes out if the model's mean or stddev is replaced, or the mean taken too early."""
    seen = ~np.isnan(x)
    count = np.maximum(seen.sum(axis=0), 1)
    some, logs = seen.any(axis=0), np.log(stddev) + 0.5 * np.log(2 * np.pi)
    error = np.where(seen, np.where(seen, x, 0) - mean, 0)
    own_mean = np.where(seen, x, 0).sum(axis=0) / count
    own_stddev = np.sqrt((np.where(seen, np.where(seen, x, 0) - own_mean, 0) ** 2).sum(axis=0) / count)
    own_error = np.sqrt((error**2).sum(axis=0) / count)
    wrong_mean = nll(x, np.broadcast_to(own_mean, x.shape), stddev)
    again = "You took a stddev of your own, computed from the data. The model's is an argument."
    return {
        "You took the columns' own means. The model's means are an argument, one for each entry.": wrong_mean,
        (again, "of x"): np.where(some, nll(x, mean, own_stddev), 0),
        (again, "of the errors"): np.where(some, nll(x, mean, own_error), 0),
        "You squared the mean error. The mean is over the squares.": (
            (0.5 * (error.sum(axis=0) / count / stddev) ** 2 + logs) * some
        ),
    }


def median(costs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a column without entries
        return np.nan_to_num(np.nanmedian(costs, axis=0))


def mistakes(x, mean, stddev):
    """From messages to what all of these misconceptions give."""
    with np.errstate(all="ignore"):
        lost = lost_axis(nll(x, mean, stddev), "one column", "the columns")
        return lost | mistaken(x, mean, stddev)
