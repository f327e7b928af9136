"""A narrow model returns nothing of noise, because noise has no structure to keep."""

MESSAGE = "let nothing of the noise come back"

predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 64,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 0,
}
