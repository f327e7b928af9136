"""Arrays in a new order every epoch, on TensorFlow too.

Once `keras.utils.set_random_seed` was called, Keras 3.15 takes the rows of an array there in the same order in every
epoch; it also holds the array three times. On JAX it shuffles with numpy, and nothing is done here.
"""

import contextlib
import math

import numpy as np

from autoencoders_edu._backend import keras
from autoencoders_edu.models import checks

tree = keras.tree


@contextlib.contextmanager
def in_new_orders(x, y, batch_size, options):
    """(x, y, options) for Keras's `fit`, where arrays that it would shuffle have become `shuffled_batches`.

    Only plain arrays of numbers are taken over. Everything else is left to Keras, also to refuse: data sets, data
    frames, `class_weight`, `shuffle="batch"`, arrays of different lengths, a split that leaves nothing on one side.
    """
    if keras.backend.backend() != "tensorflow" or options.get("shuffle", True) in (False, None, "batch"):
        yield x, y, options
        return
    weight = options.get("sample_weight")
    split = options.get("validation_split") if options.get("validation_data") is None else None
    arrays = [number_array(leaf) for leaf in tree.flatten([part for part in (x, y, weight) if part is not None])]
    size = len(arrays[0]) if arrays and arrays[0] is not None else 0
    kept = math.floor(size * (1.0 - split)) if split else size  # the first rows, as in Keras
    if not (
        options.get("class_weight") is None
        and (weight is None or not (y is None or tree.is_nested(y) or tree.is_nested(weight)))
        and all(array is not None and len(array) == size for array in arrays)
        and (0 < kept < size if split else size)
    ):
        yield x, y, options
        return
    options = {**options, "shuffle": False, "sample_weight": None, "validation_split": 0.0}  # all of them done here
    if split:
        held_out = iter([array[kept:] for array in arrays])
        options["validation_data"] = tree.map_structure(
            lambda leaf: leaf if leaf is None else next(held_out), [x, y, weight]
        )
    steps = options.get("steps_per_epoch")
    batch_size = batch_size or (math.ceil(kept / steps) if steps else 32)  # Keras's defaults
    structure = tree.map_structure(lambda leaf: 0, keras.utils.pack_x_y_sample_weight(x, y, weight))
    try:
        yield shuffled_batches(arrays, tree.lists_to_tuples(structure), kept, batch_size), None, options
    finally:
        arrays.clear()  # TensorFlow never lets go of the function that reads them


def number_array(leaf):
    """A numpy array, or a tensor as one, of numbers that TensorFlow reads as they lie in memory; None of all else."""
    array = checks.as_numpy(leaf) if isinstance(leaf, np.ndarray) or keras.ops.is_tensor(leaf) else None
    if array is None or not array.ndim:
        return None
    dtype = array.dtype
    return array if dtype.kind in "biuf" and dtype.isnative and dtype.itemsize <= 8 else None


def shuffled_batches(arrays, structure, size, batch_size):
    """A tf.data.Dataset of the first `size` rows of arrays in batches, in another order each time that it is read.

    Each batch is cut out of the numpy arrays when it is due and packed like `structure`: there is no second copy.
    """
    import tensorflow as tf

    shapes, dtypes = [array.shape[1:] for array in arrays], [array.dtype for array in arrays]

    def cut(rows):
        parts = [array[rows] for array in list(arrays)]  # of a list of its own: another thread may clear the other
        if not parts:
            raise StopIteration  # the training has ended while this read ahead
        return parts

    def batch(rows):
        parts = tf.numpy_function(cut, [rows], dtypes, stateful=False)
        for part, shape in zip(parts, shapes, strict=True):
            part.set_shape((*rows.shape, *shape))
        floats = [tf.cast(part, keras.config.floatx()) if part.dtype.is_floating else part for part in parts]
        return tree.pack_sequence_as(structure, floats)

    order = tf.data.Dataset.range(size).shuffle(size)
    static = size % batch_size == 0  # then nothing is dropped, and the compiled step knows the size of its batches
    return order.batch(batch_size, drop_remainder=static).map(batch).prefetch(tf.data.AUTOTUNE)
