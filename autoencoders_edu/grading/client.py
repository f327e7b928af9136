"""The grader's end: starts the servers, asks for workers, and talks to them as to strangers."""

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import time
import weakref

from autoencoders_edu import _extras
from autoencoders_edu.exercises.expect import ProbeLost
from autoencoders_edu.exercises.messages import read
from autoencoders_edu.exercises.outcome import Outcome
from autoencoders_edu.exercises.wire import WireError
from autoencoders_edu.grading import LEVELS, NAMESPACES, protocol
from autoencoders_edu.grading.forker import Forker, NoServer, insist_on_fork
from autoencoders_edu.grading.protocol import (
    GONE,
    LATE,
    NO_JUDGE,
    Ended,
    Judge,
    Judged,
    Limits,
    Ran,
    Ready,
    Run,
    Running,
    Unanswered,
)

ENOUGH = 0.8  # of a core: who had that much and needed longer would need longer on an idle machine, too


class Server:
    """The two servers, of workers and of judges; use it in a `with` statement.

    Args:
        jobs: how many workers will be alive at once, to share the cores among them.
        strongest: the level of isolation to try first.

    Attributes:
        level: of the sandbox, see there.

    Raises:
        NoServer: on a platform without fork, without the extra that grading needs, or when a server does not start.
    """

    def __init__(self, jobs=1, strongest=NAMESPACES):
        insist_on_fork()
        for module in ("IPython", "psutil"):
            if advice := _extras.missing(module):
                raise NoServer(advice)
        self.jobs = jobs
        self.room = tempfile.mkdtemp(prefix="aedu-")
        self.alive = weakref.WeakSet()
        self.forkers = []
        try:
            threads = max(1, (os.cpu_count() or 1) // jobs)
            self.forkers.append(Forker("server", self.room, strongest, threads=threads))
            self.forkers.append(Forker("judges"))
            self.workers, self.judges = self.forkers
            self._wait_until_ready()
        except BaseException:  # Ctrl-C, too, must not leave them importing
            self.close(at_once=True)
            raise

    def _wait_until_ready(self):
        for forker in self.forkers:
            forker.wait_until_ready()

    @property
    def level(self):
        return self.workers.level

    @property
    def process(self):
        """That of the workers' server."""
        return self.workers.process

    def worker(self, **limits):
        """A new `Worker`. Arguments: those of `protocol.Limits`."""
        ours, theirs = socket.socketpair()
        lifeline, keepers = socket.socketpair()
        worker = Worker(ours, lifeline, self.judges)
        try:
            with theirs, keepers:
                self.workers.request(Limits(**limits, workers=self.jobs), [theirs.fileno(), keepers.fileno()])
        except (OSError, NoServer):
            worker.close()
            raise
        self.alive.add(worker)
        return worker

    def close(self, at_once=False):
        for forker in self.forkers:
            forker.close(at_once)
        shutil.rmtree(self.room, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends all workers, too: a thread that waits for one is told at once."""
        for forker in self.forkers:
            forker.over = True
        for worker in list(self.alive):
            with contextlib.suppress(OSError):
                worker.lifeline.shutdown(socket.SHUT_RDWR)
        self.close()


def insist(server, weakest):
    """Raises `NoServer` unless the server's isolation is at least this strong."""
    if LEVELS.index(server.level) > LEVELS.index(weakest):
        raise NoServer(f"Isolation {weakest!r} was asked for, but this machine allows only {server.level!r}.")


class Lost(ProbeLost):
    """The worker is gone: the message says why, in words that go after "your code was stopped: ".

    Attributes:
        out_of_memory: the kernel may have ended it, for want of memory.
        by_load: on a machine with less to do it might have gone on: it had little of a core, or it crashed.
    """

    def __init__(self, why, out_of_memory=False, by_load=False):
        super().__init__(why)
        self.out_of_memory = out_of_memory
        self.by_load = by_load


class SandboxLost(Lost):
    """The sandbox itself is gone, which is not the learner's doing."""


class JudgeLost(Lost):
    """The judge is gone: what the worker sent took more of its time or memory than there is."""


class Worker:
    """One process that runs a learner's cells. Everything it sends may be a lie; nothing it sends can harm.

    Args:
        connection: socket to the worker.
        lifeline: socket to its keeper.
        judges: `Forker` of judges.
    """

    def __init__(self, connection, lifeline, judges):
        self.connection = connection
        self.lifeline = lifeline
        self.judges = judges
        self.deadline = None
        self.seconds = 0

    def allow(self, seconds):
        """From now, the worker has so many seconds for what it is asked."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds

    def run(self, cells):
        """Starts the cells.

        Args:
            cells: list of (number, source).
        """
        with self._losses():
            protocol.say(self.connection, Run([list(cell) for cell in cells]), self.deadline)

    def event(self):
        """The next message of the worker's own accord: `Running`, `Ran` or `Ready`; raises `Lost`."""
        with self._losses():
            message = protocol.receive(self.connection, self.deadline, protocol.SMALL)
            return read(message, Running, Ran, Ready)

    def judge(self, exercise, seed) -> Outcome:
        """The outcome of an exercise, by a judge that questions this worker.

        Raises:
            JudgeLost: when the judge has not come to an end.
            Lost: when the worker has not.
        """
        ours, theirs = socket.socketpair()
        order = Judge(exercise.name, str(seed), self.deadline)
        with ours:
            with theirs:
                self.judges.request(order, [self.connection.fileno(), theirs.fileno()])
            try:
                late = self.deadline + protocol.GRACE + 10
                said = protocol.hear(ours, Judged, Unanswered, deadline=late)
            except (protocol.Closed, TimeoutError, OSError):
                said = Unanswered(NO_JUDGE if not self.judges.is_alive() else "")
        if isinstance(said, Unanswered):
            raise self._unanswered(said.why)
        if not said.at_rest:
            self.close()
        return Outcome(**said.outcome)

    def _unanswered(self, why):
        if why == LATE:
            return self._late()
        if why == GONE:
            return self._loss()
        self.close()
        if why == NO_JUDGE:
            return SandboxLost("there was no judge")
        return Lost(f"it sent {why}") if why else JudgeLost("the judge was stopped", by_load=True)

    @contextlib.contextmanager
    def _losses(self):
        """Turns whatever can happen to a message into `Lost`."""
        try:
            yield
        except TimeoutError:
            raise self._late() from None
        except WireError as error:
            self.close()
            raise Lost(f"it sent {error}") from None
        except (protocol.Closed, OSError):
            raise self._loss() from None

    def _late(self):
        """The loss of a worker that took too long, after its end."""
        with contextlib.suppress(OSError):
            self.lifeline.shutdown(socket.SHUT_WR)  # the keeper ends it, and tells how much of a core it had
        share = self._ended().share
        self.close()
        return Lost(f"it ran longer than {self.seconds:g} s", by_load=share < ENOUGH)

    def _loss(self):
        """Why there is nobody any more."""
        said = self._ended()
        self.close()
        if said.failed:
            return SandboxLost(said.ended)
        return Lost(said.ended, out_of_memory=said.signal == signal.SIGKILL, by_load=said.signal != 0)

    def _ended(self):
        """What the keeper tells, unless it was killed itself."""
        try:
            deadline = time.monotonic() + 5
            return protocol.hear(self.lifeline, Ended, deadline=deadline, largest=protocol.SMALL)
        except protocol.Closed:
            return Ended("its sandbox was killed", failed=True)
        except (OSError, WireError):
            return Ended("it ended")

    @property
    def is_open(self):
        return self.connection.fileno() != -1

    def close(self):
        """Ends the worker, and all that it started."""
        self.connection.close()
        self.lifeline.close()
