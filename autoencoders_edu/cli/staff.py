"""The commands of those who teach and contribute: build, verify, grade, export."""

import sys
from pathlib import Path

import click

from autoencoders_edu.cli.arguments import Lesson, keep_blas_to_one_thread
from autoencoders_edu.grading import LEVELS
from autoencoders_edu.grading.reports import FORMATS


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


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lesson", type=Lesson(), help="The lesson; by default each notebook tells.")
@click.option("--seed", type=int, help="Seed of the checks' inputs; by default a new secret one.")
@click.option("--timeout", default=60.0, show_default=True, help="Seconds for each cell, and for each check.")
@click.option("--memory", default=2.0, show_default=True, help="GiB for the learner's code.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Submissions at a time.")
@click.option("--isolation", default="limits", type=click.Choice(LEVELS), help="Refuse to grade with a weaker one.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="May be repeated; needs --out.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the reports. A run that was "
              "killed goes on where it stopped when it is started again with the same folder.")  # fmt: skip
@click.option("--pass-mark", type=click.FloatRange(0, 100), help="Per cent; below it the exit status is 1.")
def grade(paths, lesson, seed, timeout, memory, jobs, isolation, formats, out, pass_mark):
    """Grade notebooks, learners' checkouts, or folders of them.

    Exit status 0: graded, whatever the score. 1: below --pass-mark. 2: could not grade.
    """
    keep_blas_to_one_thread()
    from autoencoders_edu.grading import batch, reports
    from autoencoders_edu.grading import submission as submissions
    from autoencoders_edu.grading.reports.table import print_table
    from autoencoders_edu.grading.runner import Options

    if formats and out is None:
        raise click.UsageError("--format writes files: name a folder with --out.")
    try:
        found = submissions.find(paths)
        options = Options(batch.choose_seed(out, seed), timeout, memory, lesson)
        with _bar(len(found)) as advance:
            results = batch.grade_all(found, options, jobs, out, advance, isolation)
        print_table(results)
        for name in dict.fromkeys(formats):
            click.echo(f"Written: {reports.write(name, results, out)}")
    except (ValueError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    if all(result.problem for result in results):
        sys.exit(2)
    score, most = (sum(getattr(result, name) for result in results) for name in ("score", "max_score"))
    if pass_mark is not None and any(100 * r.score < pass_mark * max(r.max_score, 1) for r in results):
        click.echo(f"{score} of {most} points: below the pass mark of {pass_mark:g} %.", err=True)
        sys.exit(1)


def _bar(total):
    """A progress bar on stderr, if a person is looking; gives the function that moves it."""
    import contextlib

    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    @contextlib.contextmanager
    def bar():
        console = Console(stderr=True)
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("grading", total=total)
            yield lambda result: progress.advance(task)

    return bar()


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
