"""What attacks need: a server on each level, a notebook with the attacker's code, and an eye on what is left behind."""

import contextlib
import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from autoencoders_edu.course import curriculum
from autoencoders_edu.course.folders import PACKAGE
from autoencoders_edu.grading import NAMESPACES, USER, users
from autoencoders_edu.grading.client import Server
from autoencoders_edu.grading.runner import Options, grade
from autoencoders_edu.grading.submission import Submission

SEED = 20261125


def notebook(*sources):
    """A notebook's JSON with these code cells, after the imports that a lesson makes."""
    cells = ["import numpy as np\nfrom autoencoders_edu.exercises import check, hint, solution", *sources]
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{**code, "source": text} for text in cells]}


# Below Keras another library is loaded on JAX, and that is all: the weaker levels are tried once.
LEVELS = ("namespaces",) if os.environ.get("KERAS_BACKEND") == "jax" else ("namespaces", "user", "limits")


@pytest.fixture(scope="session")
def servers():
    """Function from a level to its server, which takes ten seconds to start: one for all files, to the end."""
    with contextlib.ExitStack() as running:
        yield functools.cache(lambda level: running.enter_context(Server(strongest=level)))


@pytest.fixture(scope="session", params=LEVELS)
def server(request, servers):
    """A running server on each level that this machine allows."""
    if request.param == USER and os.getuid() == 0 and not users.can_read(users.NOBODY, PACKAGE):
        pytest.skip(f"the unprivileged user cannot read {PACKAGE}, and the grader says so")
    server = servers(request.param)
    if server.level != request.param:
        pytest.skip(f"this machine allows {server.level}, not {request.param}")
    return server


@pytest.fixture
def sealed(server):
    """The server, where it keeps code from reading the machine's files."""
    if server.level != NAMESPACES:
        pytest.skip(f"files can be read on the level {server.level!r}, as the report and docs/grading.md say")
    return server


@dataclass
class Attacker:
    """Submits code in place of an answer to 01.2, reconstruction_loss."""

    server: object
    folder: Path
    timeout: float = 10
    memory: float = 1

    def submit(self, *sources, alone=True, **metadata):
        """The graded exercise; unless others are graded beside it, no process may be left."""
        path = self.folder / "attacker.ipynb"
        path.write_text(json.dumps({**notebook(*sources), **metadata}))
        options = Options(SEED, self.timeout, self.memory, curriculum.find("01"))
        result = grade(self.server, Submission("attacker", path), options)
        assert result.isolation == self.server.level
        assert not alone or not self.processes(), "the attacker left a process behind"
        return next(graded.outcome for graded in result.exercises if graded.outcome.name == "reconstruction_loss")

    def processes(self):
        """Whatever runs below the server, keepers aside that are about to end."""
        below = psutil.Process(self.server.process.pid).children(recursive=True)
        if self.server.level == NAMESPACES:
            below = below[1:]  # the server proper is the child of the process that made the namespaces
        return psutil.wait_procs(below, timeout=10)[1]


@pytest.fixture
def attacker(server, tmp_path):
    os.chmod(tmp_path, 0o755)
    return Attacker(server, tmp_path)
