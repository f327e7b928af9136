"""Where the course lies on this machine. Nothing else in the package works out one of its folders."""

import os
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
INSTALLED = PACKAGE.parent  # the checkout, if the package runs from one; else where packages are installed
CHECKS = PACKAGE / "checks"
STUBS = PACKAGE / "course" / "stubs.json"
LOCKED = PACKAGE / "course" / "locked.json"
# What learners' code must not read, as `grading.sandbox` sees to: checks know the answers, and so do the others.
HIDDEN = (CHECKS, INSTALLED / "solutions", INSTALLED / "tests")


def holds_lessons(folder) -> bool:
    """Whether a folder is a course, or a learner's copy of one: it has `lessons`, and in it at least one lesson."""
    return any(entry.is_dir() for entry in Path(folder, "lessons").glob("[0-9][0-9]_*"))


def root() -> Path:
    """The course that is meant here: the folder that holds `lessons`, this one or one above it, else `INSTALLED`.

    Raises:
        ValueError: when there is none; the lessons come with the repository, not with the package.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, INSTALLED):
        if holds_lessons(folder):
            return folder
    raise ValueError(
        f"There are no lessons in {here} or above it. They come with the repository: clone it and run aedu inside."
    )


def is_elsewhere() -> bool:
    """Whether `root` lies neither here nor above: a learner who may not expect that should be told."""
    return root() not in (Path.cwd(), *Path.cwd().parents)


def lesson(name) -> Path:
    """The folder of the lesson whose folder is called so: learners' material."""
    return root() / "lessons" / name


def enter_lesson(name) -> None:
    """Makes a lesson's folder the current one, so that its notebook finds the scripts and tables beside it.

    Jupyter starts a notebook there; Visual Studio Code starts it in the folder that is open in the editor.

    Raises:
        ValueError: when the lesson is neither here nor in the course that is meant here.
    """
    if Path("lesson.ipynb").is_file():
        return
    if not lesson(name).is_dir():
        raise ValueError(f"There is no lesson {name} in {root()}: open a copy of the whole course.")
    os.chdir(lesson(name))


def solutions(name) -> Path:
    """The folder with the source of a lesson's exercises; it is there in the repository alone."""
    return root() / "solutions" / name


def answers(kind, name) -> Path:
    """The folder of answers that prove a lesson's checks; kind is "right" or "wrong"."""
    return root() / "tests" / f"{kind}_answers" / name


def install_command(extra) -> str:
    """The command that installs one of the package's extras, with the versions that the course is tested with."""
    return f"""pip install --constraint constraints.txt -e ".[{extra}]", in a copy of the course."""
