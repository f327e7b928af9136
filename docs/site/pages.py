"""The pages that are made from something else: the list of lessons, the library's reference, the ledger by lesson."""

import json
import re
from pathlib import Path

import autoencoders_edu as ae
from autoencoders_edu.course.curriculum import LESSONS
from autoencoders_edu.exercises import registry

ROOT = Path(__file__).parents[2]
PARTS = {
    "Part I: autoencoders": range(1, 7),
    "Part II: variational autoencoders": range(7, 13),
    "Part III: practice": range(13, 16),
}
MODELS = ("Autoencoder", "DenoisingAutoencoder", "SparseAutoencoder", "VAE", "BetaVAE", "ConditionalVAE", "FreeBitsVAE")
MODELS += ("AutoregressiveVAE",)
PARTS_OF = {  # modules of the public packages, each with what a reader looks for
    "anomaly": ("detector", "alerts", "drift", "evaluation", "rows"),
    "data": ("dataset", "images", "sprites", "server_metrics", "simulated_server", "csv_table", "asd", "frames"),
    "metrics": ("generation", "classifier", "disentanglement", "probes"),
}


def all_pages():
    """{path in the site's source: text} of every page that is not a file of the repository already."""
    lessons = [lesson for lesson in LESSONS if lesson.is_here()]
    return {"lessons/index.md": lesson_list(lessons), **library_pages(), **ledger_pages()}


def toctree(entries, *options):
    return "\n".join(["```{toctree}", *options, "", *entries, "```", ""])


def lesson_list(lessons):
    """The course as a page: a graph of what needs what, and each lesson with its needs, minutes and exercises."""
    text = ["# The lessons", "", "```{raw} html", graph(lessons), "```", ""]
    for part, numbers in PARTS.items():
        mine = [lesson for lesson in lessons if int(lesson.number) in numbers]
        if not mine:
            continue
        text += [f"## {part}", "", "| lesson | needs | reading | exercises |", "|---|---|---|---|"]
        text += [lesson_row(lesson) for lesson in mine]
        entries = [f"{lesson.folder}/{name}" for lesson in mine for name in ("lesson", "exercises")]
        text += ["", toctree(entries, f":caption: {part}", ":hidden:", ":titlesonly:")]
    return "\n".join(text)


def lesson_row(lesson):
    exercises = registry.of_lesson(lesson.number)
    points, minutes = sum(each.points for each in exercises), sum(each.minutes for each in exercises)
    needs = ", ".join(lesson.needs) or "none"
    title = f"[{int(lesson.number)}. {lesson.title}]({lesson.folder}/lesson.ipynb)"
    work = f"[{len(exercises)}]({lesson.folder}/exercises.ipynb), {points} points, {minutes} minutes"
    return f"| {title} | {needs} | {reading_time(lesson)} | {work} |"


def reading_time(lesson):
    """The minutes that the lesson's first cell promises, those of its parts added."""
    notebook = json.loads((lesson.path() / "lesson.ipynb").read_text("utf-8"))
    first = " ".join("".join(notebook["cells"][0]["source"]).split()).replace("an hour", "60 minutes")
    promise = first.split("**Time**")[1].split("**Data**")[0].split("to run")[0]
    return f"{sum(map(int, re.findall(r'[0-9]+', promise)))} minutes"


def graph(lessons):
    """The prerequisites as an inline SVG: a lesson stands one column right of the last that it needs."""
    here = {lesson.number: lesson for lesson in lessons}
    column, place, filled = {}, {}, {}
    for lesson in lessons:
        column[lesson.number] = 1 + max((column[need] for need in lesson.needs if need in here), default=-1)
        row = filled.setdefault(column[lesson.number], 0)
        filled[column[lesson.number]] += 1
        place[lesson.number] = (130 * column[lesson.number], 56 * row)
    width, height = 130 * (max(column.values()) + 1), 56 * max(filled.values())
    shapes = []
    for lesson in lessons:
        x, y = place[lesson.number]
        for need in lesson.needs:
            if need in place:
                x0, y0 = place[need][0] + 104, place[need][1] + 20
                shapes.append(f'<path d="M{x0} {y0} C{x0 + 20} {y0} {x - 20} {y + 20} {x} {y + 20}"/>')
    for lesson in lessons:
        x, y = place[lesson.number]
        name = lesson.folder[3:].replace("_", " ").capitalize()
        shapes.append(
            f'<a href="{lesson.folder}/lesson.html"><rect x="{x}" y="{y}" width="104" height="40" rx="6"/>'
            f'<text x="{x + 52}" y="{y + 17}">{int(lesson.number)}</text>'
            f'<text x="{x + 52}" y="{y + 32}" class="small">{name}</text></a>'
        )
    label = "Which lesson needs which; the table below says the same in words."
    shapes = "".join(shapes)
    return f'<svg class="needs" viewBox="-2 -2 {width} {height}" role="group" aria-label="{label}">{shapes}</svg>'


def library_pages():
    """The reference: a page of models and one for each public module, which also has the classes that it defines."""
    modules = [name for name in ae.__all__ if ae._SOURCES[name] == ae.__name__]
    models = [f"autoclass:: autoencoders_edu.{name}" for name in MODELS]
    pages = {"library/models.md": reference("Models", [*models, "autofunction:: autoencoders_edu.load_model"])}
    for name in modules:
        directives = [f"automodule:: autoencoders_edu.{name}"]
        directives += [f"automodule:: autoencoders_edu.{name}.{part}" for part in PARTS_OF.get(name, ())]
        pages[f"library/{name}.md"] = reference(f"ae.{name}", directives)
    listing = toctree(["models", *modules], ":maxdepth: 1")
    pages["library/index.md"] = f"# The library\n\n`import autoencoders_edu as ae` gives these names.\n\n{listing}"
    return pages


def reference(title, directives):
    """A page on which Sphinx writes the docstrings of these modules, classes or functions."""
    body = "\n\n".join(f".. {each}" + "\n   :members:" * ("function" not in each) for each in directives)
    return f"# {title}\n\n```{{eval-rst}}\n{body}\n```\n"


def ledger_pages():
    """The ledger, one page per lesson: each exercise, the misconceptions tried on it, and what they are told."""
    header, *exercises = re.split(r"^## ", (ROOT / "docs/ledger.md").read_text("utf-8"), flags=re.M)
    pages, numbers = {}, []
    for lesson in LESSONS:
        mine = [text for text in exercises if text.startswith(f"{lesson.number}.")]
        if mine:
            numbers.append(lesson.number)
            body = "\n".join(ledger_section(text) for text in mine)
            pages[f"ledger/{lesson.number}.md"] = f"# {int(lesson.number)}. {lesson.title}\n\n{body}"
    intro = header.replace("`make ledger` writes this file. ", "")
    pages["ledger/index.md"] = intro + "\n" + toctree(numbers, ":maxdepth: 2")
    return pages


def ledger_section(text):
    """An exercise of the ledger: right answers counted, wrong ones in a table of what was believed and what is said."""
    title, rest = text.split("\n", 1)
    rows = [line.strip("| ").split(" | ", 3) for line in rest.splitlines() if line.startswith("| ")]
    right = sum(row[0] == "right" for row in rows)
    wrong = [(escape(row[2]), escape(row[3])) for row in rows if row[0] == "wrong"]
    why = next(line for line in rest.splitlines() if line and not line.startswith("|"))
    table = ["| what was believed or done | what its author reads |", "|---|---|"]
    table += [f"| {believed} | {message} |" for believed, message in wrong]
    summary = f"{right} right answers pass; {len(wrong)} wrong ones are caught:"
    return "\n".join([f"## {title}", "", why, "", summary, "", *table, ""])


def escape(text):
    """A cell of the ledger's tables, in which `$` and `<` mean themselves."""
    return re.sub(r"([$<*_\[\]])", r"\\\1", text) if "`" not in text else text.replace("$", "\\$").replace("<", "&lt;")
