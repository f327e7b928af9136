"""The price of a nat is taken to be the same whatever beta is."""

MESSAGE = "You left beta out"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 2,
    "stddev 3": 1,
    "stddev 5": 0,
    "stddev 1, beta 6": 2,
    "stddev 1, 10 latents": 2,
}
