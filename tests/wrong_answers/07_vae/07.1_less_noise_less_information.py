"""Less noise in the pixels, so there is less to encode."""

MESSAGE = "with a smaller stddev the same squared error costs more nats"

predict_terms = {
    "halved noise": ("falls", "falls"),
    "kl twice": ("falls", "rises"),
    "no kl": ("rises", "falls"),
    "idle latent": ("stays", "stays"),
    "pixel mean": ("falls", "rises"),
}
