"""Results on disk: a file for each learner and lesson, in a folder that later runs go on with.

Its name depends on the learner and the lesson alone, not on where the submission lay: folders that several machines
made fit together.
"""

import hashlib
import importlib.metadata
import json
import os
import platform
import re
from dataclasses import replace
from pathlib import Path

from autoencoders_edu.course.version import content
from autoencoders_edu.grading import LEVELS
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.submission import Unreadable

NOTES = "notes"  # on how the notebook was chosen: a condition of one result, not of a run
LIBRARIES = ("keras", "numpy", "scikit-learn", "tensorflow", "jax")


class Kept:
    """The results that a folder holds.

    Args:
        out: the folder; results are in `results` below it.
        options: `Options` of this run.
        isolation: the weakest level that will do.
        any_seed: whether a result counts that was made with another seed: it was as secret at the time.
    """

    def __init__(self, out, options, isolation, any_seed=False):
        self.out = Path(out)
        self.options = options
        self.isolation = isolation
        self.any_seed = any_seed
        self.conditions = conditions(options)

    def get(self, submission):
        """The result of an earlier run, if this one could only repeat it; else None."""
        try:
            result, made = _load(_file(self.out, submission.student, submission.lesson))
            digest = submission.read().digest
            isolated = LEVELS.index(result.isolation) <= LEVELS.index(self.isolation)
        except (OSError, ValueError, Unreadable):
            return None
        same = result.digest == digest and made == self._made(submission) and not result.problem
        seed = self.any_seed or result.seed == self.options.seed
        lesson = self.options.lesson is None or result.lesson == self.options.lesson.folder
        return replace(result, path=submission.name) if same and seed and lesson and isolated else None

    def put(self, submission, result):
        """Writes a result down; one of this learner that was of no lesson is then a thing of the past."""
        keep(self.out, result, self._made(submission), submission.lesson)
        if submission.lesson:
            _file(self.out, submission.student, "").unlink(missing_ok=True)

    def _made(self, submission):
        return {**self.conditions, NOTES: list(submission.notes)}


def conditions(options):
    """What a grade depends on besides the notebook, the seed and the isolation, as a dict for JSON."""
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "course": content(),
        "timeout": options.timeout,
        "memory": options.memory,
        "backend": os.environ.get("KERAS_BACKEND", ""),
        "python": platform.python_version(),
        "libraries": versions,
    }


def keep(out, result, made, lesson):
    """Writes a result down, with the conditions under which it was made, for a lesson that "" says is not known."""
    text = json.dumps({"conditions": made, "result": result.as_dict()}, indent=1)
    return save(_file(out, result.student, lesson), text)


def everything(out):
    """All that a folder holds: a list of (result, conditions) by learner and lesson, and one of what cannot be read."""
    found, broken = [], []
    for path in sorted(Path(out, "results").glob("*.json")):
        try:
            found.append(_load(path))
        except (OSError, ValueError) as error:
            broken.append(f"{path} is not a result of this grader: {error} Remove it and grade again.")
    return sorted(found, key=lambda entry: (entry[0].student, entry[0].lesson)), broken


def _load(path):
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply.") from None
    if not isinstance(plain, dict) or not isinstance(plain.get("conditions"), dict):
        raise ValueError("it has no conditions.")
    return Result.from_dict(plain.get("result")), plain["conditions"]


def _file(out, student, lesson):
    """Where a result is kept: readable, and different for different learners and lessons."""
    readable = re.sub(r"[^\w.-]", "_", f"{student}-{lesson}")
    readable = readable.encode("utf-8", "replace")[:80].decode(errors="ignore")  # file names are limited in bytes
    digest = hashlib.sha256(f"{student}\n{lesson}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Path(out) / "results" / f"{readable}-{digest}.json"
