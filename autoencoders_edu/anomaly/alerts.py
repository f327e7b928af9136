"""Alerts: smoothing over time, consecutive rows above a threshold, and what they mean for whoever is on call."""

import numbers
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu.data.labels import parse_labels

WEEK = 7 * 24 * 60  # minutes


@dataclass(frozen=True)
class Alert:
    """A stretch of trouble: rows start <= i < stop are above the threshold.

    Attributes:
        start, stop: row numbers.
        page: the row at which somebody is paged: the last of the consecutive rows that the rule requires.
        peak: the highest score in it.
        causes: names of the metrics that raised the score most, worst first; empty if the scores have no parts.
    """

    start: int
    stop: int
    page: int
    peak: float
    causes: tuple[str, ...] = ()


def smooth(scores: ArrayLike, rows: int, centred: bool = False) -> np.ndarray:
    """A moving mean along time.

    Args:
        scores: (rows,) or (rows, metrics), in time order.
        rows: positive integer, the number of rows in each mean; 1 changes nothing.
        centred: False averages the current row and those before it, which is all there is when it is time to page. True
            averages as many after as before (rows must be odd): it looks into the future, and is for analysis only.

    Returns:
        An array of the shape of scores. At the ends, the mean is over the rows that exist.

    Example:

    >>> smooth([0, 0, 3, 0, 0], 3).tolist()
    [0.0, 0.0, 1.0, 1.0, 1.0]
    >>> smooth([0, 0, 3, 0, 0], 3, centred=True).tolist()
    [0.0, 1.0, 1.0, 1.0, 0.0]
    """
    scores = np.asarray(scores, "float64")
    width = positive_integer("smooth", "rows", rows)
    if centred and width % 2 == 0:
        raise ValueError(f"A centred mean needs an odd number of rows. Received: rows={rows}; try {rows + 1}.")
    if scores.ndim not in (1, 2) or not len(scores) or not np.isfinite(scores).all():
        raise ValueError(
            f"smooth expects finite scores (rows,) or (rows, metrics). Received: shape {scores.shape}"
            f"{'' if np.isfinite(scores).all() else ', with NaN or infinity'}."
        )
    later = width // 2 if centred else 0
    total = np.zeros_like(scores)
    count = np.zeros((len(scores),) + (1,) * (scores.ndim - 1))
    # Summed shift by shift: differences of a running sum would lose small scores after a huge one.
    size = len(scores)
    for shift in range(-min(later, size - 1), min(width - later, size)):
        into = slice(max(shift, 0), size + min(shift, 0))
        total[into] += scores[max(-shift, 0) : size - max(shift, 0)]
        count[into] += 1
    return total / count


def find_alerts(scores: ArrayLike, threshold: float, consecutive: int = 3) -> list[Alert]:
    """The stretches of at least `consecutive` consecutive rows above the threshold.

    Args:
        scores: (rows,), finite.
        threshold: number; a score equal to it is not above.
        consecutive: positive integer, in rows: minutes, at one row per minute.

    Returns:
        A list of `Alert`, in time order.

    Example:

    >>> [(alert.start, alert.stop, alert.page) for alert in find_alerts([0, 9, 9, 0, 9, 9, 9, 9, 0], 1)]
    [(4, 8, 6)]
    """
    consecutive = positive_integer("find_alerts", "consecutive", consecutive, " of rows")
    threshold = real("find_alerts", "threshold", threshold)
    scores = check_scores("find_alerts", scores)
    return [
        Alert(start, stop, start + consecutive - 1, float(scores[start:stop].max()))
        for start, stop in runs(scores > threshold)
        if stop - start >= consecutive
    ]


def runs(flags: ArrayLike) -> list[tuple[int, int]]:
    """The stretches of True in an array of flags, as pairs (start, stop)."""
    edges = np.diff(np.concatenate([[0], np.asarray(flags, "int8"), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def alerts_per_week(alerts: Sequence[Alert], rows: int, minutes_per_row: float = 1) -> float:
    """The number of alerts per week.

    Args:
        alerts: list of `Alert`.
        rows: number of rows that were watched.
        minutes_per_row: number > 0.
    """
    rows = positive_integer("alerts_per_week", "rows", rows)
    minutes = real("alerts_per_week", "minutes_per_row", minutes_per_row, "a number > 0", lambda value: value > 0)
    return len(alerts) * WEEK / (rows * minutes)


def detection_delays(alerts: Sequence[Alert], incidents: Iterable, minutes_per_row: float = 1) -> pd.DataFrame:
    """For each incident: was somebody paged while it lasted, and how long after its start?

    A page counts for the incident during which it goes out; pages outside incidents are false alerts, see
    `false_alerts`. An alert that was already on when an incident began does not count for it, because nobody is paged
    again: one alarm that never ends detects nothing.

    Args:
        alerts: list of `Alert`.
        incidents: objects with start and stop, such as a `Dataset`'s incidents, or labels (rows,): 0 (or False) where
            healthy, a positive integer (or True) where not.
        minutes_per_row: number > 0.

    Returns:
        A table, one row per incident: kind, start, stop (rows), detected, delay_minutes (NaN if it was missed).
    """
    minutes = real("detection_delays", "minutes_per_row", minutes_per_row, "a number > 0", lambda value: value > 0)
    table = []
    for kind, start, stop in _stretches("detection_delays", incidents):
        pages = [alert.page for alert in alerts if start <= alert.page < stop]
        delay = (min(pages) - start) * minutes if pages else np.nan
        table.append({"kind": kind, "start": start, "stop": stop, "detected": bool(pages), "delay_minutes": delay})
    return pd.DataFrame(table, columns=["kind", "start", "stop", "detected", "delay_minutes"])


def false_alerts(alerts: Sequence[Alert], incidents: Iterable) -> list[Alert]:
    """The alerts whose page goes out during no incident, as a list. Args: as for `detection_delays`."""
    stretches = _stretches("false_alerts", incidents)
    return [alert for alert in alerts if not any(start <= alert.page < stop for _, start, stop in stretches)]


def _stretches(owner, incidents):
    """(kind, start, stop) of each incident."""
    incidents = list(incidents)
    if all(hasattr(incident, "start") and hasattr(incident, "stop") for incident in incidents):
        return [(getattr(incident, "kind", "incident"), incident.start, incident.stop) for incident in incidents]
    return [("incident", start, stop) for start, stop in runs(check_flags(owner, incidents))]


def check_flags(owner: str, labels: ArrayLike) -> np.ndarray:
    """Labels (rows,) as bool, True for anomalous rows, or ValueError. What counts as a label: `parse_labels`."""
    if np.ndim(labels) != 1:
        raise ValueError(f"{owner} expects labels (rows,), one for each row. Received: shape {np.shape(labels)}.")
    values, bad = parse_labels(labels)
    if bad.any():
        column, row = pd.Series(labels), int(bad.argmax())
        raise ValueError(
            f"{owner} expects a label for each row: 0 (or False) where healthy, a positive integer (or True) where "
            f"not. Received: {column.tolist()[row]!r} in row {row}. {_label_remedy(column, row)}"
        )
    return values != 0


def _label_remedy(column, row):
    value, usual = column.tolist()[row], column.mode()[0]
    if pd.isna(value):
        return "Leave out the rows without a label."
    if isinstance(value, numbers.Real) and value < 0:
        return f"If {value} marks anomalies, as in scikit-learn: labels == {value}. If healthy rows: labels != {value}."
    if isinstance(value, numbers.Real):
        return "If these are scores, swap the two arguments: labels come first."
    if str(value).strip().isdecimal():
        return "That is text. Make numbers of it: labels.astype(int)."
    return f"If {usual!r} means healthy: labels != {usual!r}."


def check_scores(owner: str, scores: ArrayLike) -> np.ndarray:
    """Scores as a float array (rows,), or ValueError."""
    try:
        scores = np.asarray(scores, "float64")
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{owner} expects scores (rows,) that are numbers. Received something else: {error}."
        ) from None
    if scores.ndim != 1 or not len(scores) or not np.isfinite(scores).all():
        raise ValueError(
            f"{owner} expects scores (rows,), at least one, all finite. Received: shape {scores.shape}"
            f"{'' if np.isfinite(scores).all() else ', with NaN or infinity'}."
        )
    return scores
