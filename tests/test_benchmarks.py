"""Each benchmark runs at its smallest size, and a report can be made of what it stores: no more is proved here."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import record
import report

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.mark.skipif(os.environ.get("KERAS_BACKEND") == "jax", reason="benchmarks start the backends themselves")
@pytest.mark.parametrize("name", report.NAMES)
def test_smallest_size(name, tmp_path):
    if name == "gpu" and not record.available("jax"):
        pytest.skip("it runs on JAX alone, whose environment `make test-jax` makes")
    command = [sys.executable, BENCHMARKS / f"{name}.py", "--smallest", "--out", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    table, about = record.load(name, tmp_path)
    assert len(table)
    assert importlib.import_module(name).report(table, about).startswith("## ")


def test_every_aim_is_in_the_summary():
    """An aim that the summary's pattern misses would be left out in silence."""
    sections = [report.section(name) for name in report.NAMES]
    aims = sum(text.count("**Aim:**") for text in sections)
    assert report.summary(sections).count("\n") == 2 + aims


@pytest.mark.parametrize("kind", ["dense", "conv"])
def test_the_multiply_adds_are_those_of_the_layers(kind):
    """Counted from the shapes: each place that a layer fills, or that a transposed one reads, times its kernel."""
    import gpu

    from autoencoders_edu import networks
    from autoencoders_edu._backend import keras

    if kind == "dense":
        pair = networks.dense_encoder((784,), 32, (400,)), networks.dense_decoder(16, (784,), (400,))
    else:
        pair = networks.conv_encoder((28, 28, 1), 32), networks.conv_decoder(16, (28, 28, 1))
    counts = []
    for layer in (layer for network in pair for layer in network.layers if hasattr(layer, "kernel")):
        places = layer.input if isinstance(layer, keras.layers.Conv2DTranspose) else layer.output
        positions = np.prod(places.shape[1:-1], dtype=int)
        counts.append(int(positions * np.prod(layer.kernel.shape)))
    assert counts == list(gpu.MULTIPLY_ADDS[kind])
