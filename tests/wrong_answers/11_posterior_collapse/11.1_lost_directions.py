"""The directions that are lost are counted."""

MESSAGE = "the directions that are lost"

predict_active = {
    "stddev 0.2": 0,
    "stddev 1": 2,
    "stddev 3": 3,
    "stddev 5": 4,
    "stddev 1, beta 6": 3,
    "stddev 1, 10 latents": 2,
}
