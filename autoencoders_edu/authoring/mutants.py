"""Whether a check can tell right answers from what is nearly one: each right answer is changed a little, in one place
after another, and what still passes is either as right as before, which has to be explained, or a gap in the check.

`tests/mutants/NN_topic.toml` holds the explanations: for each exercise why mutants may pass, and the digests of those:

    ["01.2"]
    "The difference is squared, so its sign does not matter." = ["047b08f01617", "744b95e5de14"]
"""

import contextlib
import os
import re
import signal
import time
import tomllib
import warnings
from dataclasses import dataclass

import numpy as np

from autoencoders_edu.authoring import answers
from autoencoders_edu.authoring.bench import Bench
from autoencoders_edu.authoring.mutations import Mutation, digest, mutations, without_docstrings
from autoencoders_edu.authoring.verify import each_done
from autoencoders_edu.course import folders
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import ROUNDING
from autoencoders_edu.exercises.outcome import PASSED

SEEDS = 3
KILLED, SURVIVED, SAME = "killed", "survived", "same"
MOST, MOST_TRAINED = 400, 40  # mutants per exercise; the second where right answers train a model
TRAINED = re.compile(r"keras\..*(\.fit\(|def compute_loss)", re.DOTALL)
TIMES_AS_LONG, LEAST_SECONDS = 10, 5  # of CPU time, as its original, may a mutant take; longer counts as a hang


@dataclass(frozen=True)
class Hunt:
    """What became of an exercise's mutants.

    Attributes:
        exercise, name: its id and its name.
        made: how many mutants there are.
        tried: how many of them were judged, less those that predict the same: where an answer is a value and no
            function, nothing but the value counts.
        survivors: those that passed with every seed.
        reasons: from the digests of survivors to why they may pass; as far as explained.
        outdated: digests of explained mutants that are killed, or that there are no more.
        seconds: of CPU time.
    """

    exercise: str
    name: str
    made: int
    tried: int
    survivors: tuple[Mutation, ...]
    reasons: dict[str, str]
    outdated: tuple[str, ...]
    seconds: float

    @property
    def killed(self):
        return self.tried - len(self.survivors)

    @property
    def unexplained(self):
        return [mutant for mutant in self.survivors if mutant.digest not in self.reasons]


def hunt(exercise) -> Hunt:
    """Judges the mutants of an exercise's right answers, with `SEEDS` seeds each."""
    start = time.process_time()
    right = [answers.solution(exercise), *answers.read(answers.RIGHT, exercise)]
    bench = Bench(exercise, answers.setup(exercise))
    explained, every = explanations(exercise), _all_mutants(right)
    chosen = _chosen(every, right)
    limits = {answer.name: max(LEAST_SECONDS, TIMES_AS_LONG * _seconds(bench, answer)) for answer in right}
    values = {answer.name: bench.value(answer.code) for answer in right}
    fates = {mutant: _fate(bench, mutant, limits[mutant.of], values[mutant.of]) for mutant in chosen}
    survivors = tuple(mutant for mutant, fate in fates.items() if fate == SURVIVED)
    passed = {mutant.digest for mutant in survivors}
    not_tried = {mutant.digest for mutant in every} - {mutant.digest for mutant in chosen}
    return Hunt(
        exercise.id,
        exercise.name,
        len(every),
        sum(fate != SAME for fate in fates.values()),
        survivors,
        {digest: reason for digest, reason in explained.items() if digest in passed},
        tuple(digest for digest in explained if digest not in passed | not_tried),
        time.process_time() - start,
    )


def hunt_all(exercises, jobs=1):
    """Yields the hunt of each exercise as it is done, `jobs` at a time, each in a process of its own."""
    yield from each_done(_hunt, [(exercise.id,) for exercise in exercises], jobs)


def _hunt(id):
    return hunt(registry.find(id))


def explanations(exercise) -> dict[str, str]:
    """From the digests of an exercise's mutants that may pass to the reason why."""
    path = folders.root() / "tests" / "mutants" / f"{exercise.lesson.folder}.toml"
    reasons = tomllib.loads(path.read_text(encoding="utf-8")).get(exercise.id, {}) if path.is_file() else {}
    return {digest: reason for reason, digests in reasons.items() for digest in digests}


def _all_mutants(right):
    """The mutants of these answers, one of each code, and none that is one of the answers."""
    found = {mutant.digest: mutant for answer in reversed(right) for mutant in mutations(answer.name, answer.code)}
    unchanged = {digest(without_docstrings(answer.code)) for answer in right}
    return [mutant for mutant in found.values() if mutant.digest not in unchanged]


def _chosen(mutants, right):
    """As many as are judged: where there are more, those with the smallest digests, which is as good as by lot."""
    most = MOST_TRAINED if any(TRAINED.search(answer.code) for answer in right) else MOST
    return sorted(mutants, key=lambda mutant: mutant.digest)[:most]


def _seconds(bench, answer):
    start = time.process_time()
    _passes(bench, answer.code)
    return time.process_time() - start


def _fate(bench, mutant, limit, value):
    """Whether a mutant passes; one that hangs is killed.

    Args:
        bench: a `Bench`.
        mutant: a `Mutation`.
        limit: seconds of CPU time.
        value: that of the answer that it was made from, if that is a value; else None.
    """
    try:
        with _time_limit(limit):
            if not _passes(bench, mutant.code):
                return KILLED
            return SAME if value is not None and _same(bench.value(mutant.code), value) else SURVIVED
    except TimeoutError:
        return KILLED


def _same(value, other):
    """Whether two values differ by rounding at most."""
    if isinstance(value, dict):
        return isinstance(other, dict) and value.keys() == other.keys() and _same([*value.values()], [*other.values()])
    if isinstance(value, (list, tuple)):
        return isinstance(other, (list, tuple)) and len(value) == len(other) and all(map(_same, value, other))
    if value is None or other is None or isinstance(value, str) or isinstance(other, str):
        return value == other
    return np.shape(value) == np.shape(other) and np.allclose(value, other, ROUNDING, 0)


def _passes(bench, code):
    with warnings.catch_warnings(), open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        warnings.simplefilter("ignore")
        return all(outcome.status == PASSED for outcome in bench.outcomes(code, SEEDS, thorough_seeds=1))


@contextlib.contextmanager
def _time_limit(seconds):
    """`TimeoutError` after so many seconds of CPU time, and each second from then on, for code that catches it."""

    def ring(*_):
        raise TimeoutError(f"more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
