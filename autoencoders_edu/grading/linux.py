"""The few Linux calls that Python 3.11 does not offer. Each raises OSError, naming the call, if the kernel refuses."""

import ctypes
import os

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = (
    1,
    2,
    4,
    8,
    32,
    4096,
    16384,
    1 << 18,
)
MNT_DETACH = 2
PDEATHSIG, DUMPABLE, SECCOMP, NO_NEW_PRIVS, CHILD_SUBREAPER = 1, 4, 22, 38, 36

# Numbers of calls newer than 2011 are the same on all architectures.
_MOUNT_SETATTR = 442
# The others are in few C libraries.
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_KEYCTL = {"x86_64": 250, "aarch64": 219}
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_CAPABILITY_VERSION_3 = 0x20080522
_JOIN_SESSION_KEYRING = 1


def _call(name, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _number(name, numbers):
    machine = os.uname().machine
    if machine not in numbers:
        raise OSError(f"{name} has no known number on {machine}")
    return numbers[machine]


def unshare(flags):
    """Moves this process (with NEWPID: its children) into new namespaces."""
    _call("unshare", flags)


def mount(source, target, kind=None, flags=0, options=None):
    """mount(2)."""
    texts = [None if text is None else os.fsencode(text) for text in (source, target, kind, options)]
    _call("mount", texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])


def make_read_only(target):
    """Makes a mount and all mounts below it read-only, and deaf to set-user-id bits."""
    attributes = (ctypes.c_uint64 * 4)(MS_RDONLY | MS_NOSUID, 0, 0, 0)  # set, clear, propagation, user namespace
    _call(
        "syscall", _MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), _AT_RECURSIVE, attributes, ctypes.sizeof(attributes)
    )


def pivot_root(root):
    """Makes `root`, a mount point, the root of the file system, and lets go of the old one."""
    os.chdir(root)
    _call("syscall", _number("pivot_root", _PIVOT_ROOT), b".", b".")
    _call("umount2", b".", MNT_DETACH)
    os.chdir("/")


def prctl(option, value, more=0):
    """prctl(2) with one argument or two."""
    _call("prctl", option, ctypes.c_ulong(value), more, 0, 0)


def join_new_keyring():
    """Gives this process a session keyring of its own in place of the one that it inherited."""
    _call("syscall", _number("keyctl", _KEYCTL), _JOIN_SESSION_KEYRING, None)


def drop_capabilities():
    """Gives up every capability, for good once NO_NEW_PRIVS is set."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
