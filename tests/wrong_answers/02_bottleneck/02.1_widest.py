"""The widest layer sets what a network can express."""

MESSAGE = "the widest layer"

predict_rank = {
    "64-16-256-16-64": 256,
    "64-256-64": 256,
    "64-32-8-32-64": 64,
    "64-64-64": 64,
    "64-20-12-6-64": 64,
    "white noise through 64-16-256-16-64": 1,
}
