"""Reads a submitted notebook as what it is: a file from a stranger."""

import hashlib
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

from autoencoders_edu.course import curriculum, notebooks
from autoencoders_edu.course.notebooks import Unreadable
from autoencoders_edu.exercises import registry

PARSING = threading.Lock()  # JSON may take thirty times its size in memory: not that of all jobs at once
MOST_CELLS, MOST_CODE = 1000, 2**20  # code cells, and characters in them


@dataclass(frozen=True)
class Notebook:
    """What counts of a notebook: its code cells. Kernel, outputs and other metadata are whatever the file claims.

    Attributes:
        cells: list of (number, source), numbered from 1 over all cells, as a reader counts them.
        ids: dict from a cell's number to its nbgrader id.
        text_ids: the same for cells that hold no code, with their type: dict from a number to (id, "markdown").
        digest: SHA-256 of the file.
        size: of the file, in bytes.
        notes: what was done to it before grading, for the learner and the staff.
    """

    cells: list[tuple[int, str]]
    ids: dict[int, str] = field(default_factory=dict)
    text_ids: dict[int, tuple[str, str]] = field(default_factory=dict)
    digest: str = ""
    size: int = 0
    notes: tuple[str, ...] = ()

    def cells_of(self, name):
        """Numbers of the cells that hold or define an exercise's answer, in order."""
        defines = re.compile(rf"^(?:def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]+)?=", re.MULTILINE)
        return [number for number, source in self.cells if self.ids.get(number) == name or defines.search(source)]

    def definitions(self, name):
        """Numbers of the cells that define the name as a function or class; with repetition."""
        defines = re.compile(rf"^(?:def|class)[ \t]+{name}\b", re.MULTILINE)
        return [number for number, source in self.cells for _ in defines.findall(source)]


def parse(data: bytes) -> Notebook:
    """The code cells of a notebook file.

    Raises:
        Unreadable: for anything that is no notebook, and for a flood of code.
    """
    with PARSING:
        numbered = [
            (number, cell["cell_type"], _text(cell["source"]), notebooks.grade_id(cell))
            for number, cell in enumerate(notebooks.parse(data)["cells"], 1)
        ]
    code = [(number, source, identity) for number, kind, source, identity in numbered if kind == "code"]
    if len(code) > MOST_CELLS or sum(len(source) for _, source, _ in code) > MOST_CODE:
        raise Unreadable(f"At most {MOST_CELLS} code cells with {MOST_CODE} characters are read. Here there are more.")
    return Notebook(
        [(number, source) for number, source, _ in code],
        {number: identity for number, _, identity in code if identity},
        {number: (identity, kind) for number, kind, _, identity in numbered if identity and kind != "code"},
        hashlib.sha256(data).hexdigest(),
        len(data),
    )


def _text(source):
    text = source if isinstance(source, str) else "".join(source)
    return text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates would not survive the way to the worker


def lesson_of(notebook, path):
    """The lesson whose exercises the notebook holds; None if nothing tells.

    The ids of its cells tell, else its folder, else the names that its code defines.
    """
    return lesson_of_cells(notebook) or lesson_of_folder(path) or _most(notebook.cells_of)


def lesson_of_cells(notebook):
    """The lesson that the ids of the cells are of; None if there are none of an exercise."""
    ids = {*notebook.ids.values(), *(identity for identity, _ in notebook.text_ids.values())}
    return _most(lambda name: name in ids)


def _most(holds):
    """The lesson of which the most exercises' names are held; None if none is."""
    counts = {
        lesson: sum(bool(holds(e.name)) for e in registry.of_lesson(lesson.number)) for lesson in curriculum.LESSONS
    }
    best = max(counts, key=counts.get)
    return best if counts[best] else None


def lesson_of_folder(path):
    """The lesson whose folder is the innermost in this path; None if there is none."""
    folders = {lesson.folder: lesson for lesson in curriculum.LESSONS}
    return next((folders[part] for part in reversed(Path(path).parts) if part in folders), None)
