"""15.1's table stands in the notebook and in the check."""

from pathlib import Path

import nbformat
import numpy as np
import pandas as pd

from autoencoders_edu.checks.lesson_15.e1_choose_models import CASES, MODELS, WORKSHOP

NOTEBOOK = Path(__file__).parents[2] / "solutions" / "15_choosing" / "exercises.ipynb"


def test_table_of_the_check_is_that_of_the_notebook():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    source = next(cell.source for cell in cells if cell.source.startswith("workshop = "))
    namespace = {"np": np, "pd": pd}
    exec(source, namespace)
    pd.testing.assert_frame_equal(
        namespace["workshop"].T, pd.DataFrame(WORKSHOP, index=list(MODELS)), check_dtype=False
    )


def test_one_model_wins_each_case_and_each_model_some_case():
    assert {case.best() for case in CASES.values()} == set(MODELS)
