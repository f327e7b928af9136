"""The learner's record: kept where it should be, survived when it is broken or cannot be kept."""

import pytest
from fake_course import EXERCISES

from autoencoders_edu.course import progress
from autoencoders_edu.exercises.outcome import FAILED, NOT_ATTEMPTED, PASSED, Outcome

DOUBLE = EXERCISES[0]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The folder for users' data."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def outcome(status, name="double"):
    return Outcome("01.1", name, status, "message", 0, 2)


def write(text):
    progress.path().parent.mkdir(parents=True)
    progress.path().write_bytes(text)


def test_the_file_is_in_the_users_data_folder(folder):
    progress.record(outcome(PASSED))
    assert progress.path().is_file()
    assert folder in progress.path().parents


def test_nothing_is_recorded_before_the_first_check():
    assert progress.load() == {}
    assert progress.status("double") == ""


def test_the_last_status_is_recorded():
    progress.record(outcome(NOT_ATTEMPTED))
    progress.record(outcome(FAILED))
    assert progress.status("double") == FAILED


def test_what_has_been_passed_stays_passed():
    progress.record(outcome(PASSED))
    progress.record(outcome(FAILED))
    assert progress.status("double") == PASSED


def test_what_was_passed_may_fail_now():
    progress.record(outcome(PASSED))
    assert progress.now("double") == PASSED
    progress.record(outcome(FAILED))
    assert (progress.status("double"), progress.now("double")) == (PASSED, FAILED)


def test_a_record_of_an_older_version_is_still_read():
    write(b'{"double": {"status": "passed", "when": "2026-01-01T00:00:00"}}')
    assert (progress.status("double"), progress.now("double")) == (PASSED, PASSED)


def test_exercises_are_recorded_side_by_side():
    progress.record(outcome(PASSED))
    progress.record(outcome(FAILED, "square"))
    assert [progress.status(name) for name in ("double", "square")] == [PASSED, FAILED]


def test_what_is_forgotten_can_fail_again():
    progress.record(outcome(PASSED))
    progress.forget("double")
    assert progress.status("double") == ""


def test_forgetting_what_was_never_done_writes_nothing():
    progress.forget("double")
    assert not progress.path().exists()


def test_hints_are_counted_and_survive_a_check():
    assert progress.count_hint(DOUBLE) == 0
    progress.record(outcome(FAILED))
    assert progress.count_hint(DOUBLE) == 1


BROKEN = {
    "empty": b"",
    "no JSON": b"{",
    "no Unicode": b"\xff\xfe",
    "a list": b"[1, 2]",
    "entries of another kind": b'{"double": 3}',
    "fields of another kind": b'{"double": {"status": ["passed"], "hints": "many"}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_as_good_as_none(text):
    write(text)
    assert progress.status("double") != PASSED
    assert progress.count_hint(DOUBLE) == 0
    progress.record(outcome(PASSED))
    assert progress.status("double") == PASSED


def test_a_folder_that_cannot_be_written_costs_the_record_alone(folder):
    folder.write_text("a file where the folder should be")
    progress.record(outcome(PASSED))
    assert progress.count_hint(DOUBLE) == 0
    assert progress.status("double") == ""


def test_where_nothing_can_be_written_hints_go_on_and_the_reason_is_told(folder):
    folder.write_text("a file where the folder should be")
    assert [progress.count_hint(DOUBLE) for _ in range(3)] == [0, 1, 2]
    assert "Your progress cannot be saved: " in progress.problem()
    assert str(progress.path()) in progress.problem()
    assert "Make that folder writable" in progress.problem()
    folder.unlink()
    assert progress.count_hint(DOUBLE) == 3
    assert progress.problem() == ""
