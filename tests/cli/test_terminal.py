"""Terminals that cannot show everything."""

import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from autoencoders_edu.cli.terminal import never_fail


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_no_character_ends_a_command(monkeypatch, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    never_fail()
    print("✓ ✗ ○ … 平均 \ud800")
    Console(file=stream).print("✓", markup=False)
    stream.flush()
    shown = stream.buffer.getvalue().decode(encoding)
    assert shown.startswith("✓ ✗ ○ … 平均 ?" if encoding == "utf-8" else "+ x o ")


def test_a_command_works_where_the_terminal_shows_ascii_alone(tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "autoencoders_edu.cli", "progress"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert b"o  01.1 predict_rescaling" in done.stdout
