"""The grader's end of a process that forks a child for every request, and is started again when it was killed."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading

from autoencoders_edu.exercises.messages import read, write
from autoencoders_edu.grading import environment
from autoencoders_edu.grading.protocol import Started

STARTING = 300  # seconds that the import of Keras may take on a busy machine


class NoServer(ValueError):
    """There is no server, and there will be none: nothing more can be graded."""


def insist_on_fork():
    """Raises `NoServer` where processes cannot be forked: on Windows."""
    if not hasattr(os, "fork"):
        raise NoServer("Grading needs Linux or macOS. On Windows, use the Windows Subsystem for Linux.")


class Forker:
    """Starts `python -m autoencoders_edu.grading.MODULE`; it is ready after `wait_until_ready`.

    Args:
        module: its name in this package. It takes the number of its control socket, then the arguments.
        arguments: strings.
        threads: how many each child may use.

    Attributes:
        level: what the process has said of its isolation.
    """

    def __init__(self, module, *arguments, threads=1):
        insist_on_fork()
        self.command = [sys.executable, "-I", "-m", f"autoencoders_edu.grading.{module}"]
        self.arguments = arguments
        self.threads = threads
        self.lock = threading.Lock()
        self.over = False
        self.level = None
        self._start()

    def _start(self):
        self.control, theirs = socket.socketpair()
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        with theirs:
            self.process = subprocess.Popen(
                [*self.command, str(theirs.fileno()), *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                pass_fds=[theirs.fileno()],
                env=_environment(self.threads),
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the grader, which then ends its servers
            )

    def wait_until_ready(self):
        """Waits for the imports.

        Raises:
            NoServer: when the process ends instead, or comes back with another isolation than it had.
        """
        self.control.settimeout(STARTING)
        said = b""
        with contextlib.suppress(OSError):
            said = self.control.recv(4096)
        if not said:
            self.errors.seek(0)
            text = self.errors.read().decode(errors="replace")[-2000:]
            raise NoServer(environment.start_failure(text))
        level = read(said, Started).level
        if self.level not in (None, level):
            raise NoServer("The grading server could not be started again as it was.")
        self.level = level

    def request(self, message, descriptors):
        """Has a child forked, which gets these descriptors; a process that was killed is started again first."""
        with self.lock:
            if self.over:
                raise NoServer("The grading was ended.")
            with contextlib.suppress(ConnectionError):
                return self._send(message, descriptors)
            self._end()
            self._start()
            self.wait_until_ready()
            return self._send(message, descriptors)

    def _send(self, message, descriptors):
        socket.send_fds(self.control, [write(message)], descriptors)

    def is_alive(self):
        return self.process.poll() is None

    def _end(self):
        self.control.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()

    def close(self, at_once=False):
        """Ends the process, which ends with its control socket; `at_once` does not wait for that."""
        self.over = True
        if at_once:
            self.process.kill()
        self._end()


def _environment(threads):
    """What such a process sees of this one's environment: the backend, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("KERAS_BACKEND", "LANG", "LC_ALL", "PATH") if name in os.environ}
    counts = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS")
    quiet = {"MPLBACKEND": "agg", "CUDA_VISIBLE_DEVICES": "-1", "MALLOC_ARENA_MAX": "2"}
    return {**kept, **dict.fromkeys(counts, str(threads)), **quiet, "OPENBLAS_NUM_THREADS": "1"}
