"""Between the server and one worker: starts it, watches what it uses, and leaves nothing of it behind."""

import contextlib
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from dataclasses import replace

from autoencoders_edu.grading import NAMESPACES, USER, linux, protocol, sandbox
from autoencoders_edu.grading.protocol import Closed, Ended

LOOK_EVERY = 0.1  # seconds
# What the kernel keeps for a process and for an open file, at most, and shows in no process's memory: mappings and
# stacks of threads, what waits in sockets and pipes.
MIB_OF_PROCESS, MIB_OF_FILE = 16, 1 / 4
OPEN_TO_ALL = ("/tmp", "/var/tmp", "/dev/shm")
COUNTED = ("VmRSS:", "VmSwap:", "VmPTE:", "HugetlbPages:")  # lines of /proc/PID/status


def keep(level, room, limits, number, worker_descriptor, lifeline_descriptor):
    """Runs one worker to its end, tells how it ended, and does not return.

    Args:
        level: the sandbox's.
        room: folder for the worker's folder.
        limits: `Limits`.
        number: of the worker, counted by the server.
        worker_descriptor: the worker's socket, not ours to read.
        lifeline_descriptor: our socket: when its other end closes, the worker is no longer wanted.
    """
    lifeline = socket.socket(fileno=lifeline_descriptor)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    folder, begin = None, time.monotonic()
    try:
        user = sandbox.user_of(level, number)
        folder = None if level == NAMESPACES else _own_folder(level, room, user)
        adopt_orphans()
        sandbox.separate_worker(level)
        pid = os.fork()
        if pid == 0:
            _work(level, limits, folder, user, worker_descriptor)
        os.close(worker_descriptor)
        ended = _watch(pid, lifeline, limits)
    except Exception as error:
        ended = Ended(f"the sandbox failed ({type(error).__name__}: {error})", failed=True)
    finally:
        end_below()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    share = (used.ru_utime + used.ru_stime) / max(time.monotonic() - begin, 0.01)
    with contextlib.suppress(OSError, Closed):
        protocol.say(lifeline, replace(ended, share=share))
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    if level == USER:
        _sweep(user)
    os._exit(0)


def adopt_orphans():
    """From now on, processes below this one whose parent ends become this one's children."""
    if sys.platform == "linux":
        linux.prctl(linux.CHILD_SUBREAPER, 1)


def _own_folder(level, room, user):
    folder = tempfile.mkdtemp(dir=room)
    if level == USER:
        os.chmod(room, 0o711)
        os.chown(folder, user, user)
    return folder


def _sweep(user):
    """Removes what a user of its own has left where everybody may write: the next worker should not find it."""
    for place in OPEN_TO_ALL:
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.stat(follow_symlinks=False).st_uid == user:
                    if entry.is_dir(follow_symlinks=False):
                        shutil.rmtree(entry.path, ignore_errors=True)
                    else:
                        os.unlink(entry.path)


def _work(level, limits, folder, user, descriptor):
    """The worker's life, from here on without a way back into the server's code."""
    status = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        connection = socket.socket(fileno=os.dup2(descriptor, 3))
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))  # the server's and the keeper's files are not the learner's
        sandbox.enclose_worker(level, limits, folder, user)
        from autoencoders_edu.grading import worker

        worker.work(connection)
        status = 0
    finally:
        os._exit(status)


def _watch(pid, lifeline, limits):
    """Waits for the worker's end, or brings it about; says which it was."""
    import psutil

    most = psutil.Process().memory_info().rss + limits.memory * 1024 * sandbox.MIB
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return _ending(os.waitstatus_to_exitcode(status))
        if select.select([lifeline], [], [], LOOK_EVERY)[0]:
            return Ended("it was no longer wanted")
        below = psutil.Process().children(recursive=True)
        if sum(map(_memory, below)) > most:
            return Ended(f"it used more than {limits.memory:g} GiB of memory")
        if sum(map(_threads, below)) > limits.processes:  # where the kernel counts those of all workers together
            return Ended(f"it started more than {limits.processes} processes and threads")


def _ending(code):
    if code >= 0:
        return Ended(f"it ended itself, with exit code {code}")
    if -code == signal.SIGXCPU:
        return Ended("it was ended by SIGXCPU (the limit on CPU time)")
    name = signal.Signals(-code).name if -code in list(signal.Signals) else str(-code)
    return Ended(f"it was ended by {name}", signal=-code)


def _memory(process):
    """Bytes that a process uses and may make the kernel use; pages that several share count more than once."""
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform != "linux":
            return process.memory_info().rss
        with open(f"/proc/{process.pid}/status") as lines:
            used = sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(COUNTED))
        files = len(os.listdir(f"/proc/{process.pid}/fd"))
        return used + (MIB_OF_PROCESS + MIB_OF_FILE * files) * sandbox.MIB
    return 0


def _threads(process):
    import psutil

    with contextlib.suppress(psutil.Error):
        return process.num_threads()
    return 0


def end_below(spared=()):
    """Kills every process below this one, again and again, until there is none.

    The dead are buried last. Until then they count, so that processes which start one another faster than they can be
    killed come to the limit of their number.

    Args:
        spared: numbers of children to leave alone, with all that is below them.
    """
    while alive := [process for process in _below(spared) if process.info["status"] != "zombie"]:
        for process in alive:
            with contextlib.suppress(Exception):  # psutil's, for what is gone
                process.kill()
        time.sleep(0.01)
    with contextlib.suppress(ChildProcessError):
        while not spared and os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _below(spared):
    """The processes below this one, but for these children with theirs; all of them from one look at the machine."""
    import psutil

    children = {}
    for process in psutil.process_iter(["ppid", "status"]):
        children.setdefault(process.info["ppid"], []).append(process)
    found, parents = [], [os.getpid()]
    while parents:
        below = [process for process in children.get(parents.pop(), ()) if process.pid not in spared]
        found += below
        parents += [process.pid for process in below]
    return found
