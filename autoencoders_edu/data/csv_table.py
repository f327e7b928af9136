"""Metrics from a user's CSV file."""

import numbers
import warnings
from collections.abc import Hashable, Iterable
from pathlib import Path

import numpy as np

from autoencoders_edu.data.csv_file import CsvFile
from autoencoders_edu.data.csv_metrics import GAP, MISSING, metrics_of
from autoencoders_edu.data.csv_time import check_time
from autoencoders_edu.data.dataset import Dataset
from autoencoders_edu.data.labels import parse_labels


def read(
    path: str | Path,
    time_column: Hashable = None,
    label_column: Hashable = None,
    train: float = 0.5,
    val: float = 0.25,
    *,
    drop: Iterable[Hashable] = (),
    sep: str = ",",
    decimal: str = ".",
    thousands: str | None = None,
    header: int | str | None = "infer",
    encoding: str = "utf-8",
    time_format: str | None = None,
    time_zone: str | None = None,
    label: dict | None = None,
) -> Dataset:
    """Reads a CSV file with a header, one row per time step and one column per metric.

    Rows are kept in the order of the file and split by time into training, validation and test rows. Nothing is scaled,
    filled or left out unless you say so. True and False count as 1 and 0.

    Args:
        path: path of the file.
        time_column: name of the column with the time, which must not decrease; it is not part of x. Numbers, or dates
            and times in ISO 8601, such as 2024-02-13 10:00:00.5+01:00.
        label_column: name of a column that is 0 for healthy rows and a positive integer otherwise, if there is one.
        train, val: fractions of the rows, each above 0, with a sum below 1.
        drop: names of columns to leave out.
        sep: the character between two fields, or r"\\s+" for any number of blanks.
        decimal: the decimal mark, "." or ",".
        thousands: the character between groups of three digits, if there is one.
        header: which line holds the names, not counting blank lines. "infer": the first, unless it looks like the
            lines below it, which is refused; 0: the first; None: there are no names, and columns are numbered from 0.
        encoding: the file's encoding, such as "utf-16" or "cp1252".
        time_format: the format of times that are not in ISO 8601, such as "%d.%m.%Y %H:%M", as for
            `datetime.strptime`.
        time_zone: the zone of times that name none, such as "Europe/Berlin": then the hour that is repeated in autumn
            does not go back, and the one that is skipped in spring is not a gap.
        label: what the values of the label column mean if they are not such integers: {"ok": 0, "down": 1}.

    Returns:
        A `Dataset` with x (rows, metrics); y is None without a label column.

    Warns:
        UserWarning: about gaps in time, rows with equal times, columns that only ever rise or fall, and changes from
            row to row that are too small for float32.

    Raises:
        ValueError: for a missing or empty file, a column that is missing or holds no numbers, a gap (NaN), row numbers
            or times used as a metric, time that decreases, or fractions that leave a part empty; with the line, the
            value, and what to do.
    """
    file = CsvFile(Path(path).expanduser(), sep, decimal, thousands, header, encoding)
    _check_roles(time_column, label_column, time_format=time_format, time_zone=time_zone, label=label)
    table = file.table(as_text=() if time_format is None else (time_column,))
    if table.empty:
        raise ValueError(f"{file.path} holds no rows below its header line.")
    notes = []
    for name in [drop] if isinstance(drop, str | int) else drop:
        _take(table, "drop", name, file)
    if time_column is not None:
        notes += check_time(_take(table, "time_column", time_column, file), file, time_format, time_zone)
    labels = None if label_column is None else _labels(_take(table, "label_column", label_column, file), file, label)
    x, found = metrics_of(table, file)
    splits = _splits(len(x), train, val, file)
    for note in notes + found:
        warnings.warn(note, stacklevel=4)  # points at the call of `ae.data.load`
    return Dataset(
        *np.split(x, splits),
        *((None, None, None) if labels is None else np.split(labels, splits)),
        name="server_metrics",
        source=str(file.path),
        licence="yours",
        class_names=() if labels is None else _class_names(labels.max()),
        feature_names=tuple(map(str, table)),
    )


def _check_roles(time_column, label_column, **options):
    for name, value in options.items():
        role, column = ("label_column", label_column) if name == "label" else ("time_column", time_column)
        if value is not None and column is None:
            raise ValueError(f"{name}={value!r} says how to read a column. Say which one it is: {role}=...")


def _splits(rows, train, val, file):
    """The first rows of the validation and of the test part."""
    sensible = all(isinstance(part, numbers.Real) and float(part) > 0 for part in (train, val)) and train + val < 1
    first_val, first_test = (int(rows * train), int(rows * (train + val))) if sensible else (0, 0)
    if not 0 < first_val < first_test < rows:
        raise ValueError(
            f"{file.path} has {rows} rows; fractions train={train}, val={val} would leave a part of the split empty. "
            "Expected positive fractions that sum to less than 1, and at least one row for each part."
        )
    return [first_val, first_test]


def _class_names(highest):
    return (
        ("healthy", "incident") if highest < 2 else ("healthy", *(f"incident {kind}" for kind in range(1, highest + 1)))
    )


def _take(table, role, name, file):
    if name not in table:
        raise ValueError(f"{file.path} has no column {name!r} ({role}). Its columns: {', '.join(map(repr, table))}.")
    return table.pop(name)


def _labels(column, file, meaning):
    """The labels as integers; `meaning` is the option `label`."""
    values = column if column.dtype.kind in "biuf" else file.numbers(column)
    labels, bad = parse_labels(values if meaning is None else _translated(column, meaning))
    if bad.any():
        row = int(bad.argmax())
        gap = str(column.iloc[row]).strip().lower() in MISSING
        raise ValueError(
            f"{file.path}: the label column {column.name!r} must hold integers, 0 for healthy, without gaps. Received "
            f"{file.at(column, row)}. {GAP if gap else f'Say what the values mean: {_example(column)}.'}"
        )
    if labels.all():
        raise ValueError(
            f"{file.path}: no row is labelled healthy: the label column {column.name!r} is never 0. Say what the "
            f"values mean: {_example(column)}."
        )
    return labels


def _translated(column, meaning):
    """The values of a column after a table {value: label}, NaN for those that it does not hold."""
    if not isinstance(meaning, dict):
        raise ValueError(
            f"label says what each value of the label column means, such as {_example(column)}. Received: {meaning!r}."
        )
    if column.dtype.kind in "biuf":
        return column.map(meaning)
    return column.str.strip().map({str(value): label for value, label in meaning.items()})


def _example(column):
    """An option `label` for this column, as if its most frequent value were the healthy one."""
    values, healthy = column.unique().tolist(), column.mode()[0]
    more = ", ..." if len(values) > 4 else ""
    return f"label={{{', '.join(f'{value!r}: {int(value != healthy)}' for value in values[:4])}{more}}}"
