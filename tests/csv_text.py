"""CSV files for tests: text that is written to a file and read back."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import autoencoders_edu as ae

# Too few rows for a column that rises by chance to be taken for a counter.
tables = st.tuples(st.integers(4, 9), st.integers(1, 4)).flatmap(
    lambda shape: arrays("float32", shape, elements=st.floats(-1e6, 1e6, width=32))
)


def text_of(table):
    """The CSV text of a table with columns a, b, ..."""
    header = ",".join("abcdefgh"[: table.shape[1]])
    return "\n".join([header, *(",".join(map(repr, row)) for row in table.tolist())]) + "\n"


def read(text, **options):
    """The data set in a file of this text, or of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "metrics.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return ae.data.load("server_metrics", source="csv", path=path, **options)


def joined(data, letter="x"):
    """All rows of a data set, in order."""
    return np.concatenate([getattr(data, f"{letter}_{split}") for split in ("train", "val", "test")])


def column(name, cells):
    """A file with one column of these cells and another one of numbers."""
    return f"{name},other\n" + "".join(f"{cell},{index % 3}\n" for index, cell in enumerate(cells))
