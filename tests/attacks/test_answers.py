"""Attacks by what an answer is: objects that lie, patched libraries, pickles, floods of numbers."""

import pytest

from autoencoders_edu.exercises.outcome import ERROR, PASSED

# What the grader makes of bytes does not depend on the sandbox.
pytestmark = pytest.mark.parametrize("server", ["namespaces"], indirect=True)

HONEST = """
def reconstruction_loss(x, reconstruction):
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
"""

ANSWERS = {
    "an object that equals everything": """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = None
    __lt__ = __gt__ = __le__ = __ge__ = __eq__
    def __float__(self): return 0.0
def reconstruction_loss(x, reconstruction): return Equal()
""",
    "an array that equals everything": """
class Equal(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __sub__
    def __array_ufunc__(self, *_, **__): return np.ones(self.shape, bool)
    def __array_function__(self, *_, **__): return True
def reconstruction_loss(x, reconstruction): return np.zeros(len(x)).view(Equal)
""",
    "patched NumPy": """
np.allclose = np.isclose = np.array_equal = lambda *_, **__: True
np.mean = lambda *_, **__: 0.0
np.asarray = lambda *_, **__: np.zeros(1)
def reconstruction_loss(x, reconstruction): return 0.0
""",
    "patched checks": """
import autoencoders_edu.exercises as exercises
import autoencoders_edu.exercises.messages as messages
import autoencoders_edu.exercises.wire as wire
exercises.check = check = lambda name: "passed"
for module in (messages, wire):
    module.pack = lambda value: b'\\x0e\\x00\\x00\\x00{"value":true}'
def reconstruction_loss(x, reconstruction): return "passed"
""",
    "patched Keras": """
import keras
keras.ops.mean = keras.ops.square = lambda *_, **__: 0.0
def reconstruction_loss(x, reconstruction): return float(keras.ops.mean(keras.ops.square(x)))
""",
    "a pass line": """
def reconstruction_loss(x, reconstruction):
    print("✓ 01.2 reconstruction_loss: passed, 2 of 2 points", flush=True)
    return "✓ 01.2 reconstruction_loss: passed, 2 of 2 points"
""",
    "a forged outcome": """
def reconstruction_loss(x, reconstruction):
    return {"status": "passed", "points": 2, "max_points": 2, "error": None, "value": 0}
""",
    "not a number": "def reconstruction_loss(x, reconstruction): return np.full(len(x), np.nan)",
    "infinity": "def reconstruction_loss(x, reconstruction): return np.full(len(x), np.inf)",
    "objects": "def reconstruction_loss(x, reconstruction): return np.array([object()] * len(x))",
    "texts": "def reconstruction_loss(x, reconstruction): return np.array(['0.1'] * len(x))",
    "truth": "def reconstruction_loss(x, reconstruction): return np.ones(len(x), bool)",
    "complex numbers": "def reconstruction_loss(x, reconstruction): return np.zeros(len(x), complex)",
    "a masked array": "def reconstruction_loss(x, reconstruction): return np.ma.masked_all(len(x))",
    "a deep list": """
def reconstruction_loss(x, reconstruction):
    deep = []
    for _ in range(100_000): deep = [deep]
    return deep
""",
    "a huge array": "def reconstruction_loss(x, reconstruction): return np.zeros(20_000_000)",
    "a huge array that takes no memory": """
def reconstruction_loss(x, reconstruction): return np.broadcast_to(0.0, (10**6, 10**6))
""",
    "a huge number": "def reconstruction_loss(x, reconstruction): return 10**10_000",
    "many numbers in one array": "def reconstruction_loss(x, reconstruction): return np.zeros(8_000_000)",
    "many numbers in many answers": "def reconstruction_loss(x, reconstruction): return np.zeros(4_000_000, bool)",
    "a long text": "def reconstruction_loss(x, reconstruction): return 'x' * 2**23",
    "a flood of arrays": "def reconstruction_loss(x, reconstruction): return [np.zeros(1)] * 100_000",
    "a call back that nobody offered": """
import autoencoders_edu.exercises.messages as messages
pack = messages.pack
messages.pack = lambda value: pack({"callback": 0, "arguments": []})
def reconstruction_loss(x, reconstruction): return 0.0
""",
}

SENT = {
    "a pickle": r"""
import pickle
class Run:
    def __reduce__(self): return (exec, ("open('/tmp/pwned', 'w')",))
file = io.BytesIO(); np.lib.format.write_array(file, np.array([Run()], dtype=object), allow_pickle=True)
send(block(b'{"value":{"array":0}}') + block(file.getvalue()))
""",
    "a header that lies": r"""
header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
npy = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
send(block(b'{"value":{"array":0}}') + block(npy))
""",
    "a length that lies": r"""connection.sendall(struct.pack("<Q", 2**60) + b"x")""",
    "half a message": r"""connection.sendall(struct.pack("<Q", 1000) + b"x")""",
    "nonsense": r"""send(os.urandom(1000))""",
    "deep nesting": r"""send(block(b'{"value":' + b'{"list":[' * 100_000 + b']}' * 100_000 + b'}'))""",
    "a thousand answers in advance": r"""
for _ in range(1000): send(block(b'{"value":{"array":0}}') + block(npy_of(np.zeros(3))))
""",
    "a list for a cell's number": r"""send(block(b'{"dict":[["running",{"list":[]}]]}'))""",
    "an array for a cell's number": r"""
send(block(b'{"dict":[["ran",{"array":0}]]}') + block(npy_of(np.zeros(3))))
""",
    "an array for an end": r"""send(block(b'{"dict":[["ready",{"array":0}]]}') + block(npy_of(np.zeros(3))))""",
    "a byte at a time": r"""
import time
for byte in struct.pack("<Q", 1000) + bytes(1000): connection.sendall(bytes([byte])); time.sleep(0.3)
""",
    "one array a million times": r"""
send(block(b'{"dict":[["value",{"list":[' + b','.join([b'{"array":0}'] * 500_000) + b']}]]}') + block(npy_of(np.zeros(2**22))))
""",
    "an error that is made of arrays": r"""
send(block(b'{"dict":[["error",{"dict":[["message",{"list":[' + b','.join(b'{"array":%d}' % n for n in range(900))
           + b']}]]}]]}') + block(npy_of(np.zeros(9000))) * 900)
""",
    "a cell's error that is made of arrays": r"""
send(block(b'{"dict":[["ran",2],["error",{"dict":[["message",{"list":[' + b','.join(b'{"array":%d}' % n for n in range(900))
           + b']}]]}]]}') + block(npy_of(np.zeros(9000))) * 900)
""",
    "call backs without an end": r"""
while True: send(block(b'{"dict":[["callback",0],["arguments",{"list":[]}]]}'))
""",
    "a flood of small lists": r"""send(block(b'{"list":[' + b'[],' * 2**24 + b'1]}'))""",
    "an end of the cells before their time": r"""
for _ in range(5): send(block(b'{"dict":[["ready",true]]}'))
for _ in range(100): send(block(b'{"dict":[["value",0.1]]}'))
""",
}

FIND_THE_SOCKET = r"""
import io, os, socket, stat, struct
for number in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode): connection = socket.socket(fileno=os.dup(number)); break
    except OSError: pass
def block(data): return struct.pack("<I", len(data)) + data
def send(data): connection.sendall(struct.pack("<Q", len(data)) + data)
def npy_of(array):
    file = io.BytesIO(); np.lib.format.write_array(file, array); return file.getvalue()
"""


@pytest.mark.backend
def test_an_honest_answer_passes(attacker):
    """Without this the tests below could not fail."""
    assert attacker.submit(HONEST).status == PASSED


@pytest.mark.parametrize("code", ANSWERS.values(), ids=ANSWERS)
def test_answer_scores_nothing(attacker, code):
    outcome = attacker.submit(code)
    assert outcome.points == 0
    assert outcome.status != PASSED


@pytest.mark.parametrize("code", SENT.values(), ids=SENT)
@pytest.mark.parametrize("moment", ["cell", "call"])
def test_message_scores_nothing(attacker, code, moment):
    attacker.timeout = 1
    if moment == "cell":
        outcome = attacker.submit(FIND_THE_SOCKET + code, HONEST.replace("mean", "sum"))
    else:
        indented = "\n".join(f"    {line}" for line in (FIND_THE_SOCKET + code).splitlines())
        outcome = attacker.submit(f"def reconstruction_loss(x, reconstruction):\n{indented}\n    return 0.0")
    assert outcome.points == 0


def test_one_who_harms_the_worker_is_told(attacker):
    outcome = attacker.submit("def reconstruction_loss(x, r):\n    import os\n    os.abort()")
    assert outcome.status == ERROR
    assert "was stopped while it was checked" in outcome.message
