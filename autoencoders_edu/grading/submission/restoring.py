"""Locked cells run as they were handed out, whatever became of them in a learner's notebook."""

from dataclasses import replace

from autoencoders_edu.course import notebooks
from autoencoders_edu.grading.submission.notebook import Notebook


def restored(notebook: Notebook, lesson) -> Notebook:
    """The notebook with each locked cell that was changed, deleted or turned into text as it was handed out.

    What a learner wrote into a locked cell runs, too, and before it: an import of their own is kept, and no line that
    fails or overwrites a name does harm. Cells that are put in have the numbers 0, -1 and so on.

    Args:
        notebook: a `Notebook`.
        lesson: its `Lesson`.
    """
    released = notebooks.locked(lesson.number)
    notes = []
    for name, source in released.items():
        numbers = [number for number, identity in notebook.ids.items() if identity == name]
        sources = dict(notebook.cells)
        if not source or any(_same(sources[number], source) for number in numbers):
            continue
        if numbers:
            found = f"Cell {numbers[-1]}, `{name}`, is locked but was changed: it ran as submitted, then"
            before = {number for number, _ in notebook.cells if number <= numbers[-1]}
        else:
            gone = "was turned into text" if name in dict(notebook.text_ids.values()) else "is missing"
            found = f"The locked cell `{name}` {gone}: it ran"
            before = _before(notebook, name, list(released))
        notes.append(f"{found} as handed out.")
        notebook = _with(notebook, name, source, before)
    return replace(notebook, notes=(*notebook.notes, *notes))


def _same(one, other):
    return [line.rstrip() for line in one.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _before(notebook, name, order):
    """Numbers of the cells before the place of a cell that is gone: it came after those that were handed out before."""
    places = {**notebook.ids, **{number: identity for number, (identity, _) in notebook.text_ids.items()}}
    earlier = order[: order.index(name) + 1]
    last = max((number for number, identity in places.items() if identity in earlier), default=0)
    return {number for number, _ in notebook.cells if number <= last}


def _with(notebook, name, source, before):
    """The notebook with one more cell, after the last of those before."""
    number = min([1, *dict(notebook.cells)]) - 1
    place = max((index for index, (n, _) in enumerate(notebook.cells, 1) if n in before), default=0)
    cells = [*notebook.cells[:place], (number, source), *notebook.cells[place:]]
    return replace(notebook, cells=cells, ids={**notebook.ids, number: name})
