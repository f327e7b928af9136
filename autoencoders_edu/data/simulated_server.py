"""A simulated server: fifty metrics driven by a few hidden causes, with labelled incidents."""

from collections.abc import Sequence

import numpy as np
from scipy.signal import lfilter

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu.data.dataset import Dataset, Incident

WEEK = 7 * 24 * 60  # minutes

# name: (base, load, pressure, writes, backup, misses, noise). A metric is its base plus the weighted sum of the hidden
# causes, in the metric's own unit. `load` ranges from about 0 at night to 1 at the weekday peak; `pressure` is the
# queueing that results; `writes`, `backup` and `misses` lie between 0 and 1.
METRICS = {
    "cpu_user_percent": (6, 42, 2, 3, 4, 2, 1.2),
    "cpu_system_percent": (3, 11, 1, 2, 6, 0, 0.6),
    "cpu_iowait_percent": (0.8, 1, 0.5, 3, 9, 2, 0.4),
    "cpu_steal_percent": (0.4, 0.2, 0, 0, 0, 0, 0.15),
    "load_average_1m": (0.4, 3.2, 1.2, 0.3, 0.8, 0.2, 0.15),
    "load_average_5m": (0.4, 3.2, 1.2, 0.3, 0.8, 0.2, 0.06),
    "context_switches_per_second": (1800, 14000, 900, 1500, 2200, 300, 350),
    "interrupts_per_second": (900, 7200, 300, 700, 1500, 100, 180),
    "processes_running": (2, 5, 2, 0, 1, 0, 0.5),
    "processes_blocked": (0.2, 0.2, 0.3, 0.6, 1.8, 0.2, 0.15),
    "memory_used_percent": (41, 12, 1, 1, 2, 0, 0.5),
    "memory_cached_percent": (28, -6, 0, 2, 9, 3, 0.6),
    "memory_free_megabytes": (9800, -2100, -150, -300, -1400, -200, 90),
    "swap_used_percent": (1.5, 0.6, 0.2, 0, 0.4, 0, 0.08),
    "page_faults_per_second": (210, 900, 40, 120, 350, 60, 45),
    "heap_used_megabytes": (620, 540, 30, 60, 0, 20, 28),
    "gc_pause_milliseconds": (11, 9, 6, 2, 0, 0, 1.4),
    "gc_runs_per_minute": (3, 11, 1, 2, 0, 0, 0.7),
    "disk_reads_per_second": (35, 60, 2, 0, 420, 160, 9),
    "disk_writes_per_second": (55, 90, 2, 210, 90, 0, 11),
    "disk_read_megabytes_per_second": (1.1, 2, 0, 0, 58, 6, 0.5),
    "disk_write_megabytes_per_second": (2.2, 3, 0, 9, 12, 0, 0.5),
    "disk_queue_length": (0.3, 0.2, 0.3, 1.1, 2.6, 0.5, 0.12),
    "disk_latency_milliseconds": (1.6, 0.5, 0.4, 1.6, 4.2, 0.7, 0.2),
    "disk_used_percent": (56, 0.4, 0, 0.6, 1.5, 0, 0.08),
    "inodes_used_percent": (22, 0.1, 0, 0.2, 0.3, 0, 0.03),
    "network_in_megabits_per_second": (14, 120, 0, 22, 4, 0, 4),
    "network_out_megabits_per_second": (25, 310, -4, -15, 170, 0, 9),
    "packets_in_per_second": (1900, 16500, 0, 2400, 900, 0, 420),
    "packets_out_per_second": (2400, 21500, -200, -900, 9500, 0, 560),
    "connections_open": (160, 1250, 90, 0, 6, 15, 26),
    "connections_new_per_second": (9, 130, 0, 0, 0, 0, 4),
    "retransmits_per_second": (0.6, 1.6, 0.8, 0, 1.1, 0, 0.25),
    "packets_dropped_per_second": (0.1, 0.2, 0.2, 0, 0.1, 0, 0.06),
    "requests_per_second": (22, 480, -6, 0, 0, 0, 9),
    "responses_2xx_per_second": (21, 455, -8, 0, 0, 0, 9),
    "responses_4xx_per_second": (0.6, 14, 0, 0, 0, 0, 0.7),
    "responses_5xx_per_second": (0.1, 0.5, 0.9, 0, 0.1, 0.2, 0.12),
    "latency_p50_milliseconds": (21, 4, 9, 3, 2, 7, 1.1),
    "latency_p95_milliseconds": (58, 14, 38, 9, 9, 22, 4),
    "latency_p99_milliseconds": (110, 25, 95, 18, 22, 45, 9),
    "request_queue_length": (0.2, 0.5, 4, 0.2, 0.2, 0.6, 0.3),
    "threads_busy": (3, 31, 7, 1, 1, 3, 1),
    "sessions_active": (120, 2900, 40, 0, 0, 0, 45),
    "database_queries_per_second": (60, 920, -5, 110, 30, 260, 22),
    "database_latency_milliseconds": (2.4, 1.1, 1.8, 1.5, 2.6, 2.2, 0.25),
    "database_locks": (1, 3, 2, 9, 1, 0, 0.7),
    "database_connections": (12, 48, 7, 6, 2, 9, 1.6),
    "cache_hit_percent": (97, -1, 0, -1, -1, -14, 0.4),
    "replication_lag_seconds": (0.3, 0.2, 0.2, 1.4, 2.1, 0, 0.1),
}
PERCENT = np.array([name.endswith("_percent") for name in METRICS])

# kind: (shortest, longest duration in minutes, {metric: shift in standard deviations of the healthy metric}).
# A memory leak grows over its duration; the others rise and fall within ten minutes.
INCIDENTS = {
    "memory_leak": (
        180,
        420,
        {
            "memory_used_percent": 6,
            "memory_free_megabytes": -6,
            "heap_used_megabytes": 5,
            "swap_used_percent": 6,
            "gc_pause_milliseconds": 5,
            "gc_runs_per_minute": 4,
        },
    ),
    "runaway_process": (
        20,
        90,
        {
            "cpu_user_percent": 3,
            "load_average_1m": 4,
            "load_average_5m": 4,
            "processes_running": 5,
            "latency_p99_milliseconds": 2,
        },
    ),
    "disk_slowdown": (
        30,
        120,
        {
            "disk_latency_milliseconds": 6,
            "disk_queue_length": 5,
            "cpu_iowait_percent": 5,
            "processes_blocked": 5,
            "database_latency_milliseconds": 4,
            "replication_lag_seconds": 4,
        },
    ),
    "packet_loss": (
        15,
        60,
        {
            "retransmits_per_second": 8,
            "packets_dropped_per_second": 8,
            "network_out_megabits_per_second": -0.8,
            "latency_p95_milliseconds": 2,
            "latency_p99_milliseconds": 3,
        },
    ),
    "cache_failure": (
        30,
        120,
        {
            "cache_hit_percent": -5,
            "database_queries_per_second": 1.5,
            "database_latency_milliseconds": 3,
            "disk_reads_per_second": 2,
            "latency_p50_milliseconds": 2,
        },
    ),
    "traffic_surge": (20, 90, {}),  # acts on the load, and through it on everything
    "frozen_sensor": (60, 240, {}),  # a group of metrics stops moving
}
FROZEN = tuple(name for name in METRICS if name.startswith("network") or name.startswith("packets_"))
HEALTHY = "healthy"


def generate(
    train_weeks: int = 2,
    val_weeks: int = 1,
    test_weeks: int = 1,
    incidents: int = 14,
    drift: float = 0.0,
    seed: int = 0,
) -> Dataset:
    """Weeks of 50 metrics, one row per minute, from Monday 00:00: healthy rows, then test rows with labelled incidents.

    Four hidden causes (traffic with a daily and a weekly rhythm, the share of writes, a nightly backup, cache misses)
    and a fifth that follows from the first, as queues do when a server fills up, drive all metrics; each metric also
    has its own noise. Healthy rows therefore lie near a curved surface of about five dimensions.

    Args:
        train_weeks, val_weeks, test_weeks: positive integers.
        incidents: number of incidents in the test span, separate from one another, with each of the seven kinds in
            turn; 0 for none.
        drift: number, weekly growth of the traffic as a fraction, from the end of training on (0.05: 5 % per week).
        seed: integer.

    Returns:
        A `Dataset` with x (rows, 50), float32, each metric in the unit that its name gives; y: 0 for healthy rows,
        otherwise the index of the incident's kind in `class_names`; and `incidents`.

    Raises:
        ValueError: for a number of weeks that is not a positive integer, and for a negative number of incidents or more
            than fit into the test span.
    """
    weeks = {"train_weeks": train_weeks, "val_weeks": val_weeks, "test_weeks": test_weeks}
    train_weeks, val_weeks, test_weeks = (positive_integer("server_metrics", name, n) for name, n in weeks.items())
    if incidents != 0:
        positive_integer("server_metrics", "incidents", incidents, " or 0")
    drift = real("server_metrics", "drift", drift)
    rng = np.random.default_rng(seed)
    first_val, first_test = train_weeks * WEEK, (train_weeks + val_weeks) * WEEK
    rows = first_test + test_weeks * WEEK
    planned = plan_incidents(incidents, test_weeks * WEEK, rng)

    load = traffic(rows, rng) * (1 + drift * np.clip(np.arange(rows) - first_val, 0, None) / WEEK)
    for incident in planned:
        if incident.kind == "traffic_surge":
            load[first_test:] += 0.6 * shape_of(incident, len(load) - first_test)
    x = metrics_from_causes(load, rng)
    disturb(x[first_test:], planned, healthy_stddev=x[:first_val].std(axis=0))

    kinds = (HEALTHY, *INCIDENTS)
    y = np.zeros(rows, "int64")
    for incident in planned:
        y[first_test + incident.start : first_test + incident.stop] = kinds.index(incident.kind)
    x = np.clip(x, 0, np.where(PERCENT, 100, np.inf)).astype("float32")
    return Dataset(
        *np.split(x, [first_val, first_test]),
        *np.split(y, [first_val, first_test]),
        name="server_metrics",
        source="generated by autoencoders_edu",
        licence="Apache-2.0",
        class_names=kinds,
        feature_names=tuple(METRICS),
        incidents=planned,
    )


def traffic(rows: int, rng: np.random.Generator) -> np.ndarray:
    """Load per minute: quiet nights, two humps during the day, less at weekends, noise."""
    minute = np.arange(rows)
    hour, day = minute / 60 % 24, minute // (24 * 60) % 7
    daily = np.exp(-(((hour - 11) / 3.2) ** 2)) + 0.85 * np.exp(-(((hour - 17.5) / 3.5) ** 2))
    weekend = np.where(day >= 5, 0.65, 1.0)
    return np.clip(0.06 + 0.75 * daily * weekend * np.exp(wander(rows, 0.08, 240, rng)), 0, None)


def wander(rows: int, stddev: float, minutes: float, rng: np.random.Generator) -> np.ndarray:
    """AR(1) noise of the given standard deviation and correlation time."""
    memory = np.exp(-1 / minutes)
    start = rng.normal(0, stddev)
    steps = rng.normal(0, stddev * np.sqrt(1 - memory**2), rows)
    return lfilter([1], [1, -memory], steps, zi=[memory * start])[0]


def metrics_from_causes(load: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """x (rows, metrics) from the load: the other causes, their weights, and each metric's own noise."""
    rows = len(load)
    hour = np.arange(rows) / 60 % 24
    used = 0.1 + 0.62 * load
    pressure = np.minimum(used / np.maximum(1 - used, 0.1), 6)  # mean queue of a single server, capped
    writes = 1 / (1 + np.exp(-wander(rows, 1.2, 90, rng)))
    backup = np.exp(-(((hour - 2.75) / 0.6) ** 4)) * np.exp(wander(rows, 0.15, 1440, rng))
    misses = 1 / (1 + np.exp(2 - wander(rows, 0.8, 45, rng)))
    table = np.array(list(METRICS.values()))
    causes = np.stack([np.ones(rows), load, pressure, writes, backup, misses], axis=1)
    x = causes @ table[:, :6].T
    for column, noise in enumerate(table[:, 6]):
        x[:, column] += wander(rows, noise, 4, rng)
    return x


def plan_incidents(count: int, rows: int, rng: np.random.Generator) -> tuple[Incident, ...]:
    """`count` incidents of all kinds in random order, one in each of `count` equal stretches of the test span."""
    stretch = rows // count if count else rows
    longest = max(longest for _, longest, _ in INCIDENTS.values())
    if count and stretch < longest + 60:
        raise ValueError(
            f"There is room for {rows // (longest + 60)} incidents in {rows // WEEK} test weeks. Received: incidents="
            f"{count}; ask for fewer, or for more test_weeks."
        )
    kinds = (list(INCIDENTS) * (count // len(INCIDENTS) + 1))[:count]
    planned = []
    for index, kind in enumerate(rng.permutation(kinds)):
        shortest, longest, shifts = INCIDENTS[kind]
        duration = int(rng.integers(shortest, longest + 1))
        start = index * stretch + int(rng.integers(30, stretch - duration - 29))
        disturbed = {"traffic_surge": tuple(METRICS), "frozen_sensor": FROZEN}.get(kind, tuple(shifts))
        planned.append(Incident(str(kind), start, start + duration, disturbed))
    return tuple(planned)


def disturb(x: np.ndarray, planned: Sequence[Incident], healthy_stddev: np.ndarray) -> None:
    """Adds the incidents to the test rows x, in place."""
    column = {name: index for index, name in enumerate(METRICS)}
    for incident in planned:
        shape = shape_of(incident, len(x))
        for name, shift in INCIDENTS[incident.kind][2].items():
            x[:, column[name]] += shift * healthy_stddev[column[name]] * shape
        if incident.kind == "frozen_sensor":
            frozen = [column[name] for name in incident.metrics]
            x[incident.start : incident.stop, frozen] = x[incident.start, frozen]


def shape_of(incident: Incident, rows: int) -> np.ndarray:
    """The strength of the incident in each row, from 0 to 1."""
    inside = np.arange(incident.stop - incident.start)
    if incident.kind == "memory_leak":
        strength = inside / len(inside)
    else:
        strength = np.minimum(1, np.minimum(inside + 1, inside[::-1] + 1) / 10)
    shape = np.zeros(rows)
    shape[incident.start : incident.stop] = strength
    return shape
