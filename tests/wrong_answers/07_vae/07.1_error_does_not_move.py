"""Only the KL is believed to react to the KL's weight."""

MESSAGE = "two sides of a trade"

predict_terms = {
    "halved noise": ("rises", "falls"),
    "kl twice": ("falls", "stays"),
    "no kl": ("rises", "falls"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("falls", "rises"),
}
