"""One row for each learner and lesson, by a stated rule."""

import os

import course
import pytest

from autoencoders_edu.grading.submission import find


@pytest.fixture(scope="module")
def notebook():
    return course.text(course.handed_out("01"))


@pytest.fixture
def twice(put, notebook):
    """Function that writes two notebooks of Ada's, so many seconds apart, and gives the folder."""

    def twice(seconds, later=notebook):
        for number, name in enumerate(("old/exercises.ipynb", "new/exercises.ipynb")):
            path = put(f"class/ada/{name}", later if number else notebook)
            os.utime(path, (1e9 + number * seconds, 1e9 + number * seconds))
        return path.parents[2]

    return twice


def test_the_newest_of_two_is_taken_and_both_are_named(twice):
    (ada,) = find([twice(60)])
    assert ada.name == "ada/new/exercises.ipynb"
    (note,) = ada.notes
    assert note == (
        "There are 2 notebooks of lesson 01: ada/new/exercises.ipynb, ada/old/exercises.ipynb. "
        "ada/new/exercises.ipynb counts: it is the newest."
    )


def test_of_two_that_are_equally_new_the_first_is_taken_on_every_machine(twice):
    """A clone or a download makes all files at once."""
    for seconds in (1, -1):
        (ada,) = find([twice(seconds)])
        assert ada.name == "ada/new/exercises.ipynb"
        assert "the first of 2 equally new ones" in ada.notes[0]


def test_duplicates_can_be_refused(twice):
    (ada,) = find([twice(60)], duplicates="refuse")
    assert ada.lesson == "01_reconstruction"
    assert "There are 2 notebooks of lesson 01" in ada.problem
    assert "Remove all but the one that counts" in ada.problem


@pytest.mark.parametrize("duplicates", ["newest", "refuse"])
def test_a_newer_notebook_for_trying_things_out_does_not_push_out_the_exercises(put, tmp_path, notebook, duplicates):
    os.utime(put("ada/01_reconstruction/exercises.ipynb", notebook), (0, 0))
    tried = {**course.EMPTY, "cells": [course.code("def reconstruction_loss(x, r): return 0")]}
    for name in ("01_reconstruction/scratch.ipynb", "01_reconstruction/Untitled.ipynb", "elsewhere.ipynb"):
        put(f"ada/{name}", course.text(tried))
    (ada,) = find([tmp_path], duplicates=duplicates)
    assert (ada.name, ada.problem) == ("ada/01_reconstruction/exercises.ipynb", "")
    assert "counts: it is the only one with the exercises' cells" in ada.notes[0]


def test_one_that_cannot_be_read_does_not_push_out_one_that_can(twice):
    (ada,) = find([twice(60, later="{")])
    assert (ada.name, ada.problem) == ("ada/old/exercises.ipynb", "")
    assert "ada/new/exercises.ipynb was left out: this is not a notebook" in ada.notes[0]
    (ada,) = find([twice(60, later="{")], duplicates="refuse")
    assert ada.problem == ""


def test_a_loose_notebook_and_a_folder_of_the_same_name_are_one_learners(put, tmp_path, notebook):
    put("ada.ipynb", notebook)
    os.utime(put("ada/exercises.ipynb", notebook), (0, 0))
    (ada,) = find([tmp_path])
    assert ada.name == "ada.ipynb"


def test_several_lessons_of_one_learner_are_several_rows(put, tmp_path, notebook):
    put("ada/one.ipynb", notebook)
    put("ada/two.ipynb", course.text(course.handed_out("02")))
    assert [s.lesson for s in find([tmp_path])] == ["01_reconstruction", "02_bottleneck"]


def test_a_scratch_notebook_is_named_and_left_out(put, tmp_path, notebook):
    put("ada/exercises.ipynb", notebook)
    put("ada/trying things.ipynb", course.text(course.EMPTY))
    (ada,) = find([tmp_path])
    assert ada.notes == ("ada/trying things.ipynb was left out: it holds no exercise of this course.",)


def test_a_copy_without_its_original_is_taken(put, tmp_path, notebook):
    put("ada/exercises (1).ipynb", notebook)
    (ada,) = find([tmp_path])
    assert (ada.name, ada.problem, ada.notes) == ("ada/exercises (1).ipynb", "", ())
