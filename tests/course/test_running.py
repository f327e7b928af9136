"""What running a notebook leaves in its file."""

import nbformat.v4

from autoencoders_edu.course.running import run_notebook


def test_saved_notebook_keeps_what_a_control_shows_but_not_the_control(tmp_path):
    source = "from ipywidgets import interact\n_ = interact(lambda n: print('kept'), n=(1, 3))"
    path = tmp_path / "lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    run_notebook(path, say=lambda line: None, save=True)
    saved = nbformat.read(path, as_version=4)
    assert [output.text for output in saved.cells[0].outputs] == ["kept\n"]
    assert "widgets" not in saved.metadata
