"""Dark images were cheap in the lesson, so their bright negatives must be expensive."""

MESSAGE = "bright or dark is not what counts"

predict_rescaling = {"negative": 2, "doubled": 4, "shuffled": 1}
