"""The columns of a mixed table: what kind each is of, and how it becomes numbers and comes back."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

KINDS = ("numeric", "skewed", "binary", "categorical")


@dataclass(frozen=True, eq=False)
class Column:
    """One column, fitted to training rows.

    Attributes:
        name: as in the DataFrame.
        kind: one of `KINDS`.
        has_gaps: whether entries may be missing.
        categories: the values of a binary or categorical column, in the order of their numbers.
        transformer: scikit-learn's, which standardises a number, or its logarithm.
        dtype: of the column in the DataFrame.
    """

    name: Hashable
    kind: str
    has_gaps: bool
    categories: tuple
    transformer: Any
    dtype: Any

    @property
    def likelihood(self) -> str | int:
        """As `ae.distributions.Columns` names it."""
        if self.kind == "categorical":
            return len(self.categories)
        return "bernoulli" if self.kind == "binary" else "gaussian"

    @property
    def labels(self) -> list[str]:
        """Names of the numbers that stand for this column."""
        if self.kind in ("numeric", "skewed"):
            return [str(self.name)]
        return [f"{self.name}={value}" for value in (self.categories[1:] if self.kind == "binary" else self.categories)]

    def encode(self, values: pd.Series) -> np.ndarray:
        """Numbers (rows, width of the column), zeros where an entry is missing; ValueError for unknown entries."""
        missing = values.isna().to_numpy()
        if missing.any() and not self.has_gaps:
            raise ValueError(
                f"The column {self.name!r} has {missing.sum()} missing entries, but it had none when the table was "
                "made. Make the table of all rows, or fill these."
            )
        if self.kind in ("numeric", "skewed"):
            numbers = _numbers(values, self.kind)
            return np.where(missing[:, None], 0.0, self.transformer.transform(numbers))
        codes = pd.Index(self.categories).get_indexer(pd.Index(values.astype(object)))
        if (unknown := (codes < 0) & ~missing).any():
            raise ValueError(
                f"The column {self.name!r} has the value {values[unknown].tolist()[0]!r}, which the training rows "
                f"lack: they have {_some(self.categories)}. Merge rare values, or declare all: "
                f"frame[{self.name!r}].astype(pandas.CategoricalDtype([...]))."
            )
        if self.kind == "binary":
            return np.where(missing, 0.0, codes)[:, None]
        return np.eye(len(self.categories))[codes] * ~missing[:, None]

    def decode(self, numbers: np.ndarray, missing: np.ndarray) -> pd.Series:
        """The column (rows,) in its own units or by its categories' names, from numbers (rows, width)."""
        if self.kind in ("numeric", "skewed"):
            values = self.transformer.inverse_transform(numbers.astype(float))[:, 0]
            return pd.Series(np.where(missing, np.nan, values), name=self.name)
        codes = (numbers[:, 0] > 0.5).astype(int) if self.kind == "binary" else numbers.argmax(axis=1)
        if isinstance(self.dtype, pd.CategoricalDtype):
            return pd.Series(pd.Categorical.from_codes(np.where(missing, -1, codes), dtype=self.dtype), name=self.name)
        values = pd.Series([self.categories[code] for code in codes], name=self.name, dtype=object)
        values[missing] = np.nan
        try:
            return values.astype(self.dtype)
        except (TypeError, ValueError):  # integers and booleans, which have no NaN
            return values


def fit_column(values: pd.Series, train: np.ndarray, said: str | None) -> Column:
    """The column of these values, fitted to the training rows among them.

    Args:
        values: of all rows.
        train: numbers of the training rows.
        said: the kind, if the user says it.
    """
    known = values.iloc[train].dropna()
    if known.empty:
        raise ValueError(f"The column {values.name!r} has no entry in the training rows: leave it out.")
    kind = said or _kind_of(values, known)
    declared = isinstance(values.dtype, pd.CategoricalDtype) and kind in ("binary", "categorical")
    # Sorted by their text, since entries of a column need not be comparable.
    found = values.cat.categories if declared else sorted(known.unique(), key=lambda value: (str(type(value)), value))
    found = [value.item() if isinstance(value, np.generic) else value for value in found]
    if len(found) < 2:
        raise ValueError(
            f"The column {values.name!r} has a single value in the training rows, {found[0]!r}. It says nothing: leave "
            "it out."
        )
    categories = tuple(found) if kind in ("binary", "categorical") else ()
    if kind == "binary" and len(categories) != 2:
        raise ValueError(f"The column {values.name!r} is said to be binary, but has the values {_some(categories)}.")
    if len(categories) > max(20, len(known) / 2):
        raise ValueError(
            f"The column {values.name!r} has {len(categories)} different values in {len(known)} rows, like a name or a "
            "number of an account. Leave it out, or say that it is numeric."
        )
    transformer = None if categories else _transformer(kind).fit(_numbers(known, kind))
    return Column(values.name, kind, bool(values.isna().any()), categories, transformer, values.dtype)


def _kind_of(values, known):
    """The kind of a column of which nothing was said: by its dtype, and whether its values are 0 and 1."""
    if pd.api.types.is_bool_dtype(values.dtype):
        return "binary"
    if pd.api.types.is_numeric_dtype(values.dtype):
        return "binary" if set(known.unique()) <= {0, 1} else "numeric"
    if isinstance(values.dtype, pd.CategoricalDtype) or pd.api.types.infer_dtype(known) in ("string", "boolean"):
        count = values.cat.categories.size if isinstance(values.dtype, pd.CategoricalDtype) else known.nunique()
        return "binary" if count == 2 else "categorical"
    raise ValueError(
        f"The column {values.name!r} holds {pd.api.types.infer_dtype(known)} ({values.dtype}), neither numbers nor "
        "words. Make numbers of it, or leave it out."
    )


def _transformer(kind):
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    if kind == "numeric":
        return StandardScaler()
    return make_pipeline(FunctionTransformer(np.log1p, np.expm1), StandardScaler())


def _numbers(values, kind):
    """Entries of a numeric or skewed column as float64 (rows, 1), NaN where missing."""
    try:
        numbers = values.to_numpy("float64", na_value=np.nan)[:, None]
    except (TypeError, ValueError):
        raise ValueError(
            f"The column {values.name!r} should be {kind}, but holds {values.iloc[0]!r}, which is no number."
        ) from None
    if np.isinf(numbers).any():
        row = values.index[np.flatnonzero(np.isinf(numbers))[0]]
        raise ValueError(f"The column {values.name!r} holds an infinite number, first in row {row}. Put NaN there.")
    if kind == "skewed" and np.nanmin(numbers, initial=0) < 0:
        raise ValueError(
            f"The column {values.name!r} is said to be skewed, which takes log(1 + x) of it, but holds "
            f"{np.nanmin(numbers):.4g}, which is below 0."
        )
    return numbers


def _some(values):
    shown = ", ".join(repr(value) for value in values[:5])
    return f"{shown}{', ...' if len(values) > 5 else ''}"
