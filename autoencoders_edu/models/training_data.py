"""Training data: validated, then handed to Keras in a new order every epoch.

Keras 3.15 on TensorFlow, once `keras.utils.set_random_seed` has been called, takes the rows of an array in the same
order in every epoch; it also holds the array three times. On JAX it shuffles with NumPy, and nothing is done here.
"""

import contextlib
import inspect
import math

import numpy as np

from autoencoders_edu._backend import keras

tree = keras.tree


def look_at(x, y=None):
    """What can be examined of x and y before training without using them up.

    Returns:
        (x, y) as numpy arrays, or lists of them where a model takes several: arrays whole, of a data set the first
        batch; (None, None) for a generator, which can be read only once.
    """
    if hasattr(x, "element_spec"):  # a tf.data.Dataset
        x, y, _ = keras.utils.unpack_x_y_sample_weight(next(iter(x.take(1))))
    elif isinstance(x, keras.utils.PyDataset):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(x[0])
    return as_numpy(x), as_numpy(y)


def as_numpy(data):
    """Arrays and tensors as numpy arrays, lists of them likewise; None of anything else."""
    if isinstance(data, (list, tuple)):
        return [as_numpy(part) for part in data]
    if isinstance(data, np.ndarray) or not hasattr(data, "__array__"):
        return data if isinstance(data, np.ndarray) else None
    return keras.ops.convert_to_numpy(data)  # tensors of either backend; numpy's own way would warn on TensorFlow


def target_of(x):
    """The part of x that a model is to reconstruct: all of it, or the first of [x, condition]."""
    return x[0] if isinstance(x, (list, tuple)) else x


def agree(shape, other):
    """Whether two shapes agree; None stands for any size."""
    return len(shape) == len(other) and all(a is None or b is None or a == b for a, b in zip(shape, other, strict=True))


def check_array(array, shape, name):
    """Raises ValueError unless the array holds finite numbers of the shape that the network takes."""
    if not agree(array.shape[1:], shape):
        hint = ""
        if (*array.shape[1:], 1) == tuple(shape):
            hint = " Add the channel axis: x[..., None]."
        elif array.shape == tuple(shape):
            hint = " This is one example without a batch axis: x[None], or .batch(n) on a tf.data.Dataset."
        raise ValueError(
            f"{name} has shape {array.shape}, but the model takes examples of shape {tuple(shape)}, one along each "
            f"first index.{hint}"
        )
    if not len(array):
        raise ValueError(f"{name} holds no examples: its shape is {array.shape}.")
    if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
        rows = np.flatnonzero(~np.isfinite(array).all(axis=tuple(range(1, array.ndim))))
        raise ValueError(
            f"{name} holds NaN or infinity in {len(rows)} of {len(array)} examples (the first at index {rows[0]}). "
            "One such number turns every weight into NaN: remove these examples or fill the gaps."
        )


def check_implied_target(model, x, y):
    """Raises ValueError where a target y is given to a model whose target is its input, and differs from it."""
    if y is not None and not np.array_equal(y, target_of(x)):
        raise ValueError(
            f"A {type(model).__name__}'s target is its input: call fit(x). It received a target y, which it would have "
            "to ignore."
        )


def target_for_weights(x, y, sample_weight):
    """y, or x where y is implied and sample weights are given: Keras drops weights that come without a target."""
    return target_of(x) if y is None and sample_weight is not None else y


@contextlib.contextmanager
def in_new_orders(x, y, batch_size, options):
    """(x, y, options) for Keras's `fit`, where arrays that it would shuffle have become `shuffled_batches`.

    Only plain arrays of numbers are taken over. Everything else is left to Keras, also to refuse: data sets, data
    frames, `class_weight`, `shuffle="batch"`, arrays of different lengths, a split that leaves nothing on one side.
    """
    if hasattr(x, "element_spec") or inspect.isgenerator(x):
        options = {"shuffle": False, **options}  # they come in an order of their own; Keras would warn of its default
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
    with contextlib.closing(Rows(arrays)) as rows:
        yield shuffled_batches(rows, tree.lists_to_tuples(structure), kept, batch_size), None, options


def number_array(leaf):
    """A numpy array, or a tensor as one, of numbers that TensorFlow reads as they lie in memory; None of all else."""
    array = as_numpy(leaf) if isinstance(leaf, np.ndarray) or keras.ops.is_tensor(leaf) else None
    if array is None or not array.ndim:
        return None
    dtype = array.dtype
    return array if dtype.kind in "biuf" and dtype.isnative and dtype.itemsize <= 8 else None


class Rows:
    """Owner of the arrays that TensorFlow's threads read rows from. After `close` they are nobody's and can be freed:
    TensorFlow itself never lets go of the function that reads."""

    def __init__(self, arrays):
        self.arrays = arrays

    def __getitem__(self, indices):
        arrays = self.arrays  # once: `close` may come from another thread while this one reads ahead
        if not arrays:
            raise StopIteration  # of the data set
        return [array[indices] for array in arrays]

    def close(self):
        self.arrays = []


def shuffled_batches(rows, structure, size, batch_size):
    """A tf.data.Dataset of the first `size` rows in batches, in another order each time that it is read.

    Each batch is cut out of the numpy arrays when it is due and packed like `structure`: there is no second copy.
    """
    import tensorflow as tf

    shapes, dtypes = [array.shape[1:] for array in rows.arrays], [array.dtype for array in rows.arrays]

    def batch(indices):
        parts = tf.numpy_function(rows.__getitem__, [indices], dtypes, stateful=False)
        for part, shape in zip(parts, shapes, strict=True):
            part.set_shape((*indices.shape, *shape))
        floats = [tf.cast(part, keras.config.floatx()) if part.dtype.is_floating else part for part in parts]
        return tree.pack_sequence_as(structure, floats)

    order = tf.data.Dataset.range(size).shuffle(size)
    static = size % batch_size == 0  # then nothing is dropped, and the compiled step knows the size of its batches
    return order.batch(batch_size, drop_remainder=static).map(batch).prefetch(tf.data.AUTOTUNE)
