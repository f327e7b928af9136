"""Grades many submissions, several at a time, and loses nothing when it is killed: each result is a file of its own."""

import hashlib
import json
import os
import re
import secrets
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import autoencoders_edu
from autoencoders_edu.grading import submission as submissions
from autoencoders_edu.grading.client import Server, insist
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.runner import grade
from autoencoders_edu.grading.sandbox import LIMITS


def choose_seed(out, seed=None) -> int:
    """The seed of a run: the one given, else that of the run which this folder holds, else a new secret one."""
    record = None if out is None else Path(out) / "run.json"
    if seed is None and record is not None and record.is_file():
        seed = json.loads(record.read_text(encoding="utf-8"))["seed"]
    seed = secrets.randbits(32) if seed is None else seed
    if record is not None:
        save(record, json.dumps({"seed": seed, "version": autoencoders_edu.__version__}))
    return seed


def grade_all(found, options, jobs=1, out=None, done=lambda result: None, isolation=LIMITS):
    """The results of all submissions, in their order.

    Args:
        found: list of `Submission`.
        options: `Options`.
        jobs: how many at a time.
        out: folder that keeps each result as soon as it is there; those that it holds already are not graded again.
        done: called with each result when it is there.
        isolation: the weakest level that will do.
    """
    results = {}
    waiting = []
    for submission in found:
        known = _known(out, submission, options)
        if known is None:
            waiting.append(submission)
        else:
            results[submission] = known
            done(known)
    if waiting:
        with Server(jobs) as server, ThreadPoolExecutor(jobs) as pool:
            insist(server, isolation)
            futures = {pool.submit(grade, server, submission, options): submission for submission in waiting}
            for future in as_completed(futures):
                result = results[futures[future]] = future.result()
                if out is not None:
                    save(_file(out, futures[future]), json.dumps(result.as_dict(), indent=1))
                done(result)
    return [results[submission] for submission in found]


def _known(out, submission, options):
    """The result that an earlier run left, if it is of the same notebook, seed and version."""
    if out is None or not _file(out, submission).is_file():
        return None
    try:
        result = Result.from_dict(json.loads(_file(out, submission).read_text(encoding="utf-8")))
        digest = submissions.read(submission.path).digest
    except (ValueError, KeyError, TypeError):
        return None
    wanted = {"digest": digest, "seed": options.seed, "version": autoencoders_edu.__version__}
    if options.lesson is not None:
        wanted["lesson"] = options.lesson.folder
    return result if all(getattr(result, name) == value for name, value in wanted.items()) else None


def _file(out, submission):
    """Where a submission's result is kept: readable, and different for different paths."""
    readable = re.sub(r"[^\w.-]", "_", f"{submission.student}-{submission.path.parent.name}")[:80]
    digest = hashlib.sha256(os.fsencode(submission.path)).hexdigest()[:8]
    return Path(out) / "results" / f"{readable}-{digest}.json"
