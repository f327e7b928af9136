"""Evaluation of scores against labels, row by row."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu.anomaly.alerts import check_flags, check_scores, runs


def precision_recall(labels: ArrayLike, scores: ArrayLike, thresholds: int | None = 200) -> pd.DataFrame:
    """Precision and recall at many thresholds, row by row, from scikit-learn.

        precision = TP / (TP + FP),   recall = TP / (TP + FN)

    A row counts as anomalous if its score is at least the threshold. (`at_threshold` and alerts require a score above
    it, so with a threshold from this table they find fewer rows anomalous.) Each row counts separately: an incident of
    60 rows of which one was found has 59 misses.

    Args:
        labels: (rows,), 0 (or False) where healthy, a positive integer (or True) where not.
        scores: (rows,), higher for stranger rows.
        thresholds: integer >= 2, the approximate number of thresholds, spread evenly over the possible ones and
            including the lowest (all rows) and the highest. None keeps all.

    Returns:
        A table with columns threshold, precision, recall, f1, ascending by threshold.

    Raises:
        ValueError: for labels of one kind only, different lengths, or scores that are not finite.

    Example:

    >>> table = precision_recall([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> table["recall"].tolist()
    [1.0, 1.0, 0.5, 0.5]
    """
    from sklearn.metrics import precision_recall_curve

    labels, scores = check_labels("precision_recall", labels, scores)
    precision, recall, at = precision_recall_curve(labels, scores)
    table = pd.DataFrame({"threshold": at, "precision": precision[:-1], "recall": recall[:-1]})
    summed = table["precision"] + table["recall"]
    table["f1"] = 2 * table["precision"] * table["recall"] / summed.where(summed > 0, 1)
    if thresholds is not None:
        count = positive_integer("precision_recall", "thresholds", thresholds)
        if count < 2:
            raise ValueError("precision_recall keeps the lowest and the highest threshold. Received: thresholds=1.")
        kept = np.unique(np.linspace(0, len(table) - 1, count).round().astype(int))
        table = table.iloc[kept].reset_index(drop=True)
    return table


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """The area under the precision-recall curve, row by row; for random scores, about the share of anomalous rows.

        AP = sum over n of (recall_n - recall_{n-1}) precision_n,   n from the highest threshold down

    Args: as for `precision_recall`.

    Example:

    >>> round(average_precision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 3)
    0.833
    """
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(*check_labels("average_precision", labels, scores)))


def at_threshold(labels: ArrayLike, scores: ArrayLike, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of the rows above one threshold, as a dict; 0 if there are none.

    Args:
        labels, scores: as for `precision_recall`.
        threshold: number, such as that of a detector.
    """
    from sklearn.metrics import precision_recall_fscore_support

    labels, scores = check_labels("at_threshold", labels, scores)
    threshold = real("at_threshold", "threshold", threshold)
    options = {"average": "binary", "zero_division": 0}
    found = precision_recall_fscore_support(labels, scores > threshold, **options)  # pyright: ignore[reportArgumentType]
    return dict(zip(("precision", "recall", "f1"), map(float, found[:3]), strict=True))


def flattering_point_adjusted_scores(labels: ArrayLike, scores: ArrayLike) -> np.ndarray:
    """Scores after "point adjustment": every row of a labelled incident gets the incident's highest score.

    Many papers report results obtained this way. They flatter: one lucky row turns a whole incident into hits, so a
    random score does well on long incidents. The function is here to show that; do not judge a detector by it.

    Args: as for `precision_recall`.

    Returns:
        Scores (rows,).

    Reference: Kim et al. 2022, "Towards a rigorous evaluation of time-series anomaly detection", section 3.
    """
    labels, scores = check_labels("flattering_point_adjusted_scores", labels, scores)
    adjusted = scores.copy()
    for start, stop in runs(labels):
        adjusted[start:stop] = scores[start:stop].max()
    return adjusted


def check_labels(owner: str, labels: ArrayLike, scores: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """(labels as bool, scores as float), both (rows,), or ValueError."""
    scores, labels = check_scores(owner, scores), np.asarray(labels)
    if labels.shape != scores.shape:
        raise ValueError(f"{owner} needs a label for each score. Received: {labels.shape} and {scores.shape}.")
    anomalous = check_flags(owner, labels)
    if anomalous.all() or not anomalous.any():
        raise ValueError(
            f"{owner} needs healthy rows (label 0) and others. Received: {int(anomalous.sum())} anomalous rows of "
            f"{len(labels)}."
        )
    return anomalous, scores
