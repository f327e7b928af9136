"""The wire: values come back as they went, and whatever else comes is refused by the one exception."""

import contextlib
import enum
import functools
import io
import struct
import tracemalloc
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from autoencoders_edu._backend import keras
from autoencoders_edu.exercises import wire
from autoencoders_edu.exercises.wire import Reference, WireError, pack, unpack

DTYPES = ("?", "i1", "u1", ">i2", "i4", "u8", "f2", "f4", ">f4", "f8")

plain = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False) | st.text()
keys = st.integers(-100, 100) | st.text(max_size=5)
nested = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner),
    max_leaves=20,
)
arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: st_np.arrays(dtype, st_np.array_shapes(min_dims=0, min_side=0)))


def round_trip(value):
    return unpack(pack(value))


def same(value, other):
    """Equal, and of equal types all the way down: True is not 1 here."""
    if type(value) is not type(other):
        return False
    if isinstance(value, (list, tuple)):
        return len(value) == len(other) and all(map(same, value, other))
    if isinstance(value, dict):
        return same(list(value.items()), list(other.items()))
    return value == other


@settings(deadline=None)
@given(nested)
def test_nested_values_come_back_as_they_went(value):
    assert same(round_trip(value), value)


@settings(deadline=None)
@given(arrays)
def test_arrays_keep_shape_dtype_and_every_bit(array):
    back = round_trip(array)
    assert (back.shape, back.dtype) == (array.shape, array.dtype)
    assert back.tobytes() == array.tobytes()


@pytest.mark.parametrize(
    "view",
    [np.asfortranarray, np.transpose, lambda a: a[::-1, ::2], lambda a: np.broadcast_to(a[:1], a.shape)],
    ids=["Fortran's order", "transposed", "every other", "broadcast"],
)
def test_arrays_of_any_memory_layout_come_back(view):
    array = view(np.arange(12.0).reshape(3, 4))
    np.testing.assert_array_equal(round_trip(array), array)


def test_an_array_that_came_back_can_be_written_to():
    back = round_trip(np.zeros(3))
    back += 1
    assert back.sum() == 3


def test_arrays_inside_lists_and_dicts_keep_their_places():
    back = round_trip({"a": [np.zeros(1), (np.ones((2, 3)),)], "b": np.arange(4)})
    assert back["a"][0].shape == (1,)
    assert back["a"][1][0].shape == (2, 3)
    assert back["b"].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_come_back(value):
    np.testing.assert_equal(round_trip(value), value)


def test_any_number_of_numbers_that_are_not_finite_is_read():
    assert len(round_trip([np.nan] * (wire.MAX_ARRAYS + 1))) == wire.MAX_ARRAYS + 1


@pytest.mark.parametrize("power", [63, 64, 1000])
def test_whole_numbers_beyond_numpys_come_back_as_floats(power):
    assert same(round_trip(-(2**power)), -(2.0**power))


@pytest.mark.parametrize(
    ("value", "number"), [(np.True_, True), (np.int16(-3), -3), (np.float32(0.5), 0.5), (np.float64(0.1), 0.1)]
)
def test_numpys_scalars_come_back_as_pythons(value, number):
    assert same(round_trip(value), number)


def test_numpys_scalars_may_be_keys():
    assert same(round_trip({np.int64(3): "three"}), {3: "three"})


def test_a_tuple_is_no_key():
    with pytest.raises(WireError, match="a dict with a tuple as a key"):
        pack({(1, 2): 3})


@pytest.mark.parametrize("dtype", ["float32", "float16", "int32", "bool"])
def test_tensors_come_back_as_arrays(dtype):
    back = round_trip(keras.ops.cast([[1, 0, 1]], dtype))
    assert back.dtype == dtype
    assert back.tolist() == [[1, 0, 1]]


def test_bfloat16_comes_back_as_float32():
    back = round_trip(keras.ops.cast([0.5, -3.0], "bfloat16"))
    assert back.dtype == "float32"
    assert back.tolist() == [0.5, -3.0]


def test_variables_come_back_as_arrays():
    assert round_trip(keras.Variable(np.ones((2, 3), "float32"))).shape == (2, 3)


def test_references_come_back():
    assert round_trip([Reference(3)]) == [Reference(3)]


class Unreadable:
    def __array__(self, *_, **__):
        raise OSError("no")


class Unwilling:
    def __getattr__(self, name):
        raise AttributeError(name)


REFUSED = {
    "objects": np.array([object()]),
    "objects, one of which is a number": np.array([1.0, None]),
    "objects that no memory could hold": np.broadcast_to(np.array(1.0, object), (10**6, 10**6)),
    "objects too large for a float": np.array([10**400]),
    "bytes in an array": np.array([b"a", b"b"]),
    "complex numbers": np.zeros(2, complex),
    "a complex number": 1j,
    "dates": np.array(["2020-01-01"], "datetime64[D]"),
    "fields": np.zeros(2, [("a", "f4"), ("b", "f4")]),
    "a function": lambda: 1,
    "a bound method": "a".join,
    "a class": int,
    "a layer": keras.layers.Identity(),
    "a symbol of Keras": keras.Input((3,)),
    "a module": np,
    "bytes": b"ab",
    "a set": {1, 2},
    "a generator": (i for i in ()),
    "an object": object(),
    "an array that cannot be read": Unreadable(),
    "an object without attributes": Unwilling(),
    "a huge whole number": 10**400,
}


@pytest.mark.parametrize(
    ("value", "text"),
    [(np.array(["a", "b"]), ["a", "b"]), (np.array("a"), "a"), (np.array(["a", "bc"], object), ["a", "bc"])],
)
def test_arrays_of_texts_travel_as_texts(value, text):
    """As `np.where` gives them: a learner's word is still a word."""
    assert unpack(pack(value)) == text


@pytest.mark.parametrize(
    "entries",
    [[0.5, 2.0], [1, 0.25], [np.float32(0.5), 3], [Fraction(1, 4), Decimal("0.5")], [True, np.False_]],
    ids=["floats", "mixed", "NumPy's", "exact", "booleans"],
)
def test_objects_that_are_real_numbers_are_numbers(entries):
    back = round_trip(np.array([entries], dtype=object))
    assert back.dtype == float
    assert back.tolist() == [list(map(float, entries))]


@pytest.mark.parametrize("number", [Fraction(1, 4), Decimal("0.25")])
def test_exact_numbers_come_back_as_floats(number):
    assert same(round_trip([number]), [0.25])


@pytest.mark.parametrize("number", [Decimal("sNaN"), Fraction(10**400)])
def test_exact_numbers_that_no_float_can_hold_are_refused(number):
    with pytest.raises(WireError, match="more than 308 digits"):
        pack(number)


class Verdict(str, enum.Enum):  # noqa: UP042 (StrEnum would give its text anyway)
    GOOD = "good"


def test_an_enum_of_texts_comes_back_as_its_text():
    assert same(round_trip({"verdict": Verdict.GOOD}), {"verdict": "good"})


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_what_is_neither_number_text_nor_array_is_refused(value):
    with pytest.raises(WireError):
        pack(value)


def test_a_refused_value_is_called_by_its_type():
    with pytest.raises(WireError, match="a function, which is neither a number, a text nor an array"):
        pack({"answer": [lambda: 1]})


def deep(levels):
    return functools.reduce(lambda inner, _: [inner], range(levels), [])


def circle():
    circle = {}
    circle["itself"] = [circle]
    return circle


@pytest.mark.parametrize("value", [deep(100_000), circle()], ids=["deep", "circle"])
def test_lists_without_a_bottom_are_refused(value):
    with pytest.raises(WireError, match="nested too deeply"):
        pack(value)


def test_as_many_arrays_as_allowed_are_read_and_no_more():
    assert len(round_trip([np.zeros(1)] * wire.MAX_ARRAYS)) == wire.MAX_ARRAYS
    with pytest.raises(WireError, match="more than 1000 arrays"):
        pack([np.zeros(1)] * (wire.MAX_ARRAYS + 1))


@pytest.mark.parametrize(
    "value",
    [np.zeros(1001), [np.zeros(600)] * 2, "x" * 8001, np.broadcast_to(0.0, (10**6, 10**6))],
    ids=["an array", "several", "a text", "one that takes no memory"],
)
def test_what_is_too_large_is_refused(value, monkeypatch):
    monkeypatch.setattr(wire, "MAX_BYTES", 8000)
    with pytest.raises(WireError, match="at most 0 MiB are read"):
        pack(value)


def test_structure_has_a_limit_of_its_own(monkeypatch):
    data = pack(list(range(1000)))
    monkeypatch.setattr(wire, "MAX_STRUCTURE", 2000)
    for refuse in (lambda: unpack(data), lambda: pack(list(range(1000)))):
        with pytest.raises(WireError, match="lists and texts of 0 MiB; at most 0 MiB are read"):
            refuse()


def test_bytes_that_are_too_many_are_refused(monkeypatch):
    data = pack(np.zeros(2000))
    monkeypatch.setattr(wire, "MAX_BYTES", 8000)
    with pytest.raises(WireError, match="at most 0 MiB"):
        unpack(data)


def message(*blocks):
    """What `pack` would make of these blocks: the structure, then arrays."""
    return b"".join(struct.pack("<I", len(block)) + block for block in blocks)


def with_array(block):
    return message(b'{"array":0}', block)


def npy(shape="(2,)", descr="'<f8'", data=bytes(16), version=b"\x01\x00"):
    """.npy bytes with whatever header."""
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H", len(header)) + header + data


def pickled():
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}], object), allow_pickle=True)
    return file.getvalue()


HOSTILE = {
    "nothing": b"",
    "less than a length": b"\x01",
    "a length and nothing": b"\xff\xff\xff\xff",
    "one byte too few": pack([1, 2])[:-1],
    "a block cut where JSON does not mind": message(b"1 ")[:-1],
    "one byte too many": pack([1, 2]) + b"\x00",
    "an empty block": message(b""),
    "no JSON": message(b"{"),
    "no Unicode": message(b'"\xff"'),
    "a bare list": message(b"[1]"),
    "an unknown kind": message(b'{"pickle":1}'),
    "two kinds": message(b'{"list":[],"tuple":[]}'),
    "no kind": message(b"{}"),
    "a list of no list": message(b'{"list":3}'),
    "a dict of triples": message(b'{"dict":[[1,2,3]]}'),
    "a list as a key": message(b'{"dict":[[{"list":[]},1]]}'),
    "keys of the same hash": message(b'{"dict":[[{"tuple":[-1]},1],[{"tuple":[-2]},1]]}'),
    "an array as a key": message(b'{"dict":[[{"array":0},1]]}', npy("()", data=bytes(8))),
    "an array that is missing": message(b'{"array":0}'),
    "an array by name": message(b'{"array":"a"}', npy()),
    "an array that two places name": message(b'{"list":[{"array":0},{"array":0}]}', npy()),
    "an array that a million places name": message(b'{"list":[%s]}' % b",".join([b'{"array":0}'] * 600_000), npy()),
    "arrays out of order": message(b'{"list":[{"array":1},{"array":0}]}', npy(), npy()),
    "an array from the end": message(b'{"array":-1}', npy()),
    "an array that no place names": message(b"1", npy()),
    "an infinite reference": message(b'{"reference":1e999}'),
    "a huge whole number": message(b"1" + b"0" * 400),
    "a whole number of many digits": message(b"1" * 5000),
    "deep JSON": message(b'{"list":[' * 100_000),
    "deep and closed JSON": message(b'{"list":[' * 5000 + b"]}" * 5000),
    "too many blocks": message(b"1", *[b""] * (wire.MAX_ARRAYS + 1)),
    "a pickle": with_array(pickled()),
    "a pickle in the data": with_array(npy("(1,)", "'|O'", pickled()[128:])),
    "no array": with_array(b"PK\x03\x04"),
    "an empty array block": with_array(b""),
    "half a header": with_array(npy()[:20]),
    "a header of code": with_array(npy("(__import__('os').getpid(),)")),
    "a header of signs": with_array(npy(f"({'-' * 9000}1,)")),
    "another version": with_array(npy(version=b"\x02\x00")),
    "a shape that is not there": with_array(npy(f"({10**12},)")),
    "a shape of many factors": with_array(npy("(65536,) * 4")),
    "a shape that overflows": with_array(npy(f"({2**32}, {2**32})")),
    "a shape that is empty and overflows": with_array(npy(f"({2**62}, {2**62}, 0)", data=b"")),
    "a negative shape": with_array(npy("(-2,)")),
    "two negative lengths": with_array(npy("(-1, -2)")),
    "too many axes": with_array(npy(f"({'1,' * 70}2)")),
    "too little data": with_array(npy(data=bytes(15))),
    "too much data": with_array(npy(data=bytes(17))),
    "texts": with_array(npy(descr="'<U2'")),
    "complex numbers": with_array(npy("(1,)", "'<c16'")),
    "raw bytes": with_array(npy(descr="'|V8'")),
    "fields": with_array(npy("(1,)", "[('a', '<f8'), ('b', '<f8')]")),
    "arrays of arrays": with_array(npy("(1,)", "('<f8', (2,))")),
    "dates": with_array(npy(descr="'<M8[s]'")),
    "a dtype that there is not": with_array(npy(descr="'<f3'")),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_refused(data):
    with pytest.raises(WireError):
        unpack(data)


@pytest.mark.parametrize("structure", [b'{"%s":1}' % (b"x" * 10_000), b'{"list":[%s' % (b"x" * 10_000)])
def test_what_is_refused_is_not_quoted_at_length(structure):
    with pytest.raises(WireError) as refused:
        unpack(message(structure))
    assert len(str(refused.value)) <= wire.MAX_TEXT


@pytest.mark.parametrize("name", [name for name in HOSTILE if "shape" in name])
def test_a_header_that_lies_allocates_nothing(name):
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            unpack(HOSTILE[name])
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["a shape that is not there", "a negative shape", "too little data", "too much data"])
def test_a_header_that_lies_is_called_so(name):
    with pytest.raises(WireError, match="whose header does not fit its data"):
        unpack(HOSTILE[name])


def test_an_honest_array_by_hand_is_read():
    assert unpack(with_array(npy())).tolist() == [0, 0]


def test_an_array_in_fortrans_order_by_hand_is_read():
    file = io.BytesIO()
    np.save(file, np.asfortranarray([[1, 2], [3, 4]]))
    assert unpack(with_array(file.getvalue())).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("data", [None, "text", 3, [b""]])
def test_what_are_no_bytes_at_all_is_refused(data):
    with pytest.raises(WireError):
        unpack(data)


def refused_or_read(data):
    """Fails for any exception but the one."""
    with contextlib.suppress(WireError):
        unpack(data)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_do_no_harm(data):
    refused_or_read(data)


@settings(deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_random_blocks_do_no_harm(structure, block):
    refused_or_read(message(structure, block))


@settings(deadline=None)
@given(st.data())
def test_bytes_with_some_changed_do_no_harm(data):
    changed = bytearray(pack({"a": [1, (2.5, None)], "b": np.arange(6.0).reshape(2, 3)}))
    places = st.integers(0, len(changed) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=4)):
        changed[place] = byte
    refused_or_read(bytes(changed))
