"""The metrics among the columns of a CSV file: finite numbers, and no row numbers, times or labels in disguise."""

import re

import numpy as np
import pandas as pd

from autoencoders_edu.data.csv_file import CsvFile

MISSING = {"", "-", "--", ".", "?", "na", "n/a", "#n/a", "nan", "nil", "none", "null", "missing", "inf", "-inf"}
LABELS = {"label", "labels", "anomaly", "is_anomaly", "anomalous", "is_anomalous", "outlier", "is_outlier", "attack"}
GAP = "Fill the gaps or drop these rows first."
ENOUGH = 10  # rows: fewer may rise all along by chance
DIGITS = 1e-12  # of a value: smaller changes are rounding errors of whoever computed it


def metrics_of(table: pd.DataFrame, file: CsvFile) -> tuple[np.ndarray, list[str]]:
    """The columns of a table as metrics.

    Args:
        table: what is left of it without time and labels.
        file: the `CsvFile` that it comes from.

    Returns:
        (x, notes): float32 (rows, metrics), and sentences, if any, about metrics that may mislead.

    Raises:
        ValueError: for columns that are no metrics, with the line of the file where one cell is to blame.
    """
    if not len(table.columns):
        raise ValueError(f"{file.path} holds no column of metrics.")
    values = {name: file.numbers(column) for name, column in table.items()}
    _check_words(table, values, file)
    with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused as such
        x = np.stack(list(values.values()), axis=1).astype("float32")
    for position, name in enumerate(values):
        _check_finite(table[name], values[name], np.isfinite(x[:, position]), file)
        _check_name(name, values[name], file)
    notes = _trends(values, file)
    for position, name in enumerate(values):
        notes += _lost_detail(name, values[name], x[:, position], file)
    return x, notes


def _check_words(table, values, file):
    """Columns without a single number are none of metrics, or their numbers are written in another way."""
    cells = {name: str(table[name].iloc[0]).strip() for name in table if np.isnan(values[name]).all()}
    words = {name: cell for name, cell in cells.items() if cell.lower() not in MISSING}
    remedies = {name: remedy for name, cell in words.items() if (remedy := _remedy(cell, file))}
    if words:
        name = next(iter(remedies or words))
        otherwise = f"Name it as time_column or label_column if it is one, or leave it out: drop={list(words)}."
        raise ValueError(
            f"{file.path}: column {name!r} holds no numbers but values such as {words[name]!r}. "
            f"{remedies.get(name, otherwise)}"
        )


def _check_finite(column, values, finite, file):
    if finite.all():
        return
    row = int(np.argmin(finite))
    cell = str(column.iloc[row]).strip()
    otherwise = GAP if cell.lower() in MISSING else "Correct it, or drop this row."
    raise ValueError(
        f"{file.path}: column {column.name!r} has no finite number in line {file.line(row)} ({(~finite).sum()} in "
        f"all): {cell!r}{' is too large for float32' if np.isfinite(values[row]) else ''}. "
        f"{_remedy(cell, file) or otherwise}"
    )


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


def _trends(values, file):
    """Metrics that never turn round are row numbers, times or counters."""
    always, mostly = [], []  # moving in each row, in most rows
    for name, column in values.items():
        steps = np.diff(column)
        if len(column) >= ENOUGH and ((steps >= 0).all() or (steps <= 0).all()):
            moving = (steps != 0).mean()
            (always if moving == 1 else mostly if moving > 0.5 else []).append(name)
    if always:
        raise ValueError(_trend_words(always, values, file))
    return [_trend_words(mostly, values, file)] if mostly else []


def _trend_words(names, values, file):
    name, (first, last) = names[0], values[names[0]][[0, -1]]
    one = f"column {name!r} only ever {'rises' if first < last else 'falls'}"
    return (
        f"{file.path}: {one if len(names) == 1 else f'columns {str(names)[1:-1]} only ever rise or fall'}, as row "
        f"numbers, times and counters do ({name!r}: from {first:.15g} to {last:.15g}). Their later values never occur "
        f"in training, so every later row would look anomalous. Leave row numbers out: drop={names}. Name the time: "
        f"time_column={name!r}. Save a counter's change from row to row instead: table[{name!r}].diff() in pandas."
    )


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
