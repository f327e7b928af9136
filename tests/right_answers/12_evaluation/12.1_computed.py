"""Computed where there is something to compute."""

predict_evaluation = {
    "nats lost": -np.log(0.01),
    "coins": 1 - 0.01,
    "fewer images": "up",
    "looks better": "A",
    "copier's recall": 1.0,
    "copier's distance": "smaller",
    "better model": "cannot tell",
}
