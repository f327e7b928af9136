"""The idle latents are counted."""

MESSAGE = "You counted the idle latents"

predict_active = {
    "stddev 0.2": 0,
    "stddev 1": 2,
    "stddev 3": 3,
    "stddev 5": 4,
    "stddev 1, beta 6": 3,
    "stddev 1, 10 latents": 8,
}
