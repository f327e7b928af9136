"""A cohort in parts: shards that several machines grade, and what lies in folders put together in one report."""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from autoencoders_edu.grading import kept
from autoencoders_edu.grading.reports import save
from autoencoders_edu.grading.result import ungraded
from autoencoders_edu.grading.words import many, some


def part(shard, found):
    """A shard's share of the submissions: of the same submissions on every machine."""
    return shard.part(sorted(found, key=_key))


def note(shard, out, found, seed):
    """Writes down what a shard is a part of, so that `merge` can tell whether all is there."""
    cohort = json.dumps(sorted(map(_key, found)))
    plan = {
        "shard": shard.number,
        "of": shard.of,
        "seed": seed,
        "cohort": hashlib.sha256(cohort.encode()).hexdigest(),
        "rows": list(map(_key, part(shard, found))),
    }
    save(Path(out) / "shards" / f"{shard.number}-of-{shard.of}.json", json.dumps(plan, indent=1))


def _key(graded):
    """Of a submission or a result: what is there once."""
    return graded.student, graded.lesson


def together(results, out):
    """This run's results, and after them all others that a folder holds.

    Args:
        results: list of `Result`, which are in the folder as well.
        out: the folder.

    Returns:
        List of `Result`, and lines to say about the others.
    """
    found, lines = kept.everything(out)
    ours = {*map(_key, results), *map(_key, counted(results, [result for result, _ in found]))}
    others = [result for result, _ in found if _key(result) not in ours]
    if others:
        names = some(sorted({result.student for result in others}))
        lines.append(f"The reports also contain {many(len(others), 'result')} of earlier runs in {out}: {names}.")
    lines += [f"{line} Use --regrade NAME to grade them again." for line in _unlike(found)]
    return counted([*results, *others]), lines


def counted(results, others=()):
    """The results; if all that are of a lesson are of the same, those that cannot be read count as of it as well."""
    lessons = {result.lesson for result in (*results, *others)} - {""}
    if len(lessons) != 1:
        return list(results)
    (lesson,) = lessons
    return [r if r.lesson else ungraded(replace(r, lesson=lesson), r.problem) for r in results]


def merge(folders, out):
    """Puts the results of several folders into one.

    Args:
        folders: each the `--out` of a run; shards must all be there.
        out: the folder to put them into; what it holds already takes part.

    Returns:
        List of `Result` by learner and lesson, and lines to say about them.

    Raises:
        ValueError: when results are missing, cannot be read, or do not fit together.
    """
    entries, lines = {}, []
    for folder in dict.fromkeys([*folders, out]):
        found, broken = kept.everything(folder)
        if broken or not (found or folder == out or Path(folder, "shards").is_dir()):
            raise ValueError(" ".join(broken) or f"{folder} holds no results: name the --out of a run.")
        for result, made in found:
            known, _ = entries.get(_key(result), (None, None))
            if known is not None and known.as_dict() != result.as_dict():
                lines.append(f"{result.student}, {result.lesson}: graded more than once; the last one counts.")
            if known is None or result.graded_at >= known.graded_at:
                entries[_key(result)] = (result, made)
    if unlike := _unlike(entries.values()):
        raise ValueError(" ".join(unlike) + " Grade them again under the same conditions, then merge.")
    _insist_on_all_shards(folders, entries)
    for result, made in entries.values():
        kept.keep(out, result, made, result.lesson)
    return counted([result for _, (result, _) in sorted(entries.items())]), lines


def _unlike(entries):
    """Yields a line for each lesson whose results were made under different conditions."""
    lessons = defaultdict(lambda: defaultdict(list))
    for result, made in entries:
        if not result.problem:
            terms = {name: value for name, value in made.items() if name != kept.NOTES}
            lessons[result.lesson][json.dumps(terms, sort_keys=True)].append(result)
    lines = []
    for lesson, groups in sorted(lessons.items()):
        if len(groups) > 1:
            fewest = min(groups.values(), key=len)
            made = [json.loads(group) for group in groups]
            names = sorted(
                {name for one in made for name in one if any(one[name] != other.get(name) for other in made)}
            )
            lines.append(
                f"The {sum(map(len, groups.values()))} results for {lesson} were made under different conditions "
                f"({', '.join(names)}). In the minority: {some(sorted(result.student for result in fewest))}."
            )
    return lines


def _insist_on_all_shards(folders, entries):
    """Raises `ValueError` unless the shards among the folders are all parts of one cohort, and nothing is missing."""
    plans = [_plan(path) for folder in folders for path in sorted(Path(folder, "shards").glob("*.json"))]
    if not plans:
        return
    terms = Counter((plan["of"], plan["cohort"], plan["seed"]) for plan in plans)
    if len(terms) > 1:
        raise ValueError("These shards do not belong together: the submissions, --seed or N differ.")
    there, of = {plan["shard"] for plan in plans}, plans[0]["of"]
    if missing := sorted(set(range(1, of + 1)) - there):
        raise ValueError(f"Shards are missing: {', '.join(f'{number}/{of}' for number in missing)}.")
    if lost := [row for plan in plans for row in plan["rows"] if tuple(row) not in entries]:
        raise ValueError(f"Missing: {many(len(lost), 'result')}, of {some([name for name, _ in lost])}.")


def _plan(path):
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        rows = [(str(name), str(lesson)) for name, lesson in plan["rows"]]
        numbers = {name: int(plan[name]) for name in ("shard", "of", "seed")}
        return {**numbers, "cohort": str(plan["cohort"]), "rows": rows}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} does not describe a shard ({type(error).__name__}: {error}). Grade it again."[:300]
        ) from None
