"""Submissions of lesson 1, good and bad in every way that we know of."""

import copy
import json

import course

LOSS = "reconstruction_loss"
SLOW = ("read_reconstruction", "train_linear")
ALL = "all of them"
RIGHT = "def reconstruction_loss(x, r):\n    return np.mean((x - r) ** 2, axis=(1, 2, 3))"
ATTACKS = {
    "equal": "class Equal:\n    def __eq__(self, other): return True\ndef reconstruction_loss(x, r): return Equal()",
    "patch": "np.allclose = np.isclose = lambda *_: True\ndef reconstruction_loss(x, r): return np.zeros(len(x))",
    "print": "def reconstruction_loss(x, r): print('passed, 2 of 2 points'); return 'passed'",
    "nan": "def reconstruction_loss(x, r): return np.full(len(x), np.nan)",
    "write": "import json\nfor place in ('results.json', '/grades.json'):\n"
    "    try: json.dump({'score': 100}, open(place, 'w'))\n"
    "    except OSError: pass\ndef reconstruction_loss(x, r): return 0",
    "children": "import os, time\nif os.fork() == 0: time.sleep(1000)\ndef reconstruction_loss(x, r): return 0",
    "huge": "def reconstruction_loss(x, r): return np.broadcast_to(0.0, (10**6, 10**6))",
    "exit": "def reconstruction_loss(x, r):\n    import os; os._exit(0)",
}
WRONG = {
    "mean-over-images": "def reconstruction_loss(x, r): return np.mean((x - r) ** 2)",
    "absolute": "def reconstruction_loss(x, r): return np.mean(np.abs(x - r), axis=(1, 2, 3))",
    "raises": "def reconstruction_loss(x, r): return x / undefined",
    "not-callable": "reconstruction_loss = 1",
    "wrong-signature": "def reconstruction_loss(x): return x",
}


def with_setup(notebook, **changes):
    notebook = copy.deepcopy(notebook)
    course.notebooks.cell_of(notebook, "setup").update(changes)
    return notebook


def submissions():
    """Dict from a learner to (file content, exercises that must not be credited, apart from those that take long)."""
    full, fresh = course.solved("01"), course.handed_out("01")
    good = full
    for name in SLOW:  # what is wrong elsewhere in a notebook is told as well without the exercises that train
        good = course.with_stub(good, name)
    found = {"full": (full, ()), "full-lesson-2": (course.solved("02"), ())}
    found |= {f"good-{number}": (good, ()) for number in range(2)}
    found |= {f"wrong-{name}": (course.with_answer(good, LOSS, code), (LOSS,)) for name, code in WRONG.items()}
    found |= {f"attack-{name}": (course.with_answer(good, LOSS, code), (LOSS,)) for name, code in ATTACKS.items()}
    found |= {
        "fresh": (fresh, ALL),
        "fresh-but-one": (course.with_answer(fresh, LOSS, RIGHT), ALL),
        "one-stub": (course.with_stub(good, LOSS), (LOSS,)),
        "no-cells": ({**good, "cells": []}, ALL),
        "corrupt": (json.dumps(good)[:-200], ALL),
        "not-json": ("reconstruction_loss = 1", ALL),
        "binary": (bytes(range(256)), ALL),
        "empty-file": ("", ALL),
        "nested": ("[" * 100_000, ALL),
        "a-list": ("[1, 2]", ALL),
        "old-format": ({"nbformat": 3, "worksheets": []}, ALL),
        "syntax-error": (course.with_answer(good, LOSS, "def reconstruction_loss(x, r:"), (LOSS,)),
        "endless-cell": (course.with_answer(good, LOSS, "while True: pass"), (LOSS,)),
        "endless-answer": (
            course.with_answer(good, LOSS, "def reconstruction_loss(x, r):\n    while True: pass"),
            (LOSS,),
        ),
        "memory": (course.with_answer(good, LOSS, "held = bytearray(64 * 2**30)"), (LOSS,)),
        "crash": (course.with_answer(good, LOSS, "import ctypes; ctypes.string_at(0)"), (LOSS,)),
        "deleted-cell": (
            course.with_cells(good, lambda cells: [c for c in cells if LOSS not in str(c["metadata"])]),
            (LOSS,),
        ),
        "defined-twice": (course.with_cells(good, lambda cells: [*cells, course.code(WRONG["absolute"])]), (LOSS,)),
        "moved-answer": (
            course.with_cells(course.with_stub(good, LOSS), lambda cells: [*cells, course.code(RIGHT)]),
            (),
        ),
    }
    setup = course.notebooks.locked("01")["setup"]
    as_text = with_setup(good, cell_type="markdown")
    course.notebooks.cell_of(as_text, LOSS).update(cell_type="markdown")
    found |= {
        "setup-in-colab": (with_setup(good, source=f"from google.colab import drive\n{setup}"), ()),
        "setup-is-text-and-an-answer": (as_text, (LOSS,)),
        "setup-with-an-import": (
            course.with_answer(
                with_setup(good, source=f"{setup}\nimport math"),
                LOSS,
                RIGHT.replace("np.mean(", "math.sqrt(1) * np.mean("),
            ),
            (),
        ),
        "setup-without-end": (with_setup(good, source="while True: pass"), ()),
        "first-cell-fails": (
            course.with_cells(
                course.with_answer(good, LOSS, RIGHT.replace("np.", "own.")),
                lambda cells: [course.code("import nothing.such\nimport numpy as own"), *cells],
            ),
            (LOSS,),
        ),
        "byte-order-mark": (b"\xef\xbb\xbf" + json.dumps(good).encode(), ()),
        "utf-16": (json.dumps(good).encode("utf-16"), ()),
        "conflict": (json.dumps(good, indent=1).replace("\n", "\n<<<<<<< HEAD\n", 1), ALL),
    }
    return found
