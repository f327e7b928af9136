"""More noise is believed to need more latents."""

MESSAGE = "at the best loss, found by minimising it"

predict_active = {
    "stddev 0.2": 0,
    "stddev 1": 1,
    "stddev 3": 2,
    "stddev 5": 4,
    "stddev 1, beta 6": 4,
    "stddev 1, 10 latents": 4,
}
