"""The score function is believed to be so noisy that more draws do not help."""

MESSAGE = "You let the number of draws not matter"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 1,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
