"""The grader's end: starts the server, asks it for workers, and talks to them as to strangers."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref

from autoencoders_edu import _extras
from autoencoders_edu.exercises.expect import ProbeLost
from autoencoders_edu.exercises.messages import read, write
from autoencoders_edu.exercises.probe import Probe
from autoencoders_edu.exercises.wire import WireError
from autoencoders_edu.grading import LEVELS, NAMESPACES, environment, protocol
from autoencoders_edu.grading.protocol import Ended, Limits, Ran, Ready, Run, Running, Started

STARTING = 300  # seconds that the import of Keras may take on a busy machine


class NoServer(ValueError):
    """There is no server, and there will be none: nothing more can be graded."""


class Server:
    """A running server; use it in a `with` statement.

    Args:
        jobs: how many workers will be alive at once, to share the cores among them.
        strongest: the level of isolation to try first.

    Attributes:
        level: of the sandbox, see there.

    Raises:
        NoServer: on a platform without fork, without the extra that grading needs, or when the server does not start.
    """

    def __init__(self, jobs=1, strongest=NAMESPACES):
        if not hasattr(os, "fork"):
            raise NoServer("Grading needs Linux or macOS. On Windows, use the Windows Subsystem for Linux.")
        for module in ("IPython", "psutil"):
            if advice := _extras.missing(module):
                raise NoServer(advice)
        self.jobs = jobs
        self.strongest = strongest
        self.lock = threading.Lock()
        self.workers = weakref.WeakSet()
        self.over = False
        self.level = self._start()

    def _start(self):
        self.room = tempfile.mkdtemp(prefix="aedu-")
        self.control, theirs = socket.socketpair()
        threads = str(max(1, (os.cpu_count() or 1) // self.jobs))
        module = "autoencoders_edu.grading.server"
        command = [sys.executable, "-I", "-m", module, str(theirs.fileno()), self.room, self.strongest]
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the server
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            pass_fds=[theirs.fileno()],
            env=_environment(threads),
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the grader, which then ends its server
        )
        theirs.close()
        try:
            return self._wait_until_ready()
        except BaseException:  # Ctrl-C, too, must not leave it importing
            self.process.kill()
            self.close()
            raise

    def _wait_until_ready(self):
        self.control.settimeout(STARTING)
        with contextlib.suppress(OSError):
            if answer := self.control.recv(4096):
                return read(answer, Started).level
        self.errors.seek(0)
        text = self.errors.read().decode(errors="replace")[-2000:]
        raise NoServer(environment.start_failure(text))

    def worker(self, **limits):
        """A new `Worker`. Arguments: those of `protocol.Limits`. A server that has been killed is started again."""
        with self.lock:
            if self.over:
                raise NoServer("The grading was ended.")
            with contextlib.suppress(ConnectionError):
                return self._ask_for_worker(Limits(**limits))
            self.close()
            if self._start() != self.level:
                raise NoServer("The grading server could not be started again as it was.")
            return self._ask_for_worker(Limits(**limits))

    def _ask_for_worker(self, limits):
        ours, theirs = socket.socketpair()
        lifeline, keepers = socket.socketpair()
        worker = Worker(ours, lifeline)
        try:
            with theirs, keepers:
                socket.send_fds(self.control, [write(limits)], [theirs.fileno(), keepers.fileno()])
        except OSError:
            worker.close()
            raise
        self.workers.add(worker)
        return worker

    def close(self):
        self.control.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.errors.close()
        shutil.rmtree(self.room, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends all workers, too: a thread that waits for one is told at once."""
        self.over = True
        with self.lock:
            for worker in self.workers:
                with contextlib.suppress(OSError):
                    worker.lifeline.shutdown(socket.SHUT_RDWR)
        self.close()


def insist(server, weakest):
    """Raises `NoServer` unless the server's isolation is at least this strong."""
    if LEVELS.index(server.level) > LEVELS.index(weakest):
        raise NoServer(f"Isolation {weakest!r} was asked for, but this machine allows only {server.level!r}.")


class Lost(ProbeLost):
    """The worker is gone: the message says why, in words that go after "your code was stopped: "."""


class SandboxLost(Lost):
    """The sandbox itself is gone, which is not the learner's doing."""


class Worker:
    """One process that runs a learner's cells. Everything it sends may be a lie; nothing it sends can harm.

    Args:
        connection: socket to the worker.
        lifeline: socket to its keeper.
    """

    def __init__(self, connection, lifeline):
        self.connection = connection
        self.lifeline = lifeline
        self.deadline = None
        self.seconds = 0

    def allow(self, seconds):
        """From now, the worker has so many seconds for what it is asked."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds

    def ask(self, request: bytes) -> bytes:
        """Sends one message and returns the next that comes; raises `Lost`."""
        self.send(request)
        return self.receive()

    def send(self, message):
        self._or_lost(protocol.send, message)

    def receive(self):
        return self._or_lost(protocol.receive)

    def _or_lost(self, what, *arguments):
        try:
            return what(self.connection, *arguments, deadline=self.deadline)
        except TimeoutError:
            self.close()
            raise Lost(f"it ran longer than {self.seconds:g} s") from None
        except WireError as error:
            self.close()
            raise Lost(f"it sent {error}") from None
        except (protocol.Closed, OSError):
            raise self._loss() from None

    def event(self):
        """The next message of the worker's own accord: `Running`, `Ran` or `Ready`."""
        try:
            return read(self.receive(), Running, Ran, Ready)
        except WireError as error:
            raise Lost(f"it sent {error}") from None

    def run(self, cells):
        """Starts the cells.

        Args:
            cells: list of (number, source).
        """
        self.send(write(Run([list(cell) for cell in cells])))

    def probe(self, seed):
        """A `Probe` of the names that the cells have defined."""
        return Probe(self.ask, seed)

    def _loss(self):
        """Why there is nobody any more. The keeper tells, unless it was killed itself."""
        try:
            said = protocol.hear(self.lifeline, Ended, deadline=time.monotonic() + 5)
            return (SandboxLost if said.failed else Lost)(said.ended)
        except protocol.Closed:
            return SandboxLost("its sandbox was killed")
        except (OSError, WireError):
            return Lost("it ended")
        finally:
            self.close()

    def close(self):
        """Ends the worker, and all that it started."""
        self.connection.close()
        self.lifeline.close()


def _environment(threads):
    """What the server sees of this process's environment: the backend, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("KERAS_BACKEND", "LANG", "LC_ALL", "PATH") if name in os.environ}
    counts = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS")
    quiet = {"MPLBACKEND": "agg", "CUDA_VISIBLE_DEVICES": "-1", "MALLOC_ARENA_MAX": "2"}
    return {**kept, **dict.fromkeys(counts, threads), **quiet, "OPENBLAS_NUM_THREADS": "1"}
