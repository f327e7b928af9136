"""What a learner has done: one small file in the user's data folder. Losing it loses no work."""

import contextlib
import datetime
import json
from pathlib import Path

from autoencoders_edu.course import files

PASSED = "passed"  # the one status that a later one does not replace


def path() -> Path:
    """Where the file is, whether or not it exists."""
    import platformdirs

    return Path(platformdirs.user_data_dir("autoencoders_edu", appauthor=False)) / "progress.json"


def load() -> dict:
    """Dict from an exercise's name to {"status", "when", "hints"}; empty if no file can be read."""
    try:
        state = json.loads(path().read_text(encoding="utf-8"))
        return {name: entry for name, entry in state.items() if isinstance(entry, dict)}
    except (OSError, ValueError, AttributeError):
        return {}


def status(name) -> str:
    """An exercise's status: "passed" once it has ever been, else that of the last check, "" if there was none."""
    return str(load().get(name, {}).get("status", ""))


def record(outcome):
    """Notes an outcome. What has been passed stays passed."""
    state = load()
    entry = state.setdefault(outcome.name, {})
    if entry.get("status") != PASSED:
        entry["status"] = outcome.status
        entry["when"] = datetime.datetime.now().isoformat(timespec="seconds")
        _save(state)


def count_hint(exercise) -> int:
    """How many hints of this exercise were shown before; the next call says one more."""
    state = load()
    entry = state.setdefault(exercise.name, {})
    shown = entry.get("hints", 0) if isinstance(entry.get("hints"), int) else 0
    entry["hints"] = shown + 1
    _save(state)
    return shown


def forget(name):
    """Takes an exercise back to not attempted."""
    state = load()
    if state.pop(name, None) is not None:
        _save(state)


def _save(state):
    with contextlib.suppress(OSError):  # a folder that cannot be written costs the record, never the lesson
        files.save(path(), json.dumps(state, indent=1))
