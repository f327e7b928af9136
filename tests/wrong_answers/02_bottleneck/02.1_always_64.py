"""The output has 64 pixels, so the reconstructions span 64 dimensions."""

MESSAGE = "counted the pixels"

predict_rank = {
    "64-16-256-16-64": 64,
    "64-256-64": 64,
    "64-32-8-32-64": 64,
    "64-64-64": 64,
    "64-20-12-6-64": 64,
    "white noise through 64-16-256-16-64": 1,
}
