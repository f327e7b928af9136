"""What running a notebook leaves in its file."""

import nbformat.v4

from autoencoders_edu.course.running import WIDGET_VIEW, run_notebook


def test_saved_notebook_keeps_outputs_but_no_controls_that_need_a_kernel(tmp_path):
    source = f"from IPython.display import display\nprint('kept')\ndisplay({{{WIDGET_VIEW!r}: {{}}}}, raw=True)"
    path = tmp_path / "lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    run_notebook(path, say=lambda line: None, save=True)
    saved = nbformat.read(path, as_version=4)
    assert [output.text for output in saved.cells[0].outputs] == ["kept\n"]
    assert "widgets" not in saved.metadata
