"""Grades many submissions, several at a time, and loses nothing when it is killed: each result is a file of its own."""

import contextlib
import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.grading import LIMITS
from autoencoders_edu.grading.client import Server, insist
from autoencoders_edu.grading.kept import Kept
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.runner import grade


def choose_seed(out, seed=None) -> int:
    """The seed of a run: the one given, else that of the run which this folder holds, else a new secret one.

    Raises:
        ValueError: for a seed that is no whole number from 0 on, and for a run that cannot be read.
    """
    record = None if out is None else Path(out) / "run.json"
    if seed is None and record is not None and record.is_file():
        seed = _seed_of(record)
    seed = secrets.randbits(32) if seed is None else seed
    if type(seed) is not int or seed < 0:
        raise ValueError(f"The seed should be a whole number from 0 on. Received: {seed!r}.")
    if record is not None:
        save(record, json.dumps({"seed": seed, "version": autoencoders_edu.__version__}))
    return seed


def _seed_of(record):
    try:
        return json.loads(record.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        raise ValueError(f"{record} is of no run of this grader ({why}). Name another folder, or remove it.") from None


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
    return [results[submission] for submission in found]


def _graded(waiting, options, jobs, isolation):
    """Yields (submission, result) as they come. Whoever ends this early, as by Ctrl-C, does not wait for the rest."""
    pool = ThreadPoolExecutor(jobs)
    try:
        with Server(jobs) as server:
            insist(server, isolation)
            futures = {pool.submit(grade, server, submission, options): submission for submission in waiting}
            for future in as_completed(futures):
                yield futures[future], future.result()
    finally:
        pool.shutdown(cancel_futures=True)  # after the server's end: who waits for a worker is told


def _refuse_inside(found, out):
    places = set() if out is None else {Path(os.path.abspath(out)), Path(out).resolve()}
    for submission in found:
        if any(place.is_relative_to(submission.folder) for place in places if submission.folder is not None):
            raise ValueError(f"{out} lies in a submission, {submission.folder}. Name a folder outside with --out.")
