"""Every test starts from the same seed; doctests see the package as lessons do."""

import os
import re

import matplotlib
import pytest

import autoencoders_edu as ae
from autoencoders_edu._shard import Shard

matplotlib.use("Agg")

# Answers to exercises are run by `aedu verify`, inside a notebook; they are no modules.
collect_ignore_glob = ["tests/right_answers/*", "tests/wrong_answers/*"]

# Two test processes on two cores: without this each would start a thread for every core.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")

# Tests that depend on the backend: those of modules that compute with Keras or TensorFlow Probability, and of modules
# that are handed their tensors. `make test-jax` runs these alone. In other files a test carries the marker itself; in
# these files, one that `any_backend` marks is left to `make test` and, every night, to `make test-jax-all`.
BACKEND = re.compile(
    r"(autoencoders_edu/|tests/test_)(callbacks|corruption|diagnostics|distributions|gradients|networks|sparsity)\.py|"
    r"(autoencoders_edu|tests)/models/|autoencoders_edu/anomaly/(detector|network)\.py|tests/anomaly/test_detector\.py|"
    r"autoencoders_edu/metrics/classifier\.py|tests/metrics/test_classifier\.py|tests/exercises/test_(errors|probe|wire)\.py"
)

# The files that take longest, these first: begun last, one of them would leave the other cores without work.
LONGEST = (
    "models/test_contract.py",
    "grading/test_batch.py",
    "attacks/test_processes.py",
    "grading/test_nbgrader.py",
    "test_wheel.py",
    "test_project.py",
    "cli/test_cli_learner.py",
)


def pytest_addoption(parser):
    parser.addoption("--shard", default="1/1", metavar="K/N", help="run every N-th test file, beginning with the K-th")


def pytest_configure(config):
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False  # pytest-xdist would begin with the files that hold most tests


def begun(item):
    """The place of a test's file among those that are begun first."""
    file = item.path.as_posix()
    return next((place for place, name in enumerate(LONGEST) if file.endswith(f"tests/{name}")), len(LONGEST))


def pytest_collection_modifyitems(config, items):
    for item in items:
        if BACKEND.match(item.nodeid) and not item.get_closest_marker("any_backend"):
            item.add_marker("backend")
    mine = set(Shard.parse(config.getoption("--shard")).part(sorted({item.path for item in items})))
    config.hook.pytest_deselected(items=[item for item in items if item.path not in mine])
    items[:] = sorted((item for item in items if item.path in mine), key=begun)


@pytest.fixture(autouse=True)
def seeded():
    from autoencoders_edu._backend import keras

    keras.utils.set_random_seed(0)


@pytest.fixture(autouse=True)
def nobodys_progress(tmp_path_factory, monkeypatch):
    """Checks note what was solved: not in the data folder of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(autouse=True)
def doctest_names(doctest_namespace):
    doctest_namespace["ae"] = ae
