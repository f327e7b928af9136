"""Gradients of anything computed with Keras, on either backend: for inspection, not for training."""

import importlib
from collections.abc import Callable

import numpy as np

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Tensor


def gradients(function: Callable[[], Tensor], variables: list[keras.Variable]) -> list[np.ndarray]:
    """The gradients of function() with respect to Keras variables.

    `fit` computes such gradients in every step but does not show them. This is for lessons and tests that look at them.
    The gradient with respect to a variable that the result does not depend on is zero on both backends, where
    TensorFlow by itself would return None.

    Args:
        function: takes no arguments, computes with `keras.ops` and the variables, returns a scalar.
        variables: list of `keras.Variable`, such as `model.encoder.trainable_variables`.

    Returns:
        A list of NumPy arrays, each of its variable's shape.

    Raises:
        ValueError: when the result is not one number.

    Example:

    >>> from autoencoders_edu._backend import keras
    >>> from autoencoders_edu.gradients import gradients
    >>> x = keras.Variable([1.0, 2.0])
    >>> gradients(lambda: keras.ops.sum(x**2), [x])[0].tolist()
    [2.0, 4.0]
    """
    found = _on_jax(function, variables) if keras.backend.backend() == "jax" else _on_tensorflow(function, variables)
    return [ops.convert_to_numpy(gradient) for gradient in found]


def _on_tensorflow(function, variables):
    import tensorflow as tf

    values = [variable.value for variable in variables]
    with tf.GradientTape() as tape:
        result = _scalar(function())
    found = tape.gradient(result, values, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return [tf.convert_to_tensor(gradient) for gradient in found]  # an embedding's gradient comes as slices


class _Scope(keras.StatelessScope):
    """A scope in which variables have other values, and which records what the function changes."""

    def __init__(self, **options):
        super().__init__(**options)
        self.changed = {}

    def add_update(self, update):
        variable, _ = update
        self.changed[id(variable)] = variable
        super().add_update(update)


def _on_jax(function, variables):
    jax = importlib.import_module("jax")  # by name: type checkers do not find it where TensorFlow is the backend
    changed = []

    def stateless(values):
        with _Scope(state_mapping=list(zip(variables, values, strict=True))) as scope:
            result = _scalar(function())
            changed[:] = scope.changed.values()
            return result, [scope.get_current_value(variable) for variable in changed]

    found, news = jax.grad(stateless, has_aux=True)([variable.value for variable in variables])
    for variable, new in zip(changed, news, strict=True):  # a seed generator has advanced, as on TensorFlow
        variable.assign(new)
    return found


def _scalar(result):
    result = ops.convert_to_tensor(result)
    if len(result.shape) > 0:
        raise ValueError(
            f"gradients() expects a function that returns one number, but it returned shape {tuple(result.shape)}. "
            "Take the sum or the mean of it."
        )
    return result
