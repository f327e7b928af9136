"""All predictions are right, but the error is given before the KL."""

MESSAGE = "The order is kl, error"

predict_terms = {
    "halved noise": ("falls", "rises"),
    "kl twice": ("rises", "falls"),
    "no kl": ("falls", "rises"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("rises", "falls"),
}
