"""The aedu command, by running it."""

import subprocess
import sys

import nbformat
import pytest
from click.testing import CliRunner

from autoencoders_edu.cli import GROUPS, main
from autoencoders_edu.course import curriculum, folders


def aedu(*arguments):
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("name", ["1", "01", "01_reconstruction"])
def test_lessons_have_short_names(name):
    assert curriculum.find(name) is curriculum.LESSONS[0]


def test_every_lesson_needs_earlier_ones_only():
    for index, lesson in enumerate(curriculum.LESSONS):
        assert set(lesson.needs) <= {earlier.number for earlier in curriculum.LESSONS[:index]}


def test_lessons_lists_all_fifteen():
    output = aedu("lessons").output
    assert all(lesson.title in output for lesson in curriculum.LESSONS)


def test_an_unknown_lesson_is_refused_with_the_range():
    result = aedu("run", "16")
    assert result.exit_code == 2
    assert "There is no lesson '16'. Expected a number from 1 to 15" in result.output


def test_a_lesson_to_come_is_named(monkeypatch, tmp_path):
    (tmp_path / "lessons" / "01_reconstruction").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    result = aedu("run", "01")
    assert result.exit_code == 1
    assert "still to come" in result.output


def test_without_lessons_the_message_says_where_they_are(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folders, "INSTALLED", tmp_path / "site-packages")
    result = aedu("lessons")
    assert result.exit_code == 1
    assert "They come with the repository" in result.output


def checkout(tmp_path, *cells):
    """A folder with one lesson of these code cells."""
    folder = tmp_path / "lessons" / "01_reconstruction"
    folder.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# A heading"), *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(notebook, folder / "lesson.ipynb")
    return folder / "lesson.ipynb"


def test_run_tells_headings_and_outputs_and_leaves_the_file_alone(monkeypatch, tmp_path):
    path = checkout(tmp_path, "print('six times', 7)", "6 * 7")
    before = path.read_bytes()
    monkeypatch.chdir(tmp_path)
    result = aedu("run")
    assert result.exit_code == 0, result.output
    assert "A heading" in result.output
    assert "six times 7" in result.output
    assert "42" in result.output
    assert "ran from start to end" in result.output
    assert path.read_bytes() == before


def test_run_save_keeps_the_outputs(monkeypatch, tmp_path):
    path = checkout(tmp_path, "6 * 7")
    monkeypatch.chdir(tmp_path)
    assert aedu("run", "--save").exit_code == 0
    assert nbformat.read(path, as_version=4).cells[1].outputs[0].data["text/plain"] == "42"


def test_run_of_a_failing_lesson_shows_the_cell(monkeypatch, tmp_path):
    checkout(tmp_path, "1 / 0")
    monkeypatch.chdir(tmp_path)
    result = aedu("run")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.output


def test_help_lists_every_command_once_under_the_people_who_want_it():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(main.commands)
    learners, staff = aedu("--help").output.split("For learners")[1].split("For staff and contributors")
    assert all(f"  {name} " in learners for name in ("study", "check", "hint"))
    assert all(f"  {name} " in staff for name in ("grade", "verify"))


def test_help_works_as_a_process():
    done = subprocess.run([sys.executable, "-m", "autoencoders_edu.cli", "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "study" in done.stdout
    assert done.stderr == ""
