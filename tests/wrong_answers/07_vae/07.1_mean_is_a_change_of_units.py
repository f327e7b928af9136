"""A mean over pixels in place of a sum is taken for a change of units."""

MESSAGE = "is not the same loss in other units"

predict_terms = {
    "halved noise": ("rises", "falls"),
    "kl twice": ("falls", "rises"),
    "no kl": ("rises", "falls"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("stays", "stays"),
}
