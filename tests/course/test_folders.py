"""Where the course is: one answer for every command, and a word when it is not the one that a learner stands in."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoencoders_edu.cli import main
from autoencoders_edu.course import folders, notebooks
from autoencoders_edu.course.curriculum import LESSONS


def course(folder, lesson="01_reconstruction"):
    (folder / "lessons" / lesson).mkdir(parents=True)
    return folder


def test_root_is_this_folder_or_one_above(tmp_path, monkeypatch):
    monkeypatch.chdir(course(tmp_path) / "lessons" / "01_reconstruction")
    assert folders.root() == tmp_path
    assert not folders.is_elsewhere()


def test_a_learners_copy_with_one_later_lesson_is_a_course(tmp_path, monkeypatch):
    monkeypatch.chdir(course(tmp_path, "07_vae"))
    assert folders.root() == tmp_path


@pytest.mark.parametrize("inside", ["lessons", "lessons/notes", "lesson/01_reconstruction"])
def test_a_folder_that_is_merely_called_lessons_is_no_course(tmp_path, monkeypatch, inside):
    (tmp_path / inside).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert folders.root() == folders.INSTALLED
    assert folders.is_elsewhere()


@pytest.mark.parametrize("command", [("progress",), ("next",), ("run", "15"), ("check", "15")])
def test_a_command_says_when_it_uses_another_course(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folders, "INSTALLED", course(tmp_path / "installed"))
    said = CliRunner().invoke(main, command).stderr
    assert f"There are no lessons in this folder or above it; using the course in {tmp_path / 'installed'}." in said


@pytest.mark.parametrize("command", [("progress",), ("next",), ("run", "15"), ("check", "15")])
def test_a_command_says_nothing_of_the_course_around_it(tmp_path, monkeypatch, command):
    monkeypatch.chdir(course(tmp_path))
    assert "using the course" not in CliRunner().invoke(main, command).output


def test_every_part_of_a_lesson_is_named_alike():
    for lesson in LESSONS:
        places = (lesson.path(), notebooks.source(lesson.number).parent, folders.answers("right", lesson.folder))
        assert {place.name for place in places} == {lesson.folder}


HAVE_FILES = [lesson for lesson in LESSONS if list(folders.lesson(lesson.folder).glob("*.csv"))]


def test_a_lesson_that_stands_alone_is_its_own_folder(tmp_path, monkeypatch):
    (tmp_path / "lesson.ipynb").touch()
    monkeypatch.chdir(tmp_path)
    folders.enter_lesson("07_vae")
    assert Path.cwd() == tmp_path


def test_a_lesson_that_the_course_lacks_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(course(tmp_path))
    with pytest.raises(ValueError, match=r"There is no lesson 07_vae in .*: open a copy of the whole course"):
        folders.enter_lesson("07_vae")


@pytest.mark.parametrize("lesson", HAVE_FILES, ids=lambda lesson: lesson.folder)
def test_lessons_find_the_files_beside_them_from_the_courses_folder(lesson, monkeypatch):
    monkeypatch.chdir(folders.INSTALLED)
    beside = [path.name for path in folders.lesson(lesson.folder).iterdir() if path.suffix in (".py", ".csv")]
    first, *cells = (cell for cell in cells_of(lesson) if cell["cell_type"] == "code")
    exec("".join(first["source"]), {})  # what follows would take a minute
    later = "\n".join("".join(cell["source"]) for cell in cells)
    named = re.findall(r'"(\w+\.csv)"', later) + [
        f"{name}.py" for name in re.findall(r"^(?:import|from) (\w+)", later, re.M)
    ]
    used = [name for name in named if name in beside]
    assert {Path(name).suffix for name in used} == {".csv", ".py"}
    assert all(Path(name).is_file() for name in named if name.endswith(".csv") or name in beside)


def cells_of(lesson):
    return json.loads((folders.lesson(lesson.folder) / "lesson.ipynb").read_text(encoding="utf-8"))["cells"]
