"""What the grader found out: one model, from which every output format is written."""

from dataclasses import asdict, dataclass, field

from autoencoders_edu.exercises.outcome import Outcome


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
        lesson: folder name such as "01_reconstruction"; "" when the notebook did not tell.
        path: of the notebook, as it was found.
        exercises: in the lesson's order; every exercise of the lesson is there, whatever the notebook lacks.
        notes: remarks for the learner and the staff, such as "`f` is defined twice".
        problem: why the whole submission could not be read, or "".
        isolation: what kept the learner's code in: "namespaces", "user" or "limits"; "" if none of it ran.
        seed: of the checks' inputs; with the same seed and version a grade repeats.
        version: of this package.
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
        """The result that `as_dict` was called on."""
        plain = {key: value for key, value in plain.items() if key not in ("score", "max_score")}
        exercises = tuple(Graded(Outcome(**item["outcome"]), item["seconds"]) for item in plain["exercises"])
        return cls(**{**plain, "exercises": exercises, "notes": tuple(plain["notes"])})
