"""If the encoder learns nothing, the loss should stay where it was."""

MESSAGE = "but the decoder learns"

predict_gradients = {
    "pathwise, 4 times the draws": 0.25,
    "score function, 4 times the draws": 0.25,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "stays",
}
