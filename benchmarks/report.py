"""Writes RESULTS.md from the stored results of all benchmarks, and copies its first table into the README.

python benchmarks/report.py            writes both
python benchmarks/report.py --check    names the file that differs from the stored results, and fails
"""

import argparse
import importlib
import re
import sys
from pathlib import Path

import record
from reporting import Aim, Section, markdown, worst

# Each benchmark that needs no GPU, and the question that it answers to somebody who considers this course.
QUESTIONS = {
    "quality": "Model quality",
    "training_speed": "Training speed",
    "growth": "Memory",
    "metrics_agreement": "Metrics",
    "anomaly_detection": "Anomaly detection",
    "grading_speed": "Grading",
    "course_cost": "Running the course",
}
NAMES = (*QUESTIONS, "gpu")
BLOCK = re.compile(r"(?<=<!-- first table of benchmarks/RESULTS.md -->\n).*?(?=<!-- end of table -->)", re.DOTALL)
HEAD = """# Results against our targets

`make bench` (on a GPU `make bench-gpu`) measures this library, its metrics, its anomaly detector and its grader beside
what you might use instead, each comparison in one run on one machine. `benchmarks/report.py` writes this page from the
stored results; nobody edits it. Ratios hold on other machines; absolute numbers hold on the machine that is named.

**How these seven were chosen.** One per benchmark that needs no GPU, since each answers a question that a newcomer
asks. Only targets that concern what a newcomer uses come into question (TensorFlow, the dense VAE, default scores, a
plain array). The one with the worst result is shown, or the first of several equal ones. `report.py` makes this choice,
from the measurements alone.
"""
RUNS = """Every benchmark has a section below: all its targets, how it was measured, and its tables.
[NOTES.md](NOTES.md) says what was found, and when, where a target was missed.
"""


def section(name):
    """What a benchmark says of its stored results."""
    if not (record.RESULTS / f"{name}.csv").is_file():
        return Section(name, "", (Aim(f"What `benchmarks/{name}.py` measures", None, "not measured yet", usual=True),))
    return importlib.import_module(name).report(*record.load(name))


def summary(sections):
    """The table that opens RESULTS.md and stands in the README: the worst usual result per question.

    Args:
        sections: {name: Section}.
    """
    aims = {question: worst(sections[name].aims) for name, question in QUESTIONS.items()}
    rows = [[question, aim.text, aim.verdict, aim.reason] for question, aim in aims.items()]
    return markdown(["", "target", "result", "measured"], rows) + "\n"


def origins(sections):
    """A table of when, where and at which commit each benchmark ran."""
    rows = []
    for name, made in sections.items():
        if (record.RESULTS / f"{name}.json").is_file():
            _, about = record.load(name)
            link = f"[{made.title}](#{made.title.lower().replace(' ', '-')})"
            rows.append([link, f"`{name}.py`", about["date"], about["machine"], about.get("commit") or "not noted"])
    return markdown(["section", "benchmark", "date", "machine", "commit"], rows) + "\n"


def make():
    """{path: text} of RESULTS.md and the README."""
    sections = {name: section(name) for name in NAMES}
    table = summary(sections)
    readme = record.ROOT / "README.md"
    text = readme.read_text()
    if not BLOCK.search(text):
        raise ValueError("README.md has lost the comments that mark the place of the benchmarks' table.")
    parts = [HEAD, table, RUNS, origins(sections), *(made.markdown() for made in sections.values())]
    return {Path(__file__).parent / "RESULTS.md": "\n".join(parts), readme: BLOCK.sub(lambda _: table, text)}


def main(check):
    made = make()
    different = [path for path, text in made.items() if not path.is_file() or path.read_text() != text]
    for path in different:
        print(f"{path.relative_to(record.ROOT)}: {'differs from the stored results' if check else 'written'}")
        if not check:
            path.write_text(made[path])
    return 1 if check and different else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    sys.exit(main(parser.parse_args().check))
