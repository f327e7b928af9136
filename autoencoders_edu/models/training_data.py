"""Validation of training data, and of what is left if training diverges."""

import math
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model


def look_at(x: Any, y: Any = None) -> tuple[Any, Any]:
    """What can be seen of x and y before training without consuming them.

    Returns:
        (x, y) as NumPy arrays, or lists or dictionaries of them where a model takes several: all of an array, the first
        batch of a data set, and (None, None) for a generator, which can be read only once.

    Raises:
        ValueError: for a data set without a batch.
    """
    if hasattr(x, "element_spec"):  # a tf.data.Dataset
        x, y = first_of(list(x.take(1)))
    elif isinstance(x, keras.utils.PyDataset):
        x, y = first_of([] if x.num_batches == 0 else [x[0]])
    return as_numpy(x), as_numpy(y)


def first_of(batches: list) -> tuple[Any, Any]:
    """(x, y) of the first batch; y may be None."""
    if not batches:
        raise ValueError(
            "The data set yields no batch. It holds no examples, or fewer than one batch with drop_remainder=True."
        )
    x, y, _ = keras.utils.unpack_x_y_sample_weight(batches[0])
    return x, y


def as_numpy(data: Any) -> Any:
    """Arrays, tensors, and lists or dictionaries of them as NumPy arrays; None for anything else."""
    if isinstance(data, (list, tuple)):
        return [as_numpy(part) for part in data]
    if isinstance(data, dict):
        return {key: as_numpy(part) for key, part in data.items()}
    if isinstance(data, np.ndarray) or not hasattr(data, "__array__"):
        return data if isinstance(data, np.ndarray) else None
    try:
        return ops.convert_to_numpy(data)  # tensors of either backend; np.asarray would warn on TensorFlow
    except (NotImplementedError, TypeError):  # in a compiled function, tensors have no values yet
        return None


def target_of(x: Any) -> Any:
    """The part of x that a model reconstructs: all of it, or the first of [x, condition]."""
    return x[0] if isinstance(x, (list, tuple)) else x


def agree(shape: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Whether two shapes agree; None matches any size."""
    return len(shape) == len(other) and all(a is None or b is None or a == b for a, b in zip(shape, other, strict=True))


def check_shape(given: Sequence[int | None], shape: Sequence[int | None], name: str) -> None:
    """Raises ValueError unless `given` is the shape of a batch of examples of the given shape."""
    if not agree(given[1:], shape):
        hint = ""
        if (*given[1:], 1) == tuple(shape):
            hint = " Add the channel axis: x[..., None]."
        elif agree(given, shape):
            hint = f" This is one example without a batch axis: {name}[None], or .batch(n) on a tf.data.Dataset."
        raise ValueError(
            f"{name} has shape {tuple(given)}, but the model takes examples of shape {tuple(shape)}, one along each "
            f"first index.{hint}"
        ) from None


def ask(network: Model, inputs: Any, name: str) -> Any:
    """network(inputs), and a message about the shape of `name` (x or z) if that is why Keras refuses them."""
    try:
        return network(inputs)
    except ValueError:
        check_shape(getattr(target_of(inputs), "shape", ()), network.inputs[0].shape[1:], name)
        raise


def check_array(array: np.ndarray, shape: Sequence[int | None], name: str) -> None:
    """Raises ValueError unless the array holds finite numbers of the shape that the network takes."""
    check_shape(array.shape, shape, name)
    if not len(array):
        raise ValueError(f"{name} holds no examples: its shape is {array.shape}.")
    if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
        rows = np.flatnonzero(~np.isfinite(array).all(axis=tuple(range(1, array.ndim))))
        raise ValueError(
            f"{name} holds NaN or infinity in {len(rows)} of {len(array)} examples (the first at index {rows[0]}). "
            "One such number turns every weight into NaN: remove these examples or fill the gaps."
        )


def check_implied_target(model: Model, x: Any, y: Any) -> None:
    """Raises ValueError for a target y other than the input, for a model whose target is its input."""
    if y is not None and not np.array_equal(y, target_of(x)):
        raise ValueError(
            f"A {type(model).__name__}'s target is its input: call fit(x). It received a target y, which it would have "
            "to ignore."
        )


def diverged(what: str) -> str:
    """The message for a model that training has destroyed. what: what is NaN, as in "The weights hold"."""
    return (
        f"{what} NaN or infinity: the training has diverged. Standardise the data or lower the learning rate, and "
        "train a new model."
    )


def has_converged(model: Model) -> bool:
    """False if a weight is NaN or infinite."""
    values = (as_numpy(weight) for weight in model.weights)
    return all(value is None or np.isfinite(value).all() for value in values)


def check_converged(model: Model) -> None:
    """Raises ValueError for a model with a weight that is NaN or infinite."""
    if not has_converged(model):
        raise ValueError(diverged(f"The weights of this {type(model).__name__} hold"))


def warn_if_diverged(model: Model, losses: Sequence[float]) -> None:
    """Warns, after `fit`, if the last loss or a weight is NaN or infinite."""
    if losses and not math.isfinite(losses[-1]):
        warnings.warn(diverged("The last loss is"), stacklevel=3)
    elif not has_converged(model):
        warnings.warn(diverged("The weights hold"), stacklevel=3)


def target_for_weights(x: Any, y: Any, sample_weight: Any) -> Any:
    """y, or the implied target where there are sample weights: Keras drops weights that come without a target."""
    return target_of(x) if y is None and sample_weight is not None else y
