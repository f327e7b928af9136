"""A table of numbers and categories, with gaps, as rows of numbers that a model can be trained on, and back."""

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import real
from autoencoders_edu.data.table_columns import KINDS, Column, fit_column

if TYPE_CHECKING:  # importing it imports Keras
    from autoencoders_edu.distributions import Columns


def table(
    frame: pd.DataFrame,
    *,
    numeric: Iterable[Hashable] = (),
    skewed: Iterable[Hashable] = (),
    binary: Iterable[Hashable] = (),
    categorical: Iterable[Hashable] = (),
    val: float = 0.15,
    test: float = 0.15,
    stddev: float | str = "learned",
    seed: int = 0,
) -> "Table":
    """A DataFrame as rows of numbers for an `ae.Autoencoder` or `ae.VAE`, with the likelihood that fits its columns.

    | kind | columns of which nothing is said | x holds | likelihood |
    |---|---|---|---|
    | numeric | numbers | (value - mean) / standard deviation | Gaussian |
    | skewed | none | the same of log(1 + value) | Gaussian |
    | binary | booleans, and columns with two categories or of 0 and 1 | 0 or 1 | Bernoulli |
    | categorical | words, and columns of dtype "category" | one number per category, one-hot | categorical |

    A column with gaps gets an indicator besides: see `ae.distributions.Columns`. Means, standard deviations and
    categories are those of the training rows alone, but for categories that a column of dtype "category" declares.

    Args:
        frame: with a name for each column.
        numeric, skewed, binary, categorical: names of columns of this kind, where it is not the one in the table.
        val, test: fractions of the rows to hold out, at least 0, with a sum below 1.
        stddev: of numeric and skewed columns, in standard deviations of the training rows (for skewed ones, of
            log(1 + value)): a positive number, or "learned", one for each column.
        seed: integer, for the order of the rows, which are shuffled before they are split.

    Returns:
        A `Table`.

    Raises:
        ValueError: for a name that is no column's, or twice; for a column with a single value, without an entry, with
            infinite numbers, with negative numbers if it is said to be skewed, with values in other rows that the
            training rows lack, or with nearly as many categories as rows.

    Example:

    >>> passengers = ae.data.table(ae.data.frame("titanic"), categorical=["pclass"], skewed=["fare"])
    >>> passengers.shape
    (15,)
    >>> passengers.inverse(passengers.x_test[:2])[["pclass", "sex", "fare"]].round(2)
       pclass   sex   fare
    0       2  male  32.50
    1       3  male   7.75
    """
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"ae.data.table expects a pandas DataFrame. Received: {type(frame).__name__}.")
    said = _said(frame, dict(zip(KINDS, (numeric, skewed, binary, categorical), strict=True)))
    val, test = (
        real("ae.data.table", name, share, "a fraction from 0 to below 1", lambda share: 0 <= share < 1)
        for name, share in (("val", val), ("test", test))
    )
    order = np.random.default_rng(seed).permutation(len(frame))
    sizes = [round(share * len(frame)) for share in (val, test)]
    stop = len(frame) - sum(sizes)
    if stop < 2:
        raise ValueError(f"Of {len(frame)} rows, val={val} and test={test} leave {max(stop, 0)} for training.")
    train, held_out, rest = np.split(order, [stop, stop + sizes[0]])
    columns = [fit_column(pd.Series(frame[name]), train, said.get(name)) for name in frame.columns]
    return Table(columns, *(frame.iloc[rows] for rows in (train, held_out, rest)), stddev=stddev)


class Table:
    """Rows of a table as numbers, and the way back. Made by `table`.

    Attributes:
        x_train, x_val, x_test: float32 (rows, width), without NaN.
        train, val, test: the same rows of the DataFrame.
        shape: (width,), for `ae.networks`.
        feature_names: of the numbers in a row, such as "age", "sex=male", "embarked=S", "age observed".
        columns: what is known of each column.
    """

    def __init__(
        self, columns: list[Column], train: pd.DataFrame, val: pd.DataFrame, test: pd.DataFrame, stddev: float | str
    ):
        self.columns = columns
        self.stddev = stddev
        self.with_gaps = [column for column in columns if column.has_gaps]
        names = [label for column in columns for label in column.labels]
        self.feature_names = (*names, *(f"{column.name} observed" for column in self.with_gaps))
        self.shape = (len(self.feature_names),)
        self.train, self.val, self.test = train, val, test
        self.x_train, self.x_val, self.x_test = map(self.transform, (train, val, test))

    def __repr__(self):
        kinds = ", ".join(f"{column.name}: {column.kind}" for column in self.columns)
        sizes = ", ".join(f"{len(x)} {name}" for name, x in (("train", self.x_train), ("val", self.x_val)))
        return f"Table({sizes}, {len(self.x_test)} test rows of {self.shape[0]} numbers; {kinds})"

    @property
    def likelihood(self) -> "Columns":
        """A new `ae.distributions.Columns` for these rows: new each time, since its stddevs are fitted with a model."""
        from autoencoders_edu.distributions import Columns

        gaps = [j for j, column in enumerate(self.columns) if column.has_gaps]
        return Columns([column.likelihood for column in self.columns], gaps, self.stddev)

    def transform(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows of numbers, float32 (rows, width), from a DataFrame with the table's columns; raises as `table` does."""
        if missing := [column.name for column in self.columns if column.name not in frame.columns]:
            raise ValueError(f"The DataFrame lacks the table's columns {missing}.")
        if not len(frame):
            return np.zeros((0, *self.shape), "float32")
        parts = [column.encode(pd.Series(frame[column.name])) for column in self.columns]
        parts += [frame[[column.name]].notna().to_numpy(float) for column in self.with_gaps]
        return np.concatenate(parts, axis=1).astype("float32")

    def inverse(self, x: ArrayLike, fill: ArrayLike | None = None) -> pd.DataFrame:
        """A DataFrame in the user's units, with categories by name, from rows of numbers.

        Of categories, the most probable is named. A skewed number comes back through exp(.) - 1, so that the mean of a
        Gaussian becomes the median of the value. An entry whose indicator is 0 is missing; a model's rows have none.

        Args:
            x: (rows, width): rows of the table, or means such as `vae.reconstruct(x)` and `likelihood.mean(outputs)`.
            fill: (rows, width), from which entries that are missing in x are taken: a model's rows for the same rows.
        """
        rows = self._rows(x, "x")
        observed = rows[:, self.shape[0] - len(self.with_gaps) :] > 0.5
        filled = None if fill is None else self._rows(fill, "fill")
        if filled is not None and len(filled) != len(rows):
            raise ValueError(f"inverse received {len(rows)} rows x, but {len(filled)} rows to fill their gaps from.")
        made, start = {}, 0
        for column in self.columns:
            stop = start + len(column.labels)
            numbers, missing = rows[:, start:stop], np.zeros(len(rows), bool)
            if column.has_gaps:
                missing = ~observed[:, self.with_gaps.index(column)]
                if filled is not None:
                    numbers = np.where(missing[:, None], filled[:, start:stop], numbers)
                    missing = np.zeros(len(rows), bool)
            made[column.name] = column.decode(numbers, missing)
            start = stop
        return pd.DataFrame(made)

    def _rows(self, x: Any, name: str) -> np.ndarray:
        rows = np.asarray(x.numpy() if hasattr(x, "numpy") else x)  # TensorFlow warns of np.asarray alone
        if rows.shape[1:] != self.shape or rows.ndim != 2:
            raise ValueError(f"inverse expects {name} of shape (rows, {self.shape[0]}). Received: {rows.shape}.")
        if not np.isfinite(rows).all():
            raise ValueError(f"inverse received NaN or infinity in {name}.")
        return rows


def _said(frame, kinds):
    """From names of columns to the kind that the user says; ValueError for a name that is no column's, or twice."""
    names = [*frame.columns]
    if repeated := sorted({str(name) for name in names if names.count(name) > 1}):
        raise ValueError(f"The DataFrame has several columns named {', '.join(repeated)}. Give each its own name.")
    said = {}
    for kind, given in kinds.items():
        for name in [given] if isinstance(given, str) else given:
            if name not in names:
                raise ValueError(f"There is no column {name!r}, said to be {kind}. The columns are {names}.")
            if name in said:
                raise ValueError(f"The column {name!r} is said to be {said[name]} and {kind}.")
            said[name] = kind
    if not names or not len(frame):
        raise ValueError(f"The DataFrame is empty: its shape is {frame.shape}.")
    return said
