"""The exercises: what each is called, what it is worth, what helps, and the function that judges it."""

import importlib
import importlib.util
import itertools
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass

from autoencoders_edu.course import curriculum

CHECKS = "autoencoders_edu.checks"  # lesson_NN is a package there, with one module for each exercise
_exercises: dict[str, "Exercise"] = {}


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        id: lesson and place, such as "01.2".
        name: the one word that `check` takes; also the nbgrader id of the cell that holds the answer.
        points: 1 to 4, all or none.
        minutes: how long it takes, roughly.
        why: a sentence on why it matters.
        hints: two or three; each leads a little further, none gives the answer away.
        on_success: the closing sentence.
        judge: function of a probe that returns if the answer is right and raises `Failed` if not. It may return a
            function without arguments that judges one last thing: what takes long and does not depend on the inputs
            that were drawn, such as whether the model trains. `aedu verify` proves that part with fewer seeds.
    """

    id: str
    name: str
    points: int
    minutes: int
    why: str
    hints: tuple[str, ...]
    on_success: str
    judge: Callable

    @property
    def lesson(self):
        return curriculum.find(self.id.split(".")[0])


def exercise(id, name, *, points, minutes, why, hints, on_success):
    """Registers the decorated function as the judge of an exercise.

    Raises:
        ValueError: when another exercise has this name or this id.
    """
    for other in _exercises.values():
        if (other.name == name) != (other.id == id):
            raise ValueError(f"Exercise {id} {name} takes the name or the id of {other.id} {other.name}.")

    def register(judge):
        _exercises[name] = Exercise(id, name, points, minutes, why, tuple(hints), on_success, judge)
        return judge

    return register


def of_lesson(number) -> list[Exercise]:
    """A lesson's exercises in order; none if it has no checks yet."""
    number = curriculum.find(number).number
    package = f"{CHECKS}.lesson_{number}"
    if importlib.util.find_spec(package) is None:
        return []
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
        importlib.import_module(module.name)
    return sorted((e for e in _exercises.values() if e.id.startswith(f"{number}.")), key=lambda e: e.id)


def everything() -> list[Exercise]:
    """All exercises, in the order of the lessons."""
    return [exercise for lesson in curriculum.LESSONS for exercise in of_lesson(lesson.number)]


def _by_lesson(exercises):
    return [list(group) for _, group in itertools.groupby(exercises, lambda exercise: exercise.lesson)]


def find(name) -> Exercise:
    """The exercise of this name or id.

    Raises:
        ValueError: for any other, with those that come close.
    """
    import difflib

    known = everything()
    for known_exercise in known:
        if name == known_exercise.name or str(name).zfill(4) == known_exercise.id:
            return known_exercise
    if re.fullmatch(r"[\d.]+", str(name)):
        there = ", ".join(f"{lesson[0].id} to {lesson[-1].id}" for lesson in _by_lesson(known))
        raise ValueError(f"There is no exercise {name}. There are {there}.")
    names = [e.name for e in known]
    close = difflib.get_close_matches(str(name), names, n=3, cutoff=0.5) or names
    raise ValueError(f"There is no exercise {name!r}. Did you mean {', '.join(close)}?")
