"""Each network is judged on sight: the wide layer in the first is believed to lift the rank back to 64."""

MESSAGE = "you predicted 64; with random weights we measured fewer"

predict_rank = {
    "64-16-256-16-64": 64,
    "64-256-64": 64,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 0.25,
}
