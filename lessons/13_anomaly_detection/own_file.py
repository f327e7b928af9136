"""A CSV file for lesson 13 such as one might export from a monitoring system, with what usually goes wrong in it."""

import warnings
from pathlib import Path

import autoencoders_edu as ae
import numpy as np
import pandas as pd
from autoencoders_edu.data.simulated_server import WEEK

NAME = "server.csv"
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
