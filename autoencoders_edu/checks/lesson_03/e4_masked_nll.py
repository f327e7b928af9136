"""03.4 masked_nll: the Gaussian negative log-likelihood of each column, over the entries that are there."""

import numpy as np

from autoencoders_edu.checks.shared.normal import has_lost_numbers, if_several
from autoencoders_edu.exercises.expect import Failed, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.4",
    "masked_nll",
    points=2,
    minutes=12,
    why="A gap that is counted as a hit, or as a zero, makes the column with the most gaps look like the best one.",
    hints=(
        "np.isnan(x) says where the gaps are. What is nan * 0? Put a harmless number in the gaps before you compute.",
        "The sum runs over the entries that are there. How many are there in each column? That is the denominator.",
    ),
    on_success="Entries that are missing neither cost nor count: the number is comparable between columns.",
)
@np.errstate(all="ignore")
def check_masked_nll(probe):
    rows, columns = map(int, probe.rng.integers([7, 3], [12, 6]))
    for size, empty in ((rows, False), (1, False), (rows, True)):
        x, mean, stddev = draw(probe.rng, size, columns, empty)
        answer = probe.call("masked_nll", x, mean, stddev)
        expected = nll(x, mean, stddev)
        if empty and has_lost_numbers(answer):
            raise Failed(
                "In a column without a single entry your result is not finite: 0 divided by 0, or the mean of nothing. "
                f"Asked for is 0 there.\n{BECAUSE}"
            )
        if has_lost_numbers(answer):
            raise Failed(
                "Your result holds nan, although every column has entries. nan spreads: nan times 0 is nan, and so is "
                f"any sum with one in it.\n{BECAUSE}"
            )
        expect_close(
            answer,
            expected,
            because=BECAUSE,
            what=f"masked_nll(x, mean, stddev) for x of shape {x.shape}",
            mistakes=if_several(size, mistaken, x, mean, stddev),
        )


BECAUSE = (
    "For each column: the mean, over the entries that are there, of (x - mean)^2 / (2 stddev^2) + log(stddev) + "
    "log(2 pi) / 2."
)


def draw(rng, rows, columns, empty):
    """x with gaps, different numbers of them in each column, mean, and stddev."""
    mean = rng.normal(0, 2, (rows, columns))
    stddev = rng.uniform(0.3, 0.8, columns)
    x = mean + rng.normal(0, 1, (rows, columns))
    for column in range(columns if rows > 1 else 0):  # the first row stays complete
        x[1 + rng.choice(rows - 1, 1 + column % (rows - 3), replace=False), column] = np.nan
    if empty:
        x[:, rng.integers(columns)] = np.nan
    return x, mean, stddev


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
    return of_x | {
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
        "The sign of log(stddev) is wrong: a narrow density is high.": (square / 2 - np.log(stddev) + constant) * some,
        "The constants are added once to the sum, where each entry has its own: add them before you average.": (
            (square / 2 + (np.log(stddev) + constant) / count) * some
        ),
        "This is in bits. Nats were asked for.": value / np.log(2),
    }
