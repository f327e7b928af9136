"""The drift monitor: false alarms as rare as promised, and a drift that is seen."""

import itertools

import numpy as np
import pytest
from scipy.stats import entropy

from autoencoders_edu.anomaly.drift import DriftMonitor, population_stability_index

DAY = 48  # rows


def healthy(days, rng, level=1.0):
    """Scores with a rhythm by day, days that differ, and noise that remembers its past."""
    daily = rng.normal(0, 0.1, days).repeat(DAY)
    rhythm = 0.3 * np.sin(2 * np.pi * np.arange(days * DAY) / DAY)
    noise = np.convolve(rng.normal(0, 0.3, days * DAY), np.ones(10) / 10, "same")
    return level * np.exp(daily + rhythm + noise)


def test_false_alarms_are_as_rare_as_alpha_says():
    """At alpha = 0.2, over 400 weeks: 0.2 by the test alone, within three standard errors; not more with both rules."""
    rng = np.random.default_rng(0)
    reports = []
    for _ in range(400):
        reports.append(DriftMonitor(healthy(14, rng), DAY, alpha=0.2).check(healthy(7, rng)))
    certain = np.mean([report.p_value < 0.2 for report in reports])
    assert certain == pytest.approx(0.2, abs=0.06)
    assert np.mean([report.due for report in reports]) <= certain


def test_the_p_value_is_exact():
    """Three ways to be certain on eight reference days: against all orders of 15 days, counted."""
    reference, week = np.arange(8.0) * 2, np.array([3.0, 7, 11, 13, 15, 17, 19])
    report = DriftMonitor(reference.repeat(DAY), DAY, alpha=0.1).check(week.repeat(DAY))
    values = np.concatenate([reference, week])
    ranks = values.argsort().argsort()
    observed = ranks[8:].sum()
    sums = [sum(chosen) for chosen in itertools.combinations(range(15), 7)]
    assert report.p_value == pytest.approx(np.mean(np.array(sums) >= observed))


@pytest.mark.parametrize("level", [1.5, 3.0])
def test_a_rise_of_all_scores_is_due_for_retraining(level):
    rng = np.random.default_rng(1)
    report = DriftMonitor(healthy(14, rng), DAY).check(healthy(7, rng, level))
    assert report.due
    assert report.ratio == pytest.approx(level, rel=0.15)


def test_a_fall_is_none():
    rng = np.random.default_rng(1)
    assert not DriftMonitor(healthy(14, rng), DAY).check(healthy(7, rng, 0.5)).due


def test_a_rise_that_is_certain_but_small_is_none():
    rng = np.random.default_rng(2)
    reference = rng.normal(10, 1, 14 * 2000)
    report = DriftMonitor(reference, 2000).check(rng.normal(10.2, 1, 7 * 2000))
    assert report.p_value < 0.01
    assert report.stability_index < 0.1
    assert not report.due


def test_incidents_of_some_hours_a_day_do_not_pass_for_drift():
    rng = np.random.default_rng(3)
    week = healthy(7, rng).reshape(7, DAY)
    week[:, 10:24] += 50
    assert not DriftMonitor(healthy(14, rng), DAY).check(week.ravel()).due


def test_watch_looks_at_each_whole_week():
    rng = np.random.default_rng(4)
    monitor = DriftMonitor(healthy(14, rng), DAY)
    scores = np.concatenate([healthy(14, rng), healthy(7, rng, 4.0), healthy(3, rng)])
    table = monitor.watch(scores)
    assert table["due"].tolist() == [False, False, True]
    assert table["ratio"][2] == monitor.check(scores[: 21 * DAY]).ratio


def test_equal_scores_all_over_are_no_drift():
    assert not DriftMonitor(np.ones(7 * DAY), DAY).check(np.ones(7 * DAY)).due


def test_stability_index_is_the_symmetric_divergence_of_the_shares():
    reference, scores = np.arange(1000.0), np.concatenate([np.arange(300.0), np.arange(300, 1000).repeat(2)])
    q, p = np.array([1, 1]) / 2, np.array([300 + 2 * 200, 2 * 500]) / 1700
    assert population_stability_index(reference, scores, bins=2) == pytest.approx(entropy(p, q) + entropy(q, p))


def test_stability_index_of_the_same_distribution_is_zero_and_infinite_of_none_in_common():
    x = np.random.default_rng(0).normal(size=5000)
    assert population_stability_index(x, x) == 0
    assert 5 < population_stability_index(x, x + 100) < np.inf
    assert population_stability_index(np.ones(50), np.ones(70)) == pytest.approx(0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: DriftMonitor(np.ones(6 * DAY), DAY),
            "healthy_scores of at least 7 days of 48 rows. Received: 288 rows, 6",
        ),
        (lambda: DriftMonitor(np.ones(7 * DAY)), "set rows_per_day if rows are not minutes"),
        (lambda: DriftMonitor(np.full(7 * DAY, np.nan), DAY), "with NaN or infinity"),
        (lambda: DriftMonitor(np.ones(7 * DAY), DAY, alpha=1), "alpha to be a number above 0, below 1. Received: 1"),
        (lambda: DriftMonitor(np.ones(7 * DAY), DAY, alpha=1e-4), "With 7 reference days no week .* below 0.00029"),
        (lambda: DriftMonitor(np.ones(7 * DAY), 0), "rows_per_day to be a positive integer. Received: 0"),
        (lambda: DriftMonitor(np.ones(7 * DAY), DAY).check(np.ones(DAY)), "scores of at least 7 days"),
        (lambda: population_stability_index([], [1.0]), "at least one"),
        (lambda: population_stability_index([1.0], [1.0], bins=0), "bins to be a positive integer. Received: 0"),
    ],
)
def test_what_cannot_be_monitored_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
