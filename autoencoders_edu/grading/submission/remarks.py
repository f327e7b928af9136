"""What learners and staff want to know about a notebook besides the grade."""

from dataclasses import replace

from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import NotAttempted, in_full
from autoencoders_edu.exercises.outcome import ERROR, NOT_ATTEMPTED


def notes(notebook, lesson):
    """Yields what is unusual about the cells of a lesson's exercises, and what was done about it."""
    yield from notebook.notes
    ids = list(notebook.ids.values())
    for exercise in registry.of_lesson(lesson.number):
        name = exercise.name
        if name not in ids:
            taken = f" Cell {notebook.cells_of(name)[-1]} was used instead." if notebook.cells_of(name) else ""
            yield (_as_text(notebook, name) or f"The cell for `{name}` is missing.") + taken
        if ids.count(name) > 1:
            yield f"There are {ids.count(name)} cells with the id of `{name}`; all of them were run, in order."
        defined = notebook.definitions(name)
        if len(defined) > 1:
            cells = ", ".join(map(str, defined[:20]))
            yield f"`{name}` is defined more than once (cells {cells}); the last one counts."


def _as_text(notebook, name):
    """What to say when the cell for an exercise holds text instead of code; "" if it does not."""
    for number, (identity, kind) in notebook.text_ids.items():
        if identity == name:
            return f"Cell {number}, for `{name}`, is a {kind} cell, so it was not run. Change its type to code."
    return ""


def first_failure(notebook, faults) -> str:
    """Which cell was the first to fail, and how; "" if none did. A stub does not count.

    Args:
        notebook: a `Notebook`.
        faults: dict from a cell's number to the exception that it raised, or to a text why it was stopped.
    """
    for number, _ in notebook.cells:
        fault = faults.get(number)
        if fault is not None and not isinstance(fault, NotAttempted):
            return f"Cell {number} was the first to fail: {_in_words(fault)}"
    return ""


def _in_words(fault):
    if isinstance(fault, str):
        return f"it was stopped because {fault}."
    text = str(fault).removeprefix("Your code raised ").split("\n")[0]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def explained(exercise, outcome, notebook, faults):
    """The outcome with what the notebook's cells tell about it.

    An exercise that is there but whose cell failed was attempted: the learner wants to hear of that failure. And where
    a name is missing, of the first cell that failed: it may be the one that defines the name.
    """
    if outcome.status == NOT_ATTEMPTED:
        outcome = _attempted(exercise, outcome, notebook, faults)
    if outcome.status == ERROR and "raised NameError" in outcome.message:
        first, own = first_failure(notebook, faults), notebook.cells_of(exercise.name)
        if first and not any(first.startswith(f"Cell {number} ") for number in own):
            return replace(outcome, message=f"{outcome.message}\n{first}")
    return outcome


def _attempted(exercise, outcome, notebook, faults):
    cells = notebook.cells_of(exercise.name)
    for number in cells:
        fault = faults.get(number)
        if isinstance(fault, str):
            return replace(outcome, status=ERROR, message=f"Cell {number} was stopped: {fault}.")
        if fault is not None and not isinstance(fault, NotAttempted):
            return replace(outcome, status=ERROR, message=in_full(fault))
    as_text = "" if cells else _as_text(notebook, exercise.name)
    return replace(outcome, message=as_text) if as_text else outcome
