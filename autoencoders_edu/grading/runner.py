"""Grades one submission, and makes a result of whatever that submission is."""

import datetime
import time
from dataclasses import dataclass, replace

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.grading import submission as submissions
from autoencoders_edu.grading.forker import NoServer
from autoencoders_edu.grading.result import Graded, Result
from autoencoders_edu.grading.session import Budget, Repeat, Session, error
from autoencoders_edu.grading.submission import Unreadable


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
        lesson=options.lesson.folder if options.lesson else "",
        path=str(submission.path),
        exercises=(),
        seed=options.seed,
        version=autoencoders_edu.__version__,
        graded_at=datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    try:
        if submission.problem:
            raise Unreadable(submission.problem)
        notebook = submissions.read(submission.path)
        lesson = _lesson(notebook, submission.path, options)
        result = replace(result, lesson=lesson.folder, digest=notebook.digest, notes=tuple(_notes(notebook, lesson)))
        exercises = registry.of_lesson(lesson.number)
        budget = budget or Budget(options.timeout)
        budget.add(lesson, len(exercises))
        session = Session(server, notebook, options, budget, first)
        try:
            graded = tuple(session.grade(exercise) for exercise in exercises)
        finally:
            session.close()
        result = replace(result, exercises=graded, isolation=server.level)
    except (NoServer, Repeat):
        raise
    except Exception as failure:  # one submission may break the grader, but not the others' grades
        why = f"The grader failed ({type(failure).__name__}: {failure})"[:300] + ". Grade this submission again."
        exercises = registry.of_lesson(result.lesson) if result.lesson else []
        nothing = tuple(Graded(error(e, "This submission was not graded."), 0.0) for e in exercises)
        result = replace(result, exercises=nothing, problem=str(failure) if isinstance(failure, Unreadable) else why)
    return replace(result, seconds=round(time.monotonic() - begin, 3))


def _lesson(notebook, path, options):
    found = submissions.lesson_of(notebook, path)
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


def _notes(notebook, lesson):
    """What a learner or the staff may want to know about the notebook, besides the grade."""
    ids = list(notebook.ids.values())
    for exercise in registry.of_lesson(lesson.number):
        name = exercise.name
        if name not in ids:
            yield f"The cell for `{name}` is missing." + (
                f" Cell {notebook.cells_of(name)[-1]} was taken instead." if notebook.cells_of(name) else ""
            )
        if ids.count(name) > 1:
            yield f"There are {ids.count(name)} cells with the id of `{name}`; all of them were run, in order."
        defined = notebook.definitions(name)
        if len(defined) > 1:
            cells = ", ".join(map(str, defined[:20]))
            yield f"`{name}` is defined more than once (cells {cells}); the last one counts."
