"""03.4 masked_nll: the Gaussian negative log-likelihood of each column, over the entries that are there."""

import numpy as np

from autoencoders_edu.checks.lesson_03.gap_mistakes import mistakes, nll
from autoencoders_edu.checks.shared.cases import Cases
from autoencoders_edu.checks.shared.normal import has_lost_numbers
from autoencoders_edu.exercises.expect import Failed, expect, fits
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
    cases = Cases(mistakes)
    for size, wide, empty in (
        (rows, columns, False),
        (1, columns + 1, False),
        (rows, 1, False),
        (rows, columns, True),
        (rows, 9, True),
    ):
        x, mean, stddev = draw(probe.rng, size, wide, empty)
        answer, expected = probe.call("masked_nll", x, mean, stddev), nll(x, mean, stddev)
        if has_lost_numbers(answer):
            raise Failed(f"{LOST_IF_EMPTY if empty else LOST}\n{BECAUSE}")
        if empty and not fits(answer, expected, 1e-3, 1e-5) and not cases.named(((x, mean, stddev), answer)):
            _expect_nothing(answer, expected, np.isnan(x).all(axis=0))
        what = f"masked_nll(x, mean, stddev) for x of shape {x.shape}"
        cases.compare((x, mean, stddev), answer, expected, BECAUSE, what)


def _expect_nothing(answer, expected, without):
    """0 in the column without an entry, if all others are right."""
    if np.shape(answer) == expected.shape and fits(np.asarray(answer)[~without], expected[~without], 1e-3, 1e-5):
        received = np.asarray(answer)[without][0]
        expect(abs(received) < 1e-5, f"The column without an entry should be 0. Received {received:.4g}.\n{BECAUSE}")


LOST = "Your result is not finite, although every column has entries. nan spreads in sums and products: nan * 0 is nan."
LOST_IF_EMPTY = (
    "In a column without a single entry, your result is not finite: 0 divided by 0, or the mean of nothing. Asked for "
    "is 0 there."
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
    gaps = 0 if rows == 1 else max(1, columns - (not empty))  # columns: the last may be complete, as the first row
    for column in range(gaps):
        x[1 + rng.choice(rows - 1, 1 + column % (rows - 3), replace=False), column] = np.nan
    stddev[0] = rng.uniform(0.05, 0.1)  # so narrow that its nats are below 0
    x[:, 0] = np.where(np.isnan(x[:, 0]), np.nan, mean[:, 0] + stddev[0] * rng.uniform(-1, 1, rows))
    if rows > 1 and columns > 1:  # zeros and exact hits are no gaps
        x[0, 1:] = np.where(np.arange(1, columns) % 2, 0, mean[0, 1:])
    if rows == 1:  # far off is no gap either
        x[0, 1] = mean[0, 1] + 100 * stddev[1]
    if empty:
        x[1] = np.nan  # a row may be all gaps, too
        x[:, rng.integers(columns)] = np.nan
    return x, mean, stddev
