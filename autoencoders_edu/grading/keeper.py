"""Between the server and one worker: starts it, watches its memory, and leaves nothing of it behind."""

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile

from autoencoders_edu.grading import NAMESPACES, USER, linux, protocol, sandbox
from autoencoders_edu.grading.protocol import Closed, Ended

LOOK_EVERY = 0.1  # seconds


def keep(level, room, limits, worker_descriptor, lifeline_descriptor):
    """Runs one worker to its end, tells how it ended, and does not return.

    Args:
        level: the sandbox's.
        room: folder for the worker's folder.
        limits: `Limits`.
        worker_descriptor: the worker's socket, not ours to read.
        lifeline_descriptor: our socket: when its other end closes, the worker is no longer wanted.
    """
    lifeline = socket.socket(fileno=lifeline_descriptor)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    folder, failed = None, False
    try:
        folder = None if level == NAMESPACES else _own_folder(level, room)
        if sys.platform == "linux":
            linux.prctl(linux.CHILD_SUBREAPER, 1)  # who flees from the worker comes to us
        sandbox.separate_worker(level)
        pid = os.fork()
        if pid == 0:
            lifeline.close()
            _work(level, limits, folder, worker_descriptor)
        os.close(worker_descriptor)
        ended = _watch(pid, lifeline, limits)
    except Exception as error:
        failed, ended = True, f"the sandbox failed ({type(error).__name__}: {error})"
    finally:
        _end_all()
    with contextlib.suppress(OSError, Closed):
        protocol.say(lifeline, Ended(ended, failed))
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _own_folder(level, room):
    folder = tempfile.mkdtemp(dir=room)
    if level == USER:
        os.chmod(room, 0o711)
        os.chown(folder, sandbox.NOBODY, sandbox.NOBODY)
    return folder


def _work(level, limits, folder, descriptor):
    """The worker's life, from here on without a way back into the server's code."""
    status = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        connection = socket.socket(fileno=descriptor)
        sandbox.enclose_worker(level, limits, folder)
        from autoencoders_edu.grading import worker

        worker.work(connection)
        status = 0
    finally:
        os._exit(status)


def _watch(pid, lifeline, limits):
    """Waits for the worker's end, or brings it about; says in words which it was."""
    import psutil

    bare = psutil.Process().memory_info().rss
    most = bare + limits.memory * 1024 * sandbox.MIB
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return _in_words(os.waitstatus_to_exitcode(status))
        if select.select([lifeline], [], [], LOOK_EVERY)[0]:
            return "it was no longer wanted"
        if _memory_of_children() > most:
            return f"it used more than {limits.memory:g} GiB of memory"


def _in_words(code):
    if code >= 0:
        return f"it ended itself, with exit code {code}"
    name = signal.Signals(-code).name if -code in list(signal.Signals) else str(-code)
    return f"it was ended by {name}" + (" (the limit on CPU time)" if name in ("SIGXCPU",) else "")


def _memory_of_children():
    """Bytes, of all descendants together; pages that several share count more than once."""
    import psutil

    total = 0
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            total += child.memory_info().rss
    return total


def _end_all():
    """Kills every descendant, again and again, until there is none."""
    import psutil

    while children := psutil.Process().children(recursive=True):
        for child in children:
            with contextlib.suppress(psutil.Error):
                child.kill()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        psutil.wait_procs(children, timeout=0.05)
