"""14.3 encode: a codec whose files hold everything, and little more."""

import numpy as np

from autoencoders_edu.checks.lesson_14.file_mistakes import (
    HELD,
    READ,
    SLACK,
    SPARE,
    draw_files,
    is_compressed,
    is_held,
    named_size,
)
from autoencoders_edu.exercises.expect import (
    Failed,
    LearnerError,
    NotAttempted,
    as_numbers,
    brief,
    expect,
    expect_rule,
    fits,
)
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "14.3",
    "encode",
    points=3,
    minutes=11,
    why="A code length is an estimate until a decoder has read the file.",
    hints=(
        "The coder takes one long message and a table with a row for each of its symbols. In which order does "
        "symbols.ravel() put the symbols, and which column does each belong to?",
        "np.tile and np.repeat both make many rows of a few. Try both on two short rows: which one has all columns' "
        "models in turn?",
        "What does `decode` need that is neither in the probabilities nor in `rows`? Begin it with a coder that holds "
        "the file's words, and reshape what it returns.",
    ),
    on_success="Every file was read back from its bytes alone, and none was more than a percent and sixteen bytes "
    "longer than its code length.",
)
def check_encode(probe):
    files = draw_files(probe.rng)
    data = [_encoded(probe, file) for file in files]
    lengths = np.array([len(each) for each in data])
    _expect_possible(files, lengths)
    order = probe.rng.permutation(len(files) - 1)  # the file encoded last is not asked first
    _expect_read_back(probe, files, data, [*order, len(files) - 1])
    _expect_short(files, data, lengths)
    _expect_read_from_bytes(probe, files[0], data[0], probe.rng)


BYTES = "`encode` should return the bytes of the file: an array (n,) of dtype uint8."


def _encoded(probe, file):
    """The bytes of the file, or `Failed`."""
    try:
        value = probe.call("encode", file.symbols, file.probabilities)
    except Failed as error:
        if "of dtype |S" not in str(error):
            raise
        raise Failed(f"{BYTES} You returned a bytes object: np.frombuffer(data, 'uint8') makes the array.") from None
    except LearnerError as error:
        raise Failed(f"For {file}, encode does not get through.{_slip(error)}\n{error}") from None
    if isinstance(value, (tuple, list, dict, str)):
        raise Failed(f"{BYTES} Received: {brief(value)}.")
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype != np.uint8:
        raise Failed(f"{BYTES} {_of_other_kind(value)}")
    return value


# Parts of constriction's messages, and what they mean here.
SLIPS = {
    "not an instance of 'ndarray'": "The coder takes arrays of one kind only: the message of dtype int32, (m,), the "
    "table of dtype float32, (m, K), and words of dtype uint32. Here, one of them has another dtype or shape.",
    "`symbols` argument has wrong length": "The table needs one row for each symbol of the message, rows * columns of "
    "them in all, and has another number of rows.",
    "never ends in a zero word": "The last of the words that the coder was given is 0, and it never writes such a "
    'word. astype("uint32") would make a word of each single byte; view("uint32") makes one of four bytes.',
}


def _slip(error):
    message = str(error.described.get("message", ""))
    return next((f" {meaning}" for part, meaning in SLIPS.items() if part in message), "")


def _of_other_kind(value):
    dtype = f" of dtype {value.dtype}" if isinstance(value, np.ndarray) else ""
    received = f"Received: {brief(value)}{dtype}."
    if isinstance(value, np.ndarray) and value.dtype == np.uint32:
        return f'These are words, four bytes each: their view("uint8") has the bytes. {received}'
    return received


def _expect_possible(files, lengths):
    """`Failed` for files that are shorter than chance would make any code for such symbols."""
    ideals = np.array([file.ideal for file in files])
    short = [i for i, file in enumerate(files) if file.typical and lengths[i] < ideals[i] - SPARE]
    if not short:
        return
    if np.all(np.abs(4 * lengths - ideals) <= SLACK * ideals + SPARE):
        raise Failed(
            'The file has one byte for each of the coder\'s words, which have four: as when astype("uint8") keeps the '
            'last byte of each and drops the others. view("uint8") has them all.'
            f"{_lengths(files[short[0]], lengths[short[0]])}"
        )
    if np.all(lengths == lengths[0]):
        raise Failed(
            f"All files have {lengths[0]} bytes, whatever is in them. The symbols have to be in the file."
            f"{_lengths(files[short[0]], lengths[short[0]])}"
        )
    raise Failed(
        "The file is too short to hold the symbols: no code for such symbols is that short, but for a chance of less "
        f"than 2^-64.{_lengths(files[short[0]], lengths[short[0]])}"
    )


def _lengths(file, length):
    return (
        f"\nFor {file}, the file has {length} bytes. The code length is {file.ideal:.1f} bytes, and at most "
        f"{file.most} are allowed."
    )


def _decoded(probe, file, data):
    try:
        return probe.call("decode", data.copy(), file.probabilities, len(file.symbols))
    except NotAttempted:
        raise
    except LearnerError as error:
        said = f"For {file}, decode does not get through the file that encode made.{_slip(error)}"
        raise Failed(f"{said}\n{error}") from None


def _expect_read_back(probe, files, data, order):
    answers = [_decoded(probe, files[i], data[i]) for i in order]
    cases = [(files[i].symbols, files[-1].symbols) for i in order]
    expect_rule(
        answers,
        [files[i].symbols for i in order],
        cases=cases,
        mistakes=READ,
        otherwise=lambda: f"{_reason(files, data, answers, order)}{RETURNED}",
        example=lambda case, answer, right: _first_difference(case[0], answer),
    )


RETURNED = "decode should return the symbols as they were given to encode, from the bytes and the probabilities alone."


def _reason(files, data, answers, order):
    if is_held(files, np.array([len(each) for each in data])):
        return f"{HELD}\n"
    return _sized_as_last(files, answers, order) or _of_one_column(files, answers, order)


STACK = "An AnsCoder is a stack: what is encoded last is decoded first."


def _sized_as_last(files, answers, order):
    """What is said of answers that all have the number of rows, or of columns, of the file encoded last; or ""."""
    last = files[-1].symbols.shape
    shapes = [() if (array := as_numbers(answer)) is None else array.shape for answer in answers]
    rows = [len(files[i].symbols) for i in order]
    if all(len(shape) == 2 and shape[0] == last[0] for shape in shapes) and any(n != last[0] for n in rows):
        return "decode returns as many rows as the file had that was encoded last. It is given the number of `rows`.\n"
    return ""


def _of_one_column(files, answers, order):
    """What is known if files of one column come back right, or reversed, and those of several do not; "" if nothing."""
    narrow = [files[i].symbols.shape[1] == 1 for i in order]
    as_they_are, reversed_ = (
        [fits(answer, files[i].symbols[turn], 0, 0) for i, answer in zip(order, answers, strict=True)]
        for turn in (slice(None), slice(None, None, -1))
    )
    if all(same for same, alone in zip(as_they_are, narrow, strict=True) if alone):
        return (
            "Files of one column come back right, and those of several do not: there, encode and decode differ in the "
            f"order of the columns or in the model that a symbol gets. {STACK}\n"
        )
    if all(turned for turned, alone in zip(reversed_, narrow, strict=True) if alone):
        return (
            f"A file of one column comes back in reverse order. {STACK} With several columns the symbols then even "
            "meet the models of other columns.\n"
        )
    return ""


def _first_difference(symbols, answer):
    array = as_numbers(answer)
    shape = " and ".join(
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in zip(symbols.shape, ("row", "column"), strict=True)
    )
    if array is None or array.shape != symbols.shape:
        return f"For {shape} received {brief(answer)}, expected an array of shape {symbols.shape}."
    wrong = np.argwhere(array != symbols)
    row, column = wrong[0]
    return (
        f"For {shape}, {len(wrong)} of {symbols.size} symbols differ. The first is in row {row}, column {column}: "
        f"received {array[row, column]:g}, expected {symbols[row, column]}."
    )


TOO_LONG = (
    "The file can be read, but it is too long. Look for what is in it besides the symbols, for symbols that are coded "
    "under another model than their column's, and for more than one coder in a file."
)


def _expect_short(files, data, lengths):
    long = [i for i, file in enumerate(files) if lengths[i] > file.most]
    if not long:
        return
    worst = max(long, key=lambda i: lengths[i] - files[i].most)
    message = named_size(files, lengths)
    if not message and all(map(is_compressed, data)):
        message = (
            "The file is made by a general compressor, which finds its own statistics in the bytes and knows nothing "
            "of the probabilities. Use an entropy coder."
        )
    raise Failed(f"{message or TOO_LONG}{_lengths(files[worst], lengths[worst])}")


def _expect_read_from_bytes(probe, file, data, rng):
    """`Failed` if the symbols come back although the bytes, or the models, are others."""
    others = rng.dirichlet(np.ones(file.probabilities.shape[1]), len(file.probabilities))
    for changed, models, said in (
        (data ^ np.uint8(rng.integers(1, 256)), file.probabilities, "every byte of the file was changed"),
        (data, others, "it was given other probabilities"),
    ):
        try:
            value = probe.call("decode", changed, models, len(file.symbols))
        except (LearnerError, Failed):  # such a file need not be readable
            continue
        expect(
            not fits(value, file.symbols),
            f"decode returned the right symbols although {said}: they come from somewhere else, such as a variable "
            "that encode filled. Read them from the bytes.",
        )
