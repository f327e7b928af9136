"""Each benchmark runs at its smallest size, and a report can be made of what it stores: no more is proved here."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

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
