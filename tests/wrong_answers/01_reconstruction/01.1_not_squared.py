"""Doubled pixels double the error: the square is forgotten."""

MESSAGE = "the error is made of their squares"

predict_rescaling = {"negative": 1, "doubled": 2, "shuffled": 1}
