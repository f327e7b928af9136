"""What the grader's processes say to each other, and how it travels: a length and as many bytes, with a deadline.

The package's docstring shows who says what to whom. Messages are written and read as in `exercises.messages`.
"""

import socket
import struct
import time
from dataclasses import dataclass

from autoencoders_edu.exercises.messages import read, write
from autoencoders_edu.exercises.wire import MAX_ARRAYS, MAX_BYTES, WireError

LARGEST = MAX_BYTES + 8 * MAX_ARRAYS
GRACE = 120  # seconds that a judge may take beyond the deadline of the worker's answers, on a busy machine
SMALL = 2**18  # bytes of whatever the grader itself reads; answers are read by a judge


@dataclass(frozen=True)
class Started:
    """Server to grader: it has imported everything, and this is its level of isolation."""

    level: str


@dataclass(frozen=True)
class Limits:
    """Grader to server: start a worker that may use this much.

    Attributes:
        memory: GiB beyond what the bare server needs.
        seconds: of CPU time, of all its threads.
        processes: at a time; threads count.
        workers: how many of them may be alive at once.
        files_mib: MiB, of one file, and of all of them where the worker has a file system of its own.
    """

    memory: float | int
    seconds: int
    processes: int = 128
    workers: int = 1
    files_mib: int = 256


@dataclass(frozen=True)
class Ended:
    """Keeper to grader: the worker is gone.

    Attributes:
        ended: why, in words.
        failed: the sandbox failed, not the worker.
        signal: the number of the signal that ended it, unless the keeper or a limit sent that: a crash of its own, or
            the kernel, out of memory. 0: none.
        share: of one core, on average, that it had while it lived.
    """

    ended: str
    failed: bool = False
    signal: int = 0
    share: float = 1.0


@dataclass(frozen=True)
class Judge:
    """Grader to judging server, with two sockets, to the worker and for the verdict: judge this exercise.

    Attributes:
        name: of the exercise.
        seed: in digits, since it is larger than integers are in messages.
        deadline: of time.monotonic, for the worker's answers.
    """

    name: str
    seed: str
    deadline: float


@dataclass(frozen=True)
class Judged:
    """Judge to grader: the fields of an `Outcome`; `at_rest` says that the worker waits for the next question."""

    outcome: dict
    at_rest: bool


@dataclass(frozen=True)
class Unanswered:
    """Judge to grader: there is no outcome, since the worker is gone, late, or sent what is no message.

    Attributes:
        why: `GONE`, `LATE`, `NO_JUDGE` (no process could be started), or what it sent, in words.
    """

    why: str


GONE, LATE, NO_JUDGE = "gone", "late", "no judge"


@dataclass(frozen=True)
class Run:
    """Grader to worker, the first message: run these cells, a list of [number, source]."""

    cells: list


@dataclass(frozen=True)
class Running:
    """Worker to grader: the cell of this number starts."""

    running: int


@dataclass(frozen=True)
class Ran:
    """Worker to grader: the cell of this number ended; `error` describes what it raised, if it did."""

    ran: int
    error: dict | None


@dataclass(frozen=True)
class Ready:
    """Worker to grader: all cells have ended; from here on it answers a probe (`exercises.messages`)."""

    ready: bool = True


class Closed(Exception):
    """The other side is gone."""


def say(connection: socket.socket, message, deadline=None):
    """Sends a message; raises as `send` does."""
    send(connection, write(message), deadline)


def hear(connection: socket.socket, *kinds, deadline=None, largest=LARGEST):
    """The next message, which has to be of one of these kinds; raises as `receive` does."""
    return read(receive(connection, deadline, largest), *kinds)


def send(connection: socket.socket, data: bytes, deadline=None):
    """Sends the bytes of one message.

    Raises:
        TimeoutError: when the other side does not take it before the deadline (of time.monotonic).
        Closed: when there is no other side.
    """
    connection.settimeout(_left(deadline))
    try:
        connection.sendall(struct.pack("<Q", len(data)) + data)
    except (BrokenPipeError, ConnectionError) as error:
        raise Closed(str(error)) from None


def receive(connection: socket.socket, deadline=None, largest=LARGEST) -> bytes:
    """The bytes of the next message; raises as `send` does, and `WireError` for more of them than there may be."""
    (size,) = struct.unpack("<Q", _read(connection, 8, deadline))
    if size > largest:
        raise WireError(f"a message of {size} bytes")
    return _read(connection, size, deadline)


def _read(connection, size, deadline):
    data = bytearray()
    while len(data) < size:
        connection.settimeout(_left(deadline))
        try:
            part = connection.recv(min(size - len(data), 2**20))
        except ConnectionError as error:
            raise Closed(str(error)) from None
        if not part:
            raise Closed("the connection ended")
        data += part
    return bytes(data)


def _left(deadline):
    """Seconds until the deadline, for `settimeout`."""
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
