"""What a CSV file's first lines tell: its separator, whether it has a header, and its encoding."""

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autoencoders_edu.data.csv_file import CsvFile

SEPARATORS = (",", ";", "\t", "|")


def check_options(sep: object, decimal: object, thousands: object, header: object, encoding: str) -> None:
    """ValueError for options that describe no file."""
    if not isinstance(sep, str) or (len(sep) != 1 and sep != r"\s+"):
        raise ValueError(
            "sep is the character between two fields, such as ',', ';' or '\\t' (a tab), or r'\\s+' for any number of "
            f"blanks. Received: {sep!r}."
        )
    if decimal not in (".", ","):
        raise ValueError(f"decimal is '.' or ','. Received: {decimal!r}.")
    if thousands is not None and (not isinstance(thousands, str) or len(thousands) != 1 or thousands == decimal):
        raise ValueError(f"thousands is one character, not the decimal mark {decimal!r}. Received: {thousands!r}.")
    if header not in ("infer", None) and (isinstance(header, bool) or header not in range(10**6)):
        raise ValueError(
            "header is 'infer' for names in the first line, None for a file without names, or the number of the line "
            f"that holds the names, 0 for the first. Received: {header!r}."
        )
    try:
        codecs.lookup(encoding)
    except (LookupError, TypeError):
        raise ValueError(
            f"Python knows no encoding {encoding!r}. Expected 'utf-8', 'utf-16', 'cp1252' (Excel on Windows), ..."
        ) from None


def encoding_remedy(path: Path, encoding: str) -> str:
    """What to do with a file that can't be decoded, by its first bytes."""
    with path.open("rb") as file:
        start = file.read(2)
    if start == b"PK":
        return "It is a workbook or an archive: save its table as CSV first."
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "It begins as encoding='utf-16' does."
    return "Try encoding='cp1252' (Excel on Windows)." if encoding == "utf-8" else "Try encoding='utf-8'."


def check_head(file: "CsvFile", records: list[list[str]]) -> None:
    """ValueError where the first lines show that the file is written in another way than was said.

    Args:
        file: a `CsvFile`.
        records: lists of fields: the header line, if the file has one, and some lines below.
    """
    if not records:
        few = f"it has no line for header={file.header}" if file.above > 1 else "it is empty"
        raise ValueError(f"{file.path} can't be read as CSV: {few}.")
    first, below = records[0], records[1] if len(records) > 1 else []
    if "\0" in "".join(first):
        raise ValueError(
            f"{file.path} can't be read as CSV: it is not {file.encoding!r} text. Try encoding='utf-16-le'."
        )
    if len(first) == 1:
        _check_separator(file, first[0], file.sep.join(below))
    if file.header == "infer" and _is_like(first, below):
        raise ValueError(
            f"{file.path} seems to have no header: its first line, {_shown(first)}, looks like the lines below it. If "
            "it holds no names, say header=None; columns are then numbered from 0. If these are names, say header=0."
        )
    if file.header is not None:
        _check_names(file, [name.strip() for name in first])


def _check_separator(file, first, below):
    """A line that is one single field: does another character stand in it as often as in the line below?"""
    for sep in SEPARATORS:
        if sep in first and (not below or first.count(sep) == below.count(sep)):
            decimal = " and decimal=','" if sep != "," and "," in below else ""
            raise ValueError(
                f"{file.path} seems to be separated by {sep!r}, not by {file.sep!r}: its first line is {first!r}. Say "
                f"sep={sep!r}{decimal}."
            )
    if len(first.split()) > 1 and len(first.split()) == len(below.split()):
        raise ValueError(f"{file.path} seems to be separated by blanks: its first line is {first!r}. Say sep=r'\\s+'.")


def _is_like(first, below):
    """Do the two lines hold the same kinds of values, numbers among them? Then the first holds no names."""
    if len(first) != len(below) or (len(first) > 2 and first == [str(index) for index in range(len(first))]):
        return False  # the second: names of a table without names, as pandas writes them
    kinds = [(_kind(one), _kind(other)) for one, other in zip(first, below, strict=True)]
    return ("number", "number") in kinds and all(one == other or not all((one, other)) for one, other in kinds)


def _kind(field):
    """What a field holds: a "number", "time" or "word", or "" for nothing."""
    if re.match(r"\d+[-/.]\d+[-/.]\d+", field):
        return "time"
    number = re.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*(e[+-]?\d+)?", field.strip(), re.IGNORECASE)
    return "number" if number else "word" if field.strip() else ""


def _check_names(file, names):
    for position, name in enumerate(names):
        if name and name in names[:position]:
            raise ValueError(
                f"{file.path}: columns {names.index(name) + 1} and {position + 1} are both called {name!r}. Give each "
                "its own name in the header line."
            )


def _shown(fields):
    return ", ".join(map(repr, fields[:4])) + (", ..." if len(fields) > 4 else "")
