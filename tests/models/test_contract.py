"""The contract that every model keeps, on either backend."""

import subprocess
import sys

import keras
import numpy as np
import pytest
from contract import (
    CASES,
    CLASSES,
    binary_images,
    compiled,
    every_model,
    every_model_on_one_backend,
    fit_arguments,
    inputs_of,
    numpy,
    train,
    trained,
)

import autoencoders_edu as ae

on_tensorflow = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="tf.data and tf.distribute")


@every_model
def test_training_reduces_a_finite_loss(make):
    _, history = trained(make)
    losses = history["loss"]
    assert np.isfinite(losses).all()
    assert losses[-1] < 0.95 * losses[0]


@every_model
def test_evaluate_gives_the_terms_that_training_logs(make):
    model, history = trained(make)
    result = model.evaluate(*fit_arguments(model, inputs_of(model)), verbose=0, return_dict=True)
    assert set(result) == set(history)
    assert all(np.isfinite(value) for value in result.values())


@every_model
def test_same_seed_gives_the_same_history(make):
    assert train(make)[1] == trained(make)[1]


@every_model_on_one_backend
def test_steps_per_execution_changes_no_result(make):
    blocks, plain = train(make, epochs=2, steps_per_execution=8)[1], trained(make)[1]
    for name in plain:
        np.testing.assert_allclose(blocks[name], plain[name][:2], rtol=1e-4)


@pytest.mark.skipif(keras.backend.backend() == "jax", reason="there XLA is the default, with which all tests train")
@every_model
def test_xla_trains(make):
    """Not compared with a run without XLA: on TensorFlow its random numbers are others."""
    _, history = train(make, jit_compile=True)
    assert history["loss"][-1] < 0.95 * history["loss"][0]


@every_model_on_one_backend
@pytest.mark.parametrize("shape", [pytest.param((28, 28, 1), marks=pytest.mark.any_backend), (5, 8, 3)], ids=str)
def test_reconstruction_has_the_shape_of_the_input(make, shape):
    model, _ = train(make, epochs=1, n=6, shape=shape)
    assert tuple(model.reconstruct(inputs_of(model, 5, shape)).shape) == (5, *shape)


@every_model_on_one_backend
def test_a_batch_of_one_trains_and_reconstructs(make):
    shape = (9, 4, 1)
    model, history = train(make, epochs=1, n=1, batch_size=1, shape=shape)
    assert np.isfinite(history["loss"]).all()
    assert tuple(model.reconstruct(inputs_of(model, 1, shape)).shape) == (1, *shape)


@every_model_on_one_backend
def test_last_smaller_batch_counts_by_its_size(make):
    model, _ = trained(make)
    if isinstance(model, (ae.VAE, ae.SparseAutoencoder)):
        pytest.skip("its loss is random, or its penalty is a statistic of the batch")
    arguments = fit_arguments(model, inputs_of(model, 20))
    whole = model.evaluate(*arguments, batch_size=20, verbose=0)
    assert model.evaluate(*arguments, batch_size=16, verbose=0) == pytest.approx(whole, rel=1e-5)


@every_model_on_one_backend
def test_every_weight_gets_a_finite_gradient_that_is_not_zero(make):
    model = make()
    loss = {} if isinstance(model, ae.VAE) else {"loss": "mse"}
    model.compile(keras.optimizers.SGD(1.0), **loss)
    before = [numpy(weight).copy() for weight in model.trainable_weights]
    model.fit(*fit_arguments(model, inputs_of(model)), batch_size=64, verbose=0)
    for weight, old in zip(model.trainable_weights, before, strict=True):
        gradient = old - numpy(weight)
        assert np.isfinite(gradient).all(), weight.path
        assert np.abs(gradient).max() > 0, weight.path


@every_model_on_one_backend
def test_mixed_precision_trains(make):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        _, history = train(make)
    finally:
        keras.config.set_dtype_policy("float32")
    assert np.isfinite(history["loss"]).all()
    assert history["loss"][-1] < history["loss"][0]


@pytest.mark.any_backend  # the file is Keras's, the same on both
def test_every_model_loads_in_a_fresh_process_with_equal_outputs(tmp_path):
    expected = {}
    for name, make in CASES.items():
        model, _ = trained(make)
        model.save(tmp_path / f"{name}.keras")
        expected[name] = numpy(model.reconstruct(inputs_of(model)))
    np.savez(tmp_path / "expected.npz", **expected)
    script = """
import sys, pathlib, keras, autoencoders_edu, numpy as np
folder, tests = map(pathlib.Path, sys.argv[1:])
models = {path.stem: keras.models.load_model(path) for path in folder.glob("*.keras")}
sys.path.insert(0, str(tests))
from contract import fit_arguments, inputs_of, numpy
for name, expected in np.load(folder / "expected.npz").items():
    model = models[name]
    np.testing.assert_allclose(numpy(model.reconstruct(inputs_of(model))), expected, atol=1e-6, err_msg=name)
    model.fit(*fit_arguments(model, inputs_of(model)), verbose=0)  # compiled as it was saved
print(len(models), "models agree")
"""
    tests = __file__.rsplit("/models/", 1)[0]
    done = subprocess.run([sys.executable, "-c", script, tmp_path, tests], capture_output=True, text=True, check=False)
    assert f"{len(CASES)} models agree" in done.stdout, done.stderr


def test_sample_weight_weighs_the_examples_of_a_vae():
    model, x = compiled(CASES["vae"]()), binary_images(64)
    model.compile(keras.optimizers.SGD(0.0))

    def loss(weight):
        return model.fit(x, sample_weight=weight, batch_size=64, verbose=0).history

    whole, quarter = loss(np.ones(64)), loss(np.full(64, 0.25))
    for name in whole:
        assert quarter[name][0] == pytest.approx(0.25 * whole[name][0], rel=0.05)
    assert model.evaluate(x, sample_weight=np.zeros(64), verbose=0, return_dict=True)["loss"] == 0


@on_tensorflow
@every_model
def test_tf_data_trains_like_arrays(make):
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    model = compiled(make())
    inputs = inputs_of(model)
    inputs = tuple(inputs) if isinstance(inputs, list) else inputs
    pairs = (inputs,) if isinstance(model, ae.VAE) else (inputs, inputs)
    history = model.fit(tf.data.Dataset.from_tensor_slices(pairs).batch(16), epochs=2, verbose=0).history
    arrays = train(make, epochs=2, fit={"shuffle": False})[1]
    for name in arrays:
        np.testing.assert_allclose(history[name], arrays[name], rtol=1e-4)


@on_tensorflow
@pytest.mark.parametrize("pack", [lambda x: x, lambda x: (x,)], ids=["tensors", "tuples"])
def test_a_data_set_of_images_alone_trains_a_vae(pack):
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices(pack(binary_images(16))).batch(8)
    history = compiled(CASES["vae"]()).fit(data, validation_data=data, verbose=0).history
    assert np.isfinite(history["loss"] + history["val_loss"]).all()


@on_tensorflow
def test_two_replicas_train_like_one():
    """MirroredStrategy sums the replicas' gradients: a hand-written loss has to be divided by their number."""
    script = """
import sys; sys.path.insert(0, sys.argv[1])
import autoencoders_edu as ae, tensorflow as tf, numpy as np, keras
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
from contract import CASES, binary_images
steps = []
for devices in (["CPU:0"], ["CPU:0", "CPU:1"]):
    with tf.distribute.MirroredStrategy(devices).scope():
        keras.utils.set_random_seed(0)
        model = CASES["vae"]()
        if keras.__version__ >= "3.15":  # Keras 3.13 counts these half, in any model that has two replicas
            model.decoder.layers[-2].activity_regularizer = keras.regularizers.L2(1.0)  # the networks' own losses, too
        model.compile(keras.optimizers.SGD(0.001))
    before = model.decoder.layers[-2].bias.numpy()
    model.fit(binary_images(), batch_size=64, verbose=0)
    steps.append(np.linalg.norm(model.decoder.layers[-2].bias.numpy() - before))
print("ratio", steps[1] / steps[0])
"""
    tests = __file__.rsplit("/models/", 1)[0]
    done = subprocess.run([sys.executable, "-c", script, tests], capture_output=True, text=True, check=False)
    assert "ratio" in done.stdout, done.stderr
    assert float(done.stdout.split()[-1]) == pytest.approx(1, abs=0.1)


def test_validation_sample_weights_count_without_a_named_target():
    model, x = compiled(CASES["vae"]()), binary_images(16)
    history = model.fit(x, validation_data=(x, None, np.zeros(16)), verbose=0).history
    assert history["val_loss"] == [0.0]


def test_a_class_of_the_conditional_model_is_its_one_hot_vector():
    model, _ = trained(CASES["conditional_vae"])
    x, c = inputs_of(model, 8)
    one_hot = np.eye(CLASSES, dtype="float32")[c]
    np.testing.assert_allclose(numpy(model.encode([x, c])), numpy(model.encoder([x, one_hot]))[:, :3], rtol=1e-5)


def test_binary_images_are_learnable_but_not_trivial():
    x = binary_images(200)
    assert 0.02 < x.var(axis=0).mean() < 0.25


@every_model_on_one_backend
def test_weights_load_into_a_model_that_was_never_called(make, tmp_path):
    model, _ = trained(make)
    model.save_weights(tmp_path / "model.weights.h5")
    fresh = make()
    fresh.load_weights(tmp_path / "model.weights.h5")
    x = inputs_of(model)
    np.testing.assert_allclose(numpy(fresh.reconstruct(x)), numpy(model.reconstruct(x)), atol=1e-6)


@every_model_on_one_backend
def test_bad_validation_data_and_bad_test_data_are_refused_too(make):
    model = compiled(make())
    good, bad = inputs_of(model), inputs_of(model)
    poisoned = bad[0] if isinstance(bad, list) else bad
    poisoned[0, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="NaN"):
        model.fit(*fit_arguments(model, good), validation_data=tuple(fit_arguments(model, bad)), verbose=0)
    with pytest.raises(ValueError, match="NaN"):
        model.evaluate(*fit_arguments(model, bad), verbose=0)
