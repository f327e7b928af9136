"""Gradescope's results.json. One learner's lessons become one list of tests.

Reference: autograder specifications, https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

import json
from pathlib import Path

from autoencoders_edu.exercises.outcome import PASSED
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import one_line, plain
from autoencoders_edu.grading.result import Graded, Result


def render(results: list[Result]) -> str:
    """The text of the file.

    Raises:
        ValueError: unless the results are one learner's, with each lesson at most once.
    """
    reports.of_one_learner(results, "gradescope")
    tests = [_test(graded, result) for result in results for graded in result.exercises]
    content = {
        "score": sum(result.score for result in results),
        "execution_time": round(sum(result.seconds for result in results), 2),
        "output": "\n".join(line for result in results for line in _remarks(result)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"submissions": [_origin(result) for result in results]},
        "tests": tests,
    }
    return json.dumps(content, indent=1) + "\n"


def _test(graded: Graded, result: Result):
    outcome = graded.outcome
    return {
        "name": one_line(f"{outcome.id} {outcome.name}"),
        "number": one_line(outcome.id),
        "status": "passed" if outcome.status == PASSED else "failed",
        "score": outcome.points,
        "max_score": outcome.max_points,
        "output": plain(f"{outcome.status}\n{outcome.message}"),
        "output_format": "text",
        "tags": [one_line(result.lesson)],
        "visibility": "visible",
        "extra_data": {"status": outcome.status, "seconds": round(graded.seconds, 3)},
    }


def _remarks(result: Result):
    lesson = one_line(result.lesson) or "Notebook"
    yield f"{lesson}: {result.score} of {result.max_score} points"
    if result.problem:
        yield plain(result.problem)
    yield from (one_line(note) for note in result.notes[:20])
    yield f"Isolation: {result.isolation or 'no code ran'}. Seed {result.seed}, version {result.version}."


def _origin(result: Result):
    names = ("lesson", "isolation", "seed", "version", "graded_at", "digest")
    return {name: plain(value) if isinstance(value := getattr(result, name), str) else value for name in names}


def write(results: list[Result], out: Path) -> Path:
    """Writes results.json."""
    return reports.save(out / "results.json", render(results))
