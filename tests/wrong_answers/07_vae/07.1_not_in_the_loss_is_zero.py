"""Without the KL term in the loss there is no KL."""

MESSAGE = "does not become zero, it becomes free"

predict_terms = {
    "halved noise": ("rises", "falls"),
    "kl twice": ("falls", "rises"),
    "no kl": ("falls", "falls"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("falls", "rises"),
}
