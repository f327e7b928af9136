"""A CSV gradebook with the columns that `nbgrader export` writes: gradebook.csv."""

import csv
import io
import re
from pathlib import Path

from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import identity, one_line
from autoencoders_edu.grading.result import Result

# Those of nbgrader 0.9; a test compares them. What the grader does not know stays empty: the due date, when it was
# submitted, and who the learner is beyond a name.
COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
# Where a cell begins, by whatever separator a spreadsheet reads the file, and then what it takes for a formula.
FORMULA = re.compile(r"""((?:^|[;,|\t])[\s"']*)(?=[=+\-@＝＋－＠])""")


def render(results: list[Result]) -> str:
    """The text of the file: a row a submission."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for result in results:
        rows.writerow(
            {
                "assignment": cell(result.lesson),
                "student_id": _no_formula(identity(result.student)),
                "raw_score": float(result.score),
                "late_submission_penalty": 0.0,
                "score": float(result.score),
                "max_score": float(result.max_score),
            }
        )
    return text.getvalue()


def cell(text) -> str:
    """One line in which no spreadsheet finds a formula: an apostrophe makes it text.

    Example:
        >>> cell("=1+1")
        "'=1+1"
    """
    return _no_formula(one_line(text))


def _no_formula(line):
    return FORMULA.sub(r"\1'", line)


def write(results: list[Result], out: Path) -> Path:
    """Writes gradebook.csv."""
    return reports.save(out / "gradebook.csv", render(results))
