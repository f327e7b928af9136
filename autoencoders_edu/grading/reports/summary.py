"""GitHub's job summary: Markdown, in a file and on the page of the run.

What a learner wrote stands in `<pre>` blocks, whose inside Markdown does not read, or on one line with each mark as an
entity. Neither can open a table row, a link or a tag.
"""

import html
import os
from pathlib import Path

from autoencoders_edu.exercises.outcome import PASSED, SIGNS
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import identity, one_line, plain
from autoencoders_edu.grading.result import Graded, Result

LIMIT = 1024 * 1024  # bytes that GitHub takes from one step
MESSAGE, NOTES = 2000, 20  # characters of a message, notes of a submission


def render(results: list[Result], limit=LIMIT) -> str:
    """The summary: a section a lesson for one learner, a table of all for several.

    Args:
        results: any number of them.
        limit: bytes; what does not fit is left out from the end, and counted.
    """
    one = len({result.student for result in results}) <= 1
    head = "## Grades\n\n"
    if not one:
        head += "| learner | lesson | exercises | points | seconds |\n|---|---|---|---:|---:|\n"
    pieces = [_section(result) if one else _row(result) for result in results]
    foot = _conditions(results)
    shown = _fitting(pieces, limit - _size(head) - _size(foot) - 200)
    left = len(pieces) - len(shown)
    rest = (
        f"\n{left} of {len(pieces)} submissions are not shown here: GitHub takes no more than 1 MiB.\n" if left else ""
    )
    return head + "".join(shown) + rest + foot


def _size(text):
    return len(text.encode())


def _fitting(pieces, room):
    shown = []
    for piece in pieces:
        room -= _size(piece)
        if room < 0:
            break
        shown.append(piece)
    return shown


def _row(result: Result):
    signs = " ".join(SIGNS[graded.outcome.status] for graded in result.exercises)
    found = inline(result.problem) or signs
    points = f"{result.score} of {result.max_score}"
    return f"| {_whose(result)} | {inline(result.lesson)} | {found} | {points} | {result.seconds:.1f} |\n"


def _whose(result):
    return inline(identity(result.student))


def _section(result: Result):
    title = f"### {_whose(result)} {inline(result.lesson)}: {result.score} of {result.max_score} points\n\n"
    problem = f"{block(result.problem)}\n" if result.problem else ""
    notes = "".join(f"- {inline(note)}\n" for note in result.notes[:NOTES])
    if more := len(result.notes) - NOTES:
        notes += f"- and {more} more\n" if more > 0 else ""
    table = "| | exercise | points | seconds |\n|---|---|---:|---:|\n" + "".join(map(_exercise, result.exercises))
    messages = "".join(_message(graded) for graded in result.exercises if graded.outcome.status != PASSED)
    return f"{title}{problem}{notes}\n{table if result.exercises else ''}\n{messages}"


def _exercise(graded: Graded):
    outcome = graded.outcome
    points = f"{outcome.points} of {outcome.max_points}"
    return f"| {SIGNS[outcome.status]} | {_name(outcome)} | {points} | {graded.seconds:.1f} |\n"


def _message(graded: Graded):
    outcome = graded.outcome
    summary = f"{SIGNS[outcome.status]} {_name(outcome)}: {outcome.status}"
    return f"<details><summary>{summary}</summary>\n\n{block(outcome.message)}\n</details>\n\n"


def _name(outcome):
    return f"{inline(outcome.id)} {inline(outcome.name)}"


def _conditions(results):
    levels = ", ".join(sorted({result.isolation for result in results} - {""})) or "none, no code ran"
    seeds = ", ".join(sorted({str(result.seed) for result in results})[:5])
    versions = ", ".join(sorted({result.version for result in results}))
    return f"\nIsolation: {inline(levels)}. Seed {inline(seeds)}, version {inline(versions)} of autoencoders-edu.\n"


def inline(text) -> str:
    """One line that Markdown shows as it is, in a table cell too.

    Example:
        >>> inline("a|b")
        'a&#124;b'
    """
    return "".join(map(_entity, one_line(text)))


def _entity(character):
    if character.isalnum() or character in " ," or not character.isascii():
        return character
    entity = f"&#{ord(character)};"
    return f"{entity}<!-- -->" if character in "@#" else entity  # parts addresses and references, which GitHub links


def block(text) -> str:
    """Lines that Markdown shows as they are, as a paragraph of their own."""
    return f"<pre>{html.escape(plain(text, limit=MESSAGE))}</pre>\n"


def write(results: list[Result], out: Path) -> Path:
    """Writes summary.md; in GitHub Actions it appends the same to the run's page, as far as there is room."""
    path = reports.save(out / "summary.md", render(results))
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        used = os.path.getsize(page) if os.path.exists(page) else 0
        text = "\n" + render(results, LIMIT - used - 1)
        if used + _size(text) <= LIMIT:
            reports.append(page, text)
    return path
