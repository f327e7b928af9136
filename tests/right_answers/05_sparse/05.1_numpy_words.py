"""Words as NumPy strings turned back into Python's."""

names = np.array(["divided", "halved", "constant", "split", "added", "silenced"])
words = np.array(["L1", "both", "neither", "KL", "neither", "L1"])
predict_penalties = dict(zip(names.tolist(), words.tolist(), strict=True))
