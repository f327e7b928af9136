"""Rows of metrics: checked, brought to one scale, and recognised when they come a second time."""

import hashlib

import numpy as np
from numpy.typing import ArrayLike

RUN = 16  # consecutive rows that are fingerprinted together
TIMES = (1, 2, 3)  # training rows that occur more often than that are not looked for


def check_rows(owner: str, x: ArrayLike, metrics: int | None = None) -> np.ndarray:
    """The rows as a float32 array (rows, metrics).

    Args:
        owner: what asks for them, for the message.
        x: array or table of numbers.
        metrics: how many columns are expected; None takes any.

    Raises:
        ValueError: for other shapes, no rows, another number of metrics, NaN or infinity.
    """
    try:
        with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused as such
            x = np.asarray(x).astype("float32")
    except (TypeError, ValueError) as error:
        raise ValueError(f"{owner} expects numbers (rows, metrics). Received what is none: {error}.") from None
    if x.ndim != 2 or not len(x):
        hint = " One row alone is x[None]." if x.ndim == 1 and len(x) else ""
        raise ValueError(f"{owner} expects an array (rows, metrics) with at least one row. Received: {x.shape}.{hint}")
    if metrics is not None and x.shape[1] != metrics:
        raise ValueError(
            f"{owner} was fitted on {metrics} metrics. Received rows of {x.shape[1]}: give the same columns in the "
            "same order, or fit anew."
        )
    finite = np.isfinite(x)
    if not finite.all():
        row, column = np.argwhere(~finite)[0]
        raise ValueError(
            f"{owner} found NaN or infinity in {(~finite.all(axis=1)).sum()} of {len(x)} rows (the first: row {row}, "
            f"column {column}). A gap is no measurement: fill it, and watch for gaps elsewhere. (Where rows are "
            "left out, those that then follow one another are no longer consecutive in time.)"
        )
    return x


class Scale:
    """Each metric in standard deviations from its training mean, cut off at `limit` of them.

        x_scaled = clip( (x - mean) / stddev, -limit, limit )

    So a metric in bytes does not drown one in percent, and no reading is so large that the network, which never saw
    its like, answers with anything. A metric that never moved in training has no standard deviation: it is 0 where it
    still has its one value, and `limit` (or -limit) where it has not.

    Args:
        x: training rows (rows, metrics).
        limit: number > 0, in standard deviations.

    Attributes:
        mean, stddev: (metrics,), in the metrics' own units.
        constant: (metrics,), True where a metric never moved in training.
    """

    def __init__(self, x: ArrayLike, limit: float = 10.0):
        x = check_rows("Scale", x).astype("float64")
        self.limit = limit
        # A constant's computed mean may be off by a rounding step; its value is the same number in each row.
        self.mean = np.where(np.ptp(x, axis=0) == 0, x[0], x.mean(axis=0))
        self.stddev = x.std(axis=0)
        self.tolerance = 1e-6 * np.maximum(np.abs(self.mean), 1e-6)  # what float32 rounds away
        self.constant = self.stddev <= self.tolerance

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """The scaled rows, float32, as x."""
        x = check_rows("Scale", x, len(self.mean))
        apart = x - self.mean
        moved = np.where(np.abs(apart) > 10 * self.tolerance, np.sign(apart) * self.limit, 0.0)
        scaled = np.where(self.constant, moved, apart / np.where(self.constant, 1.0, self.stddev))
        return np.clip(scaled, -self.limit, self.limit).astype("float32")


class Fingerprints:
    """Knows training rows again, by a hash of each row and of each `RUN` rows in a row.

    A few rows can come again by honest chance, above all where metrics take few values. How many is estimated from
    the training rows themselves. Of n of them, let N_r be the number of different ones that occur exactly r times. A
    new row is one that was seen exactly r times with a probability of about

        (r + 1) N_(r+1) / n                    (Good 1953, Eq. 2)

    Of m rows held out from the same server about m times that match then, give or take the square root of
    (1 + (r + 1) m/n) times this: the number of matches is close to a Poisson number, and so is N_(r+1). More matches
    than three of these above are training rows. This is asked for r = 1, 2 and 3.

    Only exact copies are known again. A row with noise added, or scaled another way, is not.

    Args:
        x: training rows (rows, metrics).

    Reference: Good 1953, "The population frequencies of species and the estimation of population parameters".
    """

    def __init__(self, x: ArrayLike):
        x = check_rows("Fingerprints", x)
        self.sizes = [size for size in (1, RUN) if len(x) >= size]
        self.known = {size: np.unique(hashes(x, size), return_counts=True) for size in self.sizes}

    def repeated(self, x: ArrayLike) -> tuple[int, int]:
        """How many of the rows x are training rows beyond chance: (matches, allowed by chance)."""
        x = check_rows("Fingerprints", x)
        worst = (0, 0)
        for size in self.sizes:
            seen, counts = self.known[size]
            # Runs overlap, so that one coincidence would be counted `size` times: only every size-th is looked up.
            new = hashes(x, size)[::size]
            for times in TIMES:
                matches = int(np.isin(new, seen[counts == times]).sum())
                share = (times + 1) * len(new) / counts.sum()
                # One more than were seen: none seen does not mean that there are none.
                expected = share * (int((counts == times + 1).sum()) + 1)
                allowed = int(expected + 3 * np.sqrt(expected * (1 + share))) + 1
                if matches > allowed:
                    worst = max(worst, (matches * size, allowed * size))
        return worst


def hashes(x: ArrayLike, size: int = 1) -> np.ndarray:
    """A 64-bit number for each run of `size` consecutive rows: (rows - size + 1,), the same for the same numbers."""
    x = np.ascontiguousarray(x, "float32") + np.float32(0)  # makes -0 and 0, which are equal, the same bytes
    starts = range(len(x) - size + 1)
    digests = [hashlib.blake2b(x[start : start + size].tobytes(), digest_size=8).digest() for start in starts]
    return np.frombuffer(b"".join(digests), "uint64")
