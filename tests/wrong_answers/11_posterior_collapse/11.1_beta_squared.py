"""beta is multiplied onto the stddev, and squared with it."""

MESSAGE = "You squared beta"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 2,
    "stddev 3": 1,
    "stddev 5": 0,
    "stddev 1, beta 6": 0,
    "stddev 1, 10 latents": 2,
}
