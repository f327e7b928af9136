"""Finding submissions and reading them."""

import json
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import course
import pytest

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading.submission import Notebook, Submission, choosing, files, find, lesson_of, notebook
from autoencoders_edu.grading.submission.files import LARGEST
from autoencoders_edu.grading.submission.notebook import MOST_CELLS, MOST_CODE

EMPTY = course.EMPTY


def read(path):
    return Submission("somebody", path).read()


def found(*paths):
    return [(submission.student, submission.path.name) for submission in find(paths)]


def test_find_takes_a_loose_notebook_by_its_name(put):
    assert found(put("alice.ipynb")) == [("alice", "alice.ipynb")]


def test_find_takes_the_name_of_the_folder_for_exercises(put):
    assert found(put("alice/exercises.ipynb")) == [("alice", "exercises.ipynb")]


def test_find_takes_the_exercises_of_a_checkout_and_not_its_solutions(put, tmp_path):
    for lesson in ("01_reconstruction", "02_bottleneck"):
        put(f"alice/lessons/{lesson}/exercises.ipynb")
        put(f"alice/lessons/{lesson}/lesson.ipynb")
        put(f"alice/solutions/{lesson}/exercises.ipynb")
    submissions = find([tmp_path / "alice"])
    assert [submission.student for submission in submissions] == ["alice", "alice"]
    assert [submission.path.parent.name for submission in submissions] == ["01_reconstruction", "02_bottleneck"]
    assert all("lessons" in submission.path.parts for submission in submissions)


def test_find_takes_a_folder_of_all_kinds(put, tmp_path):
    put("carol.ipynb")
    put("alice/exercises.ipynb")
    put("bob/01_reconstruction/exercises.ipynb")
    put("dave/lessons/01_reconstruction/exercises.ipynb")
    put(".hidden/exercises.ipynb")
    put("bob/01_reconstruction/.ipynb_checkpoints/exercises.ipynb")
    put("notes.txt", "x")
    assert [student for student, _ in found(tmp_path)] == ["alice", "bob", "carol", "dave"]


def test_find_leaves_a_lesson_beside_its_exercises_alone(put, tmp_path):
    put("lesson.ipynb")
    put("exercises.ipynb")
    assert len(found(tmp_path)) == 1


def test_find_keeps_pipes_and_sockets_with_their_reason(put, tmp_path, monkeypatch):
    put("zoe/exercises.ipynb")
    os.mkfifo(tmp_path / "alice.ipynb")
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as other:
        other.bind("bob.ipynb")
        submissions = find([tmp_path])
    assert [(s.student, s.problem) for s in submissions] == [
        ("alice", "This is not a regular file."),
        ("bob", "This is not a regular file."),
        ("zoe", ""),
    ]


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("folder", ["alice", "alice/01_reconstruction"])
def test_find_keeps_a_folder_that_it_may_not_read_with_its_reason(put, tmp_path, folder):
    put("alice/01_reconstruction/exercises.ipynb")
    put("zoe/exercises.ipynb")
    (tmp_path / folder).chmod(0)
    alice, zoe = find([tmp_path])
    (tmp_path / folder).chmod(0o700)
    assert "cannot be read" in alice.problem
    assert (zoe.student, zoe.problem) == ("zoe", "")


def test_find_does_not_descend_for_ever(put, tmp_path, monkeypatch):
    put("alice/exercises.ipynb")
    monkeypatch.chdir(tmp_path / "alice")
    for _ in range(1100):  # deeper than Python recurses
        os.mkdir("a")
        os.chdir("a")
    assert found(tmp_path) == [("alice", "exercises.ipynb")]
    for _ in range(1100):  # what pytest cleans up with recurses, too
        os.chdir("..")
        os.rmdir("a")


@pytest.mark.parametrize("suffix", ["txt", "ipynb"])
def test_find_says_where_it_stopped(put, tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(files, "MOST_FILES", 5)
    for number in range(6):
        put(f"alice/{number}.{suffix}")
    (alice,) = find([tmp_path])
    assert "more than 5 files. The rest was left out" in " ".join([alice.problem, *alice.notes])


def test_find_looks_into_so_many_folders(put, tmp_path, monkeypatch):
    """A million empty ones take minutes."""
    monkeypatch.setattr(files, "MOST_FILES", 5)
    for number in range(9):
        (tmp_path / "alice" / str(number)).mkdir(parents=True)
    (alice,) = find([tmp_path])
    assert "This folder holds more than 5 files." in alice.problem


def test_find_says_that_there_were_too_many_notebooks(put, tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_NOTEBOOKS", 3)
    for number in range(4):
        put(f"alice/{number}.ipynb")
    (alice,) = find([tmp_path])
    assert "There are more than 3 notebooks. The rest was left out." in alice.notes


@pytest.mark.parametrize("make", ["missing", "link to a file", "link to a folder", "empty folder"])
def test_find_keeps_what_cannot_be_graded_with_its_reason(put, tmp_path, make):
    path = tmp_path / "student"
    put("elsewhere/exercises.ipynb")
    if make == "link to a file":
        path = tmp_path / "student.ipynb"
        path.symlink_to(tmp_path / "elsewhere" / "exercises.ipynb")
    elif make == "link to a folder":
        path.symlink_to(tmp_path / "elsewhere")
    elif make == "empty folder":
        path.mkdir()
    (submission,) = find([path])
    assert submission.student == "student"
    words = {"missing": "no such file", "empty folder": "holds no notebooks"}.get(make, "symbolic link")
    assert words in submission.problem


def test_find_does_not_follow_links_out_of_a_learners_folder(put, tmp_path):
    secret = put("secret/exercises.ipynb")
    (tmp_path / "class" / "mallory" / "01_reconstruction").mkdir(parents=True)
    (tmp_path / "class" / "mallory" / "01_reconstruction" / "exercises.ipynb").symlink_to(secret)
    (submission,) = find([tmp_path / "class"])
    assert "symbolic link" in submission.problem
    with pytest.raises(ValueError, match="cannot be read"):
        read(submission.path)


def test_read_numbers_the_cells_as_a_reader_counts_them(put):
    markdown = {"cell_type": "markdown", "metadata": {}, "source": "# A title"}
    notebook = read(put("a.ipynb", {**EMPTY, "cells": [markdown, course.code("x = 1"), course.code(["y = 2\n", "z"])]}))
    assert notebook.cells == [(2, "x = 1"), (3, "y = 2\nz")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x = 1",
        "null",
        "[]",
        "{}",
        '{"cells": 3}',
        '{"cells": [3]}',
        '{"cells": [{"cell_type": "code"}]}',
        '{"cells": [{"cell_type": "code", "source": 7}]}',
        '{"cells": [{"cell_type": "code", "source": [7]}]}',
        '{"cells": [{"cell_type": "code", "source": "", "metadata": []}]}',
        '{"cells": [{"cell_type": "code", "source": "", "metadata": {"nbgrader": 3}}]}',
        '{"worksheets": []}',
        "[" * 100_000,
        "{" * 100_000,
        "1" * 10_000,
    ],
)
def test_read_refuses_what_is_no_notebook(put, content):
    with pytest.raises(ValueError, match=r"This (is not a notebook|notebook is in an old format)"):
        read(put("a.ipynb", content))


def test_read_refuses_what_is_no_regular_file(tmp_path):
    os.mkfifo(tmp_path / "fifo.ipynb")
    for path in (tmp_path / "fifo.ipynb", tmp_path):
        with pytest.raises(ValueError, match="not a regular file"):
            read(path)


def test_read_refuses_what_is_too_large(tmp_path):
    with open(tmp_path / "large.ipynb", "wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ValueError, match="at most 20 are read"):
        read(tmp_path / "large.ipynb")


@pytest.mark.parametrize("cells", [["1"] * (MOST_CELLS + 1), ["x" * MOST_CODE, "1"]])
def test_read_refuses_a_flood_of_code(put, cells):
    with pytest.raises(ValueError, match="Here there are more"):
        read(put("a.ipynb", {**EMPTY, "cells": [course.code(source) for source in cells]}))


@pytest.mark.parametrize("text", ["f:\n", "f \n", "def f", "def \n", "f:: ", "class  ", " "])
def test_no_text_holds_up_the_search_for_answers(text):
    notebook = Notebook([(1, text * (2**18 // len(text)))])
    begin = time.process_time()
    assert notebook.cells_of("f") in ([], [1])
    notebook.definitions("f")
    assert time.process_time() - begin < 10, "linear in the text: far less than a second"


def test_one_notebook_is_parsed_at_a_time(monkeypatch):
    """JSON of 20 MiB can take 600 MiB: not in every thread of a batch."""
    inside, most = [], []

    def parse(data):
        inside.append(1)
        time.sleep(0.01)
        most.append(len(inside))
        inside.pop()
        return course.EMPTY

    monkeypatch.setattr(notebook.notebooks, "parse", parse)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(notebook.parse, [b"{}"] * 8))
    assert max(most) == 1


def test_annotated_answers_are_found():
    notebook = Notebook([(1, "f: float = 1"), (2, "f = 1"), (3, "f: int\nx = 1")])
    assert notebook.cells_of("f") == [1, 2]


def test_read_survives_half_a_surrogate(put):
    notebook = read(put("a.ipynb", json.dumps({**EMPTY, "cells": [course.code("x = '\ud800'")]})))
    assert notebook.cells == [(1, "x = '?'")]


def test_lesson_is_known_by_the_cells_ids_before_the_folder(put):
    path = put("02_bottleneck/exercises.ipynb", course.handed_out("01"))
    assert lesson_of(read(path), path) == curriculum.find("01")


def test_lesson_is_known_by_the_folder_where_cells_lost_their_ids(put):
    path = put("02_bottleneck/exercises.ipynb")
    assert lesson_of(read(path), path) == curriculum.find("02")


def test_lesson_of_any_other_notebook_is_not_known(put):
    path = put("a.ipynb")
    assert lesson_of(read(path), path) is None


def test_definitions_are_counted_wherever_they_stand(put):
    cells = [
        course.code("def f(): pass\ndef f(): pass"),
        course.code("f = 1"),
        course.code("class f: pass\n def f(): 1"),
    ]
    notebook = read(put("a.ipynb", {**EMPTY, "cells": cells}))
    assert notebook.definitions("f") == [1, 1, 3]
    assert notebook.cells_of("f") == [1, 2, 3]
