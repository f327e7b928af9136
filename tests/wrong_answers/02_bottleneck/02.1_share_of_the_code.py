"""The share is taken of the code's 256 numbers, not of the image's 64 pixels."""

MESSAGE = "divided by the width of the code"

predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 64,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 16 / 256,
}
