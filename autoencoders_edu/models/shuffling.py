"""Arrays in a new order every epoch, on TensorFlow too.

Once `keras.utils.set_random_seed` was called, Keras 3.15 takes the rows of an array there in the same order in every
epoch; it also holds the array three times. On JAX it shuffles with numpy, and nothing is done here.
"""

import contextlib
import math

from autoencoders_edu._backend import keras
from autoencoders_edu.models import checks

tree = keras.tree


@contextlib.contextmanager
def in_new_orders(x, y, batch_size, options):
    """(x, y, options) for Keras's `fit`, where arrays that it would shuffle have become `shuffled_batches`.

    Everything else is left as it is, and so is what Keras is going to refuse: data sets, generators, `shuffle=False`,
    arrays of different lengths, a split that leaves nothing on one side.
    """
    data = tree.lists_to_tuples((x, y, options.get("sample_weight")))
    size = common_length(data)
    split = options.get("validation_split") if options.get("validation_data") is None else None
    kept = math.floor(size * (1.0 - split)) if split else size  # the first rows, as Keras does it
    shuffles = keras.backend.backend() == "tensorflow" and options.get("shuffle", True) is True
    if not shuffles or not kept or (split and kept == size):
        yield x, y, options
        return
    data = tree.map_structure(lambda leaf: None if leaf is None else checks.as_numpy(leaf), data)
    options = {**options, "shuffle": False, "sample_weight": None, "validation_split": 0.0}
    if split:
        options["validation_data"] = tree.map_structure(lambda array: None if array is None else array[kept:], data)
    steps = options.get("steps_per_epoch")
    batch_size = batch_size or (math.ceil(kept / steps) if steps else 32)  # Keras's defaults
    data = keras.utils.pack_x_y_sample_weight(*data)
    arrays = tree.flatten(data)
    try:
        yield shuffled_batches(arrays, data, kept, batch_size), None, options
    finally:
        arrays.clear()  # TensorFlow never lets go of the function that reads them


def common_length(data):
    """The number of rows of the arrays or tensors in data, 0 where they differ or something else is among them."""
    leaves = [leaf for leaf in tree.flatten(data) if leaf is not None]
    lengths = {leaf.shape[0] if hasattr(leaf, "__array__") and len(leaf.shape) else 0 for leaf in leaves}
    return lengths.pop() if len(lengths) == 1 else 0


def shuffled_batches(arrays, structure, size, batch_size):
    """A tf.data.Dataset of the first `size` rows of arrays in batches, in another order each time that it is read.

    Each batch is cut out of the numpy arrays when it is due and packed like `structure`: there is no second copy.
    """
    import tensorflow as tf

    shapes, dtypes = [array.shape[1:] for array in arrays], [array.dtype for array in arrays]

    def cut(rows):
        parts = [array[rows] for array in list(arrays)]
        if not parts:
            raise StopIteration  # the training was stopped while this read ahead
        return parts

    def batch(rows):
        parts = tf.numpy_function(cut, [rows], dtypes, stateful=False)
        for part, shape in zip(parts, shapes, strict=True):
            part.set_shape((*rows.shape, *shape))
        floats = [tf.cast(part, keras.config.floatx()) if part.dtype.is_floating else part for part in parts]
        return tree.pack_sequence_as(structure, floats)

    order = tf.data.Dataset.range(size).shuffle(size)
    return order.batch(batch_size, drop_remainder=size % batch_size == 0).map(batch).prefetch(tf.data.AUTOTUNE)
