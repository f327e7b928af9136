"""Grades many submissions, several at a time, and loses nothing when it is killed: each result is a file of its own."""

import contextlib
import hashlib
import json
import os
import re
import secrets
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.grading import LEVELS, LIMITS
from autoencoders_edu.grading import submission as submissions
from autoencoders_edu.grading.client import Server, insist
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import Result
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


def grade_all(found, options, jobs=1, out=None, done=lambda result: None, isolation=LIMITS):
    """The results of all submissions, in their order.

    Args:
        found: list of `Submission`.
        options: `Options`.
        jobs: how many at a time.
        out: folder that keeps each result as soon as it is there; those that it holds already are not graded again.
        done: called with each result when it is there.
        isolation: the weakest level that will do.

    Raises:
        ValueError: when `out` lies in a submission: its author could have put results there.
    """
    _refuse_inside(found, out)
    registry.everything()  # imported here: two threads that import checks would be in each other's way
    results = {}
    waiting = []
    for submission in found:
        known = _known(out, submission, options, isolation)
        if known is None:
            waiting.append(submission)
        else:
            results[submission] = known
            done(known)
    if waiting:
        with contextlib.closing(_graded(waiting, options, jobs, isolation)) as graded:
            for submission, result in graded:
                results[submission] = result
                if out is not None:
                    save(_file(out, submission), json.dumps(result.as_dict(), indent=1))
                done(result)
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


def _known(out, submission, options, isolation):
    """The result that an earlier run left, if it is of the same notebook, seed and version, and as well isolated."""
    if out is None or not _file(out, submission).is_file():
        return None
    try:
        result = Result.from_dict(json.loads(_file(out, submission).read_text(encoding="utf-8")))
        digest = submissions.read(submission.path).digest
        isolated = LEVELS.index(result.isolation) <= LEVELS.index(isolation)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return None
    wanted = {"digest": digest, "seed": options.seed, "version": autoencoders_edu.__version__}
    if options.lesson is not None:
        wanted["lesson"] = options.lesson.folder
    same = all(getattr(result, name) == value for name, value in wanted.items())
    return result if same and isolated and not result.problem else None


def _file(out, submission):
    """Where a submission's result is kept: readable, and different for different paths."""
    readable = re.sub(r"[^\w.-]", "_", f"{submission.student}-{submission.path.parent.name}")
    readable = readable.encode()[:80].decode(errors="ignore")  # file names are limited in bytes
    digest = hashlib.sha256(os.fsencode(submission.path)).hexdigest()[:8]
    return Path(out) / "results" / f"{readable}-{digest}.json"
