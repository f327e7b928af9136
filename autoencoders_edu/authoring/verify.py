"""The proof that an exercise does what it promises: its stub counts as not attempted, right answers pass with every
seed, what the notebook gives does not pass when handed back, and every wrong answer on file fails with the message that
names its mistake."""

import re
import time
import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from autoencoders_edu.authoring import answers
from autoencoders_edu.authoring.bench import CANNOT_RUN, Bench
from autoencoders_edu.course import notebooks
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.outcome import FAILED, NOT_ATTEMPTED, PASSED, in_points

THOROUGH_SEEDS = 1  # for the slow last part of a check, which does not depend on what a seed draws
LEAST_RIGHT, LEAST_WRONG = 2, 4


@dataclass(frozen=True)
class Row:
    """One line of the proof: an answer, what it is, what its author reads; `fault` says what is not as promised."""

    exercise: str
    kind: str
    answer: str
    about: str
    message: str
    fault: str = ""


@dataclass(frozen=True)
class Proof:
    """What was found out about one exercise.

    Attributes:
        exercise, name: its id and its name.
        seeds: how many times each right answer was judged.
        rows: of the exercise itself and of each answer.
        seconds: of CPU time.
    """

    exercise: str
    name: str
    seeds: int
    rows: tuple[Row, ...]
    seconds: float

    @property
    def faults(self):
        return [row for row in self.rows if row.fault]

    def count(self, kind):
        """How many right or wrong answers were judged; the solution is a right one."""
        return sum(row.kind == kind for row in self.rows)


def prove(exercise, seeds) -> Proof:
    """Judges all answers to one exercise."""
    exec(answers.setup(exercise), {})  # whichever exercise comes first would pay for the imports of all
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # answers divide by zero and overflow, which is what their message is about
        rows = tuple(_rows(exercise, seeds))
    return Proof(exercise.id, exercise.name, seeds, rows, time.process_time() - start)


def prove_all(plan, jobs=1):
    """Yields the proof of each exercise as it is done.

    Args:
        plan: pairs of an exercise's id and how many times each right answer is judged, in the order of their start.
        jobs: how many exercises at a time, each in a process of its own.
    """
    yield from each_done(_prove, plan, jobs)


def _prove(id, seeds):
    return prove(registry.find(id), seeds)


def each_done(function, calls, jobs):
    """Yields function(*arguments) for each of the calls as it is done.

    Args:
        function: of a module, so that other processes can import it.
        calls: tuples of arguments, in the order of their start.
        jobs: how many calls at a time, each in a process of its own; 1 stays in this process.
    """
    if jobs == 1:
        yield from (function(*arguments) for arguments in calls)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:  # TensorFlow does not survive a fork
        for done in as_completed([pool.submit(function, *arguments) for arguments in calls]):
            yield done.result()


def longest_first(plan):
    """The pairs of `prove_all` in the order that keeps all processes busy to the end.

    Args:
        plan: dict from the ids of exercises to numbers of seeds.
    """
    return sorted(plan.items(), key=lambda pair: -_expected_seconds(registry.find(pair[0]), pair[1]))


def _expected_seconds(exercise, seeds):
    """A rough guess: what uses Keras takes longer than NumPy, and what trains takes longest."""
    given = [answer.code for kind in (answers.RIGHT, answers.WRONG) for answer in answers.read(kind, exercise)]
    trained = sum(".fit(" in code for code in given)
    per_seed = 0.2 if any("keras." in code for code in given) else 0.02
    return 2 * trained + 4 * per_seed * seeds


def _rows(exercise, seeds):
    source = answers.source_of(exercise)
    yield _declared(exercise, source)
    if notebooks.cell_of(source, exercise.name) is None:
        return
    bench = Bench(exercise, answers.setup(exercise))
    yield _stub(bench)
    right, wrong = (answers.read(kind, exercise) for kind in (answers.RIGHT, answers.WRONG))
    yield _right(bench, answers.solution(exercise), seeds)
    if len(right) < LEAST_RIGHT or len(wrong) < LEAST_WRONG:
        fault = f"{len(right)} right and {len(wrong)} wrong answers; at least {LEAST_RIGHT} and {LEAST_WRONG}"
        yield Row(exercise.id, "answers", "", "", "", fault)
    for answer in right:
        yield _right(bench, answer, seeds)
    for answer in answers.given(exercise):
        yield _given(bench, answer, max(1, seeds // 10))
    for answer in wrong:
        # An answer with two mistakes may have a message, and so a phrase, that holds the phrases of both.
        own = answer.phrase.lower()
        foreign = [other.phrase for other in wrong if other.phrase and other.phrase.lower() not in own]
        yield _wrong(bench, answer, foreign, max(1, seeds // 10))


def _declared(exercise, source):
    """The exercise and the notebook must agree, and a learner must not be left without help."""
    faults = _points_and_minutes(exercise, source)
    if not 2 <= len(exercise.hints) <= 3 or not exercise.why or not exercise.on_success or not exercise.minutes:
        faults.append("two or three hints, a reason, minutes and a closing sentence are needed")
    if not 1 <= exercise.points <= 4:
        faults.append("1 to 4 points")
    about = f"{in_points(exercise.points)}, {exercise.minutes} minutes, {len(exercise.hints)} hints"
    return Row(exercise.id, "exercise", exercise.name, about, exercise.why, "; ".join(faults))


def _points_and_minutes(exercise, source):
    """What the notebook says of them that differs from the exercise, which is where they are defined."""
    answer, test = (notebooks.cell_of(source, prefix + exercise.name) for prefix in ("", "check_"))
    if answer is None or test is None:
        return ["the notebook has no cell for the answer or none for its check"]
    faults, points = [], test["metadata"]["nbgrader"].get("points")
    if points != exercise.points:
        faults.append(f"the notebook promises {points} points")
    expected = f"({in_points(exercise.points)}, {exercise.minutes} minutes)"
    heading = _heading(exercise, source)
    if not heading.replace("about ", "").endswith(expected):
        faults.append(f"the notebook's heading should end in {expected}; it is {heading!r}")
    return faults


def _heading(exercise, source):
    """The line of a Markdown cell that is headed by the exercise's id; "" if there is none."""
    lines = "\n".join("".join(cell["source"]) for cell in source["cells"] if cell["cell_type"] == "markdown")
    found = re.search(rf"^## {re.escape(exercise.id)} .*$", lines, re.MULTILINE)
    return found.group() if found else ""


def _stub(bench):
    (outcome,) = bench.outcomes(notebooks.stub(bench.exercise.name), 1)
    fault = "" if outcome.status == NOT_ATTEMPTED else f"counts as {outcome.status}"
    return Row(bench.exercise.id, "stub", "stub", "the cell as it is handed out", outcome.message, fault)


def _right(bench, answer, seeds):
    """The row of a right answer: it must pass with every seed."""
    message, fault = f"passes with {seeds} seeds", answer.fault
    for seed, outcome in enumerate([] if fault else bench.outcomes(answer.code, seeds, THOROUGH_SEEDS)):
        if outcome.status != PASSED:
            message, fault = outcome.message, f"{outcome.status} with seed {seed}: {outcome.message}"
            break
    return Row(bench.exercise.id, "right", answer.name, answer.about, message, fault)


def _given(bench, answer, seeds):
    """The row of something that the notebook gives, handed back unchanged: it must not pass."""
    message, fault = "", ""
    for seed, outcome in enumerate(bench.outcomes(answer.code, seeds)):
        message = message or outcome.message
        if outcome.status == PASSED or outcome.message.startswith(CANNOT_RUN):
            fault = f"{outcome.status} with seed {seed}: {outcome.message}"
            break
    return Row(bench.exercise.id, "given", answer.name, answer.about, message, fault)


def _wrong(bench, answer, foreign, seeds):
    """The row of a wrong answer: it must fail with every seed, and its message may name no other mistake."""
    message, fault = "", answer.fault
    for seed, outcome in enumerate([] if fault else bench.outcomes(answer.code, seeds)):
        message = message or outcome.message
        fault = _misjudged(outcome, answer.phrase, foreign, seed)
        if fault:
            break
    return Row(bench.exercise.id, "wrong", answer.name, answer.about, message, fault)


def _misjudged(outcome, phrase, foreign, seed):
    """What is wrong with the judgement of a wrong answer; "" if nothing is."""
    said = outcome.message.lower()
    other = next((text for text in foreign if text.lower() in said), "")
    if outcome.status != FAILED:
        return f"{outcome.status} with seed {seed}: {outcome.message}"
    if not phrase or phrase.lower() not in said:
        return f"the message with seed {seed} does not say {phrase!r}: {outcome.message}"
    return f"the message says {other!r}, too, which names another misconception" if other else ""
