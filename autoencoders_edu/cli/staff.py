"""The commands of those who write and hand out the course: build, verify, export."""

import sys
from pathlib import Path

import click

from autoencoders_edu.cli.arguments import Lesson, keep_blas_to_one_thread


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a notebook differs from its source.")
def build(check):
    """Make the learners' notebooks from those in `solutions`."""
    from autoencoders_edu.authoring import build as building
    from autoencoders_edu.course import folders

    texts = building.build()
    different = building.differing(texts)
    for path in different:
        click.echo(f"{path.relative_to(folders.root())}: {'differs from its source' if check else 'written'}")
        if not check:
            path.write_text(texts[path], encoding="utf-8")
    if check and different:
        raise click.ClickException("Edit the source in `solutions` and run `aedu build`.")


@click.command()
@click.argument("lessons", nargs=-1, type=Lesson())
@click.option("--seeds", default=200, show_default=True, help="How many times each right answer is judged.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Lessons at a time.")
@click.option(
    "--ledger", type=click.Path(dir_okay=False, path_type=Path), help="Write the ledger to this Markdown file."
)
def verify(lessons, seeds, jobs, ledger):
    """Prove that stubs, right answers and wrong answers get what they should."""
    keep_blas_to_one_thread()
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from autoencoders_edu.authoring import build as building
    from autoencoders_edu.authoring import verify as verifying

    rows = []
    numbers = [lesson.number for lesson in lessons or building.lessons_with_source()]
    for row in verifying.verify_all(numbers, seeds, jobs):
        rows.append(row)
        click.echo(f"{row.exercise} {row.kind:8} {row.answer:40} {row.fault or 'as promised'}", err=True)
    table = Table("exercise", "answer", "", "message", box=None, header_style="bold", pad_edge=False)
    for row in rows:
        last = Text(row.fault, style="red") if row.fault else Text(row.message.split("\n")[0])
        table.add_row(row.exercise, row.kind, row.answer, last)
    console = Console()
    Console(width=console.width if console.is_terminal else 200).print(table)
    if ledger:
        ledger.write_text(verifying.ledger(rows), encoding="utf-8")
    faults = sum(bool(row.fault) for row in rows)
    wrong = sum(row.kind == "wrong" for row in rows)
    right = sum(row.kind in ("right", "solution") for row in rows)
    click.echo(f"{right} right answers, {seeds} seeds each; {wrong} wrong answers; {faults} faults.")
    sys.exit(1 if faults else 0)


@click.group()
def export():
    """Make what other platforms want."""


@export.command()
@click.argument("lesson", type=Lesson())
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("."), show_default=True, help="Folder for the zip."
)
def gradescope(lesson, out):
    """A zip to upload as the autograder of a Gradescope assignment."""
    from autoencoders_edu.grading.export_gradescope import export as make

    click.echo(make(lesson.number, out))
