"""Writes results in the formats that others read: one small module a format, imported when it is asked for.

Each has `write(results, out)`, which writes one file into the folder `out` and returns its path.
"""

import importlib
from pathlib import Path

from autoencoders_edu.course import files

FORMATS = {
    "json": f"{__name__}.json_results",
    "gradescope": f"{__name__}.gradescope",
    "classroom50": f"{__name__}.classroom50",
    "actions": f"{__name__}.actions",
    "summary": f"{__name__}.summary",
    "junit": f"{__name__}.junit",
    "csv": f"{__name__}.gradebook",
}
OF_ONE_LEARNER = ("gradescope", "classroom50", "actions")  # the file is one grade


def write(format_name, results, out) -> Path:
    """Writes results in one format.

    Args:
        format_name: a key of `FORMATS`.
        results: list of `Result`.
        out: folder; it is made if it is missing.

    Returns:
        The path of the file.

    Raises:
        ValueError: for an unknown format, and for results that the format cannot hold.
    """
    if format_name not in FORMATS:
        raise ValueError(f"There is no format {format_name!r}. Expected one of {', '.join(FORMATS)}.")
    return importlib.import_module(FORMATS[format_name]).write(list(results), Path(out))


def of_one_learner(results, format_name):
    """The same results; for formats whose file is one grade, of one learner, with each lesson at most once.

    Raises:
        ValueError: for any others, with what was received and what to do.
    """
    learners = sorted({result.student for result in results})
    lessons = [result.lesson for result in results if result.lesson]
    if not results:
        raise ValueError(f"The format {format_name} holds one learner's grade, but nothing was graded.")
    if len(learners) > 1:
        some = ", ".join(ascii(name) for name in learners[:3]) + (", …" if len(learners) > 3 else "")
        raise ValueError(
            f"The format {format_name} holds one learner's grade, but these look like {len(learners)} learners: {some}."
            " Grade them one by one; from one learner it takes one exercises.ipynb, or a folder of lessons."
        )
    if twice := sorted({lesson for lesson in lessons if lessons.count(lesson) > 1}):
        raise ValueError(
            f"The format {format_name} holds each lesson once, but more than one notebook of {', '.join(twice)} was "
            "graded. Name the notebook that counts."
        )
    return results


def save(path, content, mode=0o600) -> Path:
    """Writes a report, as `files.save` does.

    Args:
        path: of the file.
        content: str or bytes. What UTF-8 cannot hold becomes "?".
        mode: who may read it; only its owner, unless told otherwise: grades are private, and learners' code may run
            as another user of the same machine.
    """
    return files.save(path, content if isinstance(content, bytes) else content.encode("utf-8", "replace"), mode)


def append(path, text):
    """Adds text to one of the files that GitHub Actions names in the environment."""
    with open(path, "a", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
