"""Judges answers to an exercise as a notebook would: the set-up cell runs, then the answer, then the check."""

import contextlib
import linecache
import random
import sys

import numpy as np

from autoencoders_edu.exercises.judging import judge
from autoencoders_edu.exercises.outcome import ERROR, Outcome
from autoencoders_edu.exercises.probe import local_probe
from autoencoders_edu.exercises.wire import pack, unpack

CANNOT_RUN = "it cannot be run: "


class Bench:
    """Judges answers to one exercise.

    Args:
        exercise: an `Exercise`.
        setup: the source of the notebook's set-up cell.
    """

    def __init__(self, exercise, setup):
        self.exercise = exercise
        self.setup = setup

    def outcomes(self, code, seeds, thorough_seeds=None):
        """Yields the outcome of one answer for each seed; the answer itself runs once.

        Args:
            code: the answer, as in the notebook's cell.
            seeds: how many.
            thorough_seeds: how many of them judge the slow last part of the check as well; all by default.
        """
        try:
            namespace = self._run(code)
        except (Exception, SystemExit) as error:
            message = f"{CANNOT_RUN}{type(error).__name__}: {error}"
            yield Outcome(self.exercise.id, self.exercise.name, ERROR, message, 0, self.exercise.points)
            return
        for seed in range(seeds):
            thorough = thorough_seeds is None or seed < thorough_seeds
            yield judge(self.exercise, lambda s: local_probe(namespace, s), seed, thorough=thorough)

    def value(self, code):
        """The value that an answer is, as a check receives it; None for a function, and for what cannot be read."""
        try:
            return unpack(pack(self._run(code)[self.exercise.name]))
        except (Exception, SystemExit):
            return None

    def _run(self, code):
        namespace, filename = {}, f"<{self.exercise.name}>"
        linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)  # for messages
        exec(self.setup, namespace)
        _seed_all()
        with contextlib.suppress(NotImplementedError):  # of a stub that stands outside a function
            exec(compile(code, filename, "exec"), namespace)
        return namespace


def _seed_all():
    """What an answer draws does not depend on what ran before it."""
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(0)
    else:
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002 (an answer may use it)
