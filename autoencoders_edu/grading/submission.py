"""Finds submissions and reads them as what they are: files from strangers."""

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from autoencoders_edu.course import curriculum, notebooks
from autoencoders_edu.exercises import registry

LARGEST = 20 * 2**20
MOST_CELLS, MOST_CODE = 1000, 2**20  # code cells, and characters in them
MOST_FILES, MOST_NOTEBOOKS, DEEPEST = 2000, 100, 20  # in one learner's folder
SKIPPED = ("lesson.ipynb",)


class Unreadable(ValueError):
    """Why a submission cannot be graded, in words for the report."""


@dataclass(frozen=True)
class Submission:
    """One learner's notebook. `problem` says why it cannot be graded, or is ""; `folder` is the learner's, if any."""

    student: str
    path: Path
    problem: str = ""
    folder: Path | None = None


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
        defines = re.compile(rf"^(?:def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]+)?=", re.MULTILINE)
        return [number for number, source in self.cells if self.ids.get(number) == name or defines.search(source)]

    def definitions(self, name):
        """Numbers of the cells that define the name as a function or class; with repetition."""
        defines = re.compile(rf"^(?:def|class)[ \t]+{name}\b", re.MULTILINE)
        return [number for number, source in self.cells for _ in defines.findall(source)]


def find(paths) -> list[Submission]:
    """The submissions below these paths, in order: notebooks, learners' checkouts, or folders of either.

    A path that does not exist, cannot be read or is a symbolic link becomes a submission with a problem: one bad path
    costs no other.
    """
    return [found for path in map(Path, paths) for found in _or_problem(_find, Path(os.path.abspath(path)))]


def _or_problem(look, path):
    """What `look` finds at a path; where it may not look, a submission that says so."""
    try:
        return look(path)
    except OSError as error:
        return [Submission(path.stem, path, f"This cannot be read: {error.strerror}.")]


def _find(path):
    if path.is_symlink():
        return [Submission(path.stem, path, "This is a symbolic link. Links are not followed: submit the file itself.")]
    if not path.exists():
        return [Submission(path.stem, path, "There is no such file or folder.")]
    if path.is_file():
        return [Submission(path.parent.name if path.name == "exercises.ipynb" else path.stem, path)]
    if not path.is_dir():
        return [Submission(path.stem, path, "This is no regular file.")]
    if (path / "lessons").is_dir():
        return _of_student(path)
    if any(path.glob("*/exercises.ipynb")) and all(_is_lesson(child) for child in path.iterdir() if child.is_dir()):
        return _of_student(path)
    children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
    found = [submission for child in children for submission in _or_problem(_of_child, child)]
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
    found = []

    def note(problem, path=folder):
        found.append(Submission(folder.name, path, problem, folder))

    paths = _below(start, lambda error: note(f"This folder cannot be read: {error.strerror}.", Path(error.filename)))
    for seen, path in enumerate(paths):
        if seen == MOST_FILES or len(found) == MOST_NOTEBOOKS:
            note(
                f"This folder holds more than {MOST_FILES} files or {MOST_NOTEBOOKS} notebooks. The rest was left out."
            )
            break
        if path.is_symlink() and (path.suffix == ".ipynb" or _is_lesson(path)):
            note(*[s.problem for s in _find(path)], path)
        elif path.suffix == ".ipynb" and path.name not in SKIPPED and not path.is_dir():
            note("", path)
    if not found:
        note("This folder holds no exercise notebook.")
    return found


def _below(start, onerror):
    """Every path below a folder, hidden folders and absurd depths aside."""
    for place, folders, files in os.walk(start, onerror=onerror, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in [*folders, *sorted(files)])
        if len(Path(place).parts) - len(start.parts) == DEEPEST:
            folders.clear()


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
    if len(code) > MOST_CELLS or sum(len(source) for _, source, _ in code.values()) > MOST_CODE:
        raise Unreadable(f"At most {MOST_CELLS} code cells with {MOST_CODE} characters are read. Here are more.")
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
        try:
            return file.read(LARGEST)
        except OSError as error:
            raise Unreadable(f"This file cannot be read: {error.strerror}.") from None


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
