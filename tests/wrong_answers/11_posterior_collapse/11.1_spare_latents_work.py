"""Latents beyond the number of directions are believed to find something to do."""

MESSAGE = "You let spare latents work"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 2,
    "stddev 3": 1,
    "stddev 5": 0,
    "stddev 1, beta 6": 1,
    "stddev 1, 10 latents": 8,
}
