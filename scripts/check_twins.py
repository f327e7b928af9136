"""Fails if a notebook and its text twin hold different cells.

    python scripts/check_twins.py            names those that differ
    python scripts/check_twins.py --write    writes the cells into the notebooks; changed cells lose their outputs

People review and edit the twin (py:percent, by jupytext); the notebook stores the outputs.
"""

import sys
from pathlib import Path

import jupytext
import nbformat

from autoencoders_edu.authoring.twins import is_stale

ROOT = Path(__file__).parents[1]


def main(write):
    different = []
    for twin in sorted([*ROOT.glob("lessons/*/lesson.py"), *ROOT.glob("solutions/*/exercises.py")]):
        path = twin.with_suffix(".ipynb")
        if is_stale(path):
            different.append(path)
            if write:
                update(twin, path)
    for path in different:
        print(f"{path.relative_to(ROOT)}: {'updated' if write else 'differs from its text twin'}")
    return 1 if different and not write else 0


def update(twin, path):
    """Writes the twin's cells, keeping the outputs and ids of cells whose source is unchanged, and the language."""
    new = jupytext.read(twin)
    old = nbformat.read(path, as_version=4) if path.is_file() else nbformat.v4.new_notebook()
    new.metadata = {**old.metadata, **new.metadata}
    by_source = {cell.source: cell for cell in old.cells}
    for cell in new.cells:
        cell.metadata.pop("lines_to_next_cell", None)  # blank lines in the twin, which mean nothing in the notebook
        known = by_source.get(cell.source)
        if known is not None and known.cell_type == cell.cell_type:
            cell.id = known.id
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = known.outputs, known.execution_count
    nbformat.write(new, path)


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv[1:]))
