"""A grading server that does not start says why, and what to do."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from autoencoders_edu.grading import client, environment, forker

LOST = "Traceback (most recent call last):\n  ...\nModuleNotFoundError: No module named 'keras'\n"
REMEDY = (
    'virtual environment (python3 -m venv .venv): pip install --constraint constraints.txt -e ".[tensorflow,grade]"'
)


def test_what_only_the_user_has_is_told_from_what_nobody_has(monkeypatch, tmp_path):
    spec = SimpleNamespace(origin=str(tmp_path / "keras" / "__init__.py"))
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: spec if name == "keras" else None)
    text = environment.start_failure(LOST)
    assert f"keras is installed only there, in {tmp_path / 'keras'}." in text
    assert "reads neither PYTHONPATH nor your user site-packages" in text
    assert REMEDY in text
    missing = environment.start_failure(LOST.replace("keras", "tensorflow"))
    assert "since tensorflow is not installed" in missing
    assert REMEDY in missing


def test_anything_else_is_shown_as_it_was_said():
    assert environment.start_failure("Killed").endswith("It said:\nKilled")


@pytest.mark.parametrize("arguments", [("grade", "x.ipynb"), ("check", "01")])
def test_windows_users_are_told_what_to_use(arguments):
    """There is neither fork there, nor the modules that limit processes, nor the flags that open without links."""
    code = (
        "import os, sys; del os.fork, os.O_DIRECTORY, os.O_NOFOLLOW, os.getuid\n"
        "sys.modules.update(dict.fromkeys(['fcntl', 'grp', 'pwd', 'resource']))\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "from autoencoders_edu.cli import main; main()"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert asked.returncode != 0
    assert asked.stderr.endswith("Grading needs Linux or macOS. On Windows, use the Windows Subsystem for Linux.\n")
    assert "Traceback" not in asked.stderr


@pytest.mark.skipif(os.name == "nt", reason="grading needs fork")
def test_packages_that_an_isolated_python_does_not_see_are_named(monkeypatch, tmp_path):
    """As with `pip install --user`, or PYTHONPATH: the course is there for this process, and not for the server."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(forker.sys, "executable", str(python))
    with pytest.raises(client.NoServer, match="autoencoders_edu is installed only there") as caught:
        client.Server()
    assert REMEDY in str(caught.value)
