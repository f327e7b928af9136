"""Grades one submission: the notebook runs in a worker, the checks run here."""

import datetime
import time
from dataclasses import dataclass, replace

from autoencoders_edu.course.version import version
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.judging import judge
from autoencoders_edu.exercises.outcome import ERROR, Outcome
from autoencoders_edu.exercises.probe import error_from
from autoencoders_edu.grading.client import Lost, NoServer, SandboxLost
from autoencoders_edu.grading.protocol import Ran, Ready, Running
from autoencoders_edu.grading.result import Graded, Result, ungraded, without_places
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


def grade(server, submission, options) -> Result:
    """The result of one submission. Whatever the submission is, this returns.

    Raises:
        NoServer: when the server cannot be started again.
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
        session = Session(server, notebook, options, len(exercises))
        try:
            graded = tuple(session.grade(exercise) for exercise in exercises)
        finally:
            session.close()
        notes = (*remarks.notes(notebook, lesson), remarks.first_failure(notebook, session.faults))
        notes = (*submission.notes, *filter(None, notes))
        result = replace(result, exercises=graded, notes=notes, isolation=server.level)
    except NoServer:
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


def _outcome(exercise, status, message):
    return Outcome(exercise.id, exercise.name, status, message, 0, exercise.points)


class Session:
    """One notebook and the worker that runs it; a new worker whenever one is lost.

    Args:
        server: a running `Server`.
        notebook: a `Notebook`.
        options: `Options`.
        exercises: how many there are to grade.
    """

    def __init__(self, server, notebook, options, exercises):
        self.server = server
        self.notebook = notebook
        self.options = options
        self.worker = None
        self.faults = {}  # number of a cell: the exception that it raised, or a text why it is not run any more
        # A notebook full of endless loops must not hold up a course: after this, what is left is not graded.
        self.end = time.monotonic() + options.timeout * (2 + 4 * exercises)

    def grade(self, exercise) -> Graded:
        """The outcome of one exercise, whatever happens to the worker."""
        begin = time.monotonic()
        try:
            outcome = self._judged(exercise)
        except SandboxLost:
            raise
        except Lost as lost:
            self.close()
            outcome = _outcome(exercise, ERROR, f"Your code was stopped while it was checked: {lost}.")
        except TimeoutError:
            outcome = _outcome(exercise, ERROR, "Not graded: the cells and exercises before used up all the time.")
        return Graded(outcome, round(time.monotonic() - begin, 3))

    def _judged(self, exercise):
        """The outcome, with a second try if the sandbox is lost: it is no fault of the learner's."""
        for last_try in (False, True):
            try:
                self.run_cells()
                self.worker.allow(self._seconds())
                return self._explained(exercise, judge(exercise, self.worker.probe, self.options.seed))
            except SandboxLost:
                self.close()
                if last_try:
                    raise

    def _seconds(self):
        """How long the next cell or check may take."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self.options.timeout, left)

    def run_cells(self):
        """Makes sure that there is a worker in which every cell has run that can be run."""
        while self.worker is None:
            seconds = self._seconds()
            worker = self.server.worker(memory=self.options.memory, seconds=self._cpu_seconds())
            running = None
            try:
                worker.allow(seconds)
                worker.run([cell for cell in self.notebook.cells if not isinstance(self.faults.get(cell[0]), str)])
                for number in self._follow(worker):
                    running = number
                    worker.allow(self._seconds())
                self.worker = worker
            except Lost as lost:
                if running is None:  # none of the learner's code has run
                    raise SandboxLost(str(lost)) from None
                if isinstance(lost, SandboxLost) or isinstance(self.faults.get(running), str):
                    raise
                self.faults[running] = str(lost)
            finally:
                if self.worker is not worker:
                    worker.close()

    def _follow(self, worker):
        """Yields the number of each cell when it starts, and notes the errors."""
        numbers = {number for number, _ in self.notebook.cells}
        for _ in range(2 * len(numbers) + 1):
            event = worker.event()
            if isinstance(event, Ready):
                return
            if isinstance(event, Running) and event.running in numbers:
                yield event.running
            elif isinstance(event, Ran) and event.ran in numbers and event.error is not None:
                self.faults[event.ran] = error_from(event.error)
        raise Lost("it sent more than the results of its cells")

    def _explained(self, exercise, outcome):
        return remarks.explained(exercise, outcome, self.notebook, self.faults)

    def _cpu_seconds(self):
        """A limit behind the wall clock's, for all cells and checks of one worker together."""
        return int(self.options.timeout * (len(self.notebook.cells) + 2) * 2)

    def close(self):
        if self.worker is not None:
            self.worker.close()
            self.worker = None
