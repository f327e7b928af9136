"""nbgrader itself, run on our sources: the same scores as `aedu grade`, and none given or taken by accident."""

import json
import os
import subprocess
import sys
from pathlib import Path

import course
import pytest

pytest.importorskip("nbgrader")
pytestmark = pytest.mark.skipif(os.environ.get("KERAS_BACKEND") == "jax", reason="nbgrader is the same on any backend")

LESSON = "01_reconstruction"
LOSS = "reconstruction_loss"
SUBMITTED = {
    "fresh": lambda: course.handed_out("01"),
    "wrong": lambda: course.with_answer(
        course.solved("01"), LOSS, "def reconstruction_loss(x, r): return np.mean((x - r) ** 2)"
    ),
    "solved": lambda: course.with_answer(
        course.solved("01"),
        LOSS,
        "import sys, warnings\ndef reconstruction_loss(x, r):\n    print('a note')\n"
        "    return np.mean((x - r) ** 2, axis=(1, 2, 3))",
    ),
}


@pytest.fixture(scope="module")
def department(tmp_path_factory):
    """A folder in which nbgrader has made an assignment from our source and graded three learners."""
    folder = tmp_path_factory.mktemp("department")
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 120\n")
    source = folder / "source" / LESSON
    source.mkdir(parents=True)
    (source / "exercises.ipynb").write_bytes(course.notebooks.source("01").read_bytes())
    run(folder, "generate_assignment", LESSON)
    for learner, make in SUBMITTED.items():
        place = folder / "submitted" / learner / LESSON
        place.mkdir(parents=True)
        (place / "exercises.ipynb").write_text(json.dumps(make()))
    run(folder, "autograde", LESSON)
    return folder


def run(folder, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    # nbgrader calls `alembic` by its bare name, as in an activated environment.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def nbgraders(department):
    """Dict from a learner to a dict from an exercise to nbgrader's points."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{department / 'gradebook.db'}") as gradebook:
        return {
            learner: {
                grade.name.removeprefix("check_"): (grade.auto_score, grade.max_score, grade.needs_manual_grade)
                for notebook in gradebook.find_submission(LESSON, learner).notebooks
                for grade in notebook.grades
            }
            for learner in SUBMITTED
        }


@pytest.fixture(scope="module")
def ours(department, tmp_path_factory):
    """The same from `aedu grade`."""
    out = tmp_path_factory.mktemp("ours")
    command = [sys.executable, "-m", "autoencoders_edu.cli", "grade", department / "submitted", "--out", out]
    done = subprocess.run([*map(str, command), "--format", "json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads((out / "grades.json").read_text())["results"]
    return {
        result["student"]: {
            graded["outcome"]["name"]: (graded["outcome"]["points"], graded["outcome"]["max_points"], False)
            for graded in result["exercises"]
        }
        for result in results
    }


@pytest.mark.parametrize("learner", SUBMITTED)
def test_nbgrader_gives_the_same_points_as_aedu_grade(nbgraders, ours, learner):
    assert nbgraders[learner] == ours[learner]


def test_nbgrader_gives_full_marks_to_solutions_whatever_they_print_and_none_to_stubs(nbgraders):
    assert all(points == most > 0 for points, most, _ in nbgraders["solved"].values())
    assert all(points == 0 for points, _, _ in nbgraders["fresh"].values())


def test_release_is_the_notebook_that_learners_get_from_us(department):
    release = json.loads((department / "release" / LESSON / "exercises.ipynb").read_text())
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in release["cells"]]
    assert cells == [(cell["cell_type"], "".join(cell["source"])) for cell in course.handed_out("01")["cells"]]


def test_autograded_notebooks_hold_no_stderr(department):
    for path in department.glob("autograded/*/*/exercises.ipynb"):
        outputs = [o for cell in json.loads(path.read_text())["cells"] for o in cell.get("outputs", [])]
        assert not [output for output in outputs if output.get("name") == "stderr"], path
