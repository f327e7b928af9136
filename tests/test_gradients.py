"""Gradients against formulas."""

import numpy as np
import pytest

from autoencoders_edu import networks
from autoencoders_edu._backend import keras
from autoencoders_edu.gradients import gradients

ops = keras.ops
X = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")


def test_gradients_of_a_quadratic_are_its_formula():
    x = keras.Variable(X)
    np.testing.assert_allclose(gradients(lambda: ops.sum(x * x * x), [x])[0], 3 * X**2, rtol=1e-5)


def test_gradients_of_network_weights_are_those_of_least_squares():
    encoder = networks.dense_encoder((3,), 2, hidden=())
    kernel, bias = (ops.convert_to_numpy(weight.value) for weight in encoder.trainable_variables)
    found = gradients(lambda: ops.sum(encoder(X) ** 2), encoder.trainable_variables)
    y = X @ kernel + bias
    np.testing.assert_allclose(found[0], 2 * X.T @ y, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found[1], 2 * y.sum(axis=0), rtol=1e-4, atol=1e-5)


def test_gradients_are_zero_where_nothing_depends_on_the_variable():
    x, y = keras.Variable(X), keras.Variable(X)
    assert gradients(lambda: ops.sum(ops.stop_gradient(ops.convert_to_tensor(x)) + y), [x, y])[0].tolist() == (
        np.zeros_like(X).tolist()
    )


def test_gradients_leave_the_variables_alone():
    x = keras.Variable(X)
    gradients(lambda: ops.sum(x * x), [x])
    np.testing.assert_array_equal(ops.convert_to_numpy(x.value), X)


def test_gradients_want_a_scalar():
    x = keras.Variable(X)
    with pytest.raises(ValueError, match="one number"):
        gradients(lambda: x * 2.0, [x])


def test_gradients_let_a_seed_generator_move_on():
    seed, x = keras.random.SeedGenerator(0), keras.Variable(X)

    def noise():
        return ops.sum(x * keras.random.normal(X.shape, seed=seed))

    first, second = gradients(noise, [x])[0], gradients(noise, [x])[0]
    assert not np.allclose(first, second)
