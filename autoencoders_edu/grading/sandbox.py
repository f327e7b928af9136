"""Keeps a learner's code in, as well as the platform allows.

Three levels, from strong to weak, of which the strongest that works is taken:

namespaces  Linux with user namespaces. A file system of its own that holds Python and this package, read-only, and
            neither solutions, tests, checks nor anybody's files; no network; its own process numbers; no privileges.
user        A grader that runs as root where namespaces are forbidden, such as in most containers: each worker runs
            as an unprivileged user of its own, and cannot write, read or signal what is another's. Checks, solutions
            and tests are closed to all but root.
limits      Everywhere else: the same user, and the limits alone.

On every level: limits on time, memory, processes, files and open files, a temporary folder, an environment that tells
nothing, no standard streams, the end of every process that the code started, and on Linux the calls that `seccomp`
refuses.
"""

import contextlib
import os
import resource
import sys
import tempfile
from pathlib import Path

from autoencoders_edu.course.folders import HIDDEN, INSTALLED, PACKAGE, holds_lessons
from autoencoders_edu.grading import LIMITS, NAMESPACES, USER, linux, namespaces, seccomp, users

MIB = 2**20
OPEN_FILES = 256
WORST = 1000  # of oom_score_adj: where memory runs out, the kernel ends such processes first


def enclose_server(room, strongest=NAMESPACES):
    """Moves this process into namespaces of its own, or says which weaker level is left.

    Args:
        room: an empty folder, where the new root is mounted.
        strongest: the level to begin with; tests of the weaker ones name it.

    Returns:
        "namespaces", "user" or "limits". For "namespaces" this is a new process: the caller's waits and ends with it.

    Raises:
        PermissionError: for "user", if such a user cannot read Python and this package, or can read the checks.
    """
    if sys.platform == "linux" and strongest == NAMESPACES:
        tried = os.fork()  # in a process of its own: a half-made sandbox cannot be undone
        if tried == 0:
            try:
                namespaces.enter(room)
                os._exit(0)
            except OSError:
                os._exit(1)
        if os.waitpid(tried, 0)[1] == 0:
            namespaces.enter(room)
            return NAMESPACES
    if strongest == LIMITS or not users.spare():
        return LIMITS
    for place in (sys.prefix, PACKAGE):
        if not users.can_read(users.spare()[0], place):
            raise PermissionError(
                f"Learners' code runs as an unprivileged user here, who cannot read {place}. Install Python and the "
                "course where every user can read them, not in root's home."
            )
    _close_to_others()
    return USER


def _close_to_others():
    """Nobody but root may read the checks, and what else of the course must stay hidden."""
    for place in HIDDEN if holds_lessons(INSTALLED) else [h for h in HIDDEN if h.is_relative_to(PACKAGE)]:
        if place.is_dir() and users.can_read(users.spare()[0], place):
            try:
                place.chmod(0o700)
            except OSError as error:
                raise PermissionError(
                    f"Learners' code could read {place}, which cannot be closed to it ({error.strerror}). Make that "
                    "folder readable by root alone, or leave it out of this installation if it is not the checks."
                ) from None


def user_of(level, number):
    """Whom the worker of this number is to be, as `enclose_worker` takes it."""
    spare = {NAMESPACES: namespaces.spare_users, USER: users.spare}.get(level, lambda: ())()
    return spare[number % len(spare)] if spare else os.getuid()


def separate_worker(level):
    """In a worker's keeper, before it forks the worker: process numbers of its own."""
    if level == NAMESPACES:
        linux.unshare(linux.NEWPID)


def enclose_worker(level, limits, folder, user):
    """In the worker, before any of the learner's code: own folder, own user, limits, no privileges.

    Args:
        level: the server's.
        limits: `Limits`.
        folder: a new empty folder, for the levels that have no file system of their own.
        user: from `user_of`.
    """
    settle_in(namespaces.separate(limits.files_mib) if level == NAMESPACES else folder)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(WORST))
        with contextlib.suppress(OSError):  # a kernel without keys has none to share
            linux.join_new_keyring()
    if level == NAMESPACES:
        namespaces.become_nobody(user)
    _set_limits(level, limits)  # after the user namespace is made: a limit before it would be one for all workers
    if level == USER:
        users.become(user)
    if sys.platform == "linux":
        linux.drop_capabilities()
        linux.prctl(linux.NO_NEW_PRIVS, 1)
        linux.prctl(linux.PDEATHSIG, 9)
        linux.prctl(linux.DUMPABLE, 1)  # changing the user turned it off, and /proc/self with it
        with contextlib.suppress(OSError):  # a kernel without seccomp: all other limits hold
            seccomp.install()


def settle_in(folder):
    """Makes a folder the place for everything that libraries like to write."""
    os.chdir(folder)
    names = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR", "IPYTHONDIR", "XDG_CACHE_HOME")
    os.environ.update(dict.fromkeys(names, folder))
    tempfile.tempdir = None  # look it up anew


def _set_limits(level, limits):
    import psutil

    here = psutil.Process()
    processes = limits.processes
    if level == LIMITS:  # elsewhere the worker's user has no processes but its own
        others = sum(p.num_threads() for p in psutil.process_iter() if _owner(p) == os.getuid())
        processes = others + limits.processes * limits.workers
    for name, value in {
        "RLIMIT_AS": here.memory_info().vms + int(2 * limits.memory * 1024) * MIB,
        "RLIMIT_CPU": limits.seconds,
        "RLIMIT_NPROC": processes,
        "RLIMIT_FSIZE": limits.files_mib * MIB,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_SIGPENDING": 1024,
        "RLIMIT_CORE": 0,
    }.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))


def _owner(process):
    import psutil

    try:
        return process.uids().real
    except psutil.Error:
        return None
