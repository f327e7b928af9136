"""More draws are believed to bring in more noise."""

MESSAGE = "gets calmer with every draw"

predict_gradients = {
    "pathwise, 4 times the draws": 4,
    "score function, 4 times the draws": 4,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
