"""Keeps a learner's code in, as well as the platform allows.

Three levels, from strong to weak, of which the strongest that works is taken:

namespaces  Linux with user namespaces. A file system of its own that holds Python and this package, read-only, and
            neither solutions, tests, checks nor anybody's files; no network; its own process numbers; no privileges.
user        A grader that runs as root where namespaces are forbidden, such as in most containers: the code runs as an
            unprivileged user, and cannot write or signal what is not its own.
limits      Everywhere else: the same user, and the limits alone.

On every level: limits on time, memory, processes, files and open files, a temporary folder, an environment that tells
nothing, no standard streams, and the end of every process that the code started.
"""

import contextlib
import os
import resource
import sys
import tempfile
from pathlib import Path

from autoencoders_edu.course.folders import HIDDEN, PACKAGE
from autoencoders_edu.grading import LIMITS, NAMESPACES, USER, linux

NOBODY = 65534
MIB = 2**20
OWN = "/own"  # a worker's folder, in a file system of its own; /tmp may be where Python or this package lies

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def enclose_server(room, strongest=NAMESPACES):
    """Moves this process into namespaces of its own, or says which weaker level is left.

    Args:
        room: an empty folder, where the new root is mounted.
        strongest: the level to begin with; tests of the weaker ones name it.

    Returns:
        "namespaces", "user" or "limits". For "namespaces" this is a new process: the caller's waits and ends with it.

    Raises:
        PermissionError: for "user", if that user cannot read Python and this package.
    """
    if sys.platform == "linux" and strongest == NAMESPACES:
        tried = os.fork()  # in a process of its own: a half-made sandbox cannot be undone
        if tried == 0:
            try:
                _enter_namespaces(room)
                os._exit(0)
            except OSError:
                os._exit(1)
        if os.waitpid(tried, 0)[1] == 0:
            _enter_namespaces(room)
            return NAMESPACES
    if os.getuid() != 0 or strongest == LIMITS:
        return LIMITS
    for place in (sys.prefix, PACKAGE):
        if not readable_by_nobody(place):
            raise PermissionError(
                f"Learners' code runs as an unprivileged user here, who cannot read {place}. Install Python and the "
                "course where every user can read them, not in root's home."
            )
    return USER


def readable_by_nobody(folder):
    """Whether the unprivileged user can list a folder and what leads to it; for root to ask."""
    asked = os.fork()
    if asked == 0:
        status = 1
        with contextlib.suppress(OSError):
            _become_nobody()
            status = 0 if os.access(folder, os.R_OK | os.X_OK) else 1
        os._exit(status)
    return os.waitpid(asked, 0)[1] == 0


def _enter_namespaces(room):
    with _mapped_from_outside():
        linux.unshare(
            linux.NEWUSER | linux.NEWNS | linux.NEWPID | linux.NEWNET | linux.NEWIPC | linux.NEWUTS,
        )
    _go_on_as_child()
    _furnish(Path(room))
    Path("/proc/sys/user/max_user_namespaces").write_text(
        "0"
    )  # none below this one: fewer ways to the kernel's corners


@contextlib.contextmanager
def _mapped_from_outside():
    """After the block, which enters a user namespace, number 0 in there stands for the user outside.

    A child that stays outside writes the maps: only there has root the right to map a second user. That one is nobody,
    whom a worker becomes later, since the kernel does not count root's processes.
    """
    me, user, group = os.getpid(), os.getuid(), os.getgid()
    reading, writing = os.pipe()
    outside = os.fork()
    if outside == 0:
        status = 1
        with contextlib.suppress(OSError):
            os.close(writing)
            os.read(reading, 1)
            if user != 0:
                Path(f"/proc/{me}/setgroups").write_text("deny")
            more = f"\n{NOBODY} {NOBODY} 1" if user == 0 else ""
            Path(f"/proc/{me}/uid_map").write_text(f"0 {user} 1{more}")
            Path(f"/proc/{me}/gid_map").write_text(f"0 {group} 1{more}")
            status = 0
        os._exit(status)
    os.close(reading)
    try:
        yield
    finally:
        os.close(writing)
        _, status = os.waitpid(outside, 0)
    if status:
        raise OSError("the maps of users and groups could not be written")


def _furnish(root):
    """A new root with what Python needs, read-only."""
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    guard = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("tmpfs", root, "tmpfs", guard, "size=4m,mode=755")
    for folder in ("tmp", "dev/shm"):  # first: what is shown may lie below
        (root / folder).mkdir(parents=True)
        linux.mount("tmpfs", root / folder, "tmpfs", guard, "size=64m,mode=1777")
    places = [sys.prefix, sys.base_prefix, sys.exec_prefix, str(PACKAGE), *SYSTEM, *DEVICES, "/sys/devices/system/cpu"]
    shown = []
    for place in sorted({Path(os.path.abspath(place)) for place in places}):
        if any(place.is_relative_to(other) for other in shown) or not os.path.lexists(place):
            continue
        _show(place, root / place.relative_to("/"))
        if not place.is_symlink():
            shown.append(place)
    for hidden in HIDDEN:
        inside = root / hidden.relative_to("/")
        if inside.is_dir():
            linux.mount("tmpfs", inside, "tmpfs", linux.MS_RDONLY | linux.MS_NOSUID, "size=4k")
    for folder in ("proc", OWN.lstrip("/")):
        (root / folder).mkdir(exist_ok=True)
    # Before the old root goes: the kernel grants a new /proc only to those who see one.
    linux.mount("proc", root / "proc", "proc", guard | linux.MS_NOEXEC)
    linux.pivot_root(root)
    linux.mount(None, "/", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | guard)


def _show(place, inside):
    """Makes a place of the old root visible in the new one."""
    inside.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        inside.symlink_to(os.readlink(place))
        return
    if place.is_dir():
        inside.mkdir(exist_ok=True)
    else:
        inside.touch()
    linux.mount(place, inside, None, linux.MS_BIND | linux.MS_REC)
    linux.make_read_only(inside)


def _go_on_as_child():
    """The first process of the new process namespace goes on; its parent, outside it, ends when it does."""
    child = os.fork()
    if child:
        os.closerange(3, 256)  # so that nobody takes this process for the server when that is gone
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux.prctl(linux.PDEATHSIG, 9)


def separate_worker(level):
    """In a worker's keeper, before it forks the worker: process numbers of its own."""
    if level == NAMESPACES:
        linux.unshare(linux.NEWPID)


def enclose_worker(level, limits, folder):
    """In the worker, before any of the learner's code: own folder, limits, no privileges.

    Args:
        level: the server's.
        limits: a `Limits`.
        folder: a new empty folder, for the levels that have no file system of their own.
    """
    if level == NAMESPACES:
        linux.unshare(linux.NEWNS | linux.NEWNET | linux.NEWIPC)
        guard = linux.MS_NOSUID | linux.MS_NODEV
        linux.mount("proc", "/proc", "proc", guard | linux.MS_NOEXEC)
        folder = OWN
        linux.mount("tmpfs", folder, "tmpfs", guard, f"size={limits.files_mib}m,mode=1777,nr_inodes=20000")
        linux.mount("tmpfs", "/dev/shm", "tmpfs", guard, "size=16m,mode=1777")
        linux.mount(None, "/tmp", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | guard)
    settle_in(folder)
    _set_limits(level, limits)
    if os.getuid() == 0 and (level == USER or _knows_nobody()):
        _become_nobody()
    if sys.platform == "linux":
        linux.drop_capabilities()
        linux.prctl(linux.NO_NEW_PRIVS, 1)
        with contextlib.suppress(OSError):  # a kernel without seccomp: all other limits hold
            linux.forbid_hoarding()
        linux.prctl(linux.PDEATHSIG, 9)
        linux.prctl(linux.DUMPABLE, 1)  # changing the user turned it off, and /proc/self with it


def _become_nobody():
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def settle_in(folder):
    """Makes a folder the place for everything that libraries like to write."""
    os.chdir(folder)
    names = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR", "IPYTHONDIR", "XDG_CACHE_HOME")
    os.environ.update(dict.fromkeys(names, folder))
    tempfile.tempdir = None  # look it up anew


def _knows_nobody():
    return len(Path("/proc/self/uid_map").read_text().splitlines()) > 1


def _set_limits(level, limits):
    import psutil

    here = psutil.Process()
    others = 0
    if level == LIMITS:  # elsewhere the worker's user has no processes but its own
        others = sum(p.num_threads() for p in psutil.process_iter() if _owner(p) == os.getuid())
    for name, value in {
        "RLIMIT_AS": here.memory_info().vms + int(2 * limits.memory * 1024) * MIB,
        "RLIMIT_CPU": limits.seconds,
        "RLIMIT_NPROC": others + limits.processes,
        "RLIMIT_FSIZE": limits.files_mib * MIB,
        "RLIMIT_NOFILE": 256,
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
