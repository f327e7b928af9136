"""Lists instead of tuples, in another order."""

UP, DOWN, SAME = "rises", "falls", "stays"
predict_terms = {
    "pixel mean": [DOWN, UP],
    "idle latent": [SAME, SAME],
    "no kl": [UP, DOWN],
    "kl twice": [DOWN, UP],
    "halved noise": [UP, DOWN],
}
