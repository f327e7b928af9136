"""The proof that the exercises do what they promise: stubs are not attempted, right answers pass with every seed, and
every wrong answer on file fails with the message that names its misconception."""

import ast
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from autoencoders_edu.course import folders, notebooks
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.judging import judge
from autoencoders_edu.exercises.outcome import ERROR, FAILED, NOT_ATTEMPTED, PASSED, Outcome, in_points
from autoencoders_edu.exercises.probe import local_probe

SEEDS = 200
LEAST_RIGHT, LEAST_WRONG = 2, 4


@dataclass(frozen=True)
class Row:
    """One line of the ledger: an answer, what it is, what its author reads; `fault` says what is not as promised."""

    exercise: str
    kind: str
    answer: str
    about: str
    message: str
    fault: str = ""


def answers_in(kind, exercise) -> list[Path]:
    """The files with an exercise's right or wrong answers; kind is "right" or "wrong"."""
    return sorted(folders.answers(kind, exercise.lesson.folder).glob(f"{exercise.id}_*.py"))


def verify(lesson, seeds=SEEDS):
    """Yields the ledger of a lesson, row by row.

    Args:
        lesson: its number.
        seeds: how many times each right answer is judged.
    """
    source = json.loads(notebooks.source(lesson).read_text(encoding="utf-8"))
    setup = "".join(notebooks.cell_of(source, "setup")["source"])
    for exercise in registry.of_lesson(lesson):
        bench = Bench(exercise, setup, seeds)
        yield bench.declared(source)
        if notebooks.cell_of(source, exercise.name) is None:
            continue
        yield bench.stub()
        yield bench.right("solution", notebooks.solution(exercise), "the solution")
        right, wrong = answers_in("right", exercise), answers_in("wrong", exercise)
        if len(right) < LEAST_RIGHT or len(wrong) < LEAST_WRONG:
            fault = f"{len(right)} right and {len(wrong)} wrong answers; at least {LEAST_RIGHT} and {LEAST_WRONG}"
            yield Row(exercise.id, "answers", "", "", "", fault)
        for path in right:
            text = path.read_text(encoding="utf-8", errors="replace")
            yield bench.right(path.stem, text, ast.get_docstring(_parsed(text)) or "")
        yield from bench.wrong(wrong)


def verify_all(lessons, seeds=SEEDS, jobs=1):
    """Yields the ledgers of several lessons in their order; with several jobs, each is made in a process of its own."""
    if jobs == 1:
        for lesson in lessons:
            yield from verify(lesson, seeds)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:  # TensorFlow does not survive a fork
        for rows in pool.map(_rows, lessons, [seeds] * len(lessons)):
            yield from rows


def _rows(lesson, seeds):
    return list(verify(lesson, seeds))  # a process cannot hand over a generator


class Bench:
    """Judges answers to one exercise: each in a namespace where the notebook's first cell has run."""

    def __init__(self, exercise, setup, seeds):
        self.exercise = exercise
        self.setup = setup
        self.seeds = seeds

    def outcomes(self, code, seeds):
        """The outcomes of one answer, run once and judged with each seed."""
        namespace = {}
        exec(self.setup, namespace)
        try:
            exec(compile(code, f"<{self.exercise.name}>", "exec"), namespace)
        except NotImplementedError:  # a stub that stands outside a function
            pass
        except (Exception, SystemExit) as error:
            message = f"it cannot be run: {type(error).__name__}: {error}"
            yield Outcome(self.exercise.id, self.exercise.name, ERROR, message, 0, self.exercise.points)
            return
        for seed in range(seeds):
            yield judge(self.exercise, lambda s: local_probe(namespace, s), seed)

    def declared(self, source):
        """The exercise and the notebook must agree, and a learner must not be left without help."""
        exercise, faults = self.exercise, []
        answer, test = (notebooks.cell_of(source, prefix + exercise.name) for prefix in ("", "check_"))
        if answer is None or test is None:
            faults.append("the notebook has no cell for the answer or none for its check")
        elif test["metadata"]["nbgrader"].get("points") != exercise.points:
            faults.append(f"the notebook promises {test['metadata']['nbgrader'].get('points')} points")
        if not 2 <= len(exercise.hints) <= 3 or not exercise.why or not exercise.on_success or not exercise.minutes:
            faults.append("two or three hints, a reason, minutes and a closing sentence are wanted")
        if not 1 <= exercise.points <= 4:
            faults.append("1 to 4 points")
        about = f"{in_points(exercise.points)}, {exercise.minutes} minutes, {len(exercise.hints)} hints"
        return Row(exercise.id, "exercise", exercise.name, about, exercise.why, "; ".join(faults))

    def stub(self):
        (outcome,) = self.outcomes(notebooks.stub(self.exercise.name), 1)
        fault = "" if outcome.status == NOT_ATTEMPTED else f"counts as {outcome.status}"
        return Row(self.exercise.id, "stub", "stub", "the cell as it is handed out", outcome.message, fault)

    def right(self, name, code, about):
        for seed, outcome in enumerate(self.outcomes(code, self.seeds)):
            if outcome.status != PASSED:
                fault = f"{outcome.status} with seed {seed}: {outcome.message}"
                return Row(self.exercise.id, "right", name, about, outcome.message, fault)
        return Row(self.exercise.id, "right", name, about, f"passes with {self.seeds} seeds")

    def wrong(self, paths):
        """A row for each wrong answer: it must fail with every seed tried, and with a phrase that no other one gets."""
        texts = {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in paths}
        phrases = {name: _phrase(text) for name, text in texts.items()}
        for name, text in texts.items():
            fault = message = ""
            for seed, outcome in enumerate(self.outcomes(text, max(1, self.seeds // 10))):
                message = message or outcome.message
                foreign = [p for n, p in phrases.items() if p and n != name and p.lower() in outcome.message.lower()]
                if outcome.status != FAILED:
                    fault = f"{outcome.status} with seed {seed}: {outcome.message}"
                elif not phrases[name] or phrases[name].lower() not in outcome.message.lower():
                    fault = f"the message with seed {seed} does not say {phrases[name]!r}: {outcome.message}"
                elif foreign:
                    fault = f"the message says {foreign[0]!r}, too, which names another misconception"
                if fault:
                    break
            yield Row(self.exercise.id, "wrong", name, ast.get_docstring(_parsed(text)) or "", message, fault)


def _phrase(text):
    """The value of MESSAGE in a wrong answer; "" if it is no text that stands there."""
    for node in _parsed(text).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MESSAGE":
            return node.value.value if isinstance(getattr(node.value, "value", None), str) else ""
    return ""


def _parsed(text):
    """Its syntax tree; an empty one for what is no Python, of which `outcomes` tells."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.parse("")


def ledger(rows) -> str:
    """The rows as Markdown, for contributors."""
    lines = [
        "# What every exercise was proved to do",
        "",
        "Made by `aedu verify --ledger docs/ledger.md`. A wrong answer stands with the message that its author reads.",
    ]
    exercise = None
    for row in rows:
        if row.exercise != exercise:
            exercise = row.exercise
            lines += ["", f"## {exercise} {row.answer}", "", f"{row.message} ({row.about})", ""]
            lines += ["| | answer | what it is | outcome |", "|---|---|---|---|"]
            continue
        about, message = (" ".join(text.split()).replace("|", "\\|") for text in (row.about, row.message))
        lines.append(
            f"| {row.kind} | {row.answer} | {about} | {message}{' FAULT: ' + row.fault if row.fault else ''} |"
        )
    return "\n".join(lines) + "\n"
