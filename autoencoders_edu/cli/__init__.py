"""The `aedu` command. Nothing heavy is imported until a command needs it: `aedu --help` answers at once."""

import subprocess
import sys
from pathlib import Path

import click

from autoencoders_edu import _extras
from autoencoders_edu.cli import grading, learner, staff
from autoencoders_edu.cli.arguments import Lesson, say_where
from autoencoders_edu.cli.terminal import never_fail
from autoencoders_edu.course import curriculum, folders

GROUPS = {
    "For learners": ("study", "lessons", "next", "check", "hint", "solution", "reset", "progress", "run"),
    "For staff and contributors": ("grade", "export", "build", "verify"),
}


class Commands(click.Group):
    """Turns errors that say what to do into one line, without a traceback, and lists the commands by who wants them.

    A package that only an extra brings is such an error, too.
    """

    def invoke(self, ctx):
        never_fail()
        try:
            return super().invoke(ctx)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        except ModuleNotFoundError as error:
            if not (advice := _extras.how_to_get(error.name or "")):
                raise
            raise click.ClickException(advice) from error
        except OSError as error:
            if error.filename is None:  # no file of ours, such as a pipe that nobody reads any more
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}. Nothing was changed there.") from error

    def format_commands(self, ctx, formatter):
        for title, names in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(80)) for name in names])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="autoencoders-edu")
def main():
    """A course on autoencoders that runs."""


@main.command()
def lessons():
    """List the lessons and what each needs."""
    from rich.console import Console
    from rich.table import Table

    table = Table("lesson", "topic", "needs", "here", box=None, header_style="bold")
    for lesson in curriculum.LESSONS:
        table.add_row(
            lesson.number, lesson.title, " ".join(lesson.needs) or "-", "yes" if lesson.is_here() else "to come"
        )
    Console().print(table)


@main.command()
@click.argument("lesson", type=Lesson(), required=False)
def study(lesson):
    """Open JupyterLab at the next exercise, or at its lesson if that is new to you. LESSON opens that lesson."""
    say_where()
    if advice := _extras.missing("jupyterlab"):
        raise click.ClickException(advice)
    from autoencoders_edu.exercises import coursework

    notebook = coursework.next_notebook() if lesson is None else _notebook(lesson)
    upcoming = coursework.next_exercise()
    if lesson is None and upcoming and not coursework.is_begun(upcoming.lesson):
        learner.say_what_is_skipped(upcoming.lesson)
    arguments = [sys.executable, "-m", "jupyterlab", str(notebook.relative_to(folders.root()))]
    sys.exit(subprocess.call(arguments, cwd=folders.root()))


@main.command()
@click.argument("lesson", type=Lesson(), default="01")
@click.option("--save", is_flag=True, help="Keep the new outputs in the notebook.")
def run(lesson, save):
    """Run a lesson from start to end, here in the terminal."""
    say_where()
    from nbclient.exceptions import CellExecutionError

    from autoencoders_edu.course.running import run_notebook

    notebook = _notebook(lesson)
    try:
        seconds = run_notebook(notebook, click.echo, save=save)
    except CellExecutionError as error:
        raise click.ClickException(f"A cell of lesson {lesson.number} failed:\n{error}") from error
    click.echo(f"\nLesson {lesson.number} ran from start to end in {seconds:.0f} s.")
    click.echo(f"To read it, see its figures and change it: make study (or: aedu study {lesson.number}).")


def _notebook(lesson) -> Path:
    if not lesson.is_here():
        raise click.ClickException(
            f"Lesson {lesson.folder} is still to come. `aedu lessons` shows those that are here."
        )
    return lesson.path() / "lesson.ipynb"


# The other commands, in groups: what learners do, and what the staff does.
main.add_command(learner.progress)
main.add_command(learner.next_exercise)
main.add_command(learner.hint)
main.add_command(learner.check)
main.add_command(learner.reset)
main.add_command(learner.solution)
main.add_command(staff.build)
main.add_command(staff.verify)
main.add_command(grading.grade)
main.add_command(staff.export)
