"""Where a learner stands, and how to start an exercise afresh."""

import json
import os
import stat

import fake_course
import nbformat
import pytest
from fake_course import EXERCISES

from autoencoders_edu.course import curriculum, notebooks, progress
from autoencoders_edu.exercises import coursework
from autoencoders_edu.exercises.outcome import FAILED, PASSED, Outcome

DOUBLE, SQUARE, HALVE = EXERCISES
OLD = "def double(x):\n    return x + x  # größer"


@pytest.fixture(autouse=True)
def course(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch)
    return tmp_path


def record(exercise, status=PASSED):
    progress.record(Outcome(exercise.id, exercise.name, status, "", 0, exercise.points))


def learners(lesson="01"):
    return json.loads(notebooks.learners(lesson).read_text(encoding="utf-8"))


def cell(name):
    return notebooks.cell_of(learners(), name)


def test_next_is_the_first_exercise_at_the_start():
    assert coursework.next_exercise() is DOUBLE


def test_next_is_the_first_that_is_not_passed():
    record(DOUBLE)
    record(SQUARE, FAILED)
    assert coursework.next_exercise() is SQUARE


def test_next_goes_back_to_an_exercise_that_was_left_out():
    record(SQUARE)
    assert coursework.next_exercise() is DOUBLE


def test_next_lesson_comes_when_what_it_needs_is_passed():
    record(DOUBLE)
    assert coursework.next_exercise().lesson.number == "01"
    record(SQUARE)
    assert coursework.next_exercise() is HALVE


def test_next_lesson_waits_for_what_it_needs_even_if_it_is_listed_first(monkeypatch):
    """In a course whose lessons were put in another order."""
    monkeypatch.setattr(curriculum, "LESSONS", (curriculum.find("02"), curriculum.find("01")))
    assert coursework.next_exercise() is DOUBLE
    record(DOUBLE)
    record(SQUARE)
    assert coursework.next_exercise() is HALVE


def test_next_is_none_when_all_are_passed():
    for exercise in EXERCISES:
        record(exercise)
    assert coursework.next_exercise() is None


def test_notebook_to_open_is_the_lesson_before_its_first_exercise_was_tried():
    assert coursework.next_notebook() == curriculum.find("01").path() / "lesson.ipynb"


def test_notebook_to_open_is_that_of_the_exercises_once_one_was_tried():
    record(SQUARE, FAILED)
    assert coursework.next_notebook() == notebooks.learners("01")


def test_notebook_to_open_is_the_next_lesson_when_one_is_done():
    record(DOUBLE)
    record(SQUARE)
    assert coursework.next_notebook() == curriculum.find("02").path() / "lesson.ipynb"


def test_notebook_to_open_is_the_first_lesson_when_all_is_done():
    for exercise in EXERCISES:
        record(exercise)
    assert coursework.next_notebook() == curriculum.find("01").path() / "lesson.ipynb"


def test_reset_puts_the_stub_back_without_outputs():
    fake_course.answer("double", OLD)
    coursework.reset(DOUBLE)
    assert "".join(cell("double")["source"]) == fake_course.stub("double")
    assert cell("double")["outputs"] == []
    assert cell("double")["execution_count"] is None


def test_reset_keeps_the_old_answer(course):
    fake_course.answer("double", OLD)
    kept = coursework.reset(DOUBLE)
    assert kept.read_text(encoding="utf-8") == f"{OLD}\n"
    assert course / "data" in kept.parents


def test_reset_keeps_every_old_answer(monkeypatch):
    """Two within a second as well."""
    for answer in ("def double(x): return 1", "def double(x): return 2"):
        fake_course.answer("double", answer)
        kept = coursework.reset(DOUBLE)
    texts = {path.read_text() for path in kept.parent.iterdir()}
    assert texts == {"def double(x): return 1\n", "def double(x): return 2\n"}


def test_reset_leaves_the_other_cells_as_they_are():
    fake_course.answer("square", "def square(x): return x * x")
    before = learners()
    fake_course.answer("double", OLD)
    coursework.reset(DOUBLE)
    assert learners()["cells"] == before["cells"]


def test_reset_forgets_that_it_was_passed():
    record(DOUBLE)
    record(SQUARE)
    fake_course.answer("double", OLD)
    coursework.reset(DOUBLE)
    assert [progress.status(name) for name in ("double", "square")] == ["", PASSED]


def test_reset_of_a_stub_forgets_that_it_was_passed_elsewhere():
    record(DOUBLE)
    assert coursework.reset(DOUBLE) is None
    assert progress.status("double") == ""


def test_reset_of_a_stub_changes_no_file():
    before = notebooks.learners("01").read_bytes()
    assert coursework.reset(DOUBLE) is None
    assert notebooks.learners("01").read_bytes() == before
    assert not (progress.path().parent / "answers").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_reset_keeps_the_notebooks_permissions():
    fake_course.answer("double", OLD)
    notebooks.learners("01").chmod(0o644)
    coursework.reset(DOUBLE)
    assert stat.S_IMODE(notebooks.learners("01").stat().st_mode) == 0o644


def raw(data):
    notebooks.learners("01").write_bytes(data)


def test_reset_reads_a_file_with_a_byte_order_mark():
    fake_course.answer("double", OLD)
    raw(b"\xef\xbb\xbf" + notebooks.learners("01").read_bytes())
    coursework.reset(DOUBLE)
    assert "".join(cell("double")["source"]) == fake_course.stub("double")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_reset_makes_a_cell_that_was_turned_into_text_code_again(kind):
    notebook = learners()
    notebooks.cell_of(notebook, "double").update(cell_type=kind, attachments={})
    raw(json.dumps(notebook).encode())
    coursework.reset(DOUBLE)
    assert (cell("double")["cell_type"], "attachments" in cell("double")) == ("code", False)
    nbformat.validate(nbformat.read(notebooks.learners("01"), as_version=4))


def test_reset_keeps_half_a_surrogate_that_an_output_holds():
    fake_course.answer("double", OLD)
    notebook = learners()
    notebooks.cell_of(notebook, "square")["outputs"] = [{**fake_course.STREAM, "text": "\ud83d"}]
    raw(json.dumps(notebook).encode())
    coursework.reset(DOUBLE)
    assert cell("square")["outputs"][0]["text"] == "\ud83d"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"cells": [\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n]}', "left conflict markers in it, the first in line 2"),
        (b"", "the file is empty"),
        (b'{"cells": [', "ends in the middle"),
    ],
)
def test_reset_of_what_is_no_notebook_names_it_and_what_to_do(data, words):
    raw(data)
    with pytest.raises(ValueError, match=rf"exercises\.ipynb: This is (not a notebook|a).*{words}"):
        coursework.reset(DOUBLE)
    assert notebooks.learners("01").read_bytes() == data


def test_reset_without_a_cell_says_so():
    notebook = learners()
    notebook["cells"] = [cell for cell in notebook["cells"] if notebooks.grade_id(cell) != "double"]
    notebooks.learners("01").write_text(json.dumps(notebook))
    with pytest.raises(ValueError, match="has no cell for double any more: its nbgrader id is gone"):
        coursework.reset(DOUBLE)


def test_reset_without_a_notebook_says_so():
    notebooks.learners("01").unlink()
    with pytest.raises(ValueError, match=r"There is no .*exercises\.ipynb"):
        coursework.reset(DOUBLE)


def test_reset_changes_nothing_if_the_answer_cannot_be_kept(course):
    fake_course.answer("double", OLD)
    (course / "data").write_text("a file where the folder should be")
    with pytest.raises(ValueError, match="Nothing was changed, because your answer could not be saved"):
        coursework.reset(DOUBLE)
    assert cell("double")["source"] == OLD
