"""Several devices: every model trains on four as on one; batches that cannot be divided among them are refused."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import keras
import pytest
from contract import CASES, inputs_of

import autoencoders_edu as ae

TESTS = Path(__file__).parents[1]
FEW = {"autoencoder", "vae", "conditional_vae"}  # the others, and what convolutions cost on a CPU, every night
on_jax = pytest.mark.skipif(keras.backend.backend() != "jax", reason="keras.distribution divides batches on JAX alone")

ALL_MODELS = """
import pathlib, sys, tempfile
sys.path.insert(0, sys.argv[1])
import autoencoders_edu as ae, keras, numpy as np
from contract import CASES, compiled, fit_arguments, inputs_of, numpy

def results(make, several):
    keras.distribution.set_distribution(keras.distribution.DataParallel() if several else None)
    keras.utils.set_random_seed(0)
    model = compiled(make())
    data = fit_arguments(model, inputs_of(model))
    history = model.fit(*data, batch_size=16, epochs=2, validation_data=tuple(data), shuffle=False, verbose=0).history
    found = [*history["loss"], *history["val_loss"], *np.ravel(model.evaluate(*data, verbose=0))]
    found += [numpy(model.reconstruct(data[0])).mean()]
    if isinstance(model, ae.VAE):
        condition = [data[0][1][:4]] if isinstance(model, ae.ConditionalVAE) else []
        found += [numpy(model.log_likelihood(data[0], samples=3, seed=0)).mean()]
        found += [numpy(model.sample(4, *condition, seed=0)).mean()]
    return found, model

folder = pathlib.Path(tempfile.mkdtemp())
for name in sys.argv[2:]:
    make = CASES[name]
    (alone, _), (together, model) = results(make, False), results(make, True)
    np.testing.assert_allclose(together, alone, rtol=1e-4, err_msg=name)
    model.save(folder / f"{name}.keras")
    x = inputs_of(model)
    np.testing.assert_allclose(numpy(keras.models.load_model(folder / f"{name}.keras").reconstruct(x)),
                               numpy(model.reconstruct(x)), atol=1e-5, err_msg=name)
    print(name, "agrees")
"""

REFUSALS = """
import sys
sys.path.insert(0, sys.argv[1])
import autoencoders_edu as ae, keras
from contract import CASES, compiled, inputs_of
keras.distribution.set_distribution(keras.distribution.DataParallel())
model = compiled(CASES["vae"]())
x = inputs_of(model)
before = model.get_weights()
for call in (
    lambda: model.fit(x, batch_size=15, verbose=0),
    lambda: model.fit(x[:62], batch_size=16, verbose=0),
    lambda: model.fit(x, batch_size=16, validation_split=0.1, verbose=0),
    lambda: model.fit(x, batch_size=16, validation_data=x[:3], verbose=0),
    lambda: model.evaluate(x, batch_size=15, verbose=0),
):
    try:
        call()
    except ValueError as error:
        print(error)
assert all((a == b).all() for a, b in zip(before, model.get_weights()))
"""


def run(script, *arguments):
    flags = {"XLA_FLAGS": "--xla_force_host_platform_device_count=4"}
    done = subprocess.run(
        [sys.executable, "-c", script, TESTS, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **flags},
    )
    assert not done.returncode, done.stderr
    return done.stdout


@on_jax
@pytest.mark.parametrize(
    "names", [FEW, pytest.param(CASES.keys() - FEW, marks=pytest.mark.any_backend)], ids=["few", "rest"]
)
def test_every_model_trains_on_four_devices_as_on_one(names):
    assert run(ALL_MODELS, *sorted(names)).splitlines() == [f"{name} agrees" for name in sorted(names)]


@on_jax
def test_batches_that_the_devices_do_not_divide_are_refused_before_training():
    assert run(REFUSALS).splitlines() == [
        "A batch of 15 examples cannot be divided among 4 devices. Choose a batch_size that 4 divides.",
        "The last of the batches holds 14 of 62 examples and cannot be divided among 4 devices. Leave out 2: x[:60].",
        "The last of the batches holds 9 of 57 examples and cannot be divided among 4 devices. Leave out 1: x[:56].",
        "In the validation data: A batch of 3 examples cannot be divided among 4 devices. Choose a batch_size that 4 "
        "divides.",
        "A batch of 15 examples cannot be divided among 4 devices. Choose a batch_size that 4 divides.",
    ]


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="it works on JAX")
@pytest.mark.skipif(keras.__version__ < "3.15", reason="Keras 3.13 has no distribution on TensorFlow")
def test_a_distribution_that_tensorflow_would_ignore_is_refused():
    model = CASES["vae"]()
    model.compile("adam")
    keras.distribution.set_distribution(keras.distribution.DataParallel(devices=["cpu:0"]))
    try:
        with pytest.raises(ValueError, match="KERAS_BACKEND=jax before Python starts"):
            model.fit(inputs_of(model), verbose=0)
    finally:
        keras.distribution.set_distribution(None)


@on_jax
def test_two_hosts_train_as_one(tmp_path):
    with socket.socket() as free:
        free.bind(("localhost", 0))
        coordinator = f"localhost:{free.getsockname()[1]}"
    script = [sys.executable, TESTS.parent / "docs/examples/several_hosts.py", coordinator]
    two = [subprocess.Popen([*script, "2", host], stdout=subprocess.PIPE, text=True, cwd=tmp_path) for host in "01"]
    said = [process.communicate(timeout=300)[0].split("devices: ")[1] for process in two]
    keras.utils.set_random_seed(0)
    images = ae.data.load("digits").x_train[:1200].round()
    one = ae.VAE(ae.networks.dense_encoder((8, 8, 1), 2 * 4), ae.networks.dense_decoder(4, (8, 8, 1)))
    one.compile("adam")
    losses = one.fit(images, batch_size=120, epochs=3, shuffle=False, verbose=0).history["loss"]
    assert said[0] == said[1]
    assert json.loads(said[0]) == pytest.approx(losses, rel=0.01)
    assert {path.name for path in tmp_path.glob("*.keras")} == {"vae-0.keras", "vae-1.keras"}
