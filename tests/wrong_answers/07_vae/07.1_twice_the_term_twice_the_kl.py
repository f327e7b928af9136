"""The KL term counts twice, so the KL is twice as large."""

MESSAGE = "What becomes dearer is bought less"

predict_terms = {
    "halved noise": ("rises", "falls"),
    "kl twice": ("rises", "stays"),
    "no kl": ("rises", "falls"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("falls", "rises"),
}
