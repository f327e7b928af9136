"""The rule as code: variances above beta times the decoder's variance."""

settings = {
    "stddev 0.2": (0.2, 1),
    "stddev 1": (1, 1),
    "stddev 3": (3, 1),
    "stddev 5": (5, 1),
    "stddev 1, beta 6": (1, 6),
    "stddev 1, 10 latents": (1, 1),
}
variances = np.array([16, 4, 0.5, 0.1])
predict_active = {key: np.sum(variances > beta * stddev**2) for key, (stddev, beta) in settings.items()}
