"""Attacks through the kernel: calls that hoard memory, that reach other processes, or that submissions could meet in."""

import errno
import os
import sys

import pytest

from autoencoders_edu.exercises.outcome import PASSED
from autoencoders_edu.grading import seccomp

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine not in seccomp._ARCHITECTURES, reason="there is no filter for it"
)
COLUMN = {"x86_64": 0, "aarch64": 1}.get(os.uname().machine, 0)
HONEST = "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))"


def passes_if(code):
    """An answer that is right if this code raises nothing, in which `refused(call, *arguments)` makes a system call."""
    indented = "\n".join(f"    {line}" for line in code.strip().splitlines())
    return f"""
import ctypes, errno, mmap, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def refused(call, *arguments):
    return libc.syscall(call, *arguments, *[0] * (6 - len(arguments))) == -1 and ctypes.get_errno() == errno.EPERM
def raises(function, *arguments):
    try: function(*arguments)
    except PermissionError: return True
def reconstruction_loss(x, reconstruction):
{indented}
    return {HONEST}
"""


def test_calls_are_refused(attacker):
    """Each by its number; with these arguments none of them would do harm."""
    numbers = {
        name: row[COLUMN]
        for calls in seccomp.REFUSED.values()
        for name, row in calls.items()
        if row[COLUMN] is not None
    }
    outcome = attacker.submit(
        passes_if(f"allowed = [n for n, c in {numbers}.items() if not refused(c)]\nassert not allowed, allowed")
    )
    assert outcome.status == PASSED, outcome.message


def test_memory_is_not_shared_outside_of_files(attacker):
    """A piece of it could be unmapped but for one page, and kept: no process would show it."""
    code = """
assert raises(mmap.mmap, -1, 4096)
assert raises(mmap.mmap, -1, 4096, 0x21)
assert mmap.mmap(-1, 4096, 0x22)
open("file", "wb").write(bytes(4096))
with open("file", "r+b") as file: assert mmap.mmap(file.fileno(), 4096)
"""
    outcome = attacker.submit(passes_if(code))
    assert outcome.status == PASSED, outcome.message


def test_device_of_zeros_is_not_there(sealed, attacker):
    """Mapped, it is shared memory, too."""
    assert attacker.submit(passes_if("assert not os.path.exists('/dev/zero')")).status == PASSED


def test_sockets_are_of_three_families(attacker):
    code = """
open_ = []
for family in range(64):
    for kind in (1, 2, 3):
        try: socket.socket(family, kind).close(); open_.append(family)
        except OSError: pass
assert set(open_) <= {1, 2, 10}, open_
assert raises(socket.socket, 40, 1)
assert raises(socket.socketpair, 40, 1)
one, two = socket.socketpair()
one.sendall(b"x")
assert two.recv(1) == b"x"
"""
    outcome = attacker.submit(passes_if(code))
    assert outcome.status == PASSED, outcome.message


def test_buffers_of_sockets_stay_as_they_are(attacker):
    code = """
one, _ = socket.socketpair()
assert raises(one.setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
assert raises(one.setsockopt, socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
"""
    outcome = attacker.submit(passes_if(code))
    assert outcome.status == PASSED, outcome.message


def test_what_python_needs_is_allowed(attacker):
    code = """
import asyncio, multiprocessing, subprocess, threading
threading.Thread(target=print).start()
assert subprocess.run(["/bin/sh", "-c", "exit 3"]).returncode == 3
async def one(): return 1
assert asyncio.new_event_loop().run_until_complete(one()) == 1
assert int(open("/proc/self/oom_score_adj").read()) > 0
"""
    outcome = attacker.submit(passes_if(code))
    assert outcome.status == PASSED, outcome.message


def test_commands_of_notebooks_work_without_a_terminal(attacker):
    """Learners leave `!pip install` at the top of a cell."""
    source = f"!exit 3\ndef reconstruction_loss(x, reconstruction):\n    assert _exit_code == 3\n    return {HONEST}"
    outcome = attacker.submit(source)
    assert outcome.status == PASSED, outcome.message


def verdict(machine, call, *arguments):
    """What the filter says of a call, as the kernel would find it: "allowed", or the error's number."""
    steps = seccomp.program(machine)
    shown = {0: call, 4: seccomp._ARCHITECTURES[machine][1]}
    shown |= {16 + 8 * place: value for place, value in enumerate([*arguments, *[0] * (6 - len(arguments))])}
    place = value = 0
    while True:
        operation, if_true, if_false, operand = steps[place]
        place += 1
        if operation == seccomp._GIVE:
            return "allowed" if operand == seccomp._ALLOWED else operand & 0xFFFF
        if operation == seccomp._LOAD:
            value = shown[operand]
        elif operation == seccomp._AND:
            value &= operand
        else:
            holds = {
                seccomp._EQUAL: value == operand,
                seccomp._AT_LEAST: value >= operand,
                seccomp._ANY_BIT: value & operand,
            }
            place += if_true if holds[operation] else if_false


@pytest.mark.parametrize(("machine", "column"), [("x86_64", 0), ("aarch64", 1)])
def test_filter_of_either_architecture(machine, column):
    for calls in seccomp.REFUSED.values():
        for numbers in calls.values():
            assert numbers[column] is None or verdict(machine, numbers[column]) == errno.EPERM
    allowed = {0, 1, 2, 3, 60, 231, 202, 98, 64, 63} - {n[column] for c in seccomp.REFUSED.values() for n in c.values()}
    assert {verdict(machine, number) for number in allowed} == {"allowed"}
    assert verdict(machine, seccomp.CLONE3[column]) == errno.ENOSYS
    for call, place, values in (
        (seccomp.MMAP, 3, {0x22: "allowed", 0x01: "allowed", 0x21: errno.EPERM, 0x23: errno.EPERM}),
        (seccomp.CLONE, 0, {0x3D0F00: "allowed", 0x10000011: errno.EPERM, 0x40000011: errno.EPERM}),
        (seccomp.SETSOCKOPT, 2, {9: "allowed", 7: errno.EPERM, 8: errno.EPERM}),
        (seccomp.SOCKET, 0, {1: "allowed", 2: "allowed", 10: "allowed", 16: errno.EPERM, 40: errno.EPERM}),
        (seccomp.SOCKETPAIR, 0, {1: "allowed", 38: errno.EPERM}),
    ):
        for value, wanted in values.items():
            assert verdict(machine, call[column], *[0] * place, value) == wanted, (call, value)
    assert verdict(machine, 0x40000000) == errno.EPERM


def test_other_machines_have_no_filter():
    assert seccomp.program("riscv64") == []
