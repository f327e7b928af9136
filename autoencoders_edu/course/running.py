"""Runs a notebook from top to bottom and tells, cell by cell, what it does."""

import os
import re
import time

import nbclient
import nbformat

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def run_notebook(path, say, save=False):
    """Executes a notebook in its own folder with a fresh kernel.

    Args:
        path: the notebook.
        say: function that takes one line of text, such as `print`.
        save: writes the outputs back into the file.

    Returns:
        Seconds it took.

    Raises:
        nbclient.exceptions.CellExecutionError: when a cell fails; the message holds the cell and its traceback.
    """
    notebook = nbformat.read(path, as_version=4)
    begin = time.monotonic()

    def on_cell_start(cell, cell_index):
        # Headings appear as they are passed; the kernel works on code cells only.
        for earlier in range(on_cell_start.seen, cell_index):
            for heading in re.findall(r"^#+ (.+)$", notebook.cells[earlier].source, re.MULTILINE):
                if notebook.cells[earlier].cell_type == "markdown":
                    say(f"[{time.monotonic() - begin:4.0f} s] {heading}")
        on_cell_start.seen = cell_index

    def on_cell_executed(cell, cell_index, execute_reply):
        for output in cell.outputs:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            if not text.startswith("<Figure"):
                say("".join(f"         {line}\n" for line in text.splitlines()).rstrip("\n"))

    on_cell_start.seen = 0
    # A debugger's remark about frozen modules would otherwise reach the terminal from every kernel.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    client = nbclient.NotebookClient(
        notebook,
        timeout=600,
        extra_arguments=["--log-level=ERROR"],  # or the kernel warns in the terminal of its local connection
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,  # it would differ at every run, and go into the students' notebooks
        on_cell_start=on_cell_start,
        on_cell_executed=on_cell_executed,
    )
    # nbclient would play the part of a page for controls, on the channel on which it waits for the kernel: now and then
    # an answer is lost, and the run waits until its timeout. Without it, what a control first shows is an output.
    client.widget_registry = {}
    client.execute()
    if save:
        drop_widgets(notebook)
        nbformat.write(notebook, path)
    return time.monotonic() - begin


def drop_widgets(notebook):
    """Takes the views of ipywidgets out of a notebook: on a page without a kernel each is an empty place."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if WIDGET_VIEW not in output.get("data", {})]
