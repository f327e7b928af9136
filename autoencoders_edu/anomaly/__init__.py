"""Anomaly detection for servers: scores, thresholds, alerts with their causes, and when to retrain.

    detector = ae.AnomalyDetector(names=data.feature_names).fit(data.x_train)
    detector.set_threshold(data.x_val)  # held-out healthy rows
    for alert in detector.alerts(data.x_test):
        print(alert.page, alert.causes)

The detector, how alerts are found, drift, and evaluation have a module each.
"""

from autoencoders_edu.anomaly.alerts import (
    Alert,
    alerts_per_week,
    detection_delays,
    false_alerts,
    find_alerts,
    smooth,
)
from autoencoders_edu.anomaly.detector import AnomalyDetector
from autoencoders_edu.anomaly.drift import DriftMonitor, DriftReport, population_stability_index
from autoencoders_edu.anomaly.evaluation import (
    at_threshold,
    average_precision,
    flattering_point_adjusted_scores,
    precision_recall,
)
from autoencoders_edu.anomaly.rows import Scale

__all__ = [
    "Alert",
    "AnomalyDetector",
    "DriftMonitor",
    "DriftReport",
    "Scale",
    "alerts_per_week",
    "at_threshold",
    "average_precision",
    "detection_delays",
    "false_alerts",
    "find_alerts",
    "flattering_point_adjusted_scores",
    "population_stability_index",
    "precision_recall",
    "smooth",
]
