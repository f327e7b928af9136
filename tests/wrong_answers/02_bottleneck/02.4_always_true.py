"""The model is never asked: every model with a small loss is said to be a copier."""

MESSAGE = "never called the model"


def is_copier(reconstruct, x):
    return True
