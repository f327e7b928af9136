"""What a learner has done: one small file in the user's data folder. Losing it loses no work."""

import datetime
import json
import sys
from pathlib import Path

from autoencoders_edu.course import files

PASSED = "passed"  # the one status that a later one does not replace
_hints_shown = {}  # where the file cannot be written, by path and exercise: as long as this process lives
_unwritable = []  # the sentence about it, if the last attempt failed


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


def now(name) -> str:
    """The status at the last check, "" if there was none: what was passed once may fail now."""
    entry = load().get(name, {})
    return str(entry.get("now", entry.get("status", "")))


def record(outcome):
    """Notes an outcome. What has been passed stays passed."""
    state = load()
    entry = state.setdefault(outcome.name, {})
    if entry.get("status") != PASSED:
        entry["status"] = outcome.status
        entry["when"] = datetime.datetime.now().isoformat(timespec="seconds")
    entry["now"] = outcome.status
    _save(state)


def count_hint(exercise) -> int:
    """How many hints of this exercise were shown before; the next call says one more."""
    state = load()
    entry = state.setdefault(exercise.name, {})
    known = entry.get("hints", 0) if isinstance(entry.get("hints"), int) else 0
    shown = max(known, _hints_shown.pop((path(), exercise.name), 0))
    entry["hints"] = shown + 1
    if not _save(state):
        _hints_shown[path(), exercise.name] = shown + 1
    return shown


def problem() -> str:
    """Why what was last to be noted is not on disk, and what to do; "" if it is."""
    return "".join(_unwritable)


def forget(name):
    """Takes an exercise back to not attempted."""
    state = load()
    if state.pop(name, None) is not None:
        _save(state)


def _save(state):
    """Whether the state could be written: a folder where it cannot costs the record, never the lesson."""
    _unwritable.clear()
    try:
        files.save(path(), json.dumps(state, indent=1))
    except OSError as error:
        elsewhere = ", or set XDG_DATA_HOME to a folder that is" if sys.platform.startswith("linux") else ""
        _unwritable.append(
            f"Your progress cannot be saved: {path()} cannot be written ({error.strerror}). Your notebooks are not "
            f"affected. Make that folder writable{elsewhere}."
        )
    return not _unwritable
