"""Exercises in a notebook, in three words:

    from autoencoders_edu.exercises import check, hint, solution

    check("reconstruction_loss")     # right, or what was received, what was expected, and the likely misconception
    hint("reconstruction_loss")      # a little help; call it again for a little more
    solution("reconstruction_loss")  # ours

Checks judge what the code does, with new inputs each time. Not attempted is not wrong.
"""

import os
import sys
from functools import partial

__all__ = ["check", "hint", "solution"]
_said = set()


def check(name):
    """Checks an exercise with the names defined where this is called, and shows the outcome.

    Args:
        name: of the exercise, or its id.

    Returns:
        None; the points, when nbgrader runs the notebook.

    Raises:
        ValueError: for an unknown name.
        CheckFailed: only when nbgrader runs the notebook, and the exercise is not solved.
    """
    from autoencoders_edu.course import progress
    from autoencoders_edu.exercises import registry
    from autoencoders_edu.exercises.judging import judge, new_seed
    from autoencoders_edu.exercises.probe import local_probe

    namespace = sys._getframe(1).f_globals
    exercise = registry.find(name)
    judged = partial(judge, exercise, lambda seed: local_probe(namespace, seed), new_seed())
    if os.environ.get("NBGRADER_EXECUTION"):
        return _points(_without_stderr(judged))
    outcome = judged()
    progress.record(outcome)
    _show(outcome)
    _say_once(progress.problem())
    return None


def hint(name):
    """Shows the next hint for an exercise; after the last one it starts again."""
    from autoencoders_edu.course import progress
    from autoencoders_edu.exercises import registry
    from autoencoders_edu.exercises.outcome import Note

    exercise = registry.find(name)
    again, number = divmod(progress.count_hint(exercise), len(exercise.hints))
    title = f"Hint {number + 1} of {len(exercise.hints)} for {exercise.name}"
    if again and number == 0:
        title = f'There are no more hints; solution("{exercise.name}") shows our solution. Starting again: {title}'
    _show(Note(title, exercise.hints[number]))
    _say_once(progress.problem())


def solution(name):
    """Shows our solution of an exercise."""
    from autoencoders_edu.course import notebooks
    from autoencoders_edu.exercises import registry
    from autoencoders_edu.exercises.outcome import Note

    exercise = registry.find(name)
    _show(Note(f"A solution of {exercise.name}", notebooks.solution(exercise), is_code=True))


class CheckFailed(Exception):
    """Raised only under nbgrader, which gives no points for a cell that raises."""


def _without_stderr(judged):
    """The outcome, with warnings held back: nbgrader gives no points for a cell that writes to stderr."""
    from contextlib import redirect_stderr
    from io import StringIO

    from autoencoders_edu._imports import stderr_held_back

    with redirect_stderr(StringIO()), stderr_held_back():
        return judged()


def _points(outcome):
    """A plain number, since nbgrader gives full marks for any other value of a cell that does not raise."""
    if outcome.points != outcome.max_points:
        raise CheckFailed(repr(outcome))
    return outcome.points


def _show(note):
    if "IPython" not in sys.modules:  # in a terminal, where it may not be installed
        print(note)
        return
    from IPython.display import display

    display(note)


def _say_once(text):
    """Shows a remark the first time that there is cause for it in this process."""
    if text and text not in _said:
        _said.add(text)
        print(text)
