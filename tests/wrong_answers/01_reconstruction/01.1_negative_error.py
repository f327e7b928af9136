"""The negative of an image has the negative error: the error is believed to have a sign."""

MESSAGE = "never negative"

predict_rescaling = {"negative": -1, "doubled": 4, "shuffled": 1}
