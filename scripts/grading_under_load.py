"""Fails unless a crowded batch that is killed twice gives every submission what it gets alone.

    python scripts/grading_under_load.py [--jobs 8] [--seed 7] [--timeout 20]

Thirty submissions of the tests: right ones, stubs, broken and hostile ones. Each is graded alone, then all together
with many jobs; that run is killed after a third and after two thirds of its results, and goes on. Takes minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "grading"))

from submissions import submissions  # noqa: E402

from autoencoders_edu.grading.client import Server  # noqa: E402
from autoencoders_edu.grading.runner import Options, grade  # noqa: E402
from autoencoders_edu.grading.submission import find  # noqa: E402

KINDS = (
    "full",
    "good",
    "fresh",
    "one-stub",
    "attack",
    "endless",
    "memory",
    "crash",
    "wrong",
    "setup",
    "corrupt",
    "syntax",
)
MOST = 30


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--timeout", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "class"), Path(place, "out")
        names = hand_in(folder)
        begin = time.monotonic()
        alone = graded_alone(folder, options)
        print(f"{len(names)} submissions alone: {time.monotonic() - begin:.0f} s")
        begin = time.monotonic()
        crowd = graded_in_a_crowd(folder, out, options, len(names))
        print(f"with --jobs {options.jobs}, killed twice: {time.monotonic() - begin:.0f} s")
    different = {name: (alone[name], crowd.get(name)) for name in names if alone[name] != crowd.get(name)}
    for name, (one, other) in different.items():
        print(f"{name}: {one} alone, {other} in a crowd")
    points = sum(points for statuses in alone.values() for _, points in statuses)
    print(f"{len(names) - len(different)} of {len(names)} the same, {points} points in all")
    return 1 if different or set(crowd) != set(names) else 0


def hand_in(folder):
    """Writes the submissions; gives their learners' names."""
    found = {name: content for name, (content, _) in submissions().items() if name.startswith(KINDS)}
    names = list(found)[:MOST]
    for name in names:
        content = found[name]
        text = json.dumps(content) if isinstance(content, dict) else content
        (folder / name).mkdir(parents=True)
        (folder / name / "exercises.ipynb").write_bytes(text if isinstance(text, bytes) else text.encode())
    return names


def graded_alone(folder, options):
    settings = Options(options.seed, options.timeout, memory=1)
    with Server() as server:
        results = [grade(server, submission, settings) for submission in find([folder])]
    return {result.student: statuses(result.as_dict()) for result in results}


def graded_in_a_crowd(folder, out, options, number):
    command = [sys.executable, "-m", "autoencoders_edu.cli", "grade", folder, "--out", out, "--format", "json"]
    terms = ["--jobs", options.jobs, "--seed", options.seed, "--timeout", options.timeout, "--memory", 1]
    command = list(map(str, [*command, *terms]))
    for kill_after in (number // 3, 2 * number // 3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list(out.glob("results/*.json"))) < kill_after:
            time.sleep(0.05)
        process.kill()
        process.wait()
        print(f"killed with {len(list(out.glob('results/*.json')))} results")
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    results = json.loads((out / "grades.json").read_text())["results"]
    return {result["student"]: statuses(result) for result in results}


def statuses(result):
    outcomes = [graded["outcome"] for graded in result["exercises"]]
    return [(outcome["status"], outcome["points"]) for outcome in outcomes]


if __name__ == "__main__":
    sys.exit(main())
