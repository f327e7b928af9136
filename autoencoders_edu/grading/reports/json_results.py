"""Plain JSON, from which `Result.from_dict` makes the results again: grades.json."""

import json
from pathlib import Path

from autoencoders_edu.grading import reports
from autoencoders_edu.grading.result import Result

FORMAT = "aedu/grades/v1"


def render(results: list[Result]) -> str:
    """The text of the file. It is ASCII, and nothing in it is changed or left out."""
    return json.dumps({"format": FORMAT, "results": [result.as_dict() for result in results]}, indent=1) + "\n"


def write(results: list[Result], out: Path) -> Path:
    """Writes grades.json."""
    return reports.save(out / "grades.json", render(results))
