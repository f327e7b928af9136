"""Files that 14.3 asks for: their code lengths, what mistakes make of their sizes, and of the symbols read back."""

import bz2
import contextlib
import lzma
import zlib
from dataclasses import dataclass

import numpy as np

SLACK, ALLOWED = 0.01, 16  # how much longer than the code length a file may be: a share, and bytes
SPARE = 8  # how many of these bytes a coder may take or save by itself
CLOSE = 0.004  # how close, as a share, the size has to be to that of a mistake


@dataclass(frozen=True)
class File:
    """A message and its models.

    Attributes:
        symbols: integers (rows, columns).
        probabilities: (columns, K).
        typical: whether the symbols were drawn from the probabilities: then no code is much shorter than `ideal`.
    """

    symbols: np.ndarray
    probabilities: np.ndarray
    typical: bool = True

    @property
    def ideal(self):
        """The code length in bytes."""
        return self.under(np.tile(np.arange(self.symbols.shape[1]), len(self.symbols)))

    @property
    def most(self):
        """The most bytes that the file may have."""
        return int((1 + SLACK) * self.ideal + ALLOWED)

    def under(self, columns, message=None):
        """The code length in bytes if the symbols of the message, in its order, have the models of these columns."""
        message = self.symbols.ravel() if message is None else message
        return float(-np.sum(np.log2(self.probabilities[columns, message]))) / 8

    def __str__(self):
        rows, columns = self.symbols.shape
        return f"{_counted(rows, 'row')}, {_counted(columns, 'column')} and {self.probabilities.shape[1]} symbols"


def _counted(number, word):
    return f"{number} {word}{'' if number == 1 else 's'}"


def draw_files(rng):
    """Long, short, of one row, of one column, with many symbols, with two, and with improbable ones.

    An AnsCoder writes two words for the twelve bits of the seventh file. There, more than 9 bytes in front of them are
    always too many; elsewhere it takes up to 7 bytes of its own, so that up to 9 bytes in front never are.
    """
    twelve = np.append(rng.integers(0, 2, 11), 1)[:, None]
    return [
        _draw(rng, int(rng.integers(60, 90)), int(rng.integers(4, 8)), int(rng.integers(5, 10))),
        _draw(rng, 1, int(rng.integers(20, 40)), int(rng.integers(5, 10))),
        _draw(rng, int(rng.integers(40, 80)), 1, int(rng.integers(5, 10))),
        _draw(rng, int(rng.integers(30, 40)), int(rng.integers(3, 5)), 300, spread=0.1),
        _draw(rng, int(rng.integers(300, 400)), 3, 2),
        _draw(rng, 1, 1, 4),
        File(twelve, np.full((1, 2), 0.5), typical=False),
        _draw(rng, int(rng.integers(100, 130)), int(rng.integers(10, 13)), int(rng.integers(20, 30))),
        _draw(rng, int(rng.integers(20, 30)), int(rng.integers(4, 8)), int(rng.integers(11, 15)), typical=False),
    ]


def _draw(rng, rows, columns, k, spread=0.4, typical=True):
    p = rng.dirichlet(np.full(k, spread), columns) + 0.02 / k
    p /= p.sum(axis=1, keepdims=True)
    chosen = [rng.choice(k, rows, p=column if typical else None) for column in p]
    return File(np.stack(chosen, axis=1), p, typical)


def _other_order(file):
    """The message row by row, with a table for a message column by column."""
    rows, columns = file.symbols.shape
    return file.under(np.repeat(np.arange(columns), rows))


def _column_by_column(file):
    """The message column by column, with a table for a message row by row."""
    rows, columns = file.symbols.shape
    return file.under(np.tile(np.arange(columns), rows), file.symbols.T.ravel())


def _columns_reversed(file):
    rows, columns = file.symbols.shape
    return file.under(np.tile(np.arange(columns)[::-1], rows))


def _first_model(file):
    return file.under(np.zeros(file.symbols.size, int))


def _last_model(file):
    return file.under(np.full(file.symbols.size, file.symbols.shape[1] - 1))


def _mean_model(file):
    return float(-np.sum(np.log2(file.probabilities.mean(axis=0)[file.symbols]))) / 8


def _uniform(file):
    return file.symbols.size * np.log2(file.probabilities.shape[1]) / 8


def _own_frequencies(file):
    """The entropy of the message itself, column by column."""
    counts = [np.unique(column, return_counts=True)[1] for column in file.symbols.T]
    return sum(float(np.sum(n * np.log2(n.sum() / n))) for n in counts) / 8


def _whole_bits(file):
    p = file.probabilities[np.arange(file.symbols.shape[1]), file.symbols]
    return float(np.sum(np.ceil(-np.log2(p)))) / 8


def _with_table(size):
    return lambda file: file.ideal + size * file.probabilities.size


def _sizes(of_file):
    return lambda files: [of_file(file) for file in files]


WRONG_ROWS = (
    "Symbols are coded under the models of other columns, which makes the files longer though they can be read. "
)
OTHER_ORDER = (
    f"{WRONG_ROWS}The message goes row by row and the table column by column, or the other way round. Row by row, the "
    "table has all columns' models in turn, once for each row, as np.tile makes it; np.repeat has each model many "
    "times in succession."
)
SIZES = [
    *((OTHER_ORDER, _sizes(order)) for order in (_other_order, _column_by_column)),
    (f"{WRONG_ROWS}The order of the columns is reversed in the table.", _sizes(_columns_reversed)),
    ("All columns are coded under the model of the first. Each has its own.", _sizes(_first_model)),
    ("All columns are coded under the model of the last. Each has its own.", _sizes(_last_model)),
    ("All columns are coded under the mean of the models. Each has its own.", _sizes(_mean_model)),
    (
        "The files have the size of a code in which all symbols are equally probable. Use the probabilities.",
        _sizes(_uniform),
    ),
    (
        "Each symbol takes a whole number of bits. An entropy coder codes the message as a whole, and need not round.",
        _sizes(_whole_bits),
    ),
    *(
        (
            f"The probabilities are in the file, with {size} bytes each. `decode` is given them.",
            _sizes(_with_table(size)),
        )
        for size in (2, 4, 8)
    ),
]
HELD = (
    "Each file is longer than the one before, by its own code length: the coder is not a new one for each call, and "
    "still holds what was encoded before. Make an empty one in `encode`."
)


MULTIPLES = {
    8: "There is a byte in the file for each bit. np.packbits puts eight bits into a byte.",
    4: "The file has four times the bytes that it needs, as when each byte is stored as a word.",
    2: "The file has twice the bytes that it needs, as when everything is in it twice, or each byte as two digits.",
}


def named_size(files, lengths):
    """The message of the mistake that makes files of these lengths; None if there is none."""
    plain = _bytes_per_symbol(files, lengths)
    if plain:
        return plain
    for message, sizes in SIZES:
        expected = np.asarray(sizes(files))
        if np.all(np.abs(lengths - expected) <= CLOSE * expected + SPARE):
            return message
    ideals = np.array([file.ideal for file in files])
    if is_held(files, lengths):
        return HELD
    for times, message in MULTIPLES.items():
        if np.all(np.abs(lengths / times - ideals) <= SLACK * ideals + SPARE):
            return message
    extra = lengths - ideals
    more = extra[np.argmin(ideals)]
    if more > SPARE and np.all(np.abs(extra - more) <= SPARE + CLOSE * ideals):
        return (
            f"Every file, small or large, is about {more:.0f} bytes longer than its code length: there is more in it "
            "than the symbols. `decode` is given the probabilities and the number of rows."
        )
    return None


def is_held(files, lengths):
    """Whether each file seems to hold all those before it as well."""
    so_far = np.cumsum([file.ideal for file in files])
    held = lengths - so_far  # the same for all files, and more than nothing after an earlier check
    return bool(np.all(np.abs(held - held[0]) <= CLOSE * so_far + SPARE) and held[0] > -SPARE)


def _bytes_per_symbol(files, lengths):
    counts = np.array([file.symbols.size for file in files])
    for size in (1, 2, 4, 8):
        beyond = lengths - size * counts
        if np.all(beyond == beyond[0]) and 0 <= beyond[0] <= 128:
            each = "one byte" if size == 1 else f"{size} bytes"
            return f"Each symbol takes {each}, whatever its probability. Use an entropy coder and the probabilities."
    return None


def is_compressed(data):
    """Whether zlib, bz2 or lzma can read these bytes."""
    for compressor in (zlib, bz2, lzma):
        with contextlib.suppress(zlib.error, lzma.LZMAError, OSError, ValueError, EOFError):
            compressor.decompress(data.tobytes())
            return True
    return False


def _of_order(order):
    return lambda symbols, before: order(symbols)


# From messages to what decode returns, of a file's symbols and those of the file encoded last.
READ = [
    ("decode returns the symbols in reverse order.", _of_order(lambda s: s.ravel()[::-1].reshape(s.shape))),
    ("decode returns the rows in reverse order.", _of_order(lambda s: s[::-1])),
    ("decode returns the columns in reverse order.", _of_order(lambda s: s[:, ::-1])),
    ("decode returns (columns, rows): transpose it.", _of_order(lambda s: s.T)),
    ("decode returns one long row. Reshape it to (rows, columns).", _of_order(lambda s: s.ravel())),
    ("decode returns one long row, and column by column. Make it (rows, columns).", _of_order(lambda s: s.T.ravel())),
    (
        "decode returns one long row, in reverse order. Make it (rows, columns).",
        _of_order(lambda s: s.ravel()[::-1]),
    ),
    (
        "encode takes the symbols column by column, and decode puts them row by row. Take one order for both.",
        _of_order(lambda s: s.T.reshape(s.shape)),
    ),
    (
        "encode takes the symbols row by row, and decode puts them column by column. Take one order for both.",
        _of_order(lambda s: s.reshape(s.shape[::-1]).T),
    ),
    (
        "decode returns (columns, rows), filled row by row. Reshape to (rows, columns).",
        _of_order(lambda s: s.reshape(s.shape[::-1])),
    ),
    (
        "Symbols of 256 and more come back 256 smaller: they do not fit into uint8. Only the file consists of bytes.",
        _of_order(lambda s: s % 256),
    ),
    (
        "Symbols of 128 and more come back wrong: they do not fit into int8. Only the file consists of bytes.",
        _of_order(lambda s: s.astype("int8")),
    ),
    ("decode returns 1 too much everywhere: the first symbol is 0.", _of_order(lambda s: s + 1)),
    ("decode returns 1 too little everywhere: the first symbol is 0.", _of_order(lambda s: s - 1)),
    ("decode returns 0 everywhere.", _of_order(lambda s: 0 * s)),
    ("decode returns the first row alone.", _of_order(lambda s: s[:1])),
    ("decode returns the first row alone.", _of_order(lambda s: s[0])),
    (
        "decode returns the symbols of the file that was encoded last, whatever file it is given. Read the bytes.",
        lambda symbols, before: before,
    ),
    (
        "A file of one row, or of one column, lost that axis: np.squeeze drops every axis of length 1.",
        _of_order(np.squeeze),
    ),
]
