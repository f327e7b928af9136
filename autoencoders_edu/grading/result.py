"""What the grader found out: one model, from which every output format is written."""

import math
import os
import site
import sys
import sysconfig
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from autoencoders_edu.course.folders import INSTALLED
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.outcome import ERROR, SIGNS, Outcome

NOT_GRADED = "This submission was not graded."


@dataclass(frozen=True)
class Graded:
    """One exercise of one submission: the outcome of its check, and the seconds it took."""

    outcome: Outcome
    seconds: float


@dataclass(frozen=True)
class Result:
    """One graded submission: one learner's notebook of one lesson.

    Attributes:
        student: whose it is, as read from the path.
        lesson: folder name such as "01_reconstruction"; "" when nothing told.
        path: of the notebook, below what was named on the command line.
        exercises: in the lesson's order; every exercise of the lesson is there, whatever the notebook lacks.
        notes: remarks for the learner and the staff, such as "`f` is defined twice".
        problem: why the whole submission could not be graded, or "".
        isolation: what kept the learner's code in: "namespaces", "user" or "limits"; "" if none of it ran.
        seed: of the checks' inputs; with the same seed and version a grade repeats.
        version: of the course, with a digest of its content.
        graded_at: UTC, as 2026-11-25T12:00:00Z.
        seconds: wall time.
        digest: SHA-256 of the notebook file, "" if it could not be read.
    """

    student: str
    lesson: str
    path: str
    exercises: tuple[Graded, ...]
    notes: tuple[str, ...] = ()
    problem: str = ""
    isolation: str = ""
    seed: int = 0
    version: str = ""
    graded_at: str = ""
    seconds: float = 0.0
    digest: str = field(default="", compare=False)

    @property
    def score(self) -> int:
        return sum(graded.outcome.points for graded in self.exercises)

    @property
    def max_score(self) -> int:
        return sum(graded.outcome.max_points for graded in self.exercises)

    def as_dict(self):
        """A JSON-able dict, with score and max_score beside the attributes."""
        return {**asdict(self), "score": self.score, "max_score": self.max_score}

    @classmethod
    def from_dict(cls, plain):
        """The result that `as_dict` was called on, possibly by way of JSON.

        Raises:
            ValueError: for anything else, with the field that is not as it should be.
        """
        plain = _fields(cls, plain, "a result", ignored=("score", "max_score"))
        exercises = tuple(_graded(item) for item in plain["exercises"])
        if not all(isinstance(note, str) for note in plain["notes"]):
            raise ValueError(f"The notes of a result should be texts. Received: {plain['notes']!r:.100}.")
        return cls(**{**plain, "exercises": exercises, "notes": tuple(plain["notes"])})


def _graded(plain):
    plain = _fields(Graded, plain, "a graded exercise")
    outcome = Outcome(**_fields(Outcome, plain["outcome"], "an outcome"))
    if outcome.status not in SIGNS or not 0 <= outcome.points <= outcome.max_points:
        raise ValueError(f"This is not an outcome of a check: {outcome.status!r:.40} with {outcome.points} points.")
    return Graded(outcome, plain["seconds"])


def _fields(cls, plain, what, ignored=()):
    """The values for a dataclass, each of the type that it should have."""
    if not isinstance(plain, dict):
        raise ValueError(f"Expected {what} with its fields. Received: {plain!r:.100}.")
    values = {name: value for name, value in plain.items() if name not in ignored}
    kinds = {f.name: f.type for f in fields(cls)}
    if values.keys() != kinds.keys():
        odd = ", ".join(map(str, sorted(values.keys() ^ kinds.keys(), key=str)[:5]))
        raise ValueError(f"{what.capitalize()} should have the fields {', '.join(kinds)}; missing or unknown: {odd}.")
    for name, kind in kinds.items():
        if not _is(values[name], kind):
            raise ValueError(f"The field {name} of {what} has a wrong type or value. Received: {values[name]!r:.100}.")
    return values


def _is(value, kind):
    if kind is float:
        return type(value) in (int, float) and math.isfinite(value) and value >= 0
    if kind in (int, str):
        return type(value) is kind
    return isinstance(value, (list, tuple) if kind is not Outcome else dict)


def ungraded(result, problem) -> Result:
    """The result of what could not be graded: no points of those that the lesson has, where it is known."""
    exercises = registry.of_lesson(result.lesson) if result.lesson else []
    outcomes = (Outcome(e.id, e.name, ERROR, NOT_GRADED, 0, e.points) for e in exercises)
    return replace(result, problem=problem, exercises=tuple(Graded(outcome, 0.0) for outcome in outcomes))


def without_places(result, *places) -> Result:
    """The result without the paths of folders of this machine, which are no business of whoever reads a report.

    Args:
        result: a `Result`.
        places: folders besides those where Python and the course are installed.
    """
    places = {str(place) for place in (*_installed(), *places) if len(Path(place).parts) > 2}  # not /usr, not /tmp

    def cleaned(text):
        for place in sorted(places, key=len, reverse=True):
            text = text.replace(place + os.sep, "").replace(place, "…")
        return text

    exercises = tuple(
        replace(graded, outcome=replace(graded.outcome, message=cleaned(graded.outcome.message)))
        for graded in result.exercises
    )
    notes = tuple(map(cleaned, result.notes))
    return replace(result, exercises=exercises, notes=notes, problem=cleaned(result.problem))


def _installed():
    packages = [*site.getsitepackages(), site.getusersitepackages(), sysconfig.get_path("stdlib")]
    return [INSTALLED, Path.home(), *([] if sys.prefix == sys.base_prefix else [sys.prefix]), *packages]
