"""Scores against labels: closed forms, limits, and what flatters."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, precision_score, recall_score

from autoencoders_edu.anomaly import evaluation as E


@pytest.fixture
def scored():
    rng = np.random.default_rng(0)
    labels = (np.arange(3000) % 300 >= 270).astype(int)
    return labels, rng.normal(size=3000) + 2 * labels


def test_precision_and_recall_are_those_of_counting(scored):
    labels, scores = scored
    table = E.precision_recall(labels, scores, thresholds=50)
    assert len(table) == 50
    for row in table.itertuples():
        flagged = scores >= row.threshold
        assert row.precision == pytest.approx(precision_score(labels, flagged))
        assert row.recall == pytest.approx(recall_score(labels, flagged))
        assert row.f1 == pytest.approx(2 * (labels & flagged).sum() / (labels.sum() + flagged.sum()))


def test_the_thresholds_reach_from_all_rows_to_the_highest_score(scored):
    labels, scores = scored
    table = E.precision_recall(labels, scores, thresholds=2)
    assert table["threshold"].tolist() == [scores.min(), scores.max()]
    assert table["recall"][0] == 1
    assert len(E.precision_recall(labels, scores, thresholds=None)) == 3000


def test_average_precision_is_scikit_learns(scored):
    expected = average_precision_score(*scored)
    assert E.average_precision(*scored) == expected


def test_a_perfect_score_has_average_precision_one_and_a_constant_one_the_share_of_anomalies(scored):
    labels, _ = scored
    assert E.average_precision(labels, labels) == 1
    assert E.average_precision(labels, np.zeros(3000)) == pytest.approx(0.1)


def test_at_threshold_counts_the_rows_above_it(scored):
    labels, scores = scored
    at = E.at_threshold(labels, scores, 1.5)
    assert at["precision"] == pytest.approx(precision_score(labels, scores > 1.5))
    assert at["recall"] == pytest.approx(recall_score(labels, scores > 1.5))
    assert E.at_threshold(labels, scores, 1e9) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_any_label_but_zero_is_an_anomaly(scored):
    labels, scores = scored
    assert E.average_precision(labels * 3, scores) == E.average_precision(labels, scores)


def test_point_adjustment_lets_a_random_score_look_good():
    """Why it is named as it is: a random score on incidents of 200 rows, judged both ways."""
    labels = (np.arange(10_000) % 1000 >= 800).astype(int)
    scores = np.random.default_rng(0).random(10_000)
    assert E.average_precision(labels, scores) == pytest.approx(0.2, abs=0.03)
    assert E.average_precision(labels, E.flattering_point_adjusted_scores(labels, scores)) > 0.9


def test_point_adjustment_gives_each_incident_its_highest_score():
    adjusted = E.flattering_point_adjusted_scores([0, 1, 1, 0, 1], [5, 1, 2, 0, 3])
    assert adjusted.tolist() == [5, 2, 2, 0, 3]


@pytest.mark.parametrize(
    ("labels", "scores", "said"),
    [
        ([0, 1], [1.0], r"a label for each score. Received: \(2,\) and \(1,\)"),
        ([0, 0], [1.0, 2.0], r"healthy rows \(label 0\) and others. Received: 0 anomalous rows of 2"),
        ([1, 2], [1.0, 2.0], "2 anomalous rows of 2"),
        ([0, 1], [1.0, np.nan], "with NaN or infinity"),
        ([], [], "at least one"),
    ],
)
@pytest.mark.parametrize("function", [E.precision_recall, E.average_precision, E.flattering_point_adjusted_scores])
def test_what_cannot_be_evaluated_is_refused(function, labels, scores, said):
    with pytest.raises(ValueError, match=said):
        function(labels, scores)


@pytest.mark.parametrize("labels", [[0, np.nan], [0.0, float("nan")]])
def test_labels_that_are_missing_are_refused(labels):
    with pytest.raises(ValueError, match=r"a label per row, 0 for healthy ones. Received: NaN in 2 rows"):
        E.average_precision(labels, [0.0, 1.0])


def test_fewer_than_two_thresholds_are_refused():
    with pytest.raises(ValueError, match=r"thresholds to be a positive integer. Received: 0"):
        E.precision_recall([0, 1], [0.0, 1.0], thresholds=0)
    with pytest.raises(ValueError, match=r"the lowest and the highest threshold. Received: thresholds=1"):
        E.precision_recall([0, 1], [0.0, 1.0], thresholds=1)


@pytest.mark.parametrize("threshold", [None, np.nan, "high"])
def test_at_threshold_needs_a_threshold(threshold):
    with pytest.raises(ValueError, match=r"at_threshold expects threshold to be a finite number. Received: "):
        E.at_threshold([0, 1], [0.0, 1.0], threshold)
