"""Learners' notebooks: what is in the repository is what the sources make, and no solution is in it."""

import json
import re
import sys

import fake_course
import nbformat
import pytest

from autoencoders_edu.authoring import build
from autoencoders_edu.course import curriculum, folders, notebooks
from autoencoders_edu.exercises import registry

LESSONS = build.lessons_with_source()
REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


@pytest.fixture(params=[lesson.number for lesson in LESSONS])
def lesson(request):
    return request.param


@pytest.fixture
def learners(lesson):
    return nbformat.read(notebooks.learners(lesson), as_version=4)


@pytest.fixture
def source(lesson):
    return nbformat.read(notebooks.source(lesson), as_version=4)


@pytest.fixture
def fake(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch)
    return tmp_path


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_notebooks_and_stubs_are_those_that_the_sources_make():
    pytest.importorskip("nbgrader")
    assert build.differing(build.build()) == []


def test_every_lesson_with_exercises_has_a_source():
    assert [lesson.number for lesson in LESSONS] == [
        x.number for x in curriculum.LESSONS if registry.of_lesson(x.number)
    ]


def test_learners_notebook_holds_no_solution(learners):
    assert not [cell.source for cell in learners.cells if re.search(r"(BEGIN|END) SOLUTION", cell.source)]


def test_learners_notebook_holds_no_line_of_a_solution(learners, source):
    """Lines that say something of their own: not a blank one, and none that the task shows anyway."""
    regions = "\n".join(region for cell in source.cells for region in REGION.findall(cell.source))
    given = {line.strip() for cell in source.cells for line in REGION.sub("", cell.source).splitlines()}
    secret = {line.strip() for line in regions.splitlines()} - given - {""}
    shown = {line.strip() for cell in learners.cells for line in cell.source.splitlines()}
    assert secret
    assert not secret & shown


def test_learners_notebook_holds_no_outputs_and_no_counts(learners):
    assert not [cell for cell in code_cells(learners) if cell.outputs or cell.execution_count is not None]


def test_learners_notebook_is_valid(learners):
    nbformat.validate(learners)


def test_learners_notebook_has_valid_nbgrader_metadata(learners):
    nbgraderformat = pytest.importorskip("nbgrader.nbgraderformat")
    assert nbgraderformat.SCHEMA_VERSION == 3
    nbgraderformat.MetadataValidator().validate_nb(learners)


def test_learners_notebook_has_each_nbgrader_id_once(learners):
    ids = [notebooks.grade_id(cell) for cell in learners.cells if notebooks.grade_id(cell)]
    assert len(set(ids)) == len(ids)


def test_learners_notebook_has_an_answer_and_a_check_for_each_exercise(lesson, learners):
    for exercise in registry.of_lesson(lesson):
        answer, test = (notebooks.cell_of(learners, prefix + exercise.name) for prefix in ("", "check_"))
        assert answer.metadata.nbgrader.solution
        assert not answer.metadata.nbgrader.locked
        assert test.metadata.nbgrader.locked
        assert test.metadata.nbgrader.points == exercise.points
        assert f'check("{exercise.name}")' in test.source


def test_learners_notebook_says_how_many_points_there_are_in_all(lesson, learners):
    text = " ".join(" ".join(cell.source for cell in learners.cells if cell.cell_type == "markdown").split())
    (promised,) = re.findall(r"(\d+) points in all", text)
    assert int(promised) == sum(exercise.points for exercise in registry.of_lesson(lesson))


def test_learners_notebook_has_no_exercise_that_is_not_registered(lesson, learners):
    names = {notebooks.grade_id(cell) for cell in learners.cells if cell.metadata.get("nbgrader", {}).get("solution")}
    assert names == {exercise.name for exercise in registry.of_lesson(lesson)}


def test_stubs_are_the_cells_that_are_handed_out(lesson, learners):
    for exercise in registry.of_lesson(lesson):
        assert notebooks.stub(exercise.name) == notebooks.cell_of(learners, exercise.name).source


def test_stubs_are_those_of_the_exercises():
    assert list(json.loads(folders.STUBS.read_text())) == [exercise.name for exercise in registry.everything()]


@pytest.mark.usefixtures("fake")
def test_a_stub_that_is_not_on_file_says_what_to_do():
    with pytest.raises(ValueError, match=r"No stub of nothing is on file\. `aedu build` makes it"):
        notebooks.stub("nothing")


@pytest.mark.usefixtures("fake")
def test_build_makes_notebooks_and_stubs_of_all_lessons():
    pytest.importorskip("nbgrader")
    assert list(build.build()) == [notebooks.learners("01"), notebooks.learners("02"), folders.STUBS, folders.LOCKED]


@pytest.mark.usefixtures("fake")
def test_build_puts_a_stub_in_place_of_a_solution():
    pytest.importorskip("nbgrader")
    stubs = json.loads(build.build()[folders.STUBS])
    assert stubs == {name: fake_course.stub(name) for name in ("double", "square", "halve")}


@pytest.mark.usefixtures("fake")
def test_build_notes_the_locked_cells_that_are_no_checks_and_the_order_of_all():
    pytest.importorskip("nbgrader")
    locked = json.loads(build.build()[folders.LOCKED])["01_reconstruction"]
    assert list(locked) == ["setup", "double", "check_double", "square", "check_square"]
    assert {name: source for name, source in locked.items() if source} == {"setup": "import numpy as np"}


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("change", ["another cell", "another tag", "one more cell"])
def test_build_refuses_a_notebook_that_is_older_than_its_text_twin(change):
    pytest.importorskip("nbgrader")
    jupytext = pytest.importorskip("jupytext")
    path = notebooks.source("01")
    source = nbformat.read(path, as_version=4)
    jupytext.write(source, path.with_suffix(".py"), fmt="py:percent")
    build.build()
    if change == "another cell":
        source.cells[1].source += "\n# mended"
    elif change == "another tag":
        source.cells[1].metadata.tags = ["nbval-skip"]
    else:
        source.cells.append(nbformat.v4.new_markdown_cell("More."))
    jupytext.write(source, path.with_suffix(".py"), fmt="py:percent")
    with pytest.raises(ValueError, match=r"exercises\.ipynb: out of date with its text twin\. Run `make sync`"):
        build.build()


@pytest.mark.usefixtures("fake")
def test_build_without_jupytext_says_how_to_get_it(monkeypatch):
    pytest.importorskip("nbgrader")
    notebooks.source("01").with_suffix(".py").write_text("# %%")
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(ValueError, match=r"needs jupytext: pip install --constraint constraints\.txt"):
        build.build()


@pytest.mark.usefixtures("fake")
def test_build_drops_what_a_run_left_behind():
    pytest.importorskip("nbgrader")
    path = notebooks.source("01")
    source = nbformat.read(path, as_version=4)
    code_cells(source)[0].update(execution_count=3, outputs=[nbformat.v4.new_output("stream", text="seen")])
    built = build.student_version(source)
    assert code_cells(built)[0].outputs == []
    assert code_cells(built)[0].execution_count is None


@pytest.mark.usefixtures("fake")
def test_build_leaves_the_source_as_it_is():
    pytest.importorskip("nbgrader")
    source = nbformat.read(notebooks.source("01"), as_version=4)
    build.student_version(source)
    assert source == nbformat.read(notebooks.source("01"), as_version=4)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"source": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x"}, "ClearSolutions"),
        ({"metadata": {"nbgrader": {**fake_course.notebook({}).cells[0].metadata.nbgrader}}}, "CheckCellMetadata"),
    ],
    ids=["a region without an end", "an id twice"],
)
def test_build_names_what_nbgrader_refuses(change, named):
    pytest.importorskip("nbgrader")
    source = nbformat.read(notebooks.source("01"), as_version=4)
    notebooks.cell_of(source, "double").update(nbformat.from_dict(change))
    with pytest.raises(ValueError, match=f"nbgrader's {named} refuses this notebook"):
        build.student_version(source)


@pytest.mark.usefixtures("fake")
def test_build_without_nbgrader_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    with pytest.raises(ValueError, match=r"pip install --constraint constraints\.txt -e \"\.\[staff\]\""):
        build.build()


def test_differing_names_files_that_are_missing_or_other(tmp_path):
    same, other, missing = (tmp_path / name for name in ("same", "other", "missing"))
    same.write_text("text")
    other.write_text("another text")
    assert build.differing(dict.fromkeys([same, other, missing], "text")) == [other, missing]
