"""Writes RESULTS.md from the stored results of all benchmarks, and copies its summary into the README.

python benchmarks/report.py            writes both
python benchmarks/report.py --check    says which of them differs from what is stored, and fails
"""

import argparse
import importlib
import re
import sys
from pathlib import Path

import record
from reporting import markdown

NAMES = (
    "training_speed",
    "quality",
    "metrics_agreement",
    "anomaly_detection",
    "grading_speed",
    "course_cost",
    "growth",
    "gpu",
)
BLOCK = re.compile(r"(?<=<!-- summary of benchmarks/RESULTS.md -->\n).*?(?=<!-- end of summary -->)", re.DOTALL)
AIM = re.compile(r"^\*\*Aim:\*\* (?P<aim>.+?) \*\*(?P<verdict>Met|Not met)\*\*: (?P<reason>.+)$", re.MULTILINE)


def section(name):
    """What a benchmark says of its stored results."""
    if not (record.RESULTS / f"{name}.csv").is_file():
        return f"## {name}\n\nNot measured yet: `{name}.py` writes these rows.\n"
    return importlib.import_module(name).report(*record.load(name)).strip() + "\n"


def summary(sections):
    """A table of all aims and what became of them, of each reason the first sentence."""
    rows = [match.group("aim", "verdict", "reason") for text in sections for match in AIM.finditer(text)]
    return (
        markdown(
            ["aim", "", "measured"],
            [[aim, verdict.lower(), re.split(r"(?<=\.) (?=[A-Z])", reason)[0]] for aim, verdict, reason in rows],
        )
        + "\n"
    )


def make():
    """{path: text} of RESULTS.md and the README."""
    sections = [section(name) for name in NAMES]
    aims = summary(sections)
    head = (
        "# Measured beside its peers\n\n"
        "Made by `make bench` (GPU: `make bench-gpu`) and `benchmarks/report.py`, never by hand. Ratios of one run\n"
        "mean something on any machine; absolute numbers only on the one that is named.\n\n"
    )
    readme = record.ROOT / "README.md"
    text = readme.read_text()
    if not BLOCK.search(text):
        raise ValueError("README.md has lost the comment that marks the place of the benchmarks' summary.")
    return {
        Path(__file__).parent / "RESULTS.md": head + aims + "\n" + "\n".join(sections),
        readme: BLOCK.sub(lambda _: aims, text),
    }


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
