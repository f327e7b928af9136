"""One notebook being graded: its worker, a new one whenever one is lost, and the time that all of it may take."""

import threading
import time

from autoencoders_edu.exercises.outcome import ERROR, Outcome
from autoencoders_edu.exercises.probe import error_from
from autoencoders_edu.grading.client import JudgeLost, Lost, SandboxLost
from autoencoders_edu.grading.protocol import Ran, Ready, Running
from autoencoders_edu.grading.result import Graded
from autoencoders_edu.grading.submission import remarks


class Repeat(Exception):
    """What was lost may be lost for want of the machine's time or memory: grade this notebook again, alone."""


class Budget:
    """The seconds that one learner's notebooks may take together: a hundred of them take no longer than one.

    Args:
        timeout: seconds for each cell, and for each check.
    """

    CELLS = 20  # timeouts for cells; there is one more for each exercise of each lesson

    def __init__(self, timeout):
        self.timeout = timeout
        self.left = self.CELLS * timeout
        self.lessons = set()
        self.lock = threading.Lock()

    def add(self, lesson, exercises):
        """Time for the exercises of a lesson, once."""
        with self.lock:
            if lesson not in self.lessons:
                self.lessons.add(lesson)
                self.left += self.timeout * exercises

    def spend(self, seconds) -> float:
        """What is left after so many seconds."""
        with self.lock:
            self.left -= seconds
            return self.left


class Session:
    """Grades the exercises of one notebook, one after the other.

    Args:
        server: a running `Server`.
        notebook: a `Notebook`.
        options: `Options`.
        budget: the learner's `Budget`.
        first: whether there will be another try if the machine may be to blame; `grade` then raises `Repeat`.
    """

    def __init__(self, server, notebook, options, budget, first=False):
        self.server = server
        self.notebook = notebook
        self.options = options
        self.budget = budget
        self.first = first
        self.spent_until = time.monotonic()
        self.worker = None
        self.faults = {}  # number of a cell: the exception that it raised, or a text why it is not run any more

    def grade(self, exercise) -> Graded:
        """The outcome of one exercise, whatever happens to the worker."""
        begin = time.monotonic()
        try:
            outcome = self._judged(exercise)
        except SandboxLost:
            raise
        except JudgeLost:
            outcome = error(exercise, "The check was stopped: what your code returned took too much time or memory.")
        except Lost as lost:
            outcome = error(exercise, f"Your code was stopped while it was checked: {lost}.")
        except TimeoutError:
            outcome = error(exercise, "Not graded: the cells and exercises before used up all the time.")
        return Graded(outcome, round(time.monotonic() - begin, 3))

    def _judged(self, exercise):
        """The outcome, with a second try if the sandbox is lost: it is no fault of the learner's."""
        for last_try in (False, True):
            try:
                self.run_cells()
                self.worker.allow(self._seconds())
                outcome = self.worker.judge(exercise, self.options.seed)
                return remarks.explained(exercise, outcome, self.notebook, self.faults)
            except SandboxLost as lost:
                if last_try:
                    raise (Repeat if self.first else SandboxLost)(str(lost)) from None
            except Lost as lost:
                self._doubt(lost)
                raise

    def _doubt(self, lost):
        """Raises `Repeat` if the learner's code may be lost through no fault of its own, and there is another try."""
        crowded = self.server.jobs > 1
        if self.first and (lost.out_of_memory or (crowded and lost.by_load)):
            raise Repeat(str(lost))

    def _seconds(self):
        """How long the next cell or check may take."""
        now = time.monotonic()
        left = self.budget.spend(now - self.spent_until)
        self.spent_until = now
        if left <= 0:
            raise TimeoutError
        return min(self.options.timeout, left)

    def run_cells(self):
        """Makes sure that there is a worker in which every cell has run that can be run."""
        while self.worker is None or not self.worker.is_open:
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
                self._doubt(lost)
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

    def _cpu_seconds(self):
        """A limit behind the wall clock's, for all cells and checks of one worker together."""
        return int(self.options.timeout * (len(self.notebook.cells) + 2) * 2)

    def close(self):
        if self.worker is not None:
            self.worker.close()


def error(exercise, message):
    """The outcome of an exercise that could not be judged."""
    return Outcome(exercise.id, exercise.name, ERROR, message, 0, exercise.points)
