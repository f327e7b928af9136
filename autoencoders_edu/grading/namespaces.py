"""The strongest sandbox: Linux namespaces, with a file system that holds Python and this package and nothing else.

The server lives in namespaces of its own. Each worker gets, below them, its own process numbers, network, mounts and
user namespace; the last has one user, who is nobody outside, and whose processes are counted for this worker alone.
"""

import contextlib
import os
import sys
from pathlib import Path

from autoencoders_edu.course.folders import HIDDEN, PACKAGE
from autoencoders_edu.grading import linux, users

OWN = "/own"  # a worker's folder, in a file system of its own; /tmp may be where Python or this package lies
GUARD = linux.MS_NOSUID | linux.MS_NODEV

# What belongs to Python or the system where either is installed. Other folders there may be anybody's: images of
# containers work in /usr/src/app, and some people in a folder of their environment.
INSTALLED = ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "include", "share", "etc", "ssl", "pyvenv.cfg")
PREFIXES = ("/usr", "/usr/local")
SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
DEVICES = ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")  # no /dev/zero: mapped, it is memory of nobody's


def enter(room):
    """Moves this process into namespaces of its own, and goes on in a child of it.

    Inside, 0 is the user outside, and the numbers from 1 are spare ones, if the user outside may give them away.

    Raises:
        OSError: where this is not allowed; the process is then of no further use.
    """
    spare = users.spare()
    numbers = f"0 {os.getuid()} 1" + (f"\n1 {spare[0]} {len(spare)}" if spare else "")
    groups = numbers if spare else f"0 {os.getgid()} 1"
    with _mapped_from_outside(numbers, groups, deny_groups=os.getuid() != 0):
        linux.unshare(linux.NEWUSER | linux.NEWNS | linux.NEWPID | linux.NEWNET | linux.NEWIPC | linux.NEWUTS)
    _go_on_as_child()
    _furnish(Path(room))


def spare_users() -> range:
    """The users of the server's namespace that workers can be; none if all of them have to be the one outside."""
    _, *spare = Path("/proc/self/uid_map").read_text().splitlines()
    return range(1, 1 + int(spare[0].split()[2])) if spare else range(0)


def separate(files_mib):
    """In a worker: own mounts, network and shared memory, and a folder, which is returned."""
    linux.unshare(linux.NEWNS | linux.NEWNET | linux.NEWIPC)
    linux.mount("proc", "/proc", "proc", GUARD | linux.MS_NOEXEC)
    linux.mount("tmpfs", OWN, "tmpfs", GUARD, f"size={files_mib}m,mode=1777,nr_inodes=20000")
    linux.mount("tmpfs", "/dev/shm", "tmpfs", GUARD, "size=16m,mode=1777")
    linux.mount(None, "/tmp", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | GUARD)
    return OWN


def become_nobody(user):
    """In a worker: a user namespace of its own, whose only user is nobody, and `user` in the server's."""
    numbers = f"{users.NOBODY} {user} 1"
    with _mapped_from_outside(numbers, numbers):
        linux.unshare(linux.NEWUSER)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")  # none below it: fewer ways into the kernel
    users.become(users.NOBODY)


@contextlib.contextmanager
def _mapped_from_outside(uid_map, gid_map, deny_groups=False):
    """After the block, which enters a user namespace, these are the maps of that namespace.

    A child that stays outside writes them: only there is the right to map more than one's own user.
    """
    me = os.getpid()
    reading, writing = os.pipe()
    outside = os.fork()
    if outside == 0:
        status = 1
        with contextlib.suppress(OSError):
            os.close(writing)
            os.read(reading, 1)
            if deny_groups:
                Path(f"/proc/{me}/setgroups").write_text("deny")
            Path(f"/proc/{me}/uid_map").write_text(uid_map)
            Path(f"/proc/{me}/gid_map").write_text(gid_map)
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


def _go_on_as_child():
    """The first process of the new process namespace goes on; its parent, outside it, ends when it does."""
    child = os.fork()
    if child:
        os.closerange(3, 256)  # so that nobody takes this process for the server when that is gone
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux.prctl(linux.PDEATHSIG, 9)


def _furnish(root):
    """A new root with what Python needs, read-only."""
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", root, "tmpfs", GUARD, "size=4m,mode=755")
    for folder in ("tmp", "dev/shm"):  # first: what is shown may lie below
        (root / folder).mkdir(parents=True)
        linux.mount("tmpfs", root / folder, "tmpfs", GUARD, "size=64m,mode=1777")
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, *PREFIXES)
    installed = [os.path.join(prefix, name) for prefix in prefixes for name in INSTALLED]
    places = [*installed, str(PACKAGE), *SYSTEM, *DEVICES, "/sys/devices/system/cpu"]
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
    linux.mount("proc", root / "proc", "proc", GUARD | linux.MS_NOEXEC)
    linux.pivot_root(root)
    linux.mount(None, "/", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | GUARD)


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
