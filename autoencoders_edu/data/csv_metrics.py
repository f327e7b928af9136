"""The metrics among the columns of a CSV file: finite numbers, and no row numbers, times or labels in disguise."""

import re

import numpy as np

MISSING = {"", "-", "--", ".", "?", "na", "n/a", "#n/a", "nan", "nil", "none", "null", "missing", "inf", "-inf"}
LABELS = {"label", "labels", "anomaly", "is_anomaly", "anomalous", "is_anomalous", "outlier", "is_outlier", "attack"}
GAP = "Fill the gaps or drop these rows first."
ENOUGH = 10  # rows: fewer may rise all along by chance
DIGITS = 1e-12  # of a value: smaller changes are rounding errors of whoever computed it


def metrics_of(table, file):
    """The columns of a table as metrics.

    Args:
        table: what is left of it without time and labels.
        file: the `CsvFile` that it comes from.

    Returns:
        (x, notes): float32 (rows, metrics), and sentences, if any, about metrics that may mislead.

    Raises:
        ValueError: for a column that is no metric, with the line of the file where one cell is to blame.
    """
    if not len(table.columns):
        raise ValueError(f"{file.path} holds no column of metrics.")
    x, notes = np.empty(table.shape, "float32"), []
    for position, (name, column) in enumerate(table.items()):
        values = file.numbers(column)
        with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused as such
            x[:, position] = values
        _check_name(name, values, file)
        _check_finite(column, values, np.isfinite(x[:, position]), file)
        notes += _trend(name, values, file) + _lost_detail(name, values, x[:, position], file)
    return x, notes


def _check_name(name, values, file):
    if str(name).startswith("Unnamed: "):
        raise ValueError(
            f"{file.path}: column {int(name.split()[1]) + 1} has no name; here it is called {name!r}. If it numbers "
            f"the rows, leave it out: drop={name!r}. If it is the time: time_column={name!r}. If it is a metric, write "
            "its name into the header line."
        )
    if str(name).lower().replace(" ", "_") in LABELS and set(np.unique(values)) <= {-1, 0, 1}:
        raise ValueError(
            f"{file.path}: column {name!r} seems to hold labels; as a metric it would give the answer away. "
            f"Say label_column={name!r}, or leave it out: drop={name!r}."
        )


def _check_finite(column, values, finite, file):
    if finite.all():
        return
    row = int(np.argmin(finite))
    cell = str(column.iloc[row]).strip()
    remedy, missing = _remedy(cell, file), cell.lower() in MISSING
    if np.isnan(values).all() and not missing:
        otherwise = f"Name it as time_column or label_column if it is one, or leave it out: drop={column.name!r}."
        raise ValueError(
            f"{file.path}: column {column.name!r} holds no numbers but values such as {cell!r}. {remedy or otherwise}"
        )
    raise ValueError(
        f"{file.path}: column {column.name!r} has no finite number in line {file.line(row)} ({(~finite).sum()} in "
        f"all): {cell!r}{' is too large for float32' if np.isfinite(values[row]) else ''}. "
        f"{remedy or (GAP if missing else 'Correct it, or drop this row.')}"
    )


def _remedy(cell, file):
    """What to do with a cell that is nearly a number; "" with any other."""
    ways = []
    if re.fullmatch(r"[+-]?\d*[.,]\d+", cell):
        ways = [f"decimal={mark!r}" for mark in ".," if mark in cell and mark != file.decimal]
    if groups := re.fullmatch(r"[+-]?\d{1,3}(?:([.,'\s])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", cell):
        ways += [f"thousands={groups[1]!r}"] if groups[1] not in (file.decimal, file.thousands) else []
    if cell.count(".") > 1 and file.decimal == "." and groups:
        ways = ["decimal=',', thousands='.'"]
    if ways:
        return f"Say how numbers are written: {' or '.join(ways)}."
    if re.match(r"[+-]?\d[\d.,]*\s*[^\d\s.,:/-]+$", cell):
        return "Write the number alone, without a unit."
    return ""


def _trend(name, values, file):
    """A metric that never turns round is a row number, a time or a counter."""
    steps = np.diff(values)
    way = "rises" if (steps >= 0).all() else "falls" if (steps <= 0).all() else None
    if len(values) < ENOUGH or way is None or (steps != 0).mean() <= 0.5:
        return []
    found = (
        f"{file.path}: column {name!r} only ever {way}, from {values[0]:.15g} to {values[-1]:.15g}, as row numbers, "
        "times and counters do. Its later values never occur in training, so every later row would look anomalous. If "
        f"it numbers the rows, leave it out: drop={name!r}. If it is the time: time_column={name!r}. If it is a "
        f"counter, save its change from row to row instead (pandas: table[{name!r}].diff())."
    )
    if (steps != 0).all():
        raise ValueError(found)
    return [found]


def _lost_detail(name, values, x, file):
    """A number of float32 has about seven digits: do changes from row to row get lost?"""
    steps = np.abs(np.diff(values))
    changed = steps > DIGITS * np.abs(values[1:])
    lost = changed & (np.diff(x) == 0)
    if lost.sum() <= 0.1 * changed.sum():
        return []
    return [
        f"{file.path}: column {name!r} loses detail: {lost.sum()} of its {changed.sum()} changes from row to row are "
        f"too small for float32, which holds about 7 digits of numbers such as {values[0]:.15g}. If they matter, "
        "subtract the column's mean first, or save its change from row to row instead."
    ]
