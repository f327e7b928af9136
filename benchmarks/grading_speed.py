"""Submissions a minute: `aedu grade` beside `nbgrader autograde` and `otter run`, on the same notebooks, in one run.

    python benchmarks/grading_speed.py [--submissions 20] [--lesson 01] [--jobs 2]      (make bench-grading)

All three run the same solved notebooks; the last column says whether they gave full marks. nbgrader and otter run the
checks inside the notebook's own process; `aedu grade` runs them outside, and the notebook in a sandbox. Ratios mean
something on any machine, minutes only on one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autoencoders_edu import curriculum
from autoencoders_edu.exercises import notebooks, registry

BIN = Path(sys.executable).parent
OTTER_TEST = """OK_FORMAT = True
test = {{"name": "{name}", "points": {points}, "suites": [{{"cases": [{{"code": r'''
>>> import os
>>> os.environ["NBGRADER_EXECUTION"] = "validate"  # the check then raises, or gives the points
>>> check("{name}")
{points}
'''}}], "scored": True, "setup": "", "teardown": "", "type": "doctest"}}]}}
"""


def run(*command, folder):
    """Seconds that a command took.

    Raises:
        RuntimeError: when it fails, with the end of what it said.
    """
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    begin = time.perf_counter()
    done = subprocess.run(
        [*map(str, command)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
    return time.perf_counter() - begin


def prepare(folder, lesson, submissions):
    """nbgrader's folders: the source, and the solved notebook once for each learner."""
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 300\n")
    solved = notebooks.source(lesson.number).read_bytes()
    places = [folder / "source" / lesson.folder]
    places += [folder / "submitted" / f"learner-{number:03}" / lesson.folder for number in range(submissions)]
    for place in places:
        place.mkdir(parents=True)
        (place / "exercises.ipynb").write_bytes(solved)
    return places[1:]


def ours(folder, lesson, jobs):
    out = folder / f"ours-{jobs}"
    seconds = run(BIN / "aedu", "grade", "submitted", "--jobs", jobs, "--out", out, "--format", "json", folder=folder)
    results = json.loads((out / "grades.json").read_text())["results"]
    return seconds, [result["score"] for result in results]


def nbgraders(folder, lesson):
    from nbgrader.api import Gradebook

    run(BIN / "nbgrader", "generate_assignment", lesson.folder, folder=folder)
    seconds = run(BIN / "nbgrader", "autograde", lesson.folder, folder=folder)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return seconds, [submission.score for submission in gradebook.assignment_submissions(lesson.folder)]


def otters(folder, lesson, places):
    tests = folder / "otter" / "tests"
    tests.mkdir(parents=True)
    for exercise in registry.of_lesson(lesson.number):
        text = OTTER_TEST.format(name=exercise.name, points=exercise.points)
        (tests / f"{exercise.name}.py").write_text(text)
    run(BIN / "otter", "generate", "--no-config", "--no-requirements", "--no-environment", folder=tests.parent)
    seconds, scores = 0.0, []
    for place in places:
        out = place / "otter"
        out.mkdir()
        command = [BIN / "otter", "run", "-a", tests.parent / "autograder.zip", "-o", out, place / "exercises.ipynb"]
        seconds += run(*command, folder=place)
        result = json.loads((out / "results.json").read_text())
        scores.append(sum(test.get("score", 0) for test in result["tests"]))
    return seconds, scores


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--lesson", default="01")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    lesson = curriculum.find(arguments.lesson)
    points = sum(exercise.points for exercise in registry.of_lesson(lesson.number))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = prepare(folder, lesson, arguments.submissions)
        runs = {
            f"aedu grade --jobs {arguments.jobs}": ours(folder, lesson, arguments.jobs),
            "aedu grade --jobs 1": ours(folder, lesson, 1),
            "nbgrader autograde": nbgraders(folder, lesson),
            "otter run": otters(folder, lesson, places),
        }
    reference = next(iter(runs.values()))[0]
    print(f"{arguments.submissions} solved notebooks of lesson {lesson.number}, {points} points each")
    print("| grader | submissions a minute | time, first row = 1 | full marks |")
    print("|---|---|---|---|")
    for label, (seconds, scores) in runs.items():
        full = sum(score == points for score in scores)
        rate = 60 * len(scores) / seconds
        print(f"| {label} | {rate:.1f} | {seconds / reference:.1f} | {full} of {len(scores)} |")


if __name__ == "__main__":
    main()
