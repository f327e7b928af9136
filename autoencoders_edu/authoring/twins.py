"""Text twins of notebooks: what people review and edit. The notebook beside one stores the outputs."""

from pathlib import Path

import nbformat

from autoencoders_edu.course import folders


def is_stale(path) -> bool:
    """Whether a notebook is missing or holds other cells than the text twin beside it; False if there is no twin.

    Raises:
        ValueError: when jupytext, which reads the twin, is not installed.
    """
    path = Path(path)
    twin = path.with_suffix(".py")
    if not twin.is_file():
        return False
    try:
        import jupytext
    except ImportError:
        raise ValueError(
            f"To compare {twin} with its notebook needs jupytext: {folders.install_command('staff')}"
        ) from None
    return not path.is_file() or _cells(jupytext.read(twin)) != _cells(nbformat.read(path, as_version=4))


def _cells(notebook):
    return [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells]
