"""One grader on solved notebooks of one lesson: seconds and peak memory of its command, and how many got full marks.

    python grading.py {aedu | nbgrader | otter} LESSON SUBMISSIONS JOBS

Prints {"seconds": ..., "peak_mib": ..., "graded": ..., "full_marks": ...} as its last line. Only aedu uses JOBS:
`nbgrader autograde` and `otter run` grade one notebook after the other.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import usage
from autoencoders_edu.course import curriculum, notebooks
from autoencoders_edu.exercises import registry

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
    """What `usage.watch` returns for a command of this environment, run in a folder with a progress file of its own."""
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "XDG_DATA_HOME": str(folder / "data"),
    }
    return usage.watch(command, cwd=folder, env=environment)


def prepare(folder, lesson, submissions):
    """nbgrader's folders: the source, and the solved notebook once per learner."""
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 300\n")
    solved = notebooks.source(lesson.number).read_bytes()
    places = [folder / "source" / lesson.folder]
    places += [folder / "submitted" / f"learner-{number:03}" / lesson.folder for number in range(submissions)]
    for place in places:
        place.mkdir(parents=True)
        (place / "exercises.ipynb").write_bytes(solved)
    return places[1:]


def aedu(folder, lesson, places, jobs):
    out = folder / "ours"
    cost = run(BIN / "aedu", "grade", "submitted", "--jobs", jobs, "--out", out, "--format", "json", folder=folder)
    return cost, [result["score"] for result in json.loads((out / "grades.json").read_text())["results"]]


def nbgrader(folder, lesson, places, jobs):
    from nbgrader.api import Gradebook

    run(BIN / "nbgrader", "generate_assignment", lesson.folder, folder=folder)
    cost = run(BIN / "nbgrader", "autograde", lesson.folder, folder=folder)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return cost, [submission.score for submission in gradebook.assignment_submissions(lesson.folder)]


def otter(folder, lesson, places, jobs):
    tests = folder / "otter" / "tests"
    tests.mkdir(parents=True)
    for exercise in registry.of_lesson(lesson.number):
        text = OTTER_TEST.format(name=exercise.name, points=exercise.points)
        (tests / f"{exercise.name}.py").write_text(text)
    run(BIN / "otter", "generate", "--no-config", "--no-requirements", "--no-environment", folder=tests.parent)
    costs, scores = [], []
    for place in places:
        out = place / "otter"
        out.mkdir()
        command = [BIN / "otter", "run", "-a", tests.parent / "autograder.zip", "-o", out, place / "exercises.ipynb"]
        costs.append(run(*command, folder=place))
        result = json.loads((out / "results.json").read_text())
        scores.append(sum(test.get("score", 0) for test in result["tests"]))
    seconds, peaks = ([cost[name] for cost in costs] for name in ("seconds", "peak_mib"))
    return {"seconds": sum(seconds), "peak_mib": max(peaks)}, scores


CONTESTANTS = {"aedu": aedu, "nbgrader": nbgrader, "otter": otter}


def main(contestant, lesson, submissions, jobs):
    lesson = curriculum.find(lesson)
    points = sum(exercise.points for exercise in registry.of_lesson(lesson.number))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = prepare(folder, lesson, int(submissions))
        cost, scores = CONTESTANTS[contestant](folder, lesson, places, jobs)
    full = sum(score == points for score in scores)
    print(json.dumps({**cost, "graded": len(scores), "full_marks": full}))


if __name__ == "__main__":
    main(*sys.argv[1:])
