"""The result that the classroom-resources actions exchange: JSON in base64, as a file and as a step's output.

In GitHub Actions the log shows the outcomes as well, and two notices carry the score. Nothing that a learner wrote can
add a third: it is printed where workflow commands are stopped, and stored such that printing it gives none.
"""

import base64
import json
import os
from pathlib import Path

from autoencoders_edu.exercises.outcome import ERROR, PASSED
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import commands_stopped, one_line, plain, without_commands
from autoencoders_edu.grading.result import Graded, Result

LIMIT = 100_000  # characters: the reporter gets it in an environment variable, which Linux holds to 128 KiB
MESSAGES = (2000, 500, 100, 0)  # characters of each message, tried in this order until all fits


def render(results: list[Result]) -> str:
    """The result in base64, on one line.

    Raises:
        ValueError: unless the results are one learner's, with each lesson at most once.
    """
    reports.of_one_learner(results, "actions")
    for length in MESSAGES:
        text = json.dumps(_content(results, length), ensure_ascii=False)
        blob = base64.b64encode(text.encode()).decode("ascii")
        if len(blob) <= LIMIT:
            break
    return blob


def _content(results, length):
    return {
        "version": 1,
        "status": _status(results),
        "max_score": sum(result.max_score for result in results),
        "tests": [test for result in results for test in _tests(result, length)],
    }


def _status(results):
    if any(result.problem for result in results):
        return "error"
    return "pass" if all(result.score == result.max_score for result in results) else "fail"


def _tests(result: Result, length):
    file = without_commands(one_line(result.path))
    if result.problem:
        yield _test("notebook", "error", 0, result.problem[:length], file, result.seconds)
    for graded in result.exercises:
        outcome = graded.outcome
        status = {PASSED: "pass", ERROR: "error"}.get(outcome.status, "fail")
        yield _test(_name(graded), status, outcome.points, outcome.message[:length], file, graded.seconds)


def _test(name, status, score, message, file, seconds):
    return {
        "name": name,
        "status": status,
        "score": score,
        "message": without_commands(message),
        "test_code": "",
        "filename": file,
        "line_no": 0,
        "duration": round(seconds, 3),
    }


def _name(graded: Graded):
    return without_commands(one_line(f"{graded.outcome.id} {graded.outcome.name}"))


def write(results: list[Result], out: Path) -> Path:
    """Writes actions.txt; in GitHub Actions also the step's output `result`, the outcomes and the two notices."""
    blob = render(results)
    path = reports.save(out / "actions.txt", blob + "\n")
    if output := os.environ.get("GITHUB_OUTPUT"):
        reports.append(output, f"result={blob}\n")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _log(results)
    return path


def _log(results):
    with commands_stopped(lambda line: print(line, flush=True)):
        for result in results:
            for text in filter(None, (result.problem, *(repr(graded.outcome) for graded in result.exercises))):
                print(plain(text, limit=5000), flush=True)
    points, most = sum(result.score for result in results), sum(result.max_score for result in results)
    print(f"::notice title=Autograding complete::Points {points}/{most}", flush=True)
    print(f"::notice title=Autograding report::{json.dumps({'totalPoints': points, 'maxPoints': most})}", flush=True)
