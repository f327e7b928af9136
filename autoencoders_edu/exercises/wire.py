"""Values as bytes, on their way between a check and the learner's code: JSON for structure, .npy for arrays.

Nothing is pickled. Anything from a learner's process is untrusted: `unpack` raises `WireError` for what is too large,
too deep, of another type, out of its place, or not what its own header says.
"""

import contextlib
import io
import json
import math
import struct
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Real

import numpy as np

MAX_BYTES = 64 * 2**20
MAX_STRUCTURE = 8 * 2**20  # of JSON, which takes long to read, and thirty times as much memory
MAX_ARRAYS = 1000
MAX_TEXT = 300  # characters of an error message that untrusted bytes may have made
MAX_INTEGER = 2**63  # beyond, NumPy has no integers
KINDS = "biuf"  # booleans, integers, floats


class WireError(ValueError):
    """A value that cannot be sent, or bytes that are no value. The message is fit for the learner."""


class Unfilled(WireError):
    """A value with `...` in it: the gap of a stub that nobody has filled in."""


@dataclass(frozen=True)
class Reference:
    """Something that stays on its own side: an object of the learner's, or a function of the check's."""

    number: int


def pack(value) -> bytes:
    """The bytes of None, a bool, number, string, array, or a list, tuple or dict of such values.

    Anything that NumPy can turn into an array of numbers counts as one: a tensor of any backend, a data frame.

    Raises:
        WireError: for other types, and for more than 64 MiB.
    """
    arrays = []
    try:
        structure = json.dumps(_plain(value, arrays), separators=(",", ":")).encode()
    except RecursionError:
        raise WireError("lists that are nested too deeply, or that contain themselves") from None
    _limit(len(structure), MAX_STRUCTURE, "lists and texts")
    _limit(len(structure) + sum(array.nbytes for array in arrays))
    blocks = [structure, *map(_npy, arrays)]
    _limit(sum(map(len, blocks)))
    return b"".join(struct.pack("<I", len(block)) + block for block in blocks)


def unpack(data: bytes):
    """The value that `pack` was given; arrays come back as new arrays.

    Each array has one place, in their order: bytes that name one array a million times would cost little to send and
    much to work with.

    Raises:
        WireError: for bytes that `pack` did not make.
    """
    try:
        structure, *blocks = _blocks(memoryview(data))
        _limit(len(structure), MAX_STRUCTURE, "lists and texts")
        arrays = enumerate(map(_array, blocks))
        value = _value(json.loads(bytes(structure)), arrays)
        if next(arrays, None) is not None:
            raise WireError("an array that has no place")
        return value
    except WireError as error:
        raise WireError(str(error)[:MAX_TEXT]) from None
    except Exception as error:  # whatever untrusted bytes provoke: wrong structure, depth, encoding, dtype
        raise WireError(f"bytes that are no answer ({type(error).__name__}: {error})"[:MAX_TEXT]) from None


def _plain(value, arrays):
    """The structure of a value, fit for JSON; its arrays are appended to `arrays`, and their numbers stand for them."""
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        value = value.item()  # Python's numbers and NumPy's mean the same, also as keys of a dict
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # of an Enum as well, whose own `str` would give its name
    if isinstance(value, (Fraction, Decimal)):
        return _as_float(value)
    if isinstance(value, int):
        return value if abs(value) < MAX_INTEGER else _as_float(value)
    if isinstance(value, Reference):
        return {"reference": value.number}
    if isinstance(value, np.ndarray) and (value.dtype.kind == "U" or _holds(value, str)):
        return _plain(value.tolist(), arrays)  # texts, as `np.where` gives them
    if isinstance(value, (list, tuple)):
        return {type_name(value): [_plain(item, arrays) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[_plain(_key(key), arrays), _plain(item, arrays)] for key, item in value.items()]}
    return {"array": _append(arrays, _as_array(value))}


def type_name(value):
    return "tuple" if isinstance(value, tuple) else "list"


def _as_float(number):
    try:
        return float(number)
    except (OverflowError, ValueError):  # ValueError: a Decimal that signals nan
        raise WireError("a number of more than 308 digits, or one that signals nan") from None


def _holds(array, kinds):
    """Whether an array of Python objects, of a size that can be sent, holds nothing but these."""
    is_of_objects = array.dtype.kind == "O" and 0 < array.nbytes <= MAX_BYTES
    return is_of_objects and all(isinstance(item, kinds) for item in array.flat)


def _limit(size, most=None, what="an answer"):
    most = MAX_BYTES if most is None else most
    if size > most:
        raise WireError(f"{what} of {size / 2**20:.0f} MiB; at most {most // 2**20} MiB are read")


def _append(arrays, array):
    if len(arrays) == MAX_ARRAYS:
        raise WireError(f"more than {MAX_ARRAYS} arrays")
    arrays.append(array)
    return len(arrays) - 1


def _as_array(value):
    if value is Ellipsis:
        raise Unfilled("an answer with ... in it: put a value in its place")
    if isinstance(value, type) or (callable(value) and not hasattr(value, "__array__")):
        raise WireError(f"a {type(value).__name__}, which is neither a number, a text nor an array")
    try:
        array = np.asarray(value)
    except Exception as error:
        raise WireError(f"a {type(value).__name__}, which NumPy cannot read ({error})") from None
    if array.dtype.kind == "V":  # bfloat16 is of this kind, but so are records
        with contextlib.suppress(TypeError, ValueError):
            array = array.astype(np.float32)
    if _holds(array, (Real, Decimal, np.bool_)):
        with contextlib.suppress(OverflowError, ValueError):  # of a number that no float can hold
            array = array.astype(float)
    if array.dtype.kind not in KINDS:
        raise WireError(f"a {type(value).__name__} of dtype {array.dtype}, which does not hold plain numbers")
    _limit(array.nbytes)  # before the copy: a broadcast array claims more than it holds
    return np.ascontiguousarray(array).reshape(array.shape)


def _npy(array):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=False)
    return file.getvalue()


def _blocks(data):
    if len(data) > MAX_BYTES + 4 * (MAX_ARRAYS + 1):
        raise WireError(f"an answer of {len(data) / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB are read")
    blocks = []
    while data:
        (size,) = struct.unpack("<I", data[:4])
        if size > len(data) - 4 or len(blocks) > MAX_ARRAYS:
            raise WireError("bytes whose lengths do not add up")
        blocks.append(data[4 : 4 + size])
        data = data[4 + size :]
    return blocks


def _array(block):
    """An array from .npy bytes whose header fits them: a header that lies must not allocate anything."""
    file = io.BytesIO(block)
    if np.lib.format.read_magic(file) != (1, 0):
        raise WireError("an array in a format that is not read here")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    if dtype.kind not in KINDS or dtype.hasobject:
        raise WireError(f"an array of dtype {dtype}")
    if math.prod(shape) * dtype.itemsize != len(block) - file.tell() or min(shape, default=0) < 0:
        raise WireError("an array whose header does not fit its data")
    flat = np.frombuffer(block, dtype, offset=file.tell())
    return flat.reshape(shape, order="F" if fortran else "C").copy()


def _value(plain, arrays):
    if not isinstance(plain, dict):
        if isinstance(plain, list):
            raise WireError("a bare list where a marked one was expected")
        if isinstance(plain, int) and abs(plain) >= MAX_INTEGER:
            raise WireError("a whole number that is too large")
        return plain
    ((kind, content),) = plain.items()
    if kind == "array":
        return _next_array(arrays, content)
    if kind == "reference":
        return Reference(int(content))
    if kind in ("list", "tuple"):
        items = [_value(item, arrays) for item in content]
        return items if kind == "list" else tuple(items)
    if kind == "dict":
        return {_key(_value(key, arrays)): _value(item, arrays) for key, item in content}
    raise WireError(f"a value of unknown kind {kind!r}")


def _next_array(arrays, number):
    place, array = next(arrays, (None, None))
    if place != number:
        raise WireError("an array that is out of place")
    return array


def _key(value):
    """A key of a dict. Tuples are refused: many with the same hash are easily made, and take hours to tell apart."""
    if value is None or isinstance(value, (str, int, float, np.generic)):
        return value
    raise WireError(f"a dict with a {type(value).__name__} as a key")
