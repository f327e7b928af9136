"""The standard error is taken for the variance: four times the draws, half of it."""

MESSAGE = "The question is the variance, its square"

predict_gradients = {
    "pathwise, 4 times the draws": 0.5,
    "score function, 4 times the draws": 0.5,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
