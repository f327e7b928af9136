"""Ten latents are believed to be used all, in this one case."""

MESSAGE = "Ten latents do not make more directions"

predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 2,
    "stddev 3": 1,
    "stddev 5": 0,
    "stddev 1, beta 6": 1,
    "stddev 1, 10 latents": 10,
}
