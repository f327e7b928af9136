"""Submissions on disk, and a grader that only counts."""

from dataclasses import replace

import course
import pytest

from autoencoders_edu.course.version import version
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.outcome import PASSED, Outcome
from autoencoders_edu.grading import batch
from autoencoders_edu.grading.result import Graded, Result, ungraded
from autoencoders_edu.grading.submission import Unreadable


@pytest.fixture
def put(tmp_path):
    """Function that writes a notebook at a path below tmp_path."""

    def put(name, content=course.EMPTY):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else course.text(content).encode())
        return path

    return put


@pytest.fixture
def no_server(monkeypatch):
    """Whatever can be read gets full marks, and no learner's code runs; the list of those who were graded."""
    counted = []

    def graded(waiting, options, jobs, isolation):
        for submission in waiting:
            counted.append(submission.student)
            yield submission, _result(submission, options)

    monkeypatch.setattr(batch, "_graded", graded)
    return counted


def _result(submission, options):
    name = submission.name or str(submission.path)
    bare = Result(submission.student, submission.lesson, name, (), submission.notes, seed=options.seed)
    bare = replace(bare, version=version(), graded_at=f"2026-11-25T12:00:{len(submission.student):02}Z")
    try:
        digest = submission.read().digest
    except Unreadable as error:
        return ungraded(bare, str(error))
    exercises = registry.of_lesson(submission.lesson) if submission.lesson else []
    outcomes = [Outcome(e.id, e.name, PASSED, e.on_success, e.points, e.points) for e in exercises]
    exercises = tuple(Graded(outcome, 0.1) for outcome in outcomes)
    return replace(bare, exercises=exercises, digest=digest, isolation="namespaces")
