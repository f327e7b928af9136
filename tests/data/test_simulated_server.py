"""The simulated server: its rhythm, correlations and drift are there, and each incident does what it says."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autoencoders_edu as ae
from autoencoders_edu.data import simulated_server as server

DAY = 24 * 60
GROWING = ("memory_leak", "runaway_process", "disk_slowdown", "packet_loss", "cache_failure")


def column(name):
    return list(server.METRICS).index(name)


def planned(count, weeks, seed):
    return server.plan_incidents(count, weeks * server.WEEK, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def data():
    return ae.data.load("server_metrics", seed=3)


@pytest.fixture(scope="module")
def healthy():
    """The same weeks as `data`, number by number, had nothing happened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "disturb", lambda x, planned, healthy_stddev: None)
        patch.setattr(server, "shape_of", lambda incident, rows: np.zeros(rows))
        return ae.data.load("server_metrics", seed=3)


def of_kind(data, kind):
    return [incident for incident in data.incidents if incident.kind == kind]


def test_server_weeks_have_the_asked_sizes():
    data = ae.data.load("server_metrics", train_weeks=1, val_weeks=2, test_weeks=3)
    assert [len(x) / (7 * DAY) for x in (data.x_train, data.x_val, data.x_test)] == [1, 2, 3]


def test_server_has_fifty_named_metrics(data):
    assert len(set(data.feature_names)) == data.x_train.shape[1] == 50


def test_server_seed_repeats_the_weeks(data):
    np.testing.assert_array_equal(ae.data.load("server_metrics", seed=3).x_test, data.x_test)


def test_server_other_seed_gives_other_weeks(data):
    other = ae.data.load("server_metrics", seed=4)
    assert (other.x_train != data.x_train).mean() > 0.99
    assert other.incidents != data.incidents


def test_server_percentages_stay_between_0_and_100(data):
    percent = np.array([name.endswith("_percent") for name in data.feature_names])
    x = np.concatenate([data.x_train, data.x_val, data.x_test])[:, percent]
    assert x.min() >= 0
    assert x.max() <= 100


def test_server_metrics_are_never_negative(data):
    assert min(x.min() for x in (data.x_train, data.x_val, data.x_test)) >= 0


def test_server_metrics_all_move_in_healthy_weeks(data):
    assert (data.x_train.std(axis=0) > 0).all()


def test_server_healthy_weeks_have_about_five_dimensions(data):
    x = (data.x_train - data.x_train.mean(axis=0)) / data.x_train.std(axis=0)
    variance = np.linalg.svd(x, compute_uv=False) ** 2
    assert variance[:5].sum() / variance.sum() > 0.95


@pytest.mark.parametrize("metric", ["requests_per_second", "cpu_user_percent", "sessions_active"])
def test_server_is_quieter_at_the_weekend(data, metric):
    by_day = data.x_train[:, column(metric)].reshape(-1, 7, DAY).mean(axis=(0, 2))
    assert by_day[5:].max() < 0.9 * by_day[:5].min()


@pytest.mark.parametrize("metric", ["requests_per_second", "cpu_user_percent", "sessions_active"])
def test_server_is_quieter_at_night(data, metric):
    by_hour = data.x_train[:, column(metric)].reshape(-1, 24, 60).mean(axis=(0, 2))
    assert by_hour[:5].max() < 0.5 * by_hour[10:19].min()


def test_server_backup_reads_the_disk_at_night(data):
    by_hour = data.x_train[:, column("disk_read_megabytes_per_second")].reshape(-1, 24, 60).mean(axis=(0, 2))
    assert by_hour.argmax() in (2, 3)


def test_wander_has_its_standard_deviation_at_every_time():
    rng = np.random.default_rng(0)
    n, stddev = 4000, 2.0
    variance = np.var([server.wander(30, stddev, 10, rng) for _ in range(n)], axis=0)
    assert np.abs(variance - stddev**2).max() < 4 * stddev**2 * np.sqrt(2 / n)


def test_wander_forgets_exponentially():
    rng = np.random.default_rng(1)
    n, minutes = 4000, 10
    x = np.array([server.wander(21, 1.0, minutes, rng) for _ in range(n)])
    for lag in (1, 10, 20):
        expected = np.exp(-lag / minutes)
        standard_error = np.sqrt((1 + expected**2) / n)
        assert abs(np.mean(x[:, 0] * x[:, lag]) - expected) < 4 * standard_error


def test_drift_leaves_training_alone():
    still, growing = (ae.data.load("server_metrics", incidents=0, drift=drift) for drift in (0.0, 0.2))
    np.testing.assert_array_equal(growing.x_train, still.x_train)


@settings(deadline=None, max_examples=4)
@given(drift=st.floats(0.01, 0.3))
def test_drift_raises_traffic_by_its_fraction_a_week(drift):
    still, growing = (ae.data.load("server_metrics", train_weeks=1, incidents=0, drift=d).x_test for d in (0.0, drift))
    # This metric is 14 + 120 * load and what does not depend on the load: their difference is the growth alone.
    new = column("connections_new_per_second")  # 9 + 130 * load + noise of mean 0
    weeks_since_training = 1 + np.arange(server.WEEK) / server.WEEK
    expected = ((still[:, new] - 9) * drift * weeks_since_training).sum()
    assert (growing - still)[:, new].sum() == pytest.approx(expected, rel=0.02)


def test_incidents_of_every_kind_occur(data):
    assert {incident.kind for incident in data.incidents} == set(data.class_names) - {"healthy"}
    assert len(server.INCIDENTS) == 7


def test_incidents_are_the_labels(data):
    expected = np.zeros(len(data.x_test), int)
    for incident in data.incidents:
        expected[incident.start : incident.stop] = data.class_names.index(incident.kind)
    np.testing.assert_array_equal(data.y_test, expected)


def test_incidents_are_in_test_weeks_only(data):
    assert not data.y_train.any()
    assert not data.y_val.any()
    assert data.class_names[0] == "healthy"


def test_incidents_zero_leaves_test_weeks_healthy():
    data = ae.data.load("server_metrics", train_weeks=1, incidents=0)
    assert data.incidents == ()
    assert not data.y_test.any()


@settings(deadline=None, max_examples=30)
@given(weeks=st.integers(1, 3), per_week=st.integers(1, 21), seed=st.integers(0, 999))
def test_incidents_lie_apart_inside_the_test_weeks(weeks, per_week, seed):
    incidents = planned(weeks * per_week, weeks, seed)
    times = [(incident.start, incident.stop) for incident in incidents]
    assert len(times) == weeks * per_week
    assert times[0][0] >= 30
    assert times[-1][1] <= weeks * server.WEEK - 30
    assert all(stop + 60 <= start for (_, stop), (start, _) in pairwise(times))


@settings(deadline=None, max_examples=30)
@given(count=st.integers(1, 21), seed=st.integers(0, 999))
def test_incidents_last_as_long_as_their_kind_does(count, seed):
    for incident in planned(count, 1, seed):
        shortest, longest, _ = server.INCIDENTS[incident.kind]
        assert shortest <= incident.stop - incident.start <= longest


@settings(deadline=None, max_examples=30)
@given(count=st.integers(0, 21), seed=st.integers(0, 999))
def test_incidents_take_the_kinds_in_turn(count, seed):
    kinds = [incident.kind for incident in planned(count, 1, seed)]
    often = [kinds.count(kind) for kind in server.INCIDENTS]
    assert sum(often) == count
    assert max(often) - min(often) <= 1


def test_incidents_touch_nothing_outside_their_times_and_metrics(data, healthy):
    allowed = np.zeros(data.x_test.shape, bool)
    for incident in data.incidents:
        allowed[incident.start : incident.stop, [column(name) for name in incident.metrics]] = True
    np.testing.assert_array_equal(data.x_test[~allowed], healthy.x_test[~allowed])
    np.testing.assert_array_equal(data.x_train, healthy.x_train)


@pytest.mark.parametrize("kind", GROWING)
def test_incident_shifts_its_metrics_by_so_many_standard_deviations(data, healthy, kind):
    stddev = data.x_train.std(axis=0)
    for incident in of_kind(data, kind):
        rows = slice(incident.start, incident.stop)
        shape = server.shape_of(incident, len(data.x_test))[rows]
        for name, shift in server.INCIDENTS[kind][2].items():
            before, after = (x[rows, column(name)] for x in (healthy.x_test, data.x_test))
            limit = 100 if name.endswith("_percent") else np.inf
            expected = np.clip(before + shift * stddev[column(name)] * shape, 0, limit)
            # Standard deviations were taken before clipping to what the metric's unit allows.
            np.testing.assert_allclose(after, expected, atol=0.01 * stddev[column(name)])


@pytest.mark.parametrize("kind", GROWING)
def test_incident_can_be_seen_in_each_of_its_metrics(data, healthy, kind):
    stddev = data.x_train.std(axis=0)
    for incident in of_kind(data, kind):
        shift = np.abs(data.x_test - healthy.x_test)[incident.start : incident.stop].max(axis=0) / stddev
        # Outgoing traffic is cut by 0.8, the least of all the shifts.
        assert min(shift[column(name)] for name in incident.metrics) > 0.6


def test_memory_leak_grows_to_its_end():
    (leak,) = [incident for incident in planned(7, 1, 0) if incident.kind == "memory_leak"]
    shape = server.shape_of(leak, server.WEEK)[leak.start : leak.stop]
    assert shape[0] == 0
    assert (np.diff(shape) > 0).all()
    assert shape[-1] > 0.99


def test_incidents_other_than_leaks_come_and_go_within_ten_minutes():
    for incident in planned(14, 1, 0):
        if incident.kind != "memory_leak" and incident.stop - incident.start >= 20:
            shape = server.shape_of(incident, server.WEEK)[incident.start : incident.stop]
            np.testing.assert_allclose(shape[:10], np.arange(1, 11) / 10)
            np.testing.assert_array_equal(shape[9:-9], 1)
            np.testing.assert_allclose(shape, shape[::-1])


def test_traffic_surge_moves_every_metric(data, healthy):
    for incident in of_kind(data, "traffic_surge"):
        moved = (data.x_test != healthy.x_test)[incident.start : incident.stop]
        assert moved.any(axis=0).all()
        assert incident.metrics == data.feature_names


def test_traffic_surge_adds_load(data, healthy):
    new = column("connections_new_per_second")
    for incident in of_kind(data, "traffic_surge"):
        rows = slice(incident.start, incident.stop)
        added = (data.x_test - healthy.x_test)[rows, new]
        expected = 130 * 0.6 * server.shape_of(incident, len(data.x_test))[rows]
        np.testing.assert_allclose(added, expected, atol=1e-3)


def test_frozen_sensor_is_constant_in_its_metrics(data):
    for incident in of_kind(data, "frozen_sensor"):
        frozen = data.x_test[incident.start : incident.stop, [column(name) for name in incident.metrics]]
        np.testing.assert_array_equal(frozen, np.broadcast_to(frozen[0], frozen.shape))


def test_frozen_sensor_starts_from_the_last_true_value(data, healthy):
    for incident in of_kind(data, "frozen_sensor"):
        np.testing.assert_array_equal(data.x_test[incident.start], healthy.x_test[incident.start])


def test_frozen_sensor_leaves_the_other_metrics_moving(data):
    for incident in of_kind(data, "frozen_sensor"):
        others = [column(name) for name in data.feature_names if name not in incident.metrics]
        assert (data.x_test[incident.start : incident.stop, others].std(axis=0) > 0).all()


@pytest.mark.parametrize("option", ["train_weeks", "val_weeks", "test_weeks"])
@pytest.mark.parametrize("weeks", [0, -1, 1.5])
def test_server_refuses_anything_but_whole_weeks(option, weeks):
    with pytest.raises(ValueError, match=f"expects {option} to be a positive integer. Received: {weeks}"):
        ae.data.load("server_metrics", **{option: weeks})


@pytest.mark.parametrize("incidents", [-1, 2.5])
def test_server_refuses_a_negative_number_of_incidents(incidents):
    with pytest.raises(ValueError, match=f"incidents to be a positive integer or 0. Received: {incidents}"):
        ae.data.load("server_metrics", incidents=incidents)


def test_server_refuses_a_drift_that_is_no_number():
    with pytest.raises(ValueError, match=r"drift to be a finite number. Received: nan"):
        ae.data.load("server_metrics", drift=float("nan"))


@pytest.mark.parametrize("weeks", [1, 2])
def test_server_refuses_one_incident_more_than_it_has_room_for(weeks):
    room = weeks * server.WEEK // 480
    assert len(planned(room, weeks, 0)) == room
    with pytest.raises(ValueError, match=f"room for {room} incidents.*incidents={room + 1}"):
        ae.data.load("server_metrics", train_weeks=1, test_weeks=weeks, incidents=room + 1)
