"""Negatives of x are taken for something that a model of digits cannot know."""

MESSAGE = "varies in the same directions"


def is_copier(reconstruct, x):
    negatives = 1 - x
    kept = 1 - np.mean((reconstruct(negatives) - negatives) ** 2) / np.mean((negatives - negatives.mean(axis=0)) ** 2)
    return bool(kept > 0.5)
