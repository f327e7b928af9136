"""Every latent is believed to cost KL, used or not."""

MESSAGE = "KL is not a fee for each latent"

predict_terms = {
    "halved noise": ("rises", "falls"),
    "kl twice": ("falls", "rises"),
    "no kl": ("rises", "falls"),
    "idle latent": ("rises", "stays"),
    "pixel mean": ("falls", "rises"),
}
