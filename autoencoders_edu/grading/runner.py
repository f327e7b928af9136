"""Grades one submission, and makes a result of whatever that submission is."""

import datetime
import time
from dataclasses import dataclass, replace

from autoencoders_edu.course.version import version
from autoencoders_edu.exercises import registry
from autoencoders_edu.grading.forker import NoServer
from autoencoders_edu.grading.result import Result, ungraded, without_places
from autoencoders_edu.grading.session import Budget, Repeat, Session
from autoencoders_edu.grading.submission import Unreadable, lesson_of, remarks
from autoencoders_edu.grading.submission.restoring import restored


@dataclass(frozen=True)
class Options:
    """How to grade.

    Attributes:
        seed: of the checks' inputs.
        timeout: seconds for each cell, and for each check.
        memory: GiB for the learner's code, beyond what the libraries need.
        lesson: the lesson that is graded; None: the one that the notebook is of.
    """

    seed: int
    timeout: float = 60.0
    memory: float = 2.0
    lesson: object = None


def grade(server, submission, options, budget=None, first=False) -> Result:
    """The result of one submission. Whatever the submission is, this returns.

    Args:
        server: a running `Server`.
        submission: a `Submission`.
        options: `Options`.
        budget: the `Budget` of its learner, who may have more notebooks; None: this is the only one.
        first: whether there will be another try.

    Raises:
        NoServer: when a server cannot be started again.
        Repeat: in a first try, if the machine and not the notebook may be the reason for what was lost.
    """
    begin = time.monotonic()
    result = Result(
        student=submission.student,
        lesson=options.lesson.folder if options.lesson else submission.lesson,
        path=submission.name or str(submission.path),
        exercises=(),
        notes=submission.notes,
        seed=options.seed,
        version=version(),
        graded_at=datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    try:
        notebook = submission.read()
        lesson = _lesson(notebook, submission.place(), options)
        result = replace(result, lesson=lesson.folder, digest=notebook.digest)
        notebook = restored(notebook, lesson)
        exercises = registry.of_lesson(lesson.number)
        budget = budget or Budget(options.timeout)
        budget.add(lesson, len(exercises))
        session = Session(server, notebook, options, budget, first)
        try:
            graded = tuple(session.grade(exercise) for exercise in exercises)
        finally:
            session.close()
        notes = (*remarks.notes(notebook, lesson), remarks.first_failure(notebook, session.faults))
        notes = (*submission.notes, *filter(None, notes))
        result = replace(result, exercises=graded, notes=notes, isolation=server.level)
    except (NoServer, Repeat):
        raise
    except Unreadable as error:
        result = ungraded(result, str(error))
    except Exception as error:  # one submission may break the grader, but not the others' grades
        why = f"The grader failed ({type(error).__name__}: {error})"[:300] + ". Grade this submission again."
        result = ungraded(result, why)
    folder = submission.folder or submission.path
    return without_places(replace(result, seconds=round(time.monotonic() - begin, 3)), folder.parent)


def _lesson(notebook, path, options):
    found = lesson_of(notebook, path)
    wanted = options.lesson or found
    if wanted is None:
        raise Unreadable(
            "This notebook holds no exercise of this course: no cell has the id of one. Name the lesson with --lesson."
        )
    if found is not None and found != wanted:
        raise Unreadable(f"This is the notebook of lesson {found.number}, not of lesson {wanted.number}.")
    if not registry.of_lesson(wanted.number):
        raise Unreadable(f"Lesson {wanted.number} has no exercises yet.")
    return wanted
