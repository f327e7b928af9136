"""Prints constraints that pin every dependency to its lower bound in pyproject.toml.

python scripts/lower_bounds.py > lower.txt; pip install --constraint lower.txt -e ".[tensorflow]"
"""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(\[[\w,]+\])?>=(?P<bound>[\w.]+)(?P<marker>;.*)?")


def requirements():
    """All requirements of the project, those of its extras included."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(need for extra in project["optional-dependencies"].values() for need in extra)]


def lower_bounds():
    """Dict from each package to its lower bound.

    Raises:
        ValueError: for a requirement that is not of the form name>=version, and for a package with two bounds.
    """
    bounds = {}
    for need in requirements():
        found = REQUIREMENT.fullmatch(need)
        if not found:
            raise ValueError(f"{need!r} in pyproject.toml should be of the form name>=version.")
        name, bound = found["name"], found["bound"]
        if bounds.setdefault(name, bound) != bound:
            raise ValueError(f"pyproject.toml has two lower bounds for {name}: {bounds[name]} and {bound}.")
    return bounds


if __name__ == "__main__":
    for name, bound in lower_bounds().items():
        print(f"{name}=={bound}")
