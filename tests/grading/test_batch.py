"""Forty submissions, good and bad in every way that we know of, graded by the command to the end."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import course
import psutil
import pytest

import autoencoders_edu
from autoencoders_edu.grading import batch
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.runner import Options
from autoencoders_edu.grading.session import Repeat
from autoencoders_edu.grading.submission import find, read

LOSS = "reconstruction_loss"
ALL = "all of them"
RIGHT = "def reconstruction_loss(x, r):\n    return np.mean((x - r) ** 2, axis=(1, 2, 3))"
AEDU = [sys.executable, "-m", "autoencoders_edu.cli"]
ATTACKS = {
    "equal": "class Equal:\n    def __eq__(self, other): return True\ndef reconstruction_loss(x, r): return Equal()",
    "patch": "np.allclose = np.isclose = lambda *_: True\ndef reconstruction_loss(x, r): return np.zeros(len(x))",
    "print": "def reconstruction_loss(x, r): print('passed, 2 of 2 points'); return 'passed'",
    "nan": "def reconstruction_loss(x, r): return np.full(len(x), np.nan)",
    "write": "import json\nfor place in ('results.json', '/grades.json'):\n"
    "    try: json.dump({'score': 100}, open(place, 'w'))\n"
    "    except OSError: pass\ndef reconstruction_loss(x, r): return 0",
    "children": "import os, time\nif os.fork() == 0: time.sleep(1000)\ndef reconstruction_loss(x, r): return 0",
    "huge": "def reconstruction_loss(x, r): return np.broadcast_to(0.0, (10**6, 10**6))",
    "exit": "def reconstruction_loss(x, r):\n    import os; os._exit(0)",
}
WRONG = {
    "mean-over-images": "def reconstruction_loss(x, r): return np.mean((x - r) ** 2)",
    "absolute": "def reconstruction_loss(x, r): return np.mean(np.abs(x - r), axis=(1, 2, 3))",
    "raises": "def reconstruction_loss(x, r): return x / undefined",
    "not-callable": "reconstruction_loss = 1",
    "wrong-signature": "def reconstruction_loss(x): return x",
}


def submissions():
    """Dict from a learner to (file content, exercises that must not be credited)."""
    good, fresh = course.solved("01"), course.handed_out("01")
    found = {f"good-{number}": (good, ()) for number in range(7)}
    found["good-lesson-2"] = (course.solved("02"), ())
    found |= {f"wrong-{name}": (course.with_answer(good, LOSS, code), (LOSS,)) for name, code in WRONG.items()}
    found |= {f"attack-{name}": (course.with_answer(good, LOSS, code), (LOSS,)) for name, code in ATTACKS.items()}
    found |= {
        "fresh": (fresh, ALL),
        "fresh-but-one": (course.with_answer(fresh, LOSS, RIGHT), ALL),
        "one-stub": (course.with_stub(good, LOSS), (LOSS,)),
        "no-cells": ({**good, "cells": []}, ALL),
        "corrupt": (json.dumps(good)[:-200], ALL),
        "not-json": ("reconstruction_loss = 1", ALL),
        "binary": (bytes(range(256)), ALL),
        "empty-file": ("", ALL),
        "nested": ("[" * 100_000, ALL),
        "a-list": ("[1, 2]", ALL),
        "old-format": ({"nbformat": 3, "worksheets": []}, ALL),
        "syntax-error": (course.with_answer(good, LOSS, "def reconstruction_loss(x, r:"), (LOSS,)),
        "endless-cell": (course.with_answer(good, LOSS, "while True: pass"), (LOSS,)),
        "endless-answer": (
            course.with_answer(good, LOSS, "def reconstruction_loss(x, r):\n    while True: pass"),
            (LOSS,),
        ),
        "memory": (course.with_answer(good, LOSS, "held = []\nwhile True: held.append(np.ones(10**7))"), (LOSS,)),
        "crash": (course.with_answer(good, LOSS, "import ctypes; ctypes.string_at(0)"), (LOSS,)),
        "deleted-cell": (
            course.with_cells(good, lambda cells: [c for c in cells if LOSS not in str(c["metadata"])]),
            (LOSS,),
        ),
        "defined-twice": (course.with_cells(good, lambda cells: [*cells, course.code(WRONG["absolute"])]), (LOSS,)),
        "moved-answer": (
            course.with_cells(course.with_stub(good, LOSS), lambda cells: [*cells, course.code(RIGHT)]),
            (),
        ),
    }
    return found


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
def graded(folder, tmp_path_factory):
    """Dict from a learner to their result as JSON, after one run over everything."""
    if os.environ.get("KERAS_BACKEND") == "jax":
        pytest.skip("what can be wrong with a submission is the same on any backend")
    out = tmp_path_factory.mktemp("out")
    done = run("grade", folder, "--out", out, "--jobs", 2, "--timeout", 20, "--memory", 1, "--format", "json")
    assert done.returncode == 0, done.stderr
    results = json.loads((out / "grades.json").read_text())["results"]
    return {result["student"]: result for result in results}


def test_batch_has_forty_submissions_and_loses_none(expected, graded):
    assert len(graded) >= 40
    assert set(graded) == {*expected, "link"}


def test_batch_gives_every_submission_its_score(expected, graded):
    scores = {name: result["score"] for name, result in graded.items()}
    wanted = {
        name: 0 if lost == ALL else course.points("02" if "lesson-2" in name else "01", lost)
        for name, (_, lost) in expected.items()
    }
    wanted["fresh-but-one"] = 2
    assert scores == {**wanted, "link": 0}


def test_batch_says_what_was_wrong(graded):
    assert "symbolic link" in graded["link"]["problem"]
    assert "no notebook" in graded["corrupt"]["problem"]
    assert "old format" in graded["old-format"]["problem"]
    assert any("is missing" in note for note in graded["deleted-cell"]["notes"])
    assert any("the last one counts" in note for note in graded["defined-twice"]["notes"])
    messages = {
        name: next(e["outcome"]["message"] for e in graded[name]["exercises"] if e["outcome"]["name"] == LOSS)
        for name in ("syntax-error", "endless-cell", "endless-answer", "memory", "crash", "wrong-raises")
    }
    assert "SyntaxError" in messages["syntax-error"]
    assert "longer than 20 s" in messages["endless-cell"]
    assert "longer than 20 s" in messages["endless-answer"]
    assert "emory" in messages["memory"]
    assert "was stopped" in messages["crash"]
    assert "return x / undefined" in messages["wrong-raises"]


def test_batch_states_isolation_and_seed(graded):
    levels = {result["isolation"] for result in graded.values() if not result["problem"]}
    assert levels <= {"namespaces", "user", "limits"}
    assert len({result["seed"] for result in graded.values()}) == 1


def test_killed_run_goes_on_where_it_stopped(folder, tmp_path):
    names = ["good-0", "good-1", "wrong-absolute", "good-2", "good-3", "fresh"]
    command = [*AEDU, "grade", *(str(folder / name) for name in names), "--out", str(tmp_path), "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items()), "what was graded is not graded again"
    results = json.loads((tmp_path / "grades.json").read_text())["results"]
    assert [result["student"] for result in results] == names
    assert len({result["seed"] for result in results}) == 1


def test_changed_submission_is_graded_again(folder, tmp_path):
    path = tmp_path / "exercises.ipynb"
    path.write_text(json.dumps(course.handed_out("01")))
    out = tmp_path / "out"
    assert run("grade", path, "--out", out, "--format", "json").returncode == 0
    path.write_text(json.dumps(course.solved("01")))
    assert run("grade", path, "--out", out, "--format", "json").returncode == 0
    (result,) = json.loads((out / "grades.json").read_text())["results"]
    assert result["score"] == course.points("01")


def test_exit_status_tells_graded_from_below_the_mark_from_impossible(folder, tmp_path):
    assert run("grade", folder / "fresh").returncode == 0
    assert run("grade", folder / "fresh", "--pass-mark", 50).returncode == 1
    assert run("grade", folder / "good-0", "--pass-mark", 100).returncode == 0
    assert run("grade", tmp_path / "nowhere").returncode == 2
    assert run("grade", folder / "good-0", "--format", "json").returncode == 2


def test_notebook_of_another_lesson_is_named(folder):
    done = run("grade", folder / "good-0" / "exercises.ipynb", "--lesson", "02")
    assert done.returncode == 2
    assert "This is the notebook of lesson 01, not of lesson 02." in " ".join(done.stdout.split())


def test_same_seed_gives_the_same_messages(folder, tmp_path):
    texts = []
    for number in range(2):
        out = tmp_path / str(number)
        run("grade", folder / "wrong-absolute", "--seed", 7, "--out", out, "--format", "json")
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


# What is decided without any learner's code: no server is needed.


@pytest.fixture
def no_server(monkeypatch):
    """Grading is done by a function that counts."""
    counted = []

    def graded(waiting, options, *_):
        for submission in waiting:
            counted.append(submission.student)
            yield (
                submission,
                Result(submission.student, "01_reconstruction", str(submission.path), (), seed=options.seed),
            )

    monkeypatch.setattr(batch, "_graded", graded)
    return counted


def notebook_of(student, tmp_path):
    path = tmp_path / student / "exercises.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(course.handed_out("01")))
    return find([path])[0]


@pytest.mark.parametrize("student", ["字" * 85, "\U0001d400" * 60, "x" * 255, "a\nb\x1b[31m", "\udcff"], ids=ascii)
def test_results_of_any_name_are_kept(no_server, tmp_path, student):
    batch.grade_all([notebook_of(student, tmp_path)], Options(seed=1), out=tmp_path / "out")
    assert len(os.listdir(tmp_path / "out" / "results")) == 1


CHANGES = {
    "nothing": ({}, False),
    "another seed": ({"seed": 2}, True),
    "another version": ({"version": "0"}, True),
    "another notebook": ({"digest": "0"}, True),
    "a weaker isolation": ({"isolation": "limits"}, True),
    "a problem": ({"problem": "The grader failed."}, True),
    "a missing field": ({"notes": None}, True),
}


@pytest.mark.parametrize(("change", "again"), CHANGES.values(), ids=CHANGES)
def test_only_a_result_of_the_same_run_is_taken_over(no_server, tmp_path, change, again):
    submission = notebook_of("alice", tmp_path)
    known = Result("alice", "01_reconstruction", str(submission.path), (), (), "", "namespaces", 1)
    known = replace(known, version=autoencoders_edu.__version__, digest=read(submission.path).digest)
    save(batch._file(tmp_path / "out", submission), json.dumps({**known.as_dict(), **change}))
    batch.grade_all([submission], Options(seed=1), out=tmp_path / "out", isolation="namespaces")
    assert no_server == (["alice"] if again else [])


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", "null", '"x"', "[" * 100_000, "\x00"])
def test_a_result_that_cannot_be_read_is_made_again(no_server, tmp_path, text):
    submission = notebook_of("alice", tmp_path)
    save(batch._file(tmp_path / "out", submission), text)
    batch.grade_all([submission], Options(seed=1), out=tmp_path / "out")
    assert no_server == ["alice"]


def test_a_run_that_was_not_finished_goes_on_with_its_seed(tmp_path):
    assert batch.choose_seed(tmp_path) == batch.choose_seed(tmp_path)


def test_a_run_after_a_finished_one_has_a_new_seed_and_keeps_its_results(no_server, tmp_path):
    """Reports print the seed; with it, one could prepare answers."""
    out = tmp_path / "out"
    alice, bob = notebook_of("alice", tmp_path), notebook_of("bob", tmp_path)
    seeds = []
    for found in ([alice], [alice, bob]):
        seeds.append(batch.choose_seed(out))
        results = batch.grade_all(found, Options(seed=seeds[-1]), out=out)
    assert no_server == ["alice", "bob"]
    assert [result.seed for result in results] == seeds
    assert seeds[0] != seeds[1]
    assert batch.choose_seed(out) not in seeds


def test_a_seed_that_is_named_counts_alone(no_server, tmp_path):
    out = tmp_path / "out"
    alice = notebook_of("alice", tmp_path)
    for seed in (1, 2, 2):
        assert batch.choose_seed(out, seed) == seed
        (result,) = batch.grade_all([alice], Options(seed=seed), out=out)
        assert result.seed == seed
    assert no_server == ["alice", "alice"], "what was graded with this seed is kept"


def test_seeds_have_128_bits(tmp_path):
    assert max(batch.choose_seed(None) for _ in range(20)) > 2**100


class Crowd:
    """In place of the server and of `grade`: some submissions are lost in the first try."""

    def __init__(self, monkeypatch, lost):
        self.lost, self.tries = lost, []
        monkeypatch.setattr(batch, "Server", lambda jobs: contextlib.nullcontext(self))
        monkeypatch.setattr(batch, "insist", lambda *_: None)
        monkeypatch.setattr(batch, "grade", self.grade)

    def grade(self, server, submission, options, budget, first=False):
        self.tries.append((submission.student, first, budget))
        if first and submission.student in self.lost:
            raise Repeat("it ran longer than 60 s")
        return Result(submission.student, "01_reconstruction", str(submission.path), (), seed=options.seed)


def test_what_was_lost_in_a_crowd_is_graded_again_after_all_others(monkeypatch, tmp_path):
    students = ["alice", "bob", "carol", "dave"]
    crowd = Crowd(monkeypatch, lost=["alice", "carol"])
    found = [notebook_of(student, tmp_path) for student in students]
    results = batch.grade_all(found, Options(seed=1), jobs=3)
    assert [result.student for result in results] == students
    assert sorted(student for student, *_ in crowd.tries[:4]) == students
    assert [(student, first) for student, first, _ in crowd.tries[4:]] == [("alice", False), ("carol", False)]


def test_a_learners_notebooks_share_a_budget(monkeypatch, tmp_path):
    crowd = Crowd(monkeypatch, lost=[])
    for place in ("alice/a", "alice/b", "bob/a"):
        (tmp_path / "in" / place).mkdir(parents=True)
        (tmp_path / "in" / place / "exercises.ipynb").write_text(json.dumps(course.handed_out("01")))
    batch.grade_all(find([tmp_path / "in"]), Options(seed=1))
    budgets = {student: {id(b) for s, _, b in crowd.tries if s == student} for student in ("alice", "bob")}
    assert {student: len(found) for student, found in budgets.items()} == {"alice": 1, "bob": 1}
    assert not budgets["alice"] & budgets["bob"]


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


@pytest.mark.parametrize("place", ["alice", "alice/lessons/out", "link"])
def test_results_that_a_learner_may_have_put_there_are_not_taken(no_server, tmp_path, place):
    notebook_of("alice", tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "alice")
    with pytest.raises(ValueError, match="lies in a submission"):
        batch.grade_all(find([tmp_path]), Options(seed=1), out=tmp_path / place)
    assert no_server == []


def test_solutions_get_full_marks():
    """What `aedu verify` proves in one process holds in the grader, too."""
    root = Path(course.notebooks.source("01")).parents[1]
    done = run("grade", *sorted(root.glob("*/exercises.ipynb")), "--pass-mark", 100, "--seed", 1)
    assert done.returncode == 0, done.stdout + done.stderr
