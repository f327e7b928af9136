"""Finds submissions and reads them as what they are: files from strangers."""

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from autoencoders_edu import curriculum
from autoencoders_edu.exercises import notebooks, registry

LARGEST = 20 * 2**20
MOST_FILES = 2000
SKIPPED = ("lesson.ipynb",)


class Unreadable(ValueError):
    """Why a submission cannot be graded, in words for the report."""


@dataclass(frozen=True)
class Submission:
    """One learner's notebook. `problem` says why it cannot be graded, or is ""."""

    student: str
    path: Path
    problem: str = ""


@dataclass(frozen=True)
class Notebook:
    """What counts of a notebook: its code cells. Kernel, outputs and other metadata are whatever the file claims.

    Attributes:
        cells: list of (number, source), numbered from 1 over all cells, as a reader counts them.
        ids: dict from a cell's number to its nbgrader id.
        digest: SHA-256 of the file.
    """

    cells: list[tuple[int, str]]
    ids: dict[int, str] = field(default_factory=dict)
    digest: str = ""

    def cells_of(self, name):
        """Numbers of the cells that hold or define an exercise's answer, in order."""
        defines = re.compile(rf"^(?:def|class)\s+{name}\b|^{name}\s*(?::[^=]+)?=", re.MULTILINE)
        return [number for number, source in self.cells if self.ids.get(number) == name or defines.search(source)]

    def definitions(self, name):
        """Numbers of the cells that define the name as a function or class; with repetition."""
        defines = re.compile(rf"^(?:def|class)\s+{name}\b", re.MULTILINE)
        return [number for number, source in self.cells for _ in defines.findall(source)]


def find(paths) -> list[Submission]:
    """The submissions below these paths, in order: notebooks, learners' checkouts, or folders of either.

    A path that does not exist or is a symbolic link becomes a submission with a problem: one bad path costs no other.
    """
    return [submission for path in map(Path, paths) for submission in _find(Path(os.path.abspath(path)))]


def _find(path):
    if path.is_symlink():
        return [Submission(path.stem, path, "This is a symbolic link. Links are not followed: submit the file itself.")]
    if not path.exists():
        return [Submission(path.stem, path, "There is no such file or folder.")]
    if path.is_file():
        return [Submission(path.parent.name if path.name == "exercises.ipynb" else path.stem, path)]
    if (path / "lessons").is_dir():
        return _of_student(path)
    if any(path.glob("*/exercises.ipynb")) and all(_is_lesson(child) for child in path.iterdir() if child.is_dir()):
        return _of_student(path)
    children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
    found = [submission for child in children for submission in _of_child(child)]
    return found or [Submission(path.name, path, "This folder holds no notebooks.")]


def _is_lesson(path):
    return path.name in {lesson.folder for lesson in curriculum.LESSONS}


def _of_child(path):
    """The submissions of one entry of a folder of submissions."""
    if path.is_symlink():
        return _find(path)
    if path.is_dir():
        return _of_student(path)
    if path.suffix != ".ipynb" or path.name in SKIPPED:
        return []
    return [Submission(path.parent.name, path)] if path.name == "exercises.ipynb" else _find(path)


def _of_student(folder):
    """Every exercise notebook below a learner's folder; in a checkout, those under `lessons`."""
    start = folder / "lessons" if (folder / "lessons").is_dir() else folder
    found, seen = [], 0
    for place, folders, files in os.walk(start, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(files)]:
            path = Path(place) / name
            seen += 1
            if path.is_symlink() and (path.suffix == ".ipynb" or _is_lesson(path)):
                found += [Submission(folder.name, path, *[s.problem for s in _find(path)])]
            elif name.endswith(".ipynb") and name in files and name not in SKIPPED:
                found.append(Submission(folder.name, path))
        if seen > MOST_FILES:
            break
    return found or [Submission(folder.name, folder, "This folder holds no exercise notebook.")]


def read(path) -> Notebook:
    """A notebook's code cells.

    Raises:
        Unreadable: for anything that is no notebook.
    """
    data = _bytes(path)
    try:
        content = json.loads(data)
        cells = content["cells"]
        read_cells = [(cell["cell_type"], _text(cell["source"]), _grade_id(cell)) for cell in cells]
    except KeyError as error:
        if isinstance(content, dict) and "worksheets" in content:
            raise Unreadable(
                "This notebook is of an old format. Open it in Jupyter, save it, and submit again."
            ) from None
        raise Unreadable(f"This is no notebook: it has no {error}.") from None
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"This is no notebook: {type(error).__name__}, {error}"[:300]) from None
    code = {number: cell for number, cell in enumerate(read_cells, 1) if cell[0] == "code"}
    return Notebook(
        [(number, source) for number, (_, source, _) in code.items()],
        {number: grade_id for number, (_, _, grade_id) in code.items() if grade_id},
        hashlib.sha256(data).hexdigest(),
    )


def _bytes(path):
    """The content of a regular file that is no link, is not too large, and does not wait for anybody."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unreadable(f"This file cannot be read: {error.strerror}.") from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise Unreadable("This is no regular file.")
    with os.fdopen(handle, "rb") as file:
        if about.st_size > LARGEST:
            raise Unreadable(f"This file has {about.st_size / 2**20:.0f} MiB; at most {LARGEST // 2**20} are read.")
        return file.read()


def _text(source):
    text = source if isinstance(source, str) else "".join(source)
    return text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates would not survive the way to the worker


def _grade_id(cell):
    identity = notebooks.grade_id(cell)
    return identity if isinstance(identity, str) else ""


def lesson_of(notebook, path):
    """The lesson whose exercises the notebook holds, by its cells' ids, else by its folder; None if neither tells."""
    counts = {}
    names = set(notebook.ids.values())
    for lesson in curriculum.LESSONS:
        counts[lesson] = len(names & {exercise.name for exercise in registry.of_lesson(lesson.number)})
    best = max(counts, key=counts.get)
    if counts[best]:
        return best
    folders = {lesson.folder: lesson for lesson in curriculum.LESSONS}
    return next((folders[part] for part in reversed(Path(path).parts) if part in folders), None)
