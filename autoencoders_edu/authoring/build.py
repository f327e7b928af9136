"""Derives learners' notebooks from their source with nbgrader's own preprocessors, and the stubs for `aedu reset`."""

import copy
import json

import nbformat

from autoencoders_edu.authoring.twins import is_stale
from autoencoders_edu.course import curriculum, folders, notebooks


def lessons_with_source():
    """The lessons that have exercises, in order."""
    return [lesson for lesson in curriculum.LESSONS if notebooks.source(lesson.number).is_file()]


def student_version(source):
    """A learner's notebook: solutions replaced by stubs, outputs removed, nbgrader's checksums computed.

    Args:
        source: a notebook with nbgrader metadata and solution regions.

    Raises:
        ValueError: when nbgrader is not installed, or refuses the source.
    """
    try:
        from nbgrader import preprocessors
    except ImportError:
        raise ValueError(f"Building learners' notebooks needs nbgrader: {folders.install_command('staff')}") from None
    notebook, resources = copy.deepcopy(source), {}
    for name in ("CheckCellMetadata", "LockCells", "ClearSolutions", "ClearOutput", "ComputeChecksums"):
        try:
            notebook, resources = getattr(preprocessors, name)().preprocess(notebook, resources)
        except Exception as error:
            raise ValueError(f"nbgrader's {name} refuses this notebook: {error}") from error
    return notebook


def build():
    """All that is derived: dict from each path to the text that belongs there.

    Raises:
        ValueError: when a source is older than its text twin, which people edit.
    """
    sources = [notebooks.source(lesson.number) for lesson in lessons_with_source()]
    if stale := [str(path.relative_to(folders.root())) for path in sources if is_stale(path)]:
        raise ValueError(
            f"{', '.join(stale)}: out of date with its text twin. Run `make sync`, then `aedu build` again."
        )
    texts, stubs, locked = {}, {}, {}
    for lesson in lessons_with_source():
        student = student_version(nbformat.read(notebooks.source(lesson.number), as_version=4))
        texts[notebooks.learners(lesson.number)] = nbformat.writes(student) + "\n"
        roles = {
            cell.metadata.nbgrader.grade_id: (cell, cell.metadata.nbgrader)
            for cell in student.cells
            if notebooks.grade_id(cell)
        }
        stubs |= {name: cell.source for name, (cell, role) in roles.items() if role.solution}
        given = {name: cell.source for name, (cell, role) in roles.items() if role.locked and not role.grade}
        locked[lesson.folder] = {name: given.get(name, "") for name in roles}
    texts[folders.STUBS] = json.dumps(stubs, indent=1) + "\n"
    texts[folders.LOCKED] = json.dumps(locked, indent=1) + "\n"
    return texts


def differing(texts):
    """The paths among them whose files hold something else, or are missing."""
    return [path for path, text in texts.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
