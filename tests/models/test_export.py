"""Every model can be exported: new, after training, with batches of any size."""

import importlib.util

import keras
import numpy as np
import pytest
from contract import CASES, inputs_of, numpy, train, trained

import autoencoders_edu as ae

on_tensorflow = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="a SavedModel is TensorFlow's")


def served(inputs):
    """The inputs in the types of the signature: classes are int32."""
    return (
        [inputs[0], inputs[1].astype("int32" if inputs[1].dtype.kind == "i" else "float32")]
        if isinstance(inputs, list)
        else inputs
    )


@on_tensorflow
@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_a_saved_model_gives_what_the_model_gives(make, tmp_path):
    import tensorflow as tf

    model = train(make, epochs=1)[0]
    model.export(tmp_path / "model", verbose=False)
    again = tf.saved_model.load(tmp_path / "model")
    for n in (5, 1):
        inputs = inputs_of(model, n)
        given, expected = again.serve(served(inputs)), model(inputs)
        assert keras.tree.map_structure(lambda a: a.shape, given) == keras.tree.map_structure(
            lambda a: a.shape, expected
        )
        if isinstance(model, ae.VAE):  # its z is drawn anew: what does not depend on it is compared
            given, expected = given["posterior"], expected["posterior"]
        np.testing.assert_allclose(numpy(given), numpy(expected), atol=1e-6)


@on_tensorflow
@pytest.mark.parametrize("name", ["autoencoder", "vae", "conditional_vae"])
def test_a_model_that_was_never_called_is_exported(name, tmp_path):
    import tensorflow as tf

    model = CASES[name]()
    model.export(tmp_path / "model", verbose=False)
    assert tf.saved_model.load(tmp_path / "model").serve(served(inputs_of(model, 2))) is not None


@on_tensorflow
def test_a_signature_of_ones_own_is_kept(tmp_path):
    import tensorflow as tf

    model = CASES["autoencoder"]()
    model.export(tmp_path / "model", verbose=False, input_signature=[keras.InputSpec("float32", (3, 6, 5, 2))])
    again = tf.saved_model.load(tmp_path / "model")
    assert again.serve(inputs_of(model, 3)).shape == (3, 6, 5, 2)
    assert again.signatures["serve"].structured_input_signature[1].popitem()[1].shape == (3, 6, 5, 2)


def test_the_signature_names_shapes_and_types_of_the_inputs():
    x, condition = CASES["conditional_vae"]().export_signature()
    assert (x.shape, x.dtype, x.name) == ((None, 6, 5, 2), "float32", "x")
    assert (condition.shape, condition.dtype) == ((None,), "int32")
    _, vector = CASES["conditional_vae_of_vectors"]().export_signature()
    assert (vector.shape, vector.dtype) == ((None, 2), "float32")
    assert CASES["vae"]().export_signature().shape == (None, 6, 5, 2)


@on_tensorflow
def test_onnx_gives_what_the_model_gives(tmp_path):
    pytest.importorskip("tf2onnx")
    runtime = pytest.importorskip("onnxruntime")
    model, _ = trained(CASES["autoencoder"])
    model.export(tmp_path / "model.onnx", format="onnx", verbose=False)
    session = runtime.InferenceSession(tmp_path / "model.onnx")
    x = inputs_of(model, 5)
    (given,) = session.run(None, {session.get_inputs()[0].name: x})
    np.testing.assert_allclose(given, numpy(model(x)), atol=1e-5)


@pytest.mark.skipif(importlib.util.find_spec("tensorflow") is not None, reason="then the export works")
def test_without_tensorflow_the_export_says_so(tmp_path):
    with pytest.raises(ImportError, match="requires the tensorflow module"):
        CASES["vae"]().export(tmp_path / "model", verbose=False)
