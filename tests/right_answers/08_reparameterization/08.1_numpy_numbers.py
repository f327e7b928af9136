"""NumPy scalars, with one more entry than asked for."""

factor = 1 / np.float32(4)
predict_gradients = dict.fromkeys(("pathwise, 4 times the draws", "score function, 4 times the draws"), factor)
predict_gradients |= {"pathwise, cost + 10": "same", "score function, cost + 10": "larger"}
predict_gradients |= {"detached: fit says": "nothing", "detached: the loss": "falls", "sure": True}
