"""The transposed convolution: Keras's results and gradients, whichever way they are computed."""

import numpy as np
import pytest
from contract import numpy

import autoencoders_edu as ae
from autoencoders_edu import transposed
from autoencoders_edu._backend import keras

OPTIONS = {
    "doubling": {"kernel_size": 3, "strides": 2, "padding": "same", "activation": "relu"},
    "no bias": {"kernel_size": 3, "strides": 2, "padding": "same", "use_bias": False},
    "another kernel": {"kernel_size": 4, "strides": 2, "padding": "same"},
    "another stride": {"kernel_size": 3, "strides": 1, "padding": "same"},
    "no padding": {"kernel_size": 3, "strides": 2, "padding": "valid"},
}
options = pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
SHAPE = (2, 5, 3, 4)


@pytest.fixture(params=["as it comes", "in phases"], autouse=True)
def way(request, monkeypatch):
    """Every test also runs the other computation, which is plain Keras and so works on every backend."""
    if request.param == "in phases":
        monkeypatch.setattr(transposed, "_on_jax_cpu", lambda: True)


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def both(options, shape=SHAPE):
    """Ours and Keras's own layer, with the same weights."""
    layers = transposed.Conv2DTranspose(6, **options), keras.layers.Conv2DTranspose(6, **options)
    for layer in layers:
        layer.build(shape)
        layer.set_weights([normal(*weight.shape, seed=1) for weight in layer.get_weights()])
    return layers


@options
def test_transposed_returns_what_keras_returns(options):
    ours, theirs = both(options)
    x = normal(*SHAPE)
    np.testing.assert_allclose(numpy(ours(x)), numpy(theirs(x)), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("size", [(1, 1), (1, 4), (7, 2)])
def test_transposed_takes_images_of_any_size(size):
    ours, theirs = both(OPTIONS["doubling"])
    x = normal(3, *size, SHAPE[-1])
    np.testing.assert_allclose(numpy(ours(x)), numpy(theirs(x)), rtol=1e-4, atol=1e-4)


@options
def test_transposed_learns_what_keras_learns(options):
    x, trained = normal(*SHAPE), []
    for layer in both(options):
        model = keras.Sequential([keras.Input(SHAPE[1:]), layer])
        model.compile(keras.optimizers.SGD(1.0), "mse")
        model.fit(x, normal(*model.output_shape[1:], seed=2)[None].repeat(2, axis=0), batch_size=2, verbose=0)
        trained.append(layer.get_weights())
    for ours, theirs in zip(*trained, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


def test_transposed_keeps_half_precision():
    layer = transposed.Conv2DTranspose(6, **OPTIONS["doubling"], dtype="mixed_bfloat16")
    assert keras.backend.standardize_dtype(layer(normal(*SHAPE)).dtype) == "bfloat16"


def test_transposed_is_saved_with_the_decoder(tmp_path):
    decoder = ae.networks.conv_decoder(3, (6, 5, 2), filters=(3, 5), units=7)
    decoder.save(tmp_path / "decoder.keras")
    loaded = keras.models.load_model(tmp_path / "decoder.keras")
    assert any(isinstance(layer, transposed.Conv2DTranspose) for layer in loaded.layers)
    z = normal(2, 3)
    np.testing.assert_array_equal(numpy(loaded(z)), numpy(decoder(z)))
