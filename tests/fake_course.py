"""A course of two lessons in a folder of the test's own, with its exercises in place of the real ones."""

import json

import nbformat

from autoencoders_edu.course import curriculum, folders, notebooks
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import expect_close
from autoencoders_edu.exercises.outcome import in_points
from autoencoders_edu.exercises.registry import Exercise

STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"
ANSWERS = {
    "double": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    "square": "def square(x):\n    ### BEGIN SOLUTION\n    return x**2\n    ### END SOLUTION",
    "halve": "def halve(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
}


def double(probe):
    x = probe.rng.uniform(1, 2, 3)
    mistakes = {"You took the square.": x**2, "You changed the sign.": -2 * x}
    expect_close(probe.call("double", x), 2 * x, because="Twice x is x + x.", mistakes=mistakes)


def square(probe):
    x = probe.rng.uniform(1, 2, (2, 3))
    expect_close(probe.call("square", x), x**2, because="A square is x times x.")


def halve(probe):
    x = probe.rng.uniform(1, 2, 3)
    expect_close(probe.call("halve", x), x / 2, because="Half of x, twice, is x.")


def exercise(id, judge, **changes):
    fields = {
        "name": judge.__name__,
        "points": 2,
        "minutes": 5,
        "why": "It is needed.",
        "hints": ("Think <twice>.", "x + x."),
        "on_success": "Well done.",
    }
    return Exercise(id, judge=judge, **{**fields, **changes})


EXERCISES = (exercise("01.1", double), exercise("01.2", square, points=3), exercise("02.1", halve))


def stub(name):
    return f"{ANSWERS[name].splitlines()[0]}\n{STUB}"


def notebook(answers, points=None):
    """A notebook with these answers, each with its heading and its check.

    Args:
        answers: dict from the exercise's name to the source of its cell.
        points: dict from a name to the points that the notebook promises, where they are not the exercise's.
    """
    made = nbformat.v4.new_notebook()
    made.cells = [_cell("setup", "import numpy as np", locked=True)]
    for name, source in answers.items():
        exercise = next(e for e in EXERCISES if e.name == name)
        worth = (points or {}).get(name, exercise.points)
        made.cells.append(nbformat.v4.new_markdown_cell(heading(exercise)))
        made.cells.append(_cell(name, source, solution=True))
        made.cells.append(_cell(f"check_{name}", f'check("{name}")', grade=True, locked=True, points=worth))
    return made


def heading(exercise):
    return f"## {exercise.id} Some title ({in_points(exercise.points)}, {exercise.minutes} minutes)"


def _cell(grade_id, source, **metadata):
    flags = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": {**flags, "grade_id": grade_id, **metadata}})


def make(folder, monkeypatch, exercises=EXERCISES):
    """Puts the course into a folder, makes that the current one, and the learner's record a file in it."""
    for lesson, names in (("01", ("double", "square")), ("02", ("halve",))):
        place = curriculum.find(lesson).folder
        write(folder / "solutions" / place / "exercises.ipynb", notebook({name: ANSWERS[name] for name in names}))
        write(folder / "lessons" / place / "exercises.ipynb", notebook({name: stub(name) for name in names}))
        write(folder / "lessons" / place / "lesson.ipynb", nbformat.v4.new_notebook())
    (folder / "stubs.json").write_text(json.dumps({name: stub(name) for name in ANSWERS}))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(folders, "STUBS", folder / "stubs.json")
    monkeypatch.setattr(folders, "LOCKED", folder / "locked.json")
    monkeypatch.setattr(registry, "of_lesson", lambda number: [e for e in exercises if e.lesson.number == number])


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def answer(name, source):
    """Writes an answer into the learner's notebook."""
    path = notebooks.learners(next(e for e in EXERCISES if e.name == name).lesson.number)
    learners = json.loads(path.read_text())
    notebooks.cell_of(learners, name).update(source=source, execution_count=7, outputs=[STREAM])
    path.write_text(json.dumps(learners))


STREAM = {"output_type": "stream", "name": "stdout", "text": "printed"}
