"""Forty submissions, good and bad in every way that we know of, graded by the command to the end."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import course
import psutil
import pytest
from click.testing import CliRunner
from submissions import ALL, LOSS, SLOW, submissions

from autoencoders_edu.cli import main
from autoencoders_edu.grading import batch
from autoencoders_edu.grading.client import Server

AEDU = [sys.executable, "-m", "autoencoders_edu.cli"]


@pytest.fixture(scope="module")
def expected():
    return submissions()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, expected):
    """The folder of submissions, a subfolder each; one of them is a link."""
    folder = tmp_path_factory.mktemp("submitted")
    for name, (content, _) in expected.items():
        (folder / name).mkdir()
        if isinstance(content, dict):
            content = json.dumps(content)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name / "exercises.ipynb").write_bytes(data)
    (folder / "link").symlink_to(folder / "good-0")
    return folder


def run(*arguments, **options):
    return subprocess.run([*AEDU, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def server():
    with Server(jobs=2) as server:
        yield server


@pytest.fixture
def grade(server, monkeypatch):
    """`aedu grade` in this process, with one server for all tests: it takes ten seconds to start."""
    monkeypatch.setattr(batch, "Server", lambda jobs: contextlib.nullcontext(server))
    return lambda *arguments: CliRunner().invoke(main, ["grade", *map(str, arguments)])


@pytest.fixture(scope="module")
def graded(folder, tmp_path_factory):
    """Dict from a learner to their result as JSON, after one run over everything."""
    if os.environ.get("KERAS_BACKEND") == "jax":
        pytest.skip("what can be wrong with a submission is the same on any backend")
    out = tmp_path_factory.mktemp("out")
    done = run("grade", folder, "--out", out, "--jobs", 2, "--timeout", 8, "--memory", 1, "--format", "json")
    assert done.returncode == 2, done.stderr  # some cannot be graded
    assert "could not be graded: " in done.stderr
    results = json.loads((out / "grades.json").read_text())["results"]
    return {result["student"]: result for result in results}


def test_batch_has_forty_submissions_and_loses_none(expected, graded):
    assert len(graded) >= 40
    assert set(graded) == {*expected, "link"}


def _all_lost(name, lost):
    return lost if name.startswith("full") else (*lost, *SLOW)


def test_batch_gives_every_submission_its_score(expected, graded):
    scores = {name: result["score"] for name, result in graded.items()}
    wanted = {
        name: 0 if lost == ALL else course.points("02" if "lesson-2" in name else "01", _all_lost(name, lost))
        for name, (_, lost) in expected.items()
    }
    wanted["fresh-but-one"] = 2
    assert scores == {**wanted, "link": 0}


def test_batch_says_what_was_wrong(graded):
    assert "symbolic link" in graded["link"]["problem"]
    assert "not a notebook" in graded["corrupt"]["problem"]
    assert "old format" in graded["old-format"]["problem"]
    assert "a merge left conflict markers in it, the first in line 2" in graded["conflict"]["problem"]
    assert any("is a markdown cell" in note for note in graded["setup-is-text-and-an-answer"]["notes"])
    for name in ("setup-in-colab", "setup-without-end"):
        assert any("is locked but was changed" in note for note in graded[name]["notes"])
        assert any(note.startswith("Cell 2 was the first to fail: ") for note in graded[name]["notes"])
    assert any("is missing" in note for note in graded["deleted-cell"]["notes"])
    assert any("the last one counts" in note for note in graded["defined-twice"]["notes"])
    messages = {
        name: next(e["outcome"]["message"] for e in graded[name]["exercises"] if e["outcome"]["name"] == LOSS)
        for name in (
            "syntax-error",
            "endless-cell",
            "endless-answer",
            "memory",
            "crash",
            "wrong-raises",
            "first-cell-fails",
        )
    }
    assert "SyntaxError" in messages["syntax-error"]
    assert "longer than 8 s" in messages["endless-cell"]
    assert "longer than 8 s" in messages["endless-answer"]
    assert "emory" in messages["memory"]
    assert "was stopped" in messages["crash"]
    assert "return x / undefined" in messages["wrong-raises"]
    assert "name 'own' is not defined" in messages["first-cell-fails"]
    assert (
        "Cell 1 was the first to fail: ModuleNotFoundError: No module named 'nothing'." in messages["first-cell-fails"]
    )


def test_batch_tells_nobody_where_anything_lies(graded, folder):
    for result in graded.values():
        text = json.dumps(result)
        assert str(folder) not in text
        assert str(Path(course.notebooks.source("01")).parents[2]) not in text


def test_batch_states_isolation_and_seed(graded):
    levels = {result["isolation"] for result in graded.values() if not result["problem"]}
    assert levels <= {"namespaces", "user", "limits"}
    assert len({result["seed"] for result in graded.values()}) == 1


def test_killed_run_goes_on_where_it_stopped(grade, folder, tmp_path):
    names = ["wrong-absolute", "fresh", "one-stub", "fresh-but-one"]
    arguments = [*(str(folder / name) for name in names), "--out", str(tmp_path), "--format", "json"]
    process = subprocess.Popen([*AEDU, "grade", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = []
    deadline = time.monotonic() + 120
    while not (found := list((tmp_path / "results").glob("*.json"))) and time.monotonic() < deadline:
        server = psutil.Process(process.pid).children(recursive=True) or server
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert found, "a result is written as soon as it is there"
    assert not psutil.wait_procs(server, timeout=10)[1], "nothing outlives a killed grader"
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "results").glob("*.json")}
    assert len(kept) < len(names)
    again = grade(*arguments)
    assert again.exit_code == 0, again.output
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items()), "what was graded is not graded again"
    results = json.loads((tmp_path / "grades.json").read_text())["results"]
    assert [result["student"] for result in results] == names
    assert len({result["seed"] for result in results}) == 1


def test_changed_submission_is_graded_again(grade, tmp_path):
    path = tmp_path / "exercises.ipynb"
    path.write_text(json.dumps(course.handed_out("01")))
    out = tmp_path / "out"
    assert grade(path, "--out", out, "--format", "json").exit_code == 0
    path.write_text(json.dumps(course.solved("01")))
    assert grade(path, "--out", out, "--format", "json").exit_code == 0
    (result,) = json.loads((out / "grades.json").read_text())["results"]
    assert result["score"] == course.points("01")


def test_exit_status_tells_graded_from_below_the_mark(grade, folder):
    assert grade(folder / "fresh").exit_code == 0
    assert grade(folder / "fresh", "--pass-mark", 50).exit_code == 1
    assert grade(folder / "full", "--pass-mark", 100).exit_code == 0


def test_exit_status_tells_what_is_impossible(folder, tmp_path, monkeypatch):
    """And nothing is started for it."""
    monkeypatch.setattr(batch, "Server", None)
    for arguments in ([tmp_path / "nowhere"], [folder / "good-0", "--format", "json"]):
        assert CliRunner().invoke(main, ["grade", *map(str, arguments)]).exit_code == 2


def test_notebook_of_another_lesson_is_named(grade, folder):
    result = grade(folder / "good-0" / "exercises.ipynb", "--lesson", "02")
    assert result.exit_code == 2
    assert "This is the notebook of lesson 01, not of lesson 02." in " ".join(result.output.split())


def test_same_seed_gives_the_same_messages(grade, folder, tmp_path):
    texts = []
    for number in range(2):
        out = tmp_path / str(number)
        grade(folder / "wrong-absolute", "--seed", 7, "--out", out, "--format", "json")
        (result,) = json.loads((out / "grades.json").read_text())["results"]
        texts.append([graded["outcome"] for graded in result["exercises"]])
    assert texts[0] == texts[1]


def test_interrupt_ends_everything(folder, tmp_path):
    """As Ctrl-C does: what is being graded and what waits is left."""
    process = subprocess.Popen(
        [*AEDU, "grade", str(folder / "endless-cell"), str(folder), "--out", str(tmp_path), "--timeout", "1000"],
        stdout=subprocess.DEVNULL,
    )
    below = []
    deadline = time.monotonic() + 300
    while len(below) < 4 and time.monotonic() < deadline:  # both halves of the server, a keeper, a worker
        below = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(timeout=60) != 0
    assert not psutil.wait_procs(below, timeout=10)[1]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"seed": "1"}', '{"seed": -1}', '{"seed": true}', "[" * 100_000]
)
def test_a_run_that_cannot_be_read_is_an_error(tmp_path, text):
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(ValueError, match=r"run\.json is of no run|The seed should be"):
        batch.choose_seed(tmp_path)


def test_a_negative_seed_is_an_error():
    """No random numbers come from it, so no answer could be right."""
    with pytest.raises(ValueError, match="Received: -1"):
        batch.choose_seed(None, -1)


def test_solutions_get_full_marks(grade):
    """What `aedu verify` proves in one process holds in the grader, too."""
    root = Path(course.notebooks.source("01")).parents[1]
    result = grade(*sorted(root.glob("*/exercises.ipynb")), "--pass-mark", 100, "--seed", 1, "--jobs", 2)
    assert result.exit_code == 0, result.output
