"""Rows of metrics: validation, scaling, and recognition of training rows."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

RUN = 16  # number of consecutive rows that are fingerprinted together
TIMES = (1, 2, 3)  # training rows that occur more often are not looked for


def check_rows(owner: str, x: ArrayLike, metrics: int | None = None) -> np.ndarray:
    """The rows as a float32 array (rows, metrics).

    Args:
        owner: name of the caller, for the message.
        x: array or table of numbers.
        metrics: expected number of columns; None: any.

    Raises:
        ValueError: for other shapes, no rows, a different number of metrics, NaN or infinity.
    """
    names = list(x.columns) if isinstance(x, pd.DataFrame) else None
    remedy = " One row alone is x[None], one metric alone np.reshape(x, (-1, 1))."
    if isinstance(x, pd.Series):
        remedy = " A Series may be one metric or one row: make it x.to_frame(), or x.to_frame().T."
    x = _numbers(owner, x)
    if x.ndim != 2 or not x.size:
        hint = remedy if x.ndim == 1 and len(x) else ""
        raise ValueError(
            f"{owner} expects an array (rows, metrics) with at least one row and one metric. Received: {x.shape}.{hint}"
        )
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
            f"column {repr(names[column]) if names else column}). A gap is no measurement: fill it, and watch for "
            "gaps elsewhere. (If rows are left out, the remaining ones are no longer consecutive in time.)"
        )
    return x


def _numbers(owner, x):
    """x as a float32 array, whatever its shape."""
    with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused as such
        if isinstance(x, pd.DataFrame):
            x = x.infer_objects()
            for position, dtype in enumerate(x.dtypes):
                if dtype.kind not in "biuf":
                    name = x.columns[position]
                    raise ValueError(
                        f"{owner} expects numbers. Received a table whose column {name!r} holds values such as "
                        f"{str(x.iloc[0, position])!r}. Make numbers of it, or leave it out: x.drop(columns={name!r})."
                    )
            return x.to_numpy("float32", na_value=np.nan)
        try:
            return np.asarray(x).astype("float32")
        except (TypeError, ValueError) as error:
            raise ValueError(f"{owner} expects numbers (rows, metrics). Received something else: {error}.") from None


class Columns:
    """The metrics that something was fitted on: never others later, nor the same ones in another order.

    A table is brought into the order of the names it was fitted on. An array has no names, nor has a table whose
    columns are numbered: these are taken as they come, if they have the right number of columns.

    Args:
        owner: what is fitted, for the messages.
        names: names of the metrics, in order; None takes those of the table it is fitted on, if that has any.

    Attributes:
        names: as above; None where the metrics have no names.

    Raises:
        ValueError: from `fit` and from each call, for rows that `check_rows` refuses or that are other metrics.
    """

    def __init__(self, owner: str, names: Sequence[str] | None = None):
        self.owner, self.given = owner, None if names is None else tuple(map(str, names))
        self.names, self.count = self.given, None

    def fit(self, x: ArrayLike) -> np.ndarray:
        """Remembers the metrics of the rows x, and returns these as a float32 array (rows, metrics)."""
        names = names_of(x) if self.given is None else self.given
        self._check_different(names or ())
        rows = check_rows(self.owner, self._in_order(x, names))
        if names is not None and len(names) != rows.shape[1]:
            raise ValueError(f"There are {len(names)} names for {rows.shape[1]} metrics. Give one for each.")
        self.names, self.count = names, rows.shape[1]
        return rows

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Rows x of the same metrics as a float32 array (rows, metrics), in the order of the fitted ones."""
        return check_rows(self.owner, self._in_order(x, self.names), self.count)

    def _in_order(self, x, names):
        found = names_of(x)
        if found is None or names is None:
            return x
        self._check_different(found)
        missing = [name for name in names if name not in found]
        unknown = [name for name in found if name not in names]
        if missing or unknown:
            lacks = f" It lacks {_listed(missing)}." if missing else ""
            has = f" It also has columns that are not among them: {_listed(unknown)}." if unknown else ""
            raise ValueError(f"{self.owner} expects a table of the metrics {_listed(names)}, in any order.{lacks}{has}")
        return x.iloc[:, [found.index(name) for name in names]]

    def _check_different(self, names):
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"{self.owner} cannot tell two metrics apart that are both called {twice[0]!r}.")


def names_of(x: ArrayLike) -> tuple[str, ...] | None:
    """The names of a table's columns as text; None for an array, or for columns that are numbered."""
    if not isinstance(x, pd.DataFrame) or pd.api.types.is_integer_dtype(x.columns):
        return None
    return tuple(map(str, x.columns))


def _listed(names, most=5):
    shown = ", ".join(map(repr, names[:most]))
    return f"{shown}, ... ({len(names)} in all)" if len(names) > most else shown


class Scale:
    """Each metric in standard deviations from its training mean, clipped at `limit` of them.

        x_scaled = clip( (x - mean) / stddev, -limit, limit )

    A metric in bytes then does not drown one in percent, and no reading is so far from the training data that the
    network's response is arbitrary. A metric that never moved in training has no standard deviation: it is scaled to 0
    where it still has its one value, and to `limit` or -`limit` elsewhere.

    Args:
        x: training rows (rows, metrics). Of a table, the names of its columns are remembered, see `Columns`.
        limit: number > 0, in standard deviations.

    Attributes:
        mean, stddev: (metrics,), in the metrics' own units.
        constant: (metrics,), True where a metric never moved in training.
    """

    def __init__(self, x: ArrayLike, limit: float = 10.0):
        self._columns = Columns("Scale")
        x = self._columns.fit(x).astype("float64")
        self.limit = limit
        # The computed mean of a constant may have a rounding error; its value in each row has none.
        self.mean = np.where(np.ptp(x, axis=0) == 0, x[0], x.mean(axis=0))
        self.stddev = x.std(axis=0)
        self.tolerance = 1e-6 * np.maximum(np.abs(self.mean), 1e-6)  # the rounding of float32
        self.constant = self.stddev <= self.tolerance

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """The scaled rows, float32, of the shape of x."""
        x = self._columns(x)
        apart = x - self.mean
        moved = np.where(np.abs(apart) > 10 * self.tolerance, np.sign(apart) * self.limit, 0.0)
        scaled = np.where(self.constant, moved, apart / np.where(self.constant, 1.0, self.stddev))
        return np.clip(scaled, -self.limit, self.limit).astype("float32")


class Fingerprints:
    """Recognises training rows, by a hash of each row and of each run of `RUN` consecutive rows.

    A few rows can recur by chance, especially where metrics take few values. How many is estimated from the training
    rows themselves. Of n of them, let N_r be the number of different ones that occur exactly r times. A new row is one
    that was seen exactly r times with a probability of about

        (r + 1) N_(r+1) / n                    (Good 1953, Eq. 2)

    Of m rows held out from the same server, about m times as many match, with a standard deviation of the square root
    of (1 + (r + 1) m/n) times that number, since the number of matches is approximately Poisson distributed, as is
    N_(r+1). If there are more matches than three standard deviations above, there are training rows among them. This
    is tested for r = 1, 2 and 3.

    Only exact copies are recognised, not rows with added noise or another scale.

    Args:
        x: training rows (rows, metrics).

    Reference: Good 1953, "The population frequencies of species and the estimation of population parameters".
    """

    def __init__(self, x: ArrayLike):
        x = check_rows("Fingerprints", x)
        self.sizes = [size for size in (1, RUN) if len(x) >= size]
        self.known = {size: np.unique(hashes(x, size), return_counts=True) for size in self.sizes}

    def repeated(self, x: ArrayLike) -> tuple[int, int]:
        """The number of rows of x that are training rows, if it exceeds chance: (matches, number allowed by chance)."""
        x = check_rows("Fingerprints", x)
        worst = (0, 0)
        for size in self.sizes:
            seen, counts = self.known[size]
            # Runs overlap, so one coincidence would count `size` times: only every size-th is looked up.
            new = hashes(x, size)[::size]
            for times in TIMES:
                matches = int(np.isin(new, seen[counts == times]).sum())
                share = (times + 1) * len(new) / counts.sum()
                # One more than were seen: having seen none does not mean that there are none.
                expected = share * (int((counts == times + 1).sum()) + 1)
                allowed = int(expected + 3 * np.sqrt(expected * (1 + share))) + 1
                if matches > allowed:
                    worst = max(worst, (matches * size, allowed * size))
        return worst


def hashes(x: ArrayLike, size: int = 1) -> np.ndarray:
    """A 64-bit hash for each run of `size` consecutive rows: (rows - size + 1,), equal for equal numbers."""
    x = np.ascontiguousarray(x, "float32") + np.float32(0)  # -0 and 0 are equal: now their bytes are, too
    starts = range(len(x) - size + 1)
    digests = [hashlib.blake2b(x[start : start + size].tobytes(), digest_size=8).digest() for start in starts]
    return np.frombuffer(b"".join(digests), "uint64")
