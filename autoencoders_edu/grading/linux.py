"""The few Linux calls that Python 3.11 does not offer. Each raises OSError, naming the call, if the kernel refuses."""

import ctypes
import errno
import os
import struct

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

# Numbers of calls newer than 2011 are the same on all architectures; pivot_root is not in every C library.
_MOUNT_SETATTR = 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_HOARDERS = {"x86_64": (319, 29, 447), "aarch64": (279, 194, 447)}  # memfd_create, shmget, memfd_secret
_X32 = 0x40000000  # the same calls under other numbers
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_CAPABILITY_VERSION_3 = 0x20080522


def _call(name, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


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
    machine = os.uname().machine
    if machine not in _PIVOT_ROOT:
        raise OSError(f"pivot_root has no known number on {machine}")
    _call("syscall", _PIVOT_ROOT[machine], b".", b".")
    _call("umount2", b".", MNT_DETACH)
    os.chdir("/")


def prctl(option, value):
    """prctl(2) with one argument."""
    _call("prctl", option, ctypes.c_ulong(value), 0, 0, 0)


def drop_capabilities():
    """Gives up every capability, for good once NO_NEW_PRIVS is set."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def forbid_hoarding():
    """From now on, the calls fail that make memory which belongs to no process: nobody could count it.

    A seccomp filter of classic BPF; it wants NO_NEW_PRIVS. On other machines it does nothing.
    """
    machine = os.uname().machine
    if machine not in _HOARDERS:
        return
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    allowed, refused = 0x7FFF0000, 0x00050000 | errno.EPERM
    tests = [(at_least, _X32), *((equal, number) for number in _HOARDERS[machine])]
    steps = [
        (load, 0, 0, 4),  # the architecture that the call's number is of
        (equal, 0, len(tests) + 2, _AUDIT_ARCH[machine]),
        (load, 0, 0, 0),  # the number
        *((test, len(tests) - place, 0, number) for place, (test, number) in enumerate(tests)),
        (give, 0, 0, allowed),
        (give, 0, 0, refused),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    _call("prctl", SECCOMP, ctypes.c_ulong(2), program, 0, 0)
