"""Every direction in which the data vary is believed to be described."""

MESSAGE = "in which the data vary"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 4,
    "stddev 3": 4,
    "stddev 5": 4,
    "stddev 1, beta 6": 4,
    "stddev 1, 10 latents": 4,
}
