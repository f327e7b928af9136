"""Grades many submissions, several at a time, and loses nothing when it is killed: each result is a file of its own."""

import contextlib
import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import autoencoders_edu
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.judging import new_seed
from autoencoders_edu.grading import LEVELS, LIMITS
from autoencoders_edu.grading import submission as submissions
from autoencoders_edu.grading.client import Server, insist
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.runner import grade
from autoencoders_edu.grading.session import Budget, Repeat


def choose_seed(out, seed=None) -> int:
    """The seed of a run: the one given, else that of the run that was not finished in this folder, else a new one.

    Reports print the seed, so that a run after them has another.

    Raises:
        ValueError: for a seed that is no whole number from 0 on, and for a run that cannot be read.
    """
    earlier = []
    if seed is None and _record(out) is not None:
        seed, earlier = _seeds(_record(out))
    seed = new_seed() if seed is None else seed
    if type(seed) is not int or seed < 0:
        raise ValueError(f"The seed should be a whole number from 0 on. Received: {seed!r}.")
    if out is not None:
        _write_record(out, seed, earlier)
    return seed


def _record(out):
    """The file with a run's seed, if there is one."""
    record = None if out is None else Path(out) / "run.json"
    return record if record is not None and record.is_file() else None


def _write_record(out, seed, earlier):
    """Args: seed, of the run that is going on, or None; earlier, those of finished ones, whose results are kept."""
    content = {"seed": seed, "earlier": earlier, "version": autoencoders_edu.__version__}
    save(Path(out) / "run.json", json.dumps(content))


def _seeds(record):
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        return content["seed"], list(content.get("earlier", []))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        raise ValueError(f"{record} is of no run of this grader ({why}). Name another folder, or remove it.") from None


def _finish(out):
    """The run in this folder is complete."""
    if _record(out) is not None:
        seed, earlier = _seeds(_record(out))
        _write_record(out, None, [*earlier, *([] if seed is None else [seed])])


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
    seeds = [options.seed, *(_seeds(_record(out))[1] if _record(out) else [])]
    for submission in found:
        known = _known(out, submission, options, isolation, seeds)
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
    _finish(out)
    return [results[submission] for submission in found]


def _graded(waiting, options, jobs, isolation):
    """Yields (submission, result) as they come. Whoever ends this early, as by Ctrl-C, does not wait for the rest.

    What may be lost for want of the machine's time or memory is graded again when all others are through, alone.
    """
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
    return submission.folder or submission.path


def _refuse_inside(found, out):
    places = set() if out is None else {Path(os.path.abspath(out)), Path(out).resolve()}
    for submission in found:
        if any(place.is_relative_to(submission.folder) for place in places if submission.folder is not None):
            raise ValueError(f"{out} lies in a submission, {submission.folder}. Name a folder outside with --out.")


def _known(out, submission, options, isolation, seeds):
    """The result that an earlier run left, if it is of the same notebook and version, one of these seeds, and as well
    isolated."""
    if out is None or not _file(out, submission).is_file():
        return None
    try:
        result = Result.from_dict(json.loads(_file(out, submission).read_text(encoding="utf-8")))
        digest = submissions.read(submission.path).digest
        isolated = LEVELS.index(result.isolation) <= LEVELS.index(isolation)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return None
    wanted = {"digest": digest, "version": autoencoders_edu.__version__}
    if options.lesson is not None:
        wanted["lesson"] = options.lesson.folder
    same = all(getattr(result, name) == value for name, value in wanted.items())
    return result if same and isolated and result.seed in seeds and not result.problem else None


def _file(out, submission):
    """Where a submission's result is kept: readable, and different for different paths."""
    readable = re.sub(r"[^\w.-]", "_", f"{submission.student}-{submission.path.parent.name}")
    readable = readable.encode()[:80].decode(errors="ignore")  # file names are limited in bytes
    digest = hashlib.sha256(os.fsencode(submission.path)).hexdigest()[:8]
    return Path(out) / "results" / f"{readable}-{digest}.json"
