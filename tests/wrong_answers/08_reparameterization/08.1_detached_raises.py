"""Without a gradient, so one believes, training must stop with an exception."""

MESSAGE = "a legal operation"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 0.25,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "error",
    "detached: the loss": "falls",
}
