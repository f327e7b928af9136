"""The time column of a CSV file: is it readable, does it go back, does it leave gaps?"""

import re
import warnings
import zoneinfo

import numpy as np
import pandas as pd

from autoencoders_edu.data.csv_file import CsvFile

WIDE = 1.5  # a step that is longer than so many usual ones is a gap
CLOCK_CHANGE = 7200  # seconds by which clocks are put back or forward, at most
ZONE = r":\d\d.*(?:Z|[+-]\d\d(?::?\d\d)?)\s*$"  # a zone at the end of a time of day
# What pandas does not guess: Python's logs, two-digit years, twelve hours, web servers' logs.
MORE_FORMATS = (
    *("%Y-%m-%d %H:%M:%S,%f", "%d/%m/%y %H:%M", "%m/%d/%y %H:%M", "%d.%m.%y %H:%M"),
    *("%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%d/%b/%Y:%H:%M:%S %z"),
)


def check_time(
    times: pd.Series, file: CsvFile, time_format: str | None = None, time_zone: str | None = None
) -> list[str]:
    """Checks that time is readable and does not go back.

    Args:
        times: column of a table.
        file: the `CsvFile` that it comes from.
        time_format, time_zone: as for `csv_table.read`.

    Returns:
        Sentences, if any, about gaps and about rows with the time of the row before.

    Raises:
        ValueError: with the line of the file.
    """
    moments = moments_of(times, file, time_format, time_zone)
    dates = moments.dtype.kind == "M"
    local = dates and moments.dt.tz is None  # of a place that nobody named
    steps = moments.diff()
    steps = (steps.dt.total_seconds() if dates else steps).to_numpy()
    if (steps < 0).any():
        row = int(np.argmax(steps < 0))
        clocks = _clocks("back") if local and -steps[row] <= CLOCK_CHANGE else ""
        raise ValueError(
            f"{file.path}: time goes back in line {file.line(row)}, from {str(times.iloc[row - 1])!r} to "
            f"{str(times.iloc[row])!r}. Sort the file by {times.name!r} first.{clocks}"
        )
    return _gaps(times, steps, file, dates, local) + _repeated(times, steps, file)


def _clocks(way):
    return f" If clocks were put {way} there, say in which zone: time_zone='Europe/Berlin'."


def _gaps(times, steps, file, dates, local):
    usual = np.median(steps[steps > 0]) if (steps > 0).any() else np.inf
    wide = steps > WIDE * usual
    if not wide.any():
        return []
    row, count = int(np.argmax(wide)), int(wide.sum())
    apart = str(pd.Timedelta(seconds=usual)).removeprefix("0 days ") if dates else f"{usual:g}"
    clocks = _clocks("forward") if local and steps[row] <= CLOCK_CHANGE + usual else ""
    return [
        f"{file.path}: {count} gap{'s' * (count > 1)} in time. {file.at(times, row)} follows "
        f"{str(times.iloc[row - 1])!r}, while rows are usually {apart} apart. Smoothing and alerts "
        f"count rows, so they will treat the rows before and after a gap as neighbours.{clocks}"
    ]


def _repeated(times, steps, file):
    same = steps == 0
    if not same.any():
        return []
    return [
        f"{file.path}: {same.sum()} of {len(times)} rows have the time of the row before, first "
        f"{file.at(times, int(np.argmax(same)))}. If the file holds several servers, give each a file of its own."
    ]


def moments_of(
    times: pd.Series, file: CsvFile, time_format: str | None = None, time_zone: str | None = None
) -> pd.Series:
    """The times as numbers, or as dates, in UTC where their zone is known.

    Args: as for `check_time`.

    Raises:
        ValueError: for times that can't be read, or of which only some have a zone.
    """
    numbers = file.numbers(times) if time_format is None else np.array([np.nan])
    if np.isfinite(numbers).mean() > 0.5:
        _check_readable(~np.isfinite(numbers), times, file, time_format)
        return pd.Series(numbers)
    text = times.astype(str)
    try:
        dates = pd.to_datetime(text, format=time_format or "ISO8601", errors="coerce", utc=True)
    except ValueError as error:
        raise ValueError(f"time_format={time_format!r} can't be used: {error}.") from None
    _check_readable(dates.isna().to_numpy(), times, file, time_format)
    zoned = text.str.contains(ZONE) if time_format is None else pd.Series("%z" in time_format.lower())
    if zoned.all():
        return dates
    if zoned.any():
        without, within = int(np.argmin(zoned)), int(np.argmax(zoned))
        raise ValueError(
            f"{file.path}: {file.at(times, without)} has no time zone, but {file.at(times, within)} has one. Write all "
            "times the same way."
        )
    naive = dates.dt.tz_localize(None)
    return naive if time_zone is None else _in_zone(naive, times, file, time_zone)


def _check_readable(bad, times, file, time_format):
    if not bad.any():
        return
    row = int(np.argmax(bad))
    if bad.mean() <= 0.5:
        remedy = "Correct it, or drop this row."
    elif time_format is not None:
        remedy = f"It is not written as time_format={time_format!r} says."
    else:
        remedy = _format_remedy(times.astype(str), row)
    raise ValueError(f"{file.path}: column {times.name!r} holds no readable time: {file.at(times, row)}. {remedy}")


def _format_remedy(text, row):
    """Which formats fit all times?"""
    from pandas.tseries.api import guess_datetime_format

    value = text.iloc[row].strip()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas notes when the day or the month can't come first
        guesses = {guess_datetime_format(value, dayfirst=first) for first in (True, False)}
    usual = sorted(form for form in guesses if form and not form.startswith("%Y-%d"))
    fitting = [
        f"time_format={form!r}"
        for form in dict.fromkeys((*usual, *MORE_FORMATS))
        if pd.to_datetime(text, format=form, errors="coerce", utc=True).notna().all()
    ]
    if not fitting and re.search(r" [A-Z]{3,5}\b", value):
        return "Write the offset from UTC, such as +02:00, in place of the time zone's name."
    says = " or ".join(fitting) or "time_format='%d.%m.%Y %H:%M:%S', for example"
    return f"Expected times such as 2024-02-13 10:00. Say how yours are written: {says}."


def _in_zone(naive, times, file, zone):
    """Times that clocks in a zone showed, which are put forward and back."""
    if zone not in zoneinfo.available_timezones():
        raise ValueError(f"There is no time zone {zone!r}. Expected a name such as 'Europe/Berlin' or 'UTC'.")
    try:
        zoned = naive.dt.tz_localize(zone, ambiguous="infer", nonexistent="NaT")
    except ValueError:
        unclear = naive.dt.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").isna()
        raise ValueError(
            f"{file.path}: {file.at(times, int(np.argmax(unclear)))} occurs twice in {zone}, because clocks are put "
            "back that night, and the lines around it do not show which of the two is meant. Write times with their "
            "offset from UTC, such as 2024-10-27T02:00+01:00."
        ) from None
    if zoned.isna().any():
        raise ValueError(
            f"{file.path}: {file.at(times, int(np.argmax(zoned.isna())))} does not occur in {zone}, because "
            "clocks are put forward that night. Say the time zone in which these times were written."
        )
    return zoned.dt.tz_convert("UTC")
