"""The ledger: what every exercise was proved to do, and from what.

`docs/ledger.md` is for people: each answer, and the message that its author reads. `docs/ledger.json` holds, for each
exercise, the number of seeds it was proved with and a digest of each thing that the proof depends on. Where a digest no
longer fits, the proof is out of date. Digests are made from code as Python reads it: comments, layout and docstrings do
not count.
"""

import ast
import hashlib
import inspect
import json
import re
from collections import Counter
from pathlib import Path

from autoencoders_edu.authoring import answers
from autoencoders_edu.course import folders, notebooks
from autoencoders_edu.exercises import registry

SEEDS, SEEDS_WHEN_CHANGED, SEEDS_ELSE = 200, 50, 3  # for each right answer: in the ledger, and when it is checked
ENGINE = "autoencoders_edu.exercises"
CHECKS = "autoencoders_edu.checks"
JUDGED = ("answers", "check")  # what the fate of mutants depends on
PINNED = ("keras", "numpy", "scikit-learn", "scipy", "tensorflow", "tensorflow-probability")
REASONS = {
    "missing": "not proved yet",
    "answers": "answers changed",
    "check": "check changed",
    "engine": "engine changed",
    "pins": "pinned packages changed",
    "seeds": "proved with too few seeds",
    "gone": "no longer in the course",
}
HEADER = """# What every exercise was proved to do

`make ledger` writes this file. Each wrong answer is listed with the message that its author reads, each right one with
the number of seeds it was judged with. Where a check ends in a slow part that does not depend on the seed, such as the
training in 08.4, only the first seed judges that part. Mutants are right answers that were changed a little, in one
place: a check should fail them, unless they are as right as before.
"""
MUTANTS = "Mutants: "


def digests(exercise) -> dict[str, str]:
    """A digest of each thing that the proof of an exercise depends on."""
    given = [answers.solution(exercise), *answers.read("right", exercise), *answers.read("wrong", exercise)]
    given += answers.given(exercise)
    told = [[answer.name, answer.about, answer.phrase, answer.fault, _meaning(answer.code)] for answer in given]
    cells = [_meaning(code) for code in (notebooks.stub(exercise.name), answers.setup(exercise))]
    engine = [_file(f"{ENGINE}.{name}") for name in ("judging", "probe")]
    return {
        "answers": _digest([told, cells]),
        "check": _digest(_with_imports([Path(inspect.getfile(exercise.judge))], CHECKS)),
        "engine": _digest(_with_imports(engine, ENGINE)),
        "pins": _digest(_pins()),
    }


def _digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def _pins():
    """The lines of `constraints.txt` about packages that checks and answers compute with."""
    path = folders.root() / "constraints.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [line for line in lines if line.split("==")[0] in PINNED]


def _with_imports(paths, package):
    """The meanings of these modules, and of all that they import from this package."""
    found, left = {}, list(paths)
    while left:
        path = left.pop()
        if path not in found:
            code = path.read_text(encoding="utf-8")
            found[path] = _meaning(code)
            left += _imported(code, package)
    return [found[path] for path in sorted(found)]


def _imported(code, package):
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return [_file(name) for name in names if f"{name}.".startswith(f"{package}.") and _file(name)]


def _file(module):
    """The file of a module of this package; None if there is no such module."""
    path = folders.INSTALLED.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _meaning(code):
    """What Python reads in some code, fit for JSON and the same for every version; the code itself if it is none."""
    try:
        return _plain(ast.parse(code))
    except (SyntaxError, ValueError):
        return code


def _plain(node):
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
        fields["body"] = node.body[1:]
    return [type(node).__name__, {name: _plain(value) for name, value in fields.items() if value not in (None, [])}]


def recorded() -> dict[str, dict]:
    """From the ids of exercises to what `docs/ledger.json` has on them."""
    path = _path("json")
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _path(suffix):
    return folders.root() / "docs" / f"ledger.{suffix}"


def out_of_date(current, seeds=SEEDS_WHEN_CHANGED) -> dict[str, list[str]]:
    """From the ids of exercises whose proof is out of date to the reasons, which are keys of `REASONS`.

    Args:
        current: dict from the ids of exercises to their digests, as they are now.
        seeds: a proof with fewer counts as out of date. A change can land with the default; `make ledger` asks for
            `SEEDS`.
    """
    entries = recorded()
    reasons = {id: _reasons(entries.get(id), parts, seeds) for id, parts in current.items()}
    gone = entries.keys() - {exercise.id for exercise in registry.everything()}
    return {id: why for id, why in reasons.items() if why} | {id: ["gone"] for id in sorted(gone)}


def _reasons(entry, parts, seeds):
    if entry is None:
        return ["missing"]
    changed = [name for name, digest in parts.items() if entry.get(name) != digest]
    return changed + ["seeds"] * (entry.get("seeds", 0) < seeds)


def in_words(reasons, most=6) -> str:
    """Such as "check changed: 01.2, 08.4; engine changed: 25 exercises"."""
    said = []
    for key, words in REASONS.items():
        ids = [id for id, keys in reasons.items() if key in keys]
        if ids:
            said.append(f"{words}: {', '.join(ids) if len(ids) <= most else f'{len(ids)} exercises'}")
    return "; ".join(said)


def plan(current, seeds=None, renew=False, everything=False) -> dict[str, int]:
    """From the ids of the exercises to prove to how many times each right answer is judged.

    Args:
        current: dict from the ids of exercises to their digests, as they are now.
        seeds: this many times, whatever the ledger says.
        renew: whether to prove for the ledger, only what it is out of date on.
        everything: whether to prove all exercises for the ledger.
    """
    changed = out_of_date(current, SEEDS if renew else SEEDS_WHEN_CHANGED)
    if renew:
        return {id: seeds or SEEDS for id in current if everything or id in changed}
    return {id: seeds or (SEEDS_WHEN_CHANGED if id in changed else SEEDS_ELSE) for id in current}


def record(proof, parts):
    """Writes a proof into the ledger, if it has no faults.

    Args:
        proof: a `Proof`.
        parts: the exercise's digests when the proof began.
    """
    if not proof.faults:
        entry = {**parts, "seeds": proof.seeds}
        mutants = recorded().get(proof.exercise, {}).get("mutants")
        if mutants and all(mutants[part] == parts[part] for part in JUDGED):
            entry["mutants"] = mutants
        text = section(proof.rows) + _paragraph(entry.get("mutants"))
        _write(recorded() | {proof.exercise: entry}, _sections() | {proof.exercise: text})


def record_mutants(hunt, parts):
    """Writes what became of an exercise's mutants into the ledger, if the exercise is in it.

    Args:
        hunt: a `Hunt`.
        parts: the exercise's digests when the hunt began.
    """
    entry, text = recorded().get(hunt.exercise), _sections().get(hunt.exercise)
    if entry is None or text is None:
        return
    mutants = {part: parts[part] for part in JUDGED} | {"made": hunt.made, "tried": hunt.tried, "killed": hunt.killed}
    mutants["explained"] = Counter(hunt.reasons.values())
    text = text.split(f"\n{MUTANTS}")[0] + _paragraph(mutants)
    _write(recorded() | {hunt.exercise: {**entry, "mutants": mutants}}, _sections() | {hunt.exercise: text})


def _paragraph(mutants):
    """What `docs/ledger.md` says of an exercise's mutants; "" if they were not tried."""
    if not mutants:
        return ""
    explained = mutants["explained"]
    passed = mutants["tried"] - mutants["killed"]
    told = f"{mutants['tried']} of {mutants['made']} tried, {mutants['killed']} killed, {passed} passed, "
    told += f"{sum(explained.values())} of these explained."
    lines = [f"{MUTANTS}{told}", "", *(f"- {number}: {reason}" for reason, number in explained.items())]
    return "\n" + "\n".join(lines).rstrip() + "\n"


def forget_what_is_gone():
    """Takes exercises that are no longer in the course out of the ledger."""
    _write(recorded(), _sections())


def _write(entries, sections):
    known = [exercise.id for exercise in registry.everything()]
    entries, sections = ({id: old[id] for id in known if id in old} for old in (entries, sections))
    _path("json").parent.mkdir(exist_ok=True)
    _path("json").write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
    _path("md").write_text(HEADER + "".join(sections.values()), encoding="utf-8")


def _sections():
    """From the ids of exercises to their sections of `docs/ledger.md`."""
    text = _path("md").read_text(encoding="utf-8") if _path("md").is_file() else ""
    parts = re.split(r"^(?=\n## )", text, flags=re.MULTILINE)[1:]
    return {part.split()[1]: part for part in parts}


def section(rows) -> str:
    """The rows of one exercise as Markdown."""
    exercise, *given = rows
    lines = [f"\n## {exercise.exercise} {exercise.answer}", "", f"{exercise.message} ({exercise.about})", ""]
    lines += ["| | answer | what it is | outcome |", "|---|---|---|---|"]
    for row in given:
        about, message = (" ".join(text.split()).replace("|", "\\|") for text in (row.about, row.message))
        lines.append(f"| {row.kind} | {row.answer} | {about} | {message} |")
    return "\n".join(lines) + "\n"
