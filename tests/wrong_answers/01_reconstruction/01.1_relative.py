"""PCA adapts to brighter images, so nothing changes: the error is taken for a percentage."""

MESSAGE = "measured in units of the pixels"

predict_rescaling = {"negative": 1, "doubled": 1, "shuffled": 1}
