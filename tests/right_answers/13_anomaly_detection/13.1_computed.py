"""Computed where there is something to compute."""

anomalous = 0.02
predict_watching = {
    "network against PCA": "level",
    "random score, adjusted": "far above it",
    "frozen metrics": "lower",
    "accuracy of silence": 1 - anomalous,
    "false pages": "more",
}
