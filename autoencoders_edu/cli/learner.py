"""The commands of those who learn: what is next, a hint, a check, a fresh start, a solution."""

import time

import click

from autoencoders_edu.cli.arguments import Lesson, keep_blas_to_one_thread, say_where


class ExerciseName(click.ParamType):
    """An exercise's id, such as 01.2, or its name."""

    name = "exercise"

    def convert(self, value, param, ctx):
        from autoencoders_edu.exercises import registry

        try:
            return registry.find(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
def progress():
    """Show what is done, what each exercise is worth, and what is next."""
    say_where()
    from rich.console import Console
    from rich.table import Table

    from autoencoders_edu.course import progress as state
    from autoencoders_edu.exercises import coursework, outcome, registry

    exercises, upcoming = registry.everything(), coursework.next_exercise()
    passed = [exercise for exercise in exercises if coursework.is_passed(exercise)]
    table = Table(box=None, header_style="bold", pad_edge=False, show_footer=True)
    total = sum(exercise.points for exercise in exercises)
    table.add_column("")
    table.add_column("exercise", f"{len(passed)} of {len(exercises)} done")
    table.add_column("points", f"{sum(exercise.points for exercise in passed)} of {total}", justify="right")
    table.add_column("minutes", justify="right")
    table.add_column("")
    for exercise in exercises:
        status = state.now(exercise.name)
        style = {outcome.PASSED: "green", "": "dim"}.get(status, "yellow")
        remark = "next" if exercise == upcoming else "" if status in ("", outcome.PASSED) else status
        if exercise in passed and status != outcome.PASSED:
            remark = (
                "passed before, not attempted now" if status == outcome.NOT_ATTEMPTED else "passed before, fails now"
            )
        if exercise.id.endswith(".1"):
            table.add_section()
            table.add_row("", f"[bold]{exercise.lesson.number} {exercise.lesson.title}[/]")
        sign = outcome.SIGNS.get(status, outcome.SIGNS[outcome.NOT_ATTEMPTED])
        name = f"[{style}]{exercise.id} {exercise.name}[/]"
        table.add_row(f"[{style}]{sign}[/]", name, str(exercise.points), str(exercise.minutes), f"[bold]{remark}[/]")
    Console().print(table)


@click.command("next")
def next_exercise():
    """Name the next exercise, in an order that follows what each lesson needs."""
    say_where()
    from autoencoders_edu.course import folders, notebooks
    from autoencoders_edu.exercises import coursework
    from autoencoders_edu.exercises.outcome import in_points

    exercise = coursework.next_exercise()
    if exercise is None:
        click.echo("All exercises are solved.")
        return
    lesson = exercise.lesson
    path = notebooks.learners(lesson.number).relative_to(folders.root())
    points = in_points(exercise.points)
    click.echo(f"{exercise.id} {exercise.name}, {points}, about {exercise.minutes} minutes, in {path}")
    click.echo(exercise.why)
    if lesson.is_here() and not coursework.is_begun(lesson):
        place = (lesson.path() / "lesson.ipynb").relative_to(folders.root())
        click.echo(f"Read lesson {lesson.number} first, {lesson.title}: {place}")
        say_what_is_skipped(lesson)


def say_what_is_skipped(lesson):
    """Names the lessons without exercises that come before this one, and which of them it builds on."""
    from autoencoders_edu.exercises import coursework

    skipped = coursework.skipped(lesson)
    to_read = [other for other in skipped if other.is_here()]
    to_come = [other for other in skipped if not other.is_here()]
    if to_read:
        click.echo(f"Read first (no exercises here): {_numbers(to_read)}.")
    if to_come:
        click.echo(f"Skipped, still to come: {_numbers(to_come)}.")
    if needed := [other for other in skipped if other.number in lesson.needs]:
        click.echo(f"Lesson {lesson.number} builds on {_numbers(needed)}.")


def _numbers(lessons):
    *first, last = [lesson.number for lesson in lessons]
    return f"lessons {', '.join(first)} and {last}" if first else f"lesson {last}"


@click.command()
@click.argument("exercise", type=ExerciseName())
def hint(exercise):
    """Show a hint; call again for the next one."""
    from autoencoders_edu.course import progress as state
    from autoencoders_edu.exercises import hint as show
    from autoencoders_edu.exercises.outcome import Note

    show(exercise.name)
    if state.problem():  # the next call would begin again, so all are shown now
        for number, text in enumerate(exercise.hints[1:], 2):
            click.echo(repr(Note(f"Hint {number} of {len(exercise.hints)} for {exercise.name}", text)))


@click.command()
@click.argument("exercise", type=ExerciseName())
@click.option("--yes", is_flag=True, help="Do not ask.")
def solution(exercise, yes):
    """Show a solution, after asking whether you want to see it."""
    from autoencoders_edu.course import notebooks
    from autoencoders_edu.exercises import solution as show

    notebooks.solution(exercise)  # says so before it asks, if this copy of the course holds none
    if not yes:
        click.confirm(f"See the solution of {exercise.name}? The hints may be enough.", abort=True)
    show(exercise.name)


@click.command()
@click.argument("exercise", type=ExerciseName())
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(exercise, yes):
    """Put an exercise back as it was handed out. Your answer is kept in a file."""
    say_where()
    from autoencoders_edu.exercises import coursework

    if not yes:
        click.confirm(f"Put the stub of {exercise.name} back into your notebook?", abort=True)
    kept = coursework.reset(exercise)
    click.echo(
        "It is the stub already."
        if kept is None
        else f"Done; reload the notebook if it is open. Your answer was kept in {kept}"
    )


@click.command()
@click.argument("lesson", type=Lesson())
@click.option("--watch", is_flag=True, help="Check again whenever the notebook is saved, until Ctrl-C.")
def check(lesson, watch):
    """Check your exercise notebook of LESSON, as the grader would."""
    say_where()
    keep_blas_to_one_thread()
    from autoencoders_edu.course import notebooks
    from autoencoders_edu.exercises import registry
    from autoencoders_edu.grading.client import Server

    if not registry.of_lesson(lesson.number):
        raise click.ClickException(f"Lesson {lesson.folder} has no exercises here yet.")
    path = notebooks.existing(lesson.number)
    click.echo(f"Checking {path}")
    with Server() as server:
        seen = _saved_at(path)
        _check_once(server, path, lesson)
        while watch:
            try:
                click.echo(f"\nWatching {path.name} of lesson {lesson.number}: save it to check again, Ctrl-C to stop.")
                while (now := _saved_at(path)) in (None, seen):
                    time.sleep(0.3)
            except KeyboardInterrupt:
                return
            seen = now
            _check_once(server, path, lesson)


def _saved_at(path):
    """When the file was last written, in nanoseconds; None while there is none, as when an editor replaces it."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _check_once(server, path, lesson):
    from rich.console import Console

    from autoencoders_edu.course import progress as state
    from autoencoders_edu.exercises.judging import new_seed
    from autoencoders_edu.exercises.outcome import ERROR, FAILED
    from autoencoders_edu.grading.reports.table import print_table
    from autoencoders_edu.grading.runner import Options, grade
    from autoencoders_edu.grading.submission import Submission

    result = grade(server, Submission("you", path), Options(seed=new_seed(), lesson=lesson))
    print_table([result], about_grading=False)
    for graded in result.exercises:
        if not result.problem:
            state.record(graded.outcome)
        if graded.outcome.status in (FAILED, ERROR) and not result.problem:
            Console().print(f"\n{graded.outcome!r}", markup=False, highlight=False)
    if state.problem():
        click.echo(state.problem(), err=True)
