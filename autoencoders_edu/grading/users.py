"""Users that nobody is, one for each worker: the kernel counts processes, pipes and sockets per user."""

import contextlib
import os
import sysconfig
from pathlib import Path

NOBODY = 65534
MOST = 1000  # workers take turns; far more than are ever alive at once
TOP = 2_000_000_000  # above every range that distributions, directories and containers give out


def spare() -> range:
    """Numbers of users and of groups that this process may become and nobody has; none if it is not root."""
    if os.getuid() != 0:
        return range(0)
    top = min(map(_largest, ("uid_map", "gid_map")))
    top = min(top, TOP) if top > 2 * NOBODY else min(top, NOBODY - 1)
    return range(max(top - MOST, 1), max(top, 1))


def _largest(name):
    """The largest number that this user namespace knows; Linux alone has a file about it."""
    file = Path("/proc/self", name)
    ranges = [line.split() for line in file.read_text().splitlines()] if file.exists() else [[0, 0, NOBODY - 1]]
    return max(int(first) + int(length) - 1 for first, _, length in ranges)


def become(user):
    """Gives up this process's user, for good."""
    with contextlib.suppress(PermissionError):  # groups that the user namespace does not know stay, and mean nothing
        os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def can_read(user, folder) -> bool:
    """Whether a user can list a folder and what leads to it; for root to ask."""
    asked = os.fork()
    if asked == 0:
        status = 1
        with contextlib.suppress(OSError):
            become(user)
            status = 0 if os.access(folder, os.R_OK | os.X_OK) else 1
        os._exit(status)
    return os.waitpid(asked, 0)[1] == 0


def unreadable_python() -> str:
    """The folder of Python's own modules, if a spare user cannot read it; "" otherwise."""
    place = sysconfig.get_path("stdlib")
    return place if spare() and not can_read(spare()[0], place) else ""
