"""The layer in the middle is the bottleneck, because that is where the code is."""

MESSAGE = "the layer in the middle"

predict_rank = {
    "64-16-256-16-64": 256,
    "64-256-64": 256,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 12,
    "white noise through 64-16-256-16-64": 1,
}
