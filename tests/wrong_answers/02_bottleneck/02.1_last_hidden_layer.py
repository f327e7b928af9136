"""The decoder's last hidden layer has as many directions to draw in as it has units."""

MESSAGE = "from which the output is drawn"

predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 256,
    "64-32-8-32-64": 32,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 0.25,
}
