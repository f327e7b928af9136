"""Keras is trusted to warn whenever a gradient is missing."""

MESSAGE = "Keras warns when a weight gets no gradient at all"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 0.25,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "warning",
    "detached: the loss": "falls",
}
