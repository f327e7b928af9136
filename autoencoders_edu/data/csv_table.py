"""Metrics from a user's CSV file."""

import warnings
from pathlib import Path

import numpy as np

from autoencoders_edu.data.dataset import Dataset


def read(
    path: str | Path,
    time_column: str | None = None,
    label_column: str | None = None,
    train: float = 0.5,
    val: float = 0.25,
) -> Dataset:
    """Reads a CSV file with a header, one row per time step and one column per metric.

    Rows are kept in the order of the file and split by time into training, validation and test rows. Nothing is scaled.

    Args:
        path: path of the file.
        time_column: name of the column with the time, which must not decrease; it is not part of x.
        label_column: name of a column that is 0 for healthy rows and a positive integer otherwise, if there is one.
        train, val: fractions of the rows, each above 0, with a sum below 1.

    Returns:
        A `Dataset` with x (rows, metrics); y is None without a label column.

    Raises:
        ValueError: for a missing or empty file, a column that is missing or holds no numbers, a gap (NaN), time that
            decreases, or fractions that leave a part empty.
    """
    import pandas as pd

    path = Path(path)
    if not path.is_file():
        raise ValueError(f"There is no file {path}. Expected a CSV file with a header line.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # fields without a name would be dropped
            table = pd.read_csv(path, index_col=False)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} can't be read as CSV: {error}") from error

    if table.empty:
        raise ValueError(f"{path} holds no rows below its header line.")
    if time_column is not None:
        _check_time(_take(table, "time_column", time_column, path), path)
    labels = None if label_column is None else _labels(_take(table, "label_column", label_column, path), path)
    x = _numbers(table, path)

    sensible = train > 0 and val > 0 and train + val < 1  # False for NaN too
    first_val, first_test = (int(len(x) * part) if sensible else 0 for part in (train, train + val))
    if not 0 < first_val < first_test < len(x):
        raise ValueError(
            f"{path} has {len(x)} rows; fractions train={train}, val={val} would leave a part of the split empty. "
            "Expected positive fractions that sum to less than 1, and at least one row for each part."
        )
    splits = [first_val, first_test]
    return Dataset(
        *np.split(x, splits),
        *((None, None, None) if labels is None else np.split(labels, splits)),
        name="server_metrics",
        source=str(path),
        licence="yours",
        class_names=() if labels is None else _class_names(labels.max()),
        feature_names=tuple(map(str, table)),
    )


def _class_names(highest):
    return (
        ("healthy", "incident") if highest < 2 else ("healthy", *(f"incident {kind}" for kind in range(1, highest + 1)))
    )


def _take(table, role, name, path):
    if name not in table:
        raise ValueError(f"{path} has no column {name!r} ({role}). Its columns: {', '.join(map(repr, table))}.")
    return table.pop(name)


def _check_time(time, path):
    import pandas as pd

    if not pd.api.types.is_numeric_dtype(time):
        time = pd.to_datetime(time, errors="coerce")
    if time.isna().any():
        raise ValueError(f"{path}: column {time.name!r} holds no readable time in line {_line(time.isna())}.")
    backwards = (time < time.shift()).to_numpy()
    if backwards.any():
        raise ValueError(f"{path}: time goes back in line {_line(backwards)}. Sort the file by {time.name!r} first.")


def _labels(labels, path):
    import pandas as pd

    if not pd.api.types.is_integer_dtype(labels) or labels.min() < 0:
        example = labels.min() if pd.api.types.is_numeric_dtype(labels) else labels.iloc[0]
        raise ValueError(
            f"{path}: the label column {labels.name!r} must hold integers, 0 for healthy, without gaps. "
            f"Received values such as {example!r}."
        )
    return labels.to_numpy("int64")


def _numbers(table, path):
    if not len(table.columns):
        raise ValueError(f"{path} holds no column of metrics.")
    for name, column in table.items():
        if column.dtype.kind not in "iuf":
            raise ValueError(
                f"{path}: column {name!r} holds no numbers but values such as {column.iloc[0]!r}. Name it as "
                "time_column or label_column if it is one, or leave it out of the file."
            )
        with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused as such
            values = column.to_numpy("float32")
        if not np.isfinite(values).all():
            raise ValueError(
                f"{path}: column {name!r} has no finite number in line {_line(~np.isfinite(values))} "
                f"({(~np.isfinite(values)).sum()} in all). Fill the gaps or drop these rows first."
            )
    return table.to_numpy("float32")


def _line(flags):
    """The line of the file with the first True; the header is line 1."""
    return int(np.argmax(np.asarray(flags))) + 2
