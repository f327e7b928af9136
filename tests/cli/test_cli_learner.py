"""The commands of learners and of those who write exercises: in a small course of the tests' own, and as a process."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import fake_course
import nbformat
import pytest
from click.testing import CliRunner
from fake_course import EXERCISES

from autoencoders_edu.cli import learner, main
from autoencoders_edu.course import files, notebooks, progress
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.outcome import FAILED, NOT_ATTEMPTED, PASSED, Outcome

DOUBLE, SQUARE, HALVE = EXERCISES
NOTEBOOK = os.path.join("lessons", "01_reconstruction", "exercises.ipynb")


@pytest.fixture
def course(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def aedu(*arguments, **options):
    return CliRunner().invoke(main, arguments, **options)


def record(exercise, status=PASSED):
    progress.record(Outcome(exercise.id, exercise.name, status, "", 0, exercise.points))


def row(output, name):
    """The words of a table's line."""
    return next(line for line in output.splitlines() if name in line).split()


pytestmark = pytest.mark.usefixtures("course")


def test_progress_shows_each_exercise_with_points_and_minutes():
    output = aedu("progress").output
    assert row(output, "01.1 double") == ["○", "01.1", "double", "2", "5", "next"]
    assert row(output, "02.1 halve") == ["○", "02.1", "halve", "2", "5"]


def test_progress_groups_exercises_by_lesson():
    lines = [line.strip() for line in aedu("progress").output.splitlines()]
    assert lines.index("01 Copying through a bottleneck") < lines.index("02 How narrow?")


def test_progress_shows_what_was_passed_failed_and_is_next():
    record(DOUBLE)
    record(SQUARE, FAILED)
    record(HALVE, FAILED)
    output = aedu("progress").output
    assert row(output, "01.1 double")[0] == "✓"
    assert row(output, "01.2 square")[-1] == "next"
    assert row(output, "02.1 halve")[0] == "✗"
    assert row(output, "02.1 halve")[-1] == "failed"


def test_progress_sums_up():
    record(SQUARE)
    assert row(aedu("progress").output, "of 3 done") == ["1", "of", "3", "done", "3", "of", "7"]


def test_progress_survives_a_broken_record():
    progress.path().parent.mkdir(parents=True)
    progress.path().write_text("{broken")
    assert aedu("progress").exit_code == 0


def test_progress_says_when_what_was_passed_fails_now():
    record(DOUBLE)
    record(DOUBLE, FAILED)
    record(SQUARE)
    record(SQUARE, NOT_ATTEMPTED)
    output = aedu("progress").output
    assert row(output, "01.1 double")[0] == "✗"
    assert "passed before, fails now" in output
    assert "passed before, not attempted now" in output
    assert "2 of 3 done" in output
    record(DOUBLE)
    assert row(aedu("progress").output, "01.1 double") == ["✓", "01.1", "double", "2", "5"]


def test_next_names_the_exercise_its_notebook_its_reason_and_the_lesson_to_read_first():
    first = f"01.1 double, 2 points, about 5 minutes, in {NOTEBOOK}\nIt is needed.\n"
    lesson = os.path.join("lessons", "01_reconstruction", "lesson.ipynb")
    assert aedu("next").output == f"{first}Read lesson 01 first, Copying through a bottleneck: {lesson}\n"
    record(SQUARE, FAILED)
    assert aedu("next").output == first


@pytest.fixture
def lesson_seven(course, monkeypatch):
    """The course with an exercise of lesson 7, and all before it passed; lesson 3 is here to read, 4 to 6 are not."""
    later = replace(HALVE, id="07.1", name="triple")
    everything = [*EXERCISES, later]
    monkeypatch.setattr(registry, "of_lesson", lambda number: [e for e in everything if e.lesson.number == number])
    for place in ("03_losses", "07_vae"):
        fake_course.write(course / "lessons" / place / "lesson.ipynb", nbformat.v4.new_notebook())
    for exercise in EXERCISES:
        record(exercise)
    return later


@pytest.mark.parametrize("command", ["next", "study"])
def test_lessons_that_are_skipped_are_named(monkeypatch, lesson_seven, command):
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 0)
    output = aedu(command).output
    assert "Read first (no exercises here): lesson 03.\n" in output
    assert "Skipped, still to come: lessons 04, 05 and 06.\n" in output
    assert "Lesson 07 builds on lessons 03 and 06.\n" in output
    record(lesson_seven, FAILED)
    assert "Skipped" not in aedu(command).output


def test_next_says_when_all_is_done():
    for exercise in EXERCISES:
        record(exercise)
    assert aedu("next").output == "All exercises are solved.\n"


def test_hints_are_all_shown_where_nothing_can_remember_which_were(course):
    (course / "data").write_text("a file where the folder should be")
    output = aedu("hint", "double").output
    assert output.startswith("Hint 1 of 2 for double\nThink <twice>.\n")
    assert output.endswith("Hint 2 of 2 for double\nx + x.\n")


def test_hint_goes_on_at_each_call():
    outputs = [aedu("hint", name).output for name in ("double", "01.1")]
    assert outputs == ["Hint 1 of 2 for double\nThink <twice>.\n", "Hint 2 of 2 for double\nx + x.\n"]


@pytest.mark.parametrize("command", ["hint", "solution", "reset"])
def test_an_unknown_exercise_is_refused_with_what_comes_close(command):
    result = aedu(command, "duoble")
    assert result.exit_code == 2
    assert "There is no exercise 'duoble'. Did you mean double" in result.output


def test_solution_asks_first():
    result = aedu("solution", "double", input="n\n")
    assert result.exit_code == 1
    assert "See the solution of double? The hints may be enough. [y/N]" in result.output
    assert "return 2 * x" not in result.output


@pytest.mark.parametrize("consent", [{"args": ["--yes"]}, {"input": "y\n"}], ids=["--yes", "y"])
def test_solution_shows_it_to_those_who_want_it(consent):
    result = aedu("solution", "double", *consent.get("args", []), input=consent.get("input"))
    assert "A solution of double\ndef double(x):\n    return 2 * x\n" in result.output


def test_solution_says_in_a_line_when_this_copy_has_none():
    notebooks.source("01").unlink()
    result = aedu("solution", "double")  # and does not ask first
    assert result.exit_code == 1
    assert result.output.startswith("Error: There are no solutions in this copy of the course")


def answer():
    notebook = json.loads(notebooks.learners("01").read_text())
    return "".join(notebooks.cell_of(notebook, "double")["source"])


def test_reset_asks_first():
    fake_course.answer("double", "def double(x): return x")
    result = aedu("reset", "double", input="n\n")
    assert result.exit_code == 1
    assert "Put the stub of double back into your notebook? [y/N]: n\nAborted!" in result.output
    assert answer() == "def double(x): return x"


def test_reset_puts_the_stub_back_and_says_where_the_answer_is():
    fake_course.answer("double", "def double(x): return x")
    output = aedu("reset", "double", "--yes").output
    assert answer() == fake_course.stub("double")
    kept = re.fullmatch(r"Done; reload the notebook if it is open\. Your answer was kept in (.+)\n", output)[1]
    with open(kept) as file:
        assert file.read() == "def double(x): return x\n"


def test_reset_of_a_stub_says_so():
    assert aedu("reset", "double", "--yes").output == "It is the stub already.\n"


def test_reset_says_in_a_line_what_is_missing():
    notebooks.learners("01").unlink()
    result = aedu("reset", "double", "--yes")
    assert result.exit_code == 1
    assert result.output.startswith("Error: There is no ")


@pytest.mark.parametrize("command", [("check", "01"), ("reset", "double", "--yes")])
@pytest.mark.parametrize("name", ["exercises.ipynb.txt", "my exercises.ipynb", "exercises-Copy1.ipynb"])
def test_a_notebook_that_was_renamed_is_named(command, name):
    notebooks.learners("01").rename(notebooks.learners("01").with_name(name))
    result = aedu(*command)
    assert result.exit_code == 1
    assert f"Found {name}: if this is your notebook, rename it to exercises.ipynb." in result.output


def test_a_notebook_that_cannot_be_written_is_named(monkeypatch):
    fake_course.answer("double", "def double(x): return x")
    denied = PermissionError(13, "Permission denied", str(notebooks.learners("01")))
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(denied))
    result = aedu("reset", "double", "--yes")
    assert result.exit_code == 1
    assert "exercises.ipynb: Permission denied. Nothing was changed there." in result.output


def test_check_of_a_lesson_without_exercises_says_so():
    result = aedu("check", "03")
    assert result.exit_code == 1
    assert "Lesson 03_losses has no exercises here yet." in result.output


def test_study_opens_the_next_notebook(monkeypatch, course):
    calls = []
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: calls.append((command[-1], cwd)) or 0)
    assert aedu("study").exit_code == 0
    assert calls == [(os.path.join("lessons", "01_reconstruction", "lesson.ipynb"), course)]


class Watched:
    """`aedu check --watch` with checks that are only counted, and time that passes by the script.

    Args:
        script: functions, of which one is called each time the command waits; then comes Ctrl-C.
        meanwhile: function that is called during the first check.
    """

    def __init__(self, monkeypatch, *script, meanwhile=lambda: None):
        self.script, self.checks, self.meanwhile = list(script), 0, meanwhile
        monkeypatch.setattr("autoencoders_edu.grading.client.Server", contextlib.nullcontext)
        monkeypatch.setattr(learner, "_check_once", self.check)
        monkeypatch.setattr(learner.time, "sleep", self.sleep)
        self.result = aedu("check", "01", "--watch")

    def check(self, *_):
        self.checks += 1
        if self.checks == 1:
            self.meanwhile()

    def sleep(self, seconds):
        if not self.script:
            raise KeyboardInterrupt
        self.script.pop(0)()


def wait():
    """Nothing happens."""


def save():
    """The notebook is saved, a second later than before."""
    path = notebooks.learners("01")
    when = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(when, when))


def take_away():
    notebooks.learners("01").rename("away")


def bring_back():
    os.rename("away", notebooks.learners("01"))
    save()


def test_watch_checks_once_until_the_notebook_is_saved(monkeypatch):
    assert Watched(monkeypatch, wait, wait).checks == 1


def test_watch_checks_after_each_save(monkeypatch):
    assert Watched(monkeypatch, wait, save, wait, save).checks == 3


def test_watch_checks_again_what_was_saved_during_a_check(monkeypatch):
    assert Watched(monkeypatch, wait, meanwhile=save).checks == 2


def test_watch_waits_while_an_editor_replaces_the_notebook(monkeypatch):
    watched = Watched(monkeypatch, take_away, wait, bring_back)
    assert (watched.checks, watched.result.exit_code) == (2, 0)


def test_watch_ends_with_ctrl_c(monkeypatch):
    result = Watched(monkeypatch).result
    assert (result.exit_code, result.exception) == (0, None)


# Those who write exercises


def test_build_check_names_what_differs_and_writes_nothing():
    pytest.importorskip("nbgrader")
    before = notebooks.learners("01").read_bytes()
    result = aedu("build", "--check")
    assert result.exit_code == 1
    assert f"{NOTEBOOK}: differs from its source" in result.output
    assert "Edit the source in `solutions` and run `aedu build`." in result.output
    assert notebooks.learners("01").read_bytes() == before


def test_build_makes_build_check_content():
    pytest.importorskip("nbgrader")
    assert aedu("build").exit_code == 0
    result = aedu("build", "--check")
    assert (result.exit_code, result.output) == (0, "")


def test_build_writes_what_differs_alone():
    pytest.importorskip("nbgrader")
    aedu("build")
    path = notebooks.learners("02")
    path.unlink()
    result = aedu("build")
    assert result.output == f"{os.path.join('lessons', '02_bottleneck', 'exercises.ipynb')}: written\n"


@pytest.fixture
def only_double(course, monkeypatch):
    """Lesson 1 with its first exercise alone, and answers to it."""
    monkeypatch.setattr(registry, "of_lesson", lambda number: [DOUBLE] if number == "01" else [])
    wrong = {"square": "x**2", "sign": "-2 * x", "short": "x[:2]", "text": "'[/b]'"}
    phrases = {"square": "the square", "sign": "the sign", "short": "have shape", "text": "be an array of"}
    for name, value in wrong.items():
        put(course, "wrong", name, f"MESSAGE = {phrases[name]!r}\ndef double(x): return {value}")
    for name in ("one", "two"):
        put(course, "right", name, "def double(x): return x + x")
    return course


def put(folder, kind, name, text):
    path = folder / "tests" / f"{kind}_answers" / "01_reconstruction" / f"01.1_{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_verify_counts_what_it_proved(only_double):
    result = aedu("verify", "01", "--seeds", "10")
    assert result.exit_code == 0, result.output
    assert re.search(
        r"^3 right answers, 10 seeds each; 4 wrong answers; \d+ CPU seconds; 0 faults\.$", result.stdout, re.M
    )


def test_verify_says_what_each_exercise_cost(only_double):
    lines = [line.split() for line in aedu("verify", "--seeds", "10").stdout.splitlines()]
    assert ["exercise", "right", "wrong", "seeds", "CPU", "s"] in lines
    assert ["01.1", "double", "3", "4", "10"] in [line[:5] for line in lines]


def test_verify_shows_messages_as_they_are(only_double):
    """Square brackets are no markup."""
    assert "Received: '[/b]'." in aedu("verify", "01", "--seeds", "10").stdout


def test_verify_fails_with_the_fault(only_double):
    put(only_double, "right", "one", "def double(x): return {'[/b]': x}")
    result = aedu("verify", "01", "--seeds", "10")
    assert result.exit_code == 1
    assert "failed with seed 0" in result.stdout
    assert "; 1 fault." in result.stdout


def test_verify_takes_all_lessons_if_none_is_named(only_double):
    assert "4 wrong answers" in aedu("verify", "--seeds", "10").stdout


def test_verify_takes_an_exercise_for_a_lesson(only_double):
    assert "4 wrong answers" in aedu("verify", "01.1", "--seeds", "10").stdout


@pytest.mark.parametrize(("name", "says"), [("77", "There is no lesson"), ("01.7", "There is no exercise 01.7")])
def test_verify_of_what_is_not_there_is_refused(only_double, name, says):
    result = aedu("verify", name)
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize("shard", ["1", "0/2", "3/2", "a/b"])
def test_verify_refuses_a_shard_that_is_none(shard):
    assert "A shard is K/N, with K from 1 to N" in " ".join(aedu("verify", "--shard", shard).output.split())


def test_verify_divides_its_work_among_machines(only_double):
    assert "4 wrong answers" in aedu("verify", "--seeds", "10", "--shard", "1/2").stdout
    assert "wrong answers" not in aedu("verify", "--seeds", "10", "--shard", "2/2").stdout


def test_verify_renews_the_ledger_where_it_is_out_of_date(only_double):
    late = aedu("verify")
    assert "3 right answers, 50 seeds each" in late.stdout
    assert "The ledger is out of date (not proved yet: 01.1). `make ledger` renews it." in late.stdout
    assert "3 right answers, 200 seeds each" in aedu("verify", "--renew").stdout
    assert "| wrong | 01.1_square |" in (only_double / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert "3 right answers, 3 seeds each" in aedu("verify", "--check").stdout
    assert aedu("verify", "--renew").output == ""
    assert "3 right answers, 200 seeds each" in aedu("verify", "--renew", "--all").stdout


def test_verify_fails_where_the_ledger_is_out_of_date_if_it_is_to_be_checked(only_double):
    assert aedu("verify", "--renew").exit_code == 0
    assert aedu("verify", "--check").exit_code == 0
    put(only_double, "right", "one", "def double(x): return 1 * x + x")
    assert aedu("verify").exit_code == 0
    result = aedu("verify", "--check")
    assert result.exit_code == 1
    assert "answers changed: 01.1" in result.stdout


# As a process, with the real exercises


LOSS = "reconstruction_loss"
SETUP = "import numpy as np\nfrom autoencoders_edu.exercises import check, hint, solution"
RIGHT = f"def {LOSS}(x, reconstruction):\n    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))"
SUM = f"def {LOSS}(x, reconstruction):\n    return np.sum((x - reconstruction) ** 2, axis=(1, 2, 3))"


def write_answer(folder, source):
    """A learner's notebook of lesson 1 with one answer, and nothing else."""
    notebook = nbformat.v4.new_notebook()
    metadata = {"nbgrader": {"grade_id": LOSS, "solution": True, "grade": False, "locked": False, "schema_version": 3}}
    notebook.cells = [nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(source, metadata=metadata)]
    files.save(folder / "lessons" / "01_reconstruction" / "exercises.ipynb", nbformat.writes(notebook))


def start(folder, *arguments):
    """`aedu` in a process group of its own, as a terminal would start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "autoencoders_edu.cli", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture
def check(course):
    """Starts `aedu check 01` and ends it after the test, or when it takes far too long."""
    started = []

    def begin(*options):
        process = start(course, "check", "01", *options)
        timer = threading.Timer(240, process.kill)
        timer.start()
        started.append((process, timer))
        return process

    yield begin
    for process, timer in started:
        timer.cancel()
        with process:
            process.kill()


posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs fork")


@posix
def test_check_as_a_process_shows_the_result_and_records_it(course, check):
    write_answer(course, SUM)
    process = check()
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert f"01.2 {LOSS}" in out
    assert "You took the sum over pixels where a mean was asked for" in out
    assert "Isolation" not in out  # which is the staff's business
    assert json.loads(progress.path().read_text())[LOSS]["status"] == FAILED


def until_watching(process):
    """What the process prints until it waits for the notebook to be saved."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Watching exercises.ipynb"):
            return "".join(lines)
    raise AssertionError(f"It ended after {''.join(lines)!r} and said {process.stderr.read()!r}")


@posix
def test_check_watch_checks_again_after_a_save_and_ends_with_ctrl_c(course, check):
    write_answer(course, SUM)
    process = check("--watch")
    assert "You took the sum over pixels" in until_watching(process)
    write_answer(course, RIGHT)
    assert "One number per image" in until_watching(process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "Traceback" not in out
