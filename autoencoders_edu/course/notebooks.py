"""The exercise notebooks: the learner's, their source in `solutions`, and what any notebook file holds."""

import json
import re
from pathlib import Path

from autoencoders_edu.course import curriculum, folders

SOLUTION = re.compile(r"^\s*### (BEGIN|END) SOLUTION\s*$")
CONFLICT = re.compile(rb"^(?:<{7}|>{7}) .*$", re.MULTILINE)
# How other kinds of file begin, what they are, and how to get at the notebook.
OTHERS = (
    (b"PK\x03\x04", "a zip archive", "Unzip it and use the notebook inside"),
    (b"%PDF", "a PDF", "Use the notebook itself, the file that ends in .ipynb"),
    (b"<", "a web page", "Download the notebook itself, the file that ends in .ipynb"),
    (b"version https://git-lfs", "a pointer of Git LFS to a file that is not here", "Run `git lfs pull`"),
)


class Unreadable(ValueError):
    """Why a file cannot be read as a notebook, in words for its author."""


def learners(lesson) -> Path:
    """A lesson's exercise notebook, as the learner has it."""
    return curriculum.find(lesson).path() / "exercises.ipynb"


def source(lesson) -> Path:
    """The notebook that it is built from, with solutions."""
    return folders.solutions(curriculum.find(lesson).folder) / "exercises.ipynb"


def existing(lesson) -> Path:
    """A lesson's exercise notebook, if the learner has it.

    Raises:
        ValueError: when there is none; if another file may be it, that one is named.
    """
    path = learners(lesson)
    if path.is_file():
        return path
    others = sorted(other.name for other in path.parent.glob("*") if _may_be_renamed(other))
    found = f" Found {' and '.join(others[:3])}: if this is your notebook, rename it to {path.name}." if others else ""
    raise ValueError(f"There is no {path}.{found}")


def _may_be_renamed(path):
    name = path.name.lower()
    return path.is_file() and not name.startswith(".") and ".ipynb" in name and name != "lesson.ipynb"


def read(path) -> dict:
    """The notebook in a file.

    Raises:
        Unreadable: when it holds anything else; the message names the file.
    """
    try:
        return parse(Path(path).read_bytes())
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from None


def parse(data: bytes) -> dict:
    """The notebook in these bytes: a dict whose "cells" have a type, a source and metadata. A byte-order mark is fine.

    Raises:
        Unreadable: for anything else, with what it is and what to do.
    """
    try:
        content = json.loads(data)
    except RecursionError:
        raise Unreadable("This is not a notebook: it is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(f"This is {_what_it_is(data, error)}") from None
    if isinstance(content, dict) and "worksheets" in content and "cells" not in content:
        raise Unreadable("This notebook is in an old format. Open it in Jupyter, save it, and submit again.")
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise Unreadable("This is not a notebook: it has no list of cells.")
    for number, cell in enumerate(content["cells"], 1):
        if not _is_cell(cell):
            raise Unreadable(f"This is not a notebook: cell {number} has no type, no source, or malformed metadata.")
    return content


def _what_it_is(data, error):
    """The rest of a sentence that begins with "This is": what the file holds, and what to do."""
    if mark := CONFLICT.search(data):
        line, text = data.count(b"\n", 0, mark.start()) + 1, mark[0][:40].decode(errors="replace").strip()
        return (
            f"not a notebook as it stands: a merge left conflict markers in it, the first in line {line} ({text}). "
            "Keep one of the two versions, for example with `git checkout --ours` or `--theirs` and the file's name."
        )
    start = data.lstrip()[:40]
    for beginning, what, remedy in OTHERS:
        if start.startswith(beginning):
            return f"{what}, not a notebook. {remedy}."
    if not start:
        return "not a notebook: the file is empty."
    if isinstance(error, UnicodeDecodeError):
        return f"not a notebook: byte {error.start + 1} is not UTF-8 text. Open it in Jupyter, save it, and try again."
    if isinstance(error, json.JSONDecodeError) and start.startswith(b"{") and _breaks_off(error):
        return "not a notebook: the file ends in the middle. Save it or upload it again."
    return f"not a notebook: it is not valid JSON ({error})."[:300]


def _breaks_off(error):
    return error.msg.startswith("Unterminated string") or not error.doc[error.pos :].strip()


def _is_cell(cell):
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    metadata, source = cell.get("metadata", {}), cell.get("source")
    proper = isinstance(metadata, dict) and isinstance(metadata.get("nbgrader", {}), dict)
    lines = source if isinstance(source, list) else [source]
    return proper and all(isinstance(line, str) for line in lines)


def grade_id(cell) -> str:
    """A cell's nbgrader id, "" if it has none."""
    identity = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")
    return identity if isinstance(identity, str) else ""


def cell_of(notebook, name):
    """The cell of this nbgrader id, or None."""
    return next((cell for cell in notebook["cells"] if grade_id(cell) == name), None)


def solution(exercise) -> str:
    """The source of an exercise's solution, markers removed.

    Raises:
        ValueError: when solutions are not part of this copy of the course.
    """
    path = source(exercise.lesson.number)
    if not path.is_file():
        raise ValueError(f"There are no solutions in this copy of the course: {path} does not exist.")
    cell = cell_of(json.loads(path.read_text(encoding="utf-8")), exercise.name)
    lines = "".join(cell["source"]).splitlines()
    return "\n".join(line for line in lines if not SOLUTION.match(line))


def stub(name) -> str:
    """An exercise's stub, as it stands in a fresh notebook.

    Raises:
        ValueError: when none is on file.
    """
    stubs = json.loads(folders.STUBS.read_text(encoding="utf-8"))
    if name not in stubs:
        raise ValueError(f"No stub of {name} is on file. `aedu build` makes it from the source in `solutions`.")
    return stubs[name]


def locked(lesson) -> dict[str, str]:
    """The cells of a lesson's notebook that have an nbgrader id, in order: their source if they are locked, else "".

    Checks count as not locked: what they do is not for a learner to decide, wherever they run. Empty for a lesson of
    which nothing is on file.
    """
    if not folders.LOCKED.is_file():
        return {}
    return json.loads(folders.LOCKED.read_text(encoding="utf-8")).get(curriculum.find(lesson).folder, {})
