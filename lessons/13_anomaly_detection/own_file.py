"""From a CSV file of metrics to pages, with an example file in which the usual things go wrong. For lesson 13."""

import dataclasses
import warnings
from pathlib import Path

import autoencoders_edu as ae
import numpy as np
import pandas as pd
from autoencoders_edu.data.csv_file import CsvFile
from autoencoders_edu.data.csv_time import check_time, moments_of
from autoencoders_edu.data.simulated_server import WEEK

NAME = "server.csv"
MOST_GAPS = 0.05  # a metric with a larger share of gaps is refused: a row with a gap is not judged
METRICS = (
    *("cpu_user_percent", "cpu_iowait_percent", "load_average_1m", "processes_running", "memory_used_percent"),
    *("heap_used_megabytes", "gc_pause_milliseconds", "disk_latency_milliseconds", "disk_queue_length"),
    *("network_in_megabits_per_second", "retransmits_per_second", "connections_open", "latency_p50_milliseconds"),
    *("latency_p99_milliseconds", "database_queries_per_second", "cache_hit_percent"),
)


def write_example(path, seed=0):
    """Three weeks of a simulated server, the last with incidents, as local times of Berlin. Returns the incidents.

    Clocks are put back in the second week. An hour is missing, three rows stand there twice, and requests are a counter
    that starts again at 0 when the server is restarted.
    """
    data = ae.data.load("server_metrics", train_weeks=1, seed=seed)
    x = pd.DataFrame(np.concatenate([data.x_train, data.x_val, data.x_test]), columns=list(data.feature_names))
    table = x[list(METRICS)].round(3)
    total = (60 * x["requests_per_second"]).round().cumsum()
    restart = WEEK // 2
    table["requests_total"] = np.where(table.index < restart, total, total - total[restart])
    times = pd.date_range("2024-10-14", periods=len(table), freq="min", tz="Europe/Berlin")
    table.insert(0, "time", times.tz_localize(None).strftime("%Y-%m-%d %H:%M"))
    kept = np.delete(np.arange(len(table)), np.s_[5000:5060])
    kept = np.insert(kept, [9000, 9001, 9002], kept[[8999, 9000, 9001]])
    table.iloc[kept].to_csv(path, index=False)
    return data.incidents


def complaints(path, **options):
    """What the library says about a file: why it refuses it, or of what it warns."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        try:
            ae.data.load("server_metrics", source="csv", path=path, **options)
            said = [f"warned: {warning.message}" for warning in found]
        except ValueError as error:
            said = [f"refused: {error}"]
    return [text.replace(str(path), Path(path).name) for text in said]


def mended(path, time_column="time", time_format=None, time_zone=None, counters=(), drop=(), **written):
    """The file as one row per interval, whatever that is; counters become steps, and gaps are NaN.

    Args:
        path: of the file, with times in ISO 8601 (with or without offsets) or in seconds or milliseconds since 1970.
        time_format, written: as for `ae.data.load("server_metrics", source="csv", ...)`, such as sep=";", decimal=",".
        time_zone: that of times without offsets, and of the pages; None: UTC.
        counters, drop: names of columns that are counters, and of those to leave out.

    Raises:
        ValueError: if time goes back, if many rows repeat a time, or if a metric has too many gaps.
    """
    file = CsvFile(Path(path), **written)
    table = file.table(as_text=(time_column,) if time_format else ()).drop(columns=list(drop))
    times = table.pop(time_column)
    check_time(times, file, time_format, time_zone)
    moments = moments_of(times, file, time_format, time_zone)
    if moments.dtype.kind == "f":
        moments = pd.to_datetime(moments, unit="ms" if moments.median() > 1e11 else "s")
    utc = pd.DatetimeIndex(moments.dt.tz_localize("UTC") if moments.dt.tz is None else moments)
    table = table.apply(lambda column: file.numbers(column)).set_index(utc.tz_convert(time_zone or "UTC"))
    repeated = table.index.duplicated()
    if repeated.mean() > MOST_GAPS:
        raise ValueError(f"{repeated.mean():.0%} of the rows repeat a time. Give each server a file of its own.")
    table = table[~repeated]
    interval = table.index.to_series().diff().median()
    grid = pd.date_range(table.index[0], table.index[-1], freq=interval)
    table = table.reindex(grid, method="nearest", tolerance=interval / 2)  # seconds of jitter do not matter
    for name in counters:
        step = table[name].diff()
        table[name] = step.where(step >= 0)  # a restart is a gap
    return _checked(table)


def _checked(table):
    gaps = table[table.notna().any(axis=1)].isna().mean()
    if (gaps > MOST_GAPS).any():
        shares = ", ".join(f"{name} ({share:.0%})" for name, share in gaps[gaps > MOST_GAPS].items())
        raise ValueError(f"Too many gaps: {shares}. Leave these out with drop=[...], or export them more often.")
    steps = table.diff()
    for name in table.columns[((steps > 0).mean() > 0.5) & ((steps < 0).mean() < 0.001)]:
        print(f"Is {name!r} a counter? It hardly ever falls. If so: counters=[{name!r}].")
    return table


def alerts_of(table, healthy="7D", held_out="7D"):
    """Trains on the first rows, sets the threshold with those after them, and watches the rest: pages at the third row.

    Args:
        table: as from `mended`.
        healthy, held_out: how long these two parts are, as pandas writes it.

    Returns:
        (alerts, pages): a list of `ae.anomaly.Alert`, whose rows are those after the held-out ones, and the same as a
        table, with times and causes.
    """
    first = table.index[0] + pd.Timedelta(healthy)
    second = first + pd.Timedelta(held_out)
    if second > table.index[-1]:
        raise ValueError(f"The file ends at {table.index[-1]}: no rows are left to be watched from {second} on.")
    known, later, rows = table[: first - pd.Timedelta(1)], table[first : second - pd.Timedelta(1)], table[second:]
    parts = {"to train on": known, "for the threshold": later, "judged": rows}
    for name, part in parts.items():
        complete = part.notna().all(axis=1)
        print(f"{name}: {complete.mean():.1%} of {len(part)} rows{'' if complete.all() else ' (the others have gaps)'}")
    detector = ae.AnomalyDetector(smoothing=1, seed=0).fit(known.dropna())
    detector.set_threshold(later.dropna())
    scores = np.full(len(rows), detector.threshold)  # where a row has a gap: not above
    scores[complete] = detector.score(rows[complete])
    alerts = []
    for alert in ae.anomaly.find_alerts(scores, detector.threshold, 3):
        above = rows[alert.start : alert.stop]
        shares = detector.causes(above, ae.anomaly.Alert(0, len(above), 0, alert.peak))
        alerts.append(dataclasses.replace(alert, causes=tuple(shares[shares > 0].index[:2])))
    lines = [
        (rows.index[a.page].strftime("%a %d %b %H:%M"), a.stop - a.start, *(*a.causes, "", "")[:2]) for a in alerts
    ]
    return alerts, pd.DataFrame(lines, columns=["page", "rows", "cause", "second cause"])
