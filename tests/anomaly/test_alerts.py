"""From scores to pages: on hand-made scores whose alerts are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoencoders_edu.anomaly import alerts as A
from autoencoders_edu.data import Incident


@settings(deadline=None, max_examples=30)
@given(rows=st.integers(1, 9), centred=st.booleans(), length=st.integers(1, 30))
def test_smoothing_is_the_mean_of_what_the_window_holds(rows, centred, length):
    rows += centred and rows % 2 == 0
    x = np.random.default_rng(length).normal(size=length)
    before, after = (rows // 2, rows // 2) if centred else (rows - 1, 0)
    expected = [x[max(i - before, 0) : i + after + 1].mean() for i in range(length)]
    np.testing.assert_allclose(A.smooth(x, rows, centred), expected)


def test_causal_smoothing_does_not_see_the_future():
    x = np.random.default_rng(0).normal(size=50)
    changed = x.copy()
    changed[30:] += 100
    np.testing.assert_array_equal(A.smooth(x, 5)[:30], A.smooth(changed, 5)[:30])


def test_smoothing_goes_along_time_and_keeps_metrics_apart():
    x = np.random.default_rng(0).normal(size=(20, 3))
    np.testing.assert_allclose(A.smooth(x, 4)[:, 1], A.smooth(x[:, 1], 4))


def test_smoothing_keeps_small_scores_after_a_huge_one():
    assert A.smooth(np.array([1e20, 1, 1, 1, 1]), 2)[-1] == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: A.smooth([1.0], 0), "rows to be a positive integer. Received: 0"),
        (lambda: A.smooth([1.0], 4, centred=True), "odd number of rows. Received: rows=4; try 5"),
        (lambda: A.smooth([np.nan], 1), r"finite scores.*Received: shape \(1,\), with NaN or infinity"),
        (lambda: A.find_alerts([1.0], 0, consecutive=-1), "consecutive to be a positive integer of rows. Received: -1"),
        (lambda: A.find_alerts([1.0], np.nan), "threshold to be a finite number. Received: nan"),
        (lambda: A.find_alerts([[1.0]], 0), r"expects scores \(rows,\).*Received: shape \(1, 1\)"),
        (lambda: A.find_alerts([1.0, np.inf], 0), "with NaN or infinity"),
        (lambda: A.find_alerts(["a"], 0), r"expects scores \(rows,\) that are numbers. Received something else: could"),
        (lambda: A.detection_delays([], np.zeros((3, 1))), r"labels \(rows,\), one for each row. Received: .*\(3, 1\)"),
        (lambda: A.alerts_per_week([], 0), "rows to be a positive integer. Received: 0"),
        (lambda: A.alerts_per_week([], 10, 0), "minutes_per_row to be a number > 0. Received: 0"),
        (lambda: A.detection_delays([], [], -1), "minutes_per_row to be a number > 0. Received: -1"),
    ],
)
def test_bad_arguments_are_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@settings(deadline=None, max_examples=50)
@given(flags=st.lists(st.booleans(), min_size=1, max_size=40), consecutive=st.integers(1, 4))
def test_alerts_are_the_long_runs_above_the_threshold(flags, consecutive):
    found = A.find_alerts(np.array(flags, float), 0.5, consecutive)
    inside = np.zeros(len(flags), bool)
    for alert in found:
        assert alert.stop - alert.start >= consecutive
        assert alert.page == alert.start + consecutive - 1
        inside[alert.start : alert.stop] = True
    for i, flag in enumerate(flags):
        first, last = i, i
        while flag and first > 0 and flags[first - 1]:
            first -= 1
        while flag and last < len(flags) - 1 and flags[last + 1]:
            last += 1
        assert inside[i] == (flag and last - first + 1 >= consecutive)


def test_a_score_at_the_threshold_is_not_above_it():
    assert A.find_alerts([1, 1, 1], 1, 1) == []


def test_alerts_keep_their_peak():
    assert [alert.peak for alert in A.find_alerts([0, 2, 5, 3, 0], 1)] == [5]


def test_alerts_a_week():
    alerts = A.find_alerts([2, 0] * 6, 1, consecutive=1)
    assert A.alerts_per_week(alerts, rows=7 * 24 * 60) == 6
    assert A.alerts_per_week(alerts, rows=2 * 7 * 24 * 12, minutes_per_row=5) == 3


INCIDENTS = (Incident("leak", 10, 20, ()), Incident("loss", 30, 40, ()), Incident("surge", 50, 60, ()))


def test_delays_run_from_the_incident_to_the_page():
    alerts = [A.Alert(12, 18, 14, 1.0), A.Alert(45, 55, 50, 1.0), A.Alert(70, 75, 72, 1.0)]
    table = A.detection_delays(alerts, INCIDENTS, minutes_per_row=5)
    assert table["kind"].tolist() == ["leak", "loss", "surge"]
    assert table["detected"].tolist() == [True, False, True]
    np.testing.assert_equal(table["delay_minutes"].tolist(), [20.0, np.nan, 0.0])
    assert A.false_alerts(alerts, INCIDENTS) == alerts[2:]


def test_a_page_that_goes_out_after_the_incident_comes_too_late():
    table = A.detection_delays([A.Alert(18, 25, 20, 1.0)], INCIDENTS[:1])
    assert not table["detected"][0]
    assert A.false_alerts([A.Alert(18, 25, 20, 1.0)], INCIDENTS[:1]) == [A.Alert(18, 25, 20, 1.0)]


def test_an_alarm_that_never_ends_finds_nothing():
    always = [A.Alert(0, 100, 2, 1.0)]
    assert not A.detection_delays(always, INCIDENTS)["detected"].any()
    assert A.false_alerts(always, INCIDENTS) == always


def test_labels_will_do_for_incidents():
    labels = np.zeros(60, int)
    labels[10:20], labels[30:40] = 1, 2
    table = A.detection_delays([A.Alert(12, 18, 14, 1.0)], labels)
    assert table[["start", "stop"]].to_numpy().tolist() == [[10, 20], [30, 40]]
    assert table["delay_minutes"][0] == 4


def test_no_alerts_and_no_incidents_give_empty_answers():
    assert len(A.detection_delays([], [])) == 0
    assert A.false_alerts([], INCIDENTS) == []
    assert A.alerts_per_week([], 100) == 0
