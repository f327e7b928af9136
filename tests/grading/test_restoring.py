"""Locked cells run as they were handed out; what is odd about a notebook is said."""

import course
import pytest

from autoencoders_edu.authoring import build
from autoencoders_edu.course import curriculum, folders, notebooks
from autoencoders_edu.exercises.expect import LearnerError, NotAttempted
from autoencoders_edu.exercises.outcome import ERROR, NOT_ATTEMPTED, Outcome
from autoencoders_edu.exercises.registry import find
from autoencoders_edu.grading.submission import notebook as reading
from autoencoders_edu.grading.submission import remarks
from autoencoders_edu.grading.submission.restoring import restored

LESSON = curriculum.find("01")
SETUP = notebooks.locked("01")["setup"]
LOSS = "reconstruction_loss"


def parsed(notebook):
    return reading.parse(course.text(notebook).encode())


def changed(**cell):
    """Lesson 1 with another set-up cell."""
    notebook = course.handed_out("01")
    notebooks.cell_of(notebook, "setup").update(cell)
    return notebook


def without(name):
    return course.with_cells(course.handed_out("01"), lambda cells: [c for c in cells if notebooks.grade_id(c) != name])


def test_every_lesson_has_its_locked_cells_on_file():
    for lesson in build.lessons_with_source():
        student = course.handed_out(lesson.number)
        locked = {
            notebooks.grade_id(cell): "".join(cell["source"])
            for cell in student["cells"]
            if cell["metadata"].get("nbgrader", {}).get("locked") and not cell["metadata"]["nbgrader"]["grade"]
        }
        assert locked
        assert {name: source for name, source in notebooks.locked(lesson.number).items() if source} == locked


def test_a_notebook_as_it_was_handed_out_stays_as_it_is():
    notebook = parsed(course.handed_out("01"))
    assert restored(notebook, LESSON) == notebook


def test_trailing_space_is_no_change():
    notebook = parsed(changed(source=SETUP.replace("\n", "  \n") + "\n"))
    assert restored(notebook, LESSON).cells == notebook.cells


def test_a_changed_cell_runs_as_submitted_and_then_as_it_was_handed_out():
    notebook = restored(parsed(changed(source=f"from google.colab import drive\n{SETUP}")), LESSON)
    assert notebook.cells[:2] == [(2, f"from google.colab import drive\n{SETUP}"), (0, SETUP)]
    assert notebook.notes == ("Cell 2, `setup`, is locked but was changed: it ran as submitted, then as handed out.",)


@pytest.mark.parametrize(
    ("notebook", "why"),
    [
        (without("setup"), "is missing"),
        (changed(cell_type="markdown"), "was turned into text"),
        (changed(cell_type="raw"), "was turned into text"),
    ],
)
def test_a_cell_that_is_missing_or_no_code_is_put_in_its_place(notebook, why):
    made = restored(parsed(notebook), LESSON)
    assert made.cells[0] == (0, SETUP)
    assert made.notes == (f"The locked cell `setup` {why}: it ran as handed out.",)


def test_a_cell_in_the_middle_is_put_after_what_was_handed_out_before_it(monkeypatch):
    monkeypatch.setattr(notebooks, "locked", lambda lesson: {"a": "", "given": "x = 1", "b": "", "last": "y = 1"})
    cells = [course.code("a = 0"), course.code("own = 2"), course.code("b = 3"), course.code("own = 4")]
    for cell, name in zip(cells, ("a", None, "b", None), strict=True):
        cell["metadata"] = {"nbgrader": {"grade_id": name}} if name else {}
    notebook = restored(parsed({**course.EMPTY, "cells": cells}), LESSON)
    assert notebook.cells == [(1, "a = 0"), (0, "x = 1"), (2, "own = 2"), (3, "b = 3"), (-1, "y = 1"), (4, "own = 4")]


def test_a_course_without_locked_cells_on_file_leaves_the_notebook_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LOCKED", tmp_path / "nothing")
    assert restored(parsed(without("setup")), LESSON).notes == ()


# Remarks.


def test_an_answer_that_is_text_is_named_as_such():
    notebook = course.handed_out("01")
    notebooks.cell_of(notebook, LOSS).update(cell_type="markdown")
    made = parsed(notebook)
    sentence = f"Cell 11, for `{LOSS}`, is a markdown cell, so it was not run. Change its type to code."
    assert sentence in list(remarks.notes(made, LESSON))
    missing = Outcome("01.2", LOSS, NOT_ATTEMPTED, "There is no such name yet.", 0, 2)
    assert remarks.explained(find(LOSS), missing, made, {}).message == sentence


def raised(kind, message):
    return LearnerError({"type": kind, "message": message, "line": "1", "source": "x"})


FAULTS = {2: NotAttempted("a stub"), 4: raised("ModuleNotFoundError", "No module named 'google'"), 6: "it ran too long"}


def test_the_first_cell_that_failed_is_named():
    notebook = parsed(course.handed_out("01"))
    text = remarks.first_failure(notebook, FAULTS)
    assert text == "Cell 4 was the first to fail: ModuleNotFoundError: No module named 'google'."
    assert remarks.first_failure(notebook, {6: "it ran longer than 60 s"}) == (
        "Cell 6 was the first to fail: it was stopped because it ran longer than 60 s."
    )
    assert remarks.first_failure(notebook, {2: NotAttempted("a stub")}) == ""


def test_where_a_name_is_missing_the_first_cell_that_failed_is_named_too():
    notebook = parsed(course.handed_out("01"))
    lost = Outcome("01.2", LOSS, ERROR, "Your code raised NameError: name 'np' is not defined", 0, 2)
    assert remarks.explained(find(LOSS), lost, notebook, FAULTS).message.endswith(
        "Cell 4 was the first to fail: ModuleNotFoundError: No module named 'google'."
    )
    other = Outcome("01.2", LOSS, ERROR, "Your code raised ValueError: no", 0, 2)
    assert remarks.explained(find(LOSS), other, notebook, FAULTS) == other
