"""Each benchmark runs at its smallest size, its results can be reported, and the first table is chosen by its rule."""

import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import record
import report
import reporting
from reporting import Aim, Section

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.mark.benchmark
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
    section = importlib.import_module(name).report(table, about)
    assert section.markdown().startswith(f"## {section.title}\n\n")


@pytest.mark.parametrize("name", report.NAMES)
def test_targets_and_measurements_are_clauses_and_notes_are_sentences(name):
    """The README's table shows clauses; RESULTS.md ends them with a full stop and adds the note."""
    for aim in report.section(name).aims:
        assert not aim.text.endswith(".")
        assert not aim.reason.endswith(".")
        assert not aim.note or aim.note.endswith(".")


def test_the_worst_usual_result_is_shown():
    met, undecided = Aim("a", True, "1", usual=True), Aim("b", None, "2", usual=True)
    missed, rare = Aim("c", np.bool_(False), "3", usual=True), Aim("d", False, "4")
    assert reporting.worst((rare, met, undecided)) is undecided
    assert reporting.worst((met, undecided, missed, Aim("e", False, "5", usual=True))) is missed
    sections = {name: Section(name, "", (rare, met, undecided)) for name in report.QUESTIONS}
    rows = report.summary(sections).strip().split("\n")[2:]
    assert rows == [f"| {question} | b | not decided | 2 |" for question in report.QUESTIONS.values()]


def test_a_benchmark_without_results_is_shown_as_not_decided(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "RESULTS", tmp_path)
    assert reporting.worst(report.section("quality").aims).verdict == "not decided"


def test_every_target_is_in_the_results():
    text = (BENCHMARKS / "RESULTS.md").read_text()
    for name in report.NAMES:
        assert all(f"| {aim.text} | {aim.verdict} | {aim.reason}." in text for aim in report.section(name).aims)


def test_examples_in_the_reports_parts():
    result = doctest.testmod(reporting)
    assert result.attempted
    assert not result.failed


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
