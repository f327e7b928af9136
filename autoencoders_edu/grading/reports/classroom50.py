"""Classroom 50's result.json, in its schema classroom50/result/v1.

Who and what was graded comes from the environment that the Classroom 50 runner sets. Outside of it, what is missing
becomes "not-set": the file keeps its form, and nobody can take it for a grade of a real assignment. The runner itself
replaces owner, assignment_type, datetime and graded_at by what it knows.
"""

import datetime
import json
import os
from pathlib import Path

from autoencoders_edu.exercises.outcome import PASSED
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import identity, one_line, plain
from autoencoders_edu.grading.result import Graded, Result

SCHEMA = "classroom50/result/v1"
MISSING = "not-set"


def render(results: list[Result]) -> str:
    """The text of the file.

    Raises:
        ValueError: unless the results are one learner's, with each lesson at most once.
    """
    reports.of_one_learner(results, "classroom50")
    when = _instant(results[0].graded_at)
    content = {
        "schema": SCHEMA,
        **_identity(results[0].student),
        "datetime": when,
        "graded_at": when,
        "score": sum(result.score for result in results),
        "max-score": sum(result.max_score for result in results),
        "tests": [test for result in results for test in _tests(result)],
    }
    return json.dumps(content, indent=1) + "\n"


def _identity(student):
    tag, kind = _given("SUBMISSION_TAG"), _given("ASSIGNMENT_TYPE")
    return {
        "classroom": _given("CLASSROOM"),
        "assignment": _given("ASSIGNMENT"),
        "assignment_type": kind if kind in ("group", "team") else "individual",
        "owner": _given("OWNER", default=identity(student) or MISSING),
        "submission": tag if tag.startswith("submit/") else f"submit/{tag}",
        "commit": _given("COMMIT_URL"),
        "release": _given("RELEASE_URL"),
        "review": _given("REVIEW_URL", default=_given("COMMIT_URL")),
    }


def _given(name, default=MISSING):
    return os.environ.get(name) or default


def _instant(graded_at):
    """As 2026-11-25T12:00:00Z; the present when it is not known."""
    form = "%Y-%m-%dT%H:%M:%SZ"
    try:
        return datetime.datetime.strptime(graded_at, form).strftime(form)
    except ValueError:
        return datetime.datetime.now(datetime.UTC).strftime(form)


def _tests(result: Result):
    if result.problem:  # without a test, Classroom 50 would call it a success
        yield {"test-name": "notebook", "passed": False, "score": 0, "max-score": 0, "message": plain(result.problem)}
    yield from (_test(graded) for graded in result.exercises)


def _test(graded: Graded):
    outcome = graded.outcome
    return {
        "test-name": one_line(f"{outcome.id} {outcome.name}"),
        "passed": outcome.status == PASSED,
        "score": outcome.points,
        "max-score": outcome.max_points,
        "status": outcome.status,
        "message": plain(outcome.message),
    }


def write(results: list[Result], out: Path) -> Path:
    """Writes result.json."""
    return reports.save(out / "result.json", render(results))
