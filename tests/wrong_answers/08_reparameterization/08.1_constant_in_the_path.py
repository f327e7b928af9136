"""A larger cost is believed to make every gradient noisier."""

MESSAGE = "What is the slope of 10"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 0.25,
    "pathwise, cost + 10": "larger",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
