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
from reporting import VERDICTS, aim, markdown

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
AIM = re.compile(
    rf"^\*\*Aim:\*\* (?P<aim>.+?) \*\*(?P<verdict>{'|'.join(VERDICTS.values())})\*\*: (?P<reason>.+)$", re.MULTILINE
)


NEXT_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")


def section(name):
    """What a benchmark says of its stored results."""
    if not (record.RESULTS / f"{name}.csv").is_file():
        missing = aim(f"what `benchmarks/{name}.py` measures.", None, "not measured yet.")
        return f"## {name}\n\n{missing}\n"
    return importlib.import_module(name).report(*record.load(name)).strip() + "\n"


def summary(sections):
    """A table of all aims and of what became of them, with the first sentence of each reason."""
    matches = (match for text in sections for match in AIM.finditer(text))
    rows = [[match["aim"], match["verdict"].lower(), NEXT_SENTENCE.split(match["reason"])[0]] for match in matches]
    return markdown(["aim", "", "measured"], rows) + "\n"


def origins():
    """A table of when, where and at which commit each benchmark ran."""
    rows = []
    for name in NAMES:
        if (record.RESULTS / f"{name}.json").is_file():
            _, about = record.load(name)
            rows.append([name, about["date"], about["machine"], about.get("commit") or "not noted"])
    return markdown(["benchmark", "date", "machine", "commit"], rows) + "\n"


def make():
    """{path: text} of RESULTS.md and the README."""
    sections = [section(name) for name in NAMES]
    aims = summary(sections)
    head = (
        "# Measured beside its peers\n\n"
        "Made by `make bench` (GPU: `make bench-gpu`) and `benchmarks/report.py`, never by hand. Ratios of one run\n"
        "mean something on any machine; absolute numbers only on the one that is named. Each benchmark is one run:\n\n"
    )
    readme = record.ROOT / "README.md"
    text = readme.read_text()
    if not BLOCK.search(text):
        raise ValueError("README.md has lost the comment that marks the place of the benchmarks' summary.")
    return {
        Path(__file__).parent / "RESULTS.md": "\n".join([head + origins(), aims, *sections]),
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
