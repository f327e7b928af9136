"""The exercise notebooks: the learner's, and their source in `solutions`."""

import json
import re
from pathlib import Path

from autoencoders_edu.course import curriculum, folders

SOLUTION = re.compile(r"^\s*### (BEGIN|END) SOLUTION\s*$")


def learners(lesson) -> Path:
    """A lesson's exercise notebook, as the learner has it."""
    return curriculum.find(lesson).path() / "exercises.ipynb"


def source(lesson) -> Path:
    """The notebook that it is built from, with solutions."""
    return folders.solutions(curriculum.find(lesson).folder) / "exercises.ipynb"


def grade_id(cell) -> str:
    """A cell's nbgrader id, "" if it has none."""
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")


def cell_of(notebook, name):
    """The cell of this nbgrader id, or None."""
    return next((cell for cell in notebook["cells"] if grade_id(cell) == name), None)


def solution(exercise) -> str:
    """The source of an exercise's solution, markers removed.

    Raises:
        ValueError: when solutions are not part of this copy of the course.
    """
    path = source(exercise.lesson.number)
    if not path.is_file():
        raise ValueError(f"There are no solutions in this copy of the course: {path} does not exist.")
    cell = cell_of(json.loads(path.read_text(encoding="utf-8")), exercise.name)
    lines = "".join(cell["source"]).splitlines()
    return "\n".join(line for line in lines if not SOLUTION.match(line))


def stub(name) -> str:
    """An exercise's stub, as it stands in a fresh notebook.

    Raises:
        ValueError: when none is on file.
    """
    stubs = json.loads(folders.STUBS.read_text(encoding="utf-8"))
    if name not in stubs:
        raise ValueError(f"No stub of {name} is on file. `aedu build` makes it from the source in `solutions`.")
    return stubs[name]
