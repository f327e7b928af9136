"""Functions of large arrays, computed a batch at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Tensor

BATCH = 1024


def in_batches(function: Callable[..., Tensor], x: ArrayLike, batch_size: int = BATCH) -> np.ndarray:
    """function(x) in bounded memory, however many examples there are.

    Args:
        function: from arrays (batch, ...), or a list of them, to a tensor or array (batch, ...).
        x: numpy array (n, ...), or a list of such arrays.
        batch_size: positive integer.

    Returns:
        A numpy array (n, ...).
    """
    size = len(keras.tree.flatten(x)[0])
    cut = [keras.tree.map_structure(lambda a, i=i: a[i : i + batch_size], x) for i in range(0, size, batch_size)]
    parts = [function(part) for part in cut]
    return np.concatenate([ops.convert_to_numpy(part) for part in parts])
