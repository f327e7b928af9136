"""Grades many submissions, several at a time, and loses nothing when it is killed: each result is a file of its own."""

import contextlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.judging import new_seed
from autoencoders_edu.grading import LIMITS
from autoencoders_edu.grading.client import Server, insist
from autoencoders_edu.grading.kept import Kept
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.runner import grade
from autoencoders_edu.grading.session import Budget, Repeat


def choose_seed(out, seed=None) -> int:
    """The seed of a run: the one given, else that of the run that was not finished in this folder, else a new one.

    Reports print the seed, so that a run after them has another.

    Raises:
        ValueError: for a seed that is no whole number from 0 on, and for a run that cannot be read.
    """
    if seed is None and _record(out) is not None:
        seed = _seed_of(_record(out))
    seed = new_seed() if seed is None else seed
    if type(seed) is not int or seed < 0:
        raise ValueError(f"The seed should be a whole number from 0 on. Received: {seed!r}.")
    if out is not None:
        _write_record(out, seed)
    return seed


def _record(out):
    """The file with a run's seed, if there is one."""
    record = None if out is None else Path(out) / "run.json"
    return record if record is not None and record.is_file() else None


def _write_record(out, seed):
    """Notes the seed of the run that is going on; None: that there is none."""
    save(Path(out) / "run.json", json.dumps({"seed": seed, "version": autoencoders_edu.__version__}))


def _seed_of(record):
    try:
        return json.loads(record.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        raise ValueError(f"{record} is of no run of this grader ({why}). Name another folder, or remove it.") from None


def _finish(out):
    """The run in this folder is complete."""
    if _record(out) is not None:
        _write_record(out, None)


def grade_all(
    found, options, jobs=1, out=None, done=lambda result, kept: None, isolation=LIMITS, regrade=(), any_seed=False
):
    """The results of all submissions, in their order.

    Args:
        found: list of `Submission`.
        options: `Options`.
        jobs: how many at a time.
        out: folder that keeps each result as soon as it is there. What it holds already is not graded again, unless
            something has changed on which the grade depends.
        done: called with each result when it is there, and whether it was kept from an earlier run.
        isolation: the weakest level that will do.
        regrade: names of learners who are graded again, whatever is kept.
        any_seed: whether results with another seed are kept.

    Raises:
        ValueError: when `out` lies in a submission: its author could have put results there.
    """
    _refuse_inside(found, out)
    registry.everything()  # imported here: two threads that import checks would be in each other's way
    kept = None if out is None else Kept(out, options, isolation, any_seed)
    results = {}
    for submission in found if kept else ():
        if submission.student not in regrade and (result := kept.get(submission)) is not None:
            results[submission] = result
            done(result, True)
    if waiting := [submission for submission in found if submission not in results]:
        with contextlib.closing(_graded(waiting, options, jobs, isolation)) as graded:
            for submission, result in graded:
                results[submission] = result
                if kept:
                    kept.put(submission, result)
                done(result, False)
    _finish(out)
    return [results[submission] for submission in found]


def _graded(waiting, options, jobs, isolation):
    """Yields (submission, result) as they come. Whoever ends this early, as by Ctrl-C, does not wait for the rest.

    What may be lost for want of the machine's time or memory is graded again when all others are through, alone. What
    cannot be read needs no server.
    """
    unreadable = [submission for submission in waiting if submission.problem]
    for submission in unreadable:
        yield submission, grade(None, submission, options)
    waiting = [submission for submission in waiting if not submission.problem]
    if not waiting:
        return
    pool = ThreadPoolExecutor(jobs)
    budgets = {_learner(submission): Budget(options.timeout) for submission in waiting}
    again = []
    try:
        with Server(jobs) as server:
            insist(server, isolation)
            futures = {
                pool.submit(grade, server, submission, options, budgets[_learner(submission)], first=True): submission
                for submission in waiting
            }
            for future in as_completed(futures):
                try:
                    yield futures[future], future.result()
                except Repeat:
                    again.append(futures[future])
            budgets = {_learner(submission): Budget(options.timeout) for submission in again}
            for submission in sorted(again, key=waiting.index):
                yield submission, grade(server, submission, options, budgets[_learner(submission)])
    finally:
        pool.shutdown(cancel_futures=True)  # after the server's end: who waits for a worker is told


def _learner(submission):
    return submission.student


def _refuse_inside(found, out):
    places = set() if out is None else {Path(os.path.abspath(out)), Path(out).resolve()}
    for submission in found:
        if any(place.is_relative_to(submission.folder) for place in places if submission.folder is not None):
            raise ValueError(f"{out} lies in a submission, {submission.folder}. Name a folder outside with --out.")
