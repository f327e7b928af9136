"""The ranks are right, but the noise is said to come back whole because the code has room for all 64 pixels."""

MESSAGE = "the code has room for it"

predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 64,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 1.0,
}
