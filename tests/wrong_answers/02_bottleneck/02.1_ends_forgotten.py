"""Only hidden layers count: a hidden layer of 256 is said to give 256 dimensions to images of 64 pixels."""

MESSAGE = "*between* the ends"

predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 256,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 0.25,
}
