"""Results in the terminal: what a learner got, or how a class did, at a glance."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autoencoders_edu.exercises.outcome import ERROR, FAILED, NOT_ATTEMPTED, PASSED, SIGNS
from autoencoders_edu.grading.reports.untrusted import commands_stopped, first_line, identity, one_line
from autoencoders_edu.grading.result import Graded, Result

STYLES = {PASSED: "green", FAILED: "red", NOT_ATTEMPTED: "dim", ERROR: "bold red"}


def print_table(results: list[Result], console: Console | None = None, about_grading=True):
    """Prints a row an exercise for one submission, a row a submission for several; below, how they were graded.

    Args:
        results: any number of them.
        console: of rich; standard output if there is none.
        about_grading: whether isolation, seed and time are worth a line to the reader.
    """
    console = console or Console()
    with commands_stopped(lambda line: console.print(line, markup=False, emoji=False, highlight=False, soft_wrap=True)):
        if not results:
            console.print("Nothing was graded.")
            return
        console.print(_of_one(results[0]) if len(results) == 1 else _of_many(results))
        for line in (*_remarks(results), *(_about(results) if about_grading else ())):
            console.print(line)


def _of_one(result: Result):
    title = Text(f"{identity(result.student)}, {one_line(result.lesson) or 'lesson not known'}", style="bold")
    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    table.show_footer = table.expand = True  # expanded, the message gets the room that the others leave
    table.add_column("")
    table.add_column("exercise", "all")
    table.add_column("points", f"{result.score} of {result.max_score}", justify="right", no_wrap=True)
    table.add_column("message", ratio=1, no_wrap=True, overflow="ellipsis")
    for graded in result.exercises:
        outcome = graded.outcome
        name = Text(one_line(f"{outcome.id} {outcome.name}"))
        points = f"{outcome.points} of {outcome.max_points}"
        table.add_row(_sign(graded), name, points, _message(outcome))
    return table


def _message(outcome):
    """A success in full, since it is told nowhere else; of what went wrong the first line, as far as there is room."""
    if outcome.status == PASSED:
        return Text(one_line(outcome.message, 2000) or PASSED, STYLES[PASSED], no_wrap=False, overflow="fold")
    return Text(first_line(outcome.message) or outcome.status, style=STYLES[outcome.status])


def _of_many(results):
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("learner", overflow="fold")
    table.add_column("lesson")
    table.add_column("exercises")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("seconds", justify="right", no_wrap=True)
    for result in results:
        table.add_row(
            Text(identity(result.student)),
            Text(one_line(result.lesson) or "not known"),
            _signs(result),
            f"{result.score} of {result.max_score}",
            f"{result.seconds:.1f}",
        )
    return table


def _sign(graded: Graded):
    status = graded.outcome.status
    return Text(SIGNS[status], style=STYLES[status])


def _signs(result: Result):
    if result.problem:
        return Text(first_line(result.problem), style=STYLES[ERROR])
    return Text(" ").join(_sign(graded) for graded in result.exercises)


def _remarks(results):
    if len(results) == 1:
        for remark in filter(None, (results[0].problem, *results[0].notes[:20])):
            yield Text(one_line(remark, limit=400))
    signs = ", ".join(f"{SIGNS[status]} {status}" for status in SIGNS)
    yield Text(f"\n{signs}", style="dim")


def _about(results):
    levels = sorted({result.isolation for result in results} - {""}) or ["none, no code ran"]
    weaker = " (docs/grading.md says what that means)" if {"user", "limits"} & set(levels) else ""
    seeds = ", ".join(sorted({str(result.seed) for result in results})[:5])
    seconds = sum(result.seconds for result in results)
    yield Text(f"Isolation: {one_line(', '.join(levels))}{weaker}. Seed {seeds}. {seconds:.1f} s.", style="dim")
