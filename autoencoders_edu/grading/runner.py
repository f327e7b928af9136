"""Grades one submission: the notebook runs in a worker, the checks run here."""

import datetime
import time
from dataclasses import dataclass, replace

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import NotAttempted
from autoencoders_edu.exercises.judging import judge
from autoencoders_edu.exercises.outcome import ERROR, NOT_ATTEMPTED, Outcome
from autoencoders_edu.exercises.probe import error_from
from autoencoders_edu.grading import submission as submissions
from autoencoders_edu.grading.client import Lost, NoServer, SandboxLost
from autoencoders_edu.grading.protocol import Ran, Ready, Running
from autoencoders_edu.grading.result import Graded, Result
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


def grade(server, submission, options) -> Result:
    """The result of one submission. Whatever the submission is, this returns.

    Raises:
        NoServer: when the server cannot be started again.
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
        session = Session(server, notebook, options, len(exercises))
        try:
            graded = tuple(session.grade(exercise) for exercise in exercises)
        finally:
            session.close()
        result = replace(result, exercises=graded, isolation=server.level)
    except NoServer:
        raise
    except Exception as error:  # one submission may break the grader, but not the others' grades
        why = f"The grader failed ({type(error).__name__}: {error})"[:300] + ". Grade this submission again."
        exercises = registry.of_lesson(result.lesson) if result.lesson else []
        nothing = tuple(Graded(_outcome(e, ERROR, "This submission was not graded."), 0.0) for e in exercises)
        result = replace(result, exercises=nothing, problem=str(error) if isinstance(error, Unreadable) else why)
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
        """An exercise that is there but whose cell failed was attempted: the learner wants to hear of that failure."""
        if outcome.status != NOT_ATTEMPTED:
            return outcome
        for number in self.notebook.cells_of(exercise.name):
            fault = self.faults.get(number)
            if isinstance(fault, str):
                return replace(outcome, status=ERROR, message=f"Cell {number} was stopped: {fault}.")
            if fault is not None and not isinstance(fault, NotAttempted):
                return replace(outcome, status=ERROR, message=str(fault))
        return outcome

    def _cpu_seconds(self):
        """A limit behind the wall clock's, for all cells and checks of one worker together."""
        return int(self.options.timeout * (len(self.notebook.cells) + 2) * 2)

    def close(self):
        if self.worker is not None:
            self.worker.close()
            self.worker = None
