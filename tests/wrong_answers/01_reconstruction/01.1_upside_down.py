"""The old error divided by the new one."""

MESSAGE = "the old error divided by the new one"

predict_rescaling = {"negative": 1, "doubled": 0.25, "shuffled": 1}
