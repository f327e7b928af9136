"""The system calls that a learner's code may not make: a seccomp filter, for good and for all that the code starts.

Each row says what such a call would get around. Neither lessons nor libraries need any of them.

hoard       memory that belongs to no process, so that no limit counts it
share       a place in the kernel that submissions could meet in
spy         another process's memory, descriptors or calls
escape      new namespaces and mounts, more ways into the kernel
"""

import ctypes
import errno
import os
import struct

from autoencoders_edu.grading import linux

# Call: number on x86_64 and on aarch64, where it has one.
REFUSED = {
    "hoard": {
        "memfd_create": (319, 279),
        "memfd_secret": (447, 447),
        "vmsplice": (278, 75),
        "inotify_init": (253, None),
        "inotify_init1": (294, 26),
    },
    "share": {
        "add_key": (248, 217),
        "request_key": (249, 218),
        "keyctl": (250, 219),
        "shmget": (29, 194),
        "semget": (64, 190),
        "msgget": (68, 186),
        "mq_open": (240, 180),
    },
    "spy": {
        "ptrace": (101, 117),
        "process_vm_readv": (310, 270),
        "process_vm_writev": (311, 271),
        "pidfd_getfd": (438, 438),
        "kcmp": (312, 272),
    },
    "escape": {
        "unshare": (272, 97),
        "setns": (308, 268),
        "mount": (165, 40),
        "umount2": (166, 39),
        "open_tree": (428, 428),
        "move_mount": (429, 429),
        "fsopen": (430, 430),
        "io_uring_setup": (425, 425),
        "io_uring_enter": (426, 426),
        "io_uring_register": (427, 427),
        "userfaultfd": (323, 282),
        "perf_event_open": (298, 241),
        "bpf": (321, 280),
        "fanotify_init": (300, 262),
        "open_by_handle_at": (304, 265),
    },
}
# Calls that are refused with some arguments alone.
MMAP, CLONE, CLONE3 = (9, 222), (56, 220), (435, 435)
SOCKET, SOCKETPAIR, SETSOCKOPT = (41, 198), (53, 199), (54, 208)
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
BUFFER_SIZES = (7, 8)  # SO_SNDBUF, SO_RCVBUF: what waits in a socket is the kernel's memory
SHARED_ANONYMOUS, NEW_NAMESPACES = 0x21, 0x7E020000  # bits of flags

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, the kernel's number
_X32 = 0x40000000  # the same calls under other numbers
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _GIVE = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOWED, _REFUSED, _MISSING = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in what the kernel shows of a call


def install():
    """Refuses the calls from now on; they raise PermissionError. It wants NO_NEW_PRIVS.

    Raises:
        OSError: where there is no such filter; on machines that this module does not know nothing happens.
    """
    steps = program(os.uname().machine)
    if steps:
        code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
        filter_ = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
        linux.prctl(linux.SECCOMP, 2, filter_)


def program(machine):
    """The filter's steps, each (operation, steps to skip if true, if false, operand); none for unknown machines."""
    if machine not in _ARCHITECTURES:
        return []
    column, architecture = _ARCHITECTURES[machine]
    always = [numbers[column] for calls in REFUSED.values() for numbers in calls.values()]
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_GIVE, 0, 0, _REFUSED),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_GIVE, 0, 0, _REFUSED),
        *(step for number in always if number is not None for step in _call(number, _REFUSED)),
        *_call(CLONE3[column], _MISSING),  # its flags lie in memory, unseen; C libraries go on with clone
        *_call_if(CLONE[column], 0, [(_ANY_BIT, NEW_NAMESPACES)], then=_REFUSED),
        *_call_if(MMAP[column], 3, [(_AND, SHARED_ANONYMOUS), (_EQUAL, SHARED_ANONYMOUS)], then=_REFUSED),
        *_call_if(SETSOCKOPT[column], 2, [(_EQUAL, option) for option in BUFFER_SIZES], then=_REFUSED),
        *_call_if(SOCKET[column], 0, [(_EQUAL, family) for family in FAMILIES], then=_ALLOWED, otherwise=_REFUSED),
        *_call_if(SOCKETPAIR[column], 0, [(_EQUAL, family) for family in FAMILIES], then=_ALLOWED, otherwise=_REFUSED),
        (_GIVE, 0, 0, _ALLOWED),
    ]


def _call(number, verdict):
    return [(_EQUAL, 0, 1, number), (_GIVE, 0, 0, verdict)]


def _call_if(number, argument, tests, then, otherwise=_ALLOWED):
    """For one call: `then` if one of the tests of an argument's lower half holds, else `otherwise`."""
    after = len(tests)
    steps = [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument)]
    for test, operand in tests:
        after -= 1
        steps.append((test, 0 if test == _AND else after + 1, 0, operand))
    steps += [(_GIVE, 0, 0, otherwise), (_GIVE, 0, 0, then)]
    return [(_EQUAL, 0, len(steps), number), *steps]
