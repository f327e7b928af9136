"""What is wrong with an installation in which the grading server does not start."""

import importlib.util
import re
from pathlib import Path

from autoencoders_edu.course.folders import install_command


def start_failure(said) -> str:
    """Why the server did not start, and what to do.

    Args:
        said: what it wrote before it ended.
    """
    missing = re.findall(r"No module named '?([\w]+)", said)
    if not missing:
        return f"The grading server did not start. It said:\n{said}"
    name = missing[-1]
    spec = importlib.util.find_spec(name)
    remedy = (
        f"Install the course into a virtual environment (python3 -m venv .venv): {install_command('tensorflow,grade')}"
    )
    if spec is None:
        return f"The grading server did not start, since {name} is not installed. {remedy}"
    place = Path(spec.origin).parent if spec.origin else name
    return (
        f"The grading server did not start: learners' code runs in an isolated Python, which reads neither PYTHONPATH "
        f"nor your user site-packages, but {name} is installed only there, in {place}. {remedy}"
    )
