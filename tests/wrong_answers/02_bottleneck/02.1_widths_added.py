"""All the hidden units together describe an image, so their numbers add up."""

MESSAGE = "added the layers' widths"

predict_rank = {
    "64-16-256-16-64": 288,
    "64-256-64": 256,
    "64-32-8-32-64": 72,
    "64-64-64": 64,
    "64-20-12-6-64": 38,
    "white noise through 64-16-256-16-64": 1,
}
