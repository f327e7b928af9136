"""Every test starts from the same seed; doctests see the package as lessons do."""

import os

import matplotlib
import pytest

import autoencoders_edu as ae

matplotlib.use("Agg")

# Answers to exercises are run by `aedu verify`, inside a notebook; they are no modules.
collect_ignore_glob = ["tests/right_answers/*", "tests/wrong_answers/*"]

# Two test processes on two cores: without this each would start a thread for every core.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")


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
