"""The pairs in another order, built from two lists."""

words = ["geometric mean", "mean", "mean", "median", "mode"]
predict_minimiser = dict(zip(["logs", "cross_entropy", "squared", "absolute", "zero_one"], words, strict=True))
