"""The decoder's stddev is compared with the variance of the data."""

MESSAGE = "Square it"

predict_active = {
    "stddev 0.2": 3,
    "stddev 1": 2,
    "stddev 3": 2,
    "stddev 5": 1,
    "stddev 1, beta 6": 1,
    "stddev 1, 10 latents": 2,
}
