"""A constant does not change the gradient, so it cannot change the noise of its estimate."""

MESSAGE = "every single draw is multiplied"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 0.25,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "same",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
