"""scikit-learn's digits, which several checks show to learners' code."""

from functools import lru_cache

import numpy as np

from autoencoders_edu.data import load

digits = lru_cache(lambda: load("digits"))


@lru_cache
def digits_as_rows():
    """All digits as rows of 64 pixels, (1797, 64) float64."""
    data = digits()
    return np.concatenate([data.x_train, data.x_val, data.x_test]).reshape(-1, 64).astype(float)
