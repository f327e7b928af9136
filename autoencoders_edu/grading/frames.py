"""Messages over a socket: a length and as many bytes, with a deadline."""

import socket
import struct
import time

from autoencoders_edu.exercises.wire import MAX_ARRAYS, MAX_BYTES, WireError

LARGEST = MAX_BYTES + 8 * MAX_ARRAYS


class Closed(Exception):
    """The other side is gone."""


def send(connection: socket.socket, data: bytes, deadline=None):
    """Sends one message.

    Raises:
        TimeoutError: when the other side does not take it before the deadline (of time.monotonic).
        Closed: when there is no other side.
    """
    connection.settimeout(_left(deadline))
    try:
        connection.sendall(struct.pack("<Q", len(data)) + data)
    except (BrokenPipeError, ConnectionError) as error:
        raise Closed(str(error)) from None


def receive(connection: socket.socket, deadline=None) -> bytes:
    """The next message; raises as `send` does, and `WireError` for one that claims to be larger than any may be."""
    (size,) = struct.unpack("<Q", _read(connection, 8, deadline))
    if size > LARGEST:
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
