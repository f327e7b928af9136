"""A model is believed to use every latent that it has."""

MESSAGE = "You counted every latent there is"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 4,
    "stddev 3": 4,
    "stddev 5": 4,
    "stddev 1, beta 6": 4,
    "stddev 1, 10 latents": 10,
}
