"""Results on disk: taken over where grading again could only repeat them, and never otherwise."""

import json
import os

import course
import pytest

from autoencoders_edu.course import version
from autoencoders_edu.grading import batch, kept
from autoencoders_edu.grading.kept import Kept
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.runner import Options
from autoencoders_edu.grading.submission import find


def notebook_of(student, tmp_path):
    path = tmp_path / student / "exercises.ipynb"
    path.parent.mkdir()
    path.write_text(course.text(course.handed_out("01")))
    return find([path])[0]


@pytest.fixture
def alice(tmp_path):
    return notebook_of("alice", tmp_path)


@pytest.fixture
def run(no_server, alice, tmp_path):
    """Function that grades Alice's notebook into the same folder, and says who was graded."""

    def run(submission=alice, isolation="namespaces", regrade=(), any_seed=False, **changes):
        no_server.clear()
        options = Options(**{"seed": 1, **changes})
        batch.grade_all(
            [submission], options, out=tmp_path / "out", isolation=isolation, regrade=regrade, any_seed=any_seed
        )
        return list(no_server)

    return run


def file_of(submission, tmp_path):
    return kept._file(tmp_path / "out", submission.student, submission.lesson)


@pytest.mark.parametrize("student", ["字" * 85, "\U0001d400" * 60, "x" * 255, "a\nb\x1b[31m", "\udcff"], ids=ascii)
def test_results_of_any_name_are_kept(no_server, tmp_path, student):
    submission = notebook_of(student, tmp_path)
    for _ in range(2):
        batch.grade_all([submission], Options(seed=1), out=tmp_path / "out")
    assert len(os.listdir(tmp_path / "out" / "results")) == len(no_server) == 1


def test_what_can_only_be_repeated_is_kept(run):
    assert run() == ["alice"]
    assert run() == []
    assert run(isolation="limits") == []


CHANGES = {
    "time": {"timeout": 30.0},
    "memory": {"memory": 1.0},
    "seed": {"seed": 2},
    "one learner by name": {"regrade": ["alice"]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_graded_on_other_terms_is_graded_again(run, change):
    run()
    assert run(**change) == ["alice"]


def test_other_learners_are_not_graded_again(run):
    run()
    assert run(regrade=["bob"]) == []


def test_a_result_with_another_seed_counts_where_none_is_asked_for(run):
    """The seed was secret when it was made; a finished run's is not used again."""
    run()
    assert run(seed=2, any_seed=True) == []


@pytest.mark.parametrize("what", ["the content of the course", "a library", "the backend"])
def test_what_was_graded_by_another_course_is_graded_again(run, monkeypatch, what):
    run()
    if what == "the backend":
        monkeypatch.setenv("KERAS_BACKEND", "another")
    elif what == "a library":
        monkeypatch.setattr(kept.importlib.metadata, "version", lambda name: "0.0")
    else:
        monkeypatch.setattr(kept, "content", lambda: "another")
    assert run() == ["alice"]
    assert run() == []


def test_a_changed_notebook_is_graded_again(run, alice):
    run()
    alice.path.write_text(course.text(course.solved("01")))
    assert run() == ["alice"]


@pytest.mark.parametrize("change", [{"isolation": "limits"}, {"isolation": ""}, {"problem": "The grader failed."}])
def test_what_was_less_isolated_or_failed_is_graded_again(run, alice, tmp_path, change):
    run()
    path = file_of(alice, tmp_path)
    stored = json.loads(path.read_text())
    path.write_text(json.dumps({**stored, "result": {**stored["result"], **change}}))
    assert run() == ["alice"]


def test_a_notebook_that_was_chosen_for_other_reasons_is_graded_again(run, alice, put, tmp_path):
    """Its notes are part of the report."""
    run()
    put("alice/old.ipynb", course.text(course.handed_out("01")))
    os.utime(tmp_path / "alice" / "old.ipynb", (0, 0))
    (again,) = [s for s in find([tmp_path]) if s.student == "alice"]
    assert run(again) == ["alice"]
    assert run(again) == []


def test_a_learner_whose_notebook_was_unreadable_has_one_result_afterwards(run, put, tmp_path):
    path = put("bob.ipynb", "{")
    run(find([path])[0])
    path.write_text(course.text(course.handed_out("01")))
    run(find([path])[0])
    (result, _), *others = kept.everything(tmp_path / "out")[0]
    assert (result.student, result.lesson, others) == ("bob", "01_reconstruction", [])


def test_the_name_of_a_result_depends_on_learner_and_lesson_alone(no_server, put, tmp_path):
    names = []
    for place in ("here", "over/there"):
        put(f"{place}/ada/01_reconstruction/exercises.ipynb", course.handed_out("01"))
        batch.grade_all(find([tmp_path / place]), Options(seed=1), out=tmp_path / "grades" / place)
        names.append(os.listdir(tmp_path / "grades" / place / "results"))
    assert names[0] == names[1]


NO_RESULTS = ["", "[]", "{}", "3", "null", '"x"', "[" * 100_000, "\x00", '{"conditions": {}, "result": 3}', "\udc80"]


@pytest.mark.parametrize("text", NO_RESULTS, ids=range(len(NO_RESULTS)))
def test_a_result_that_cannot_be_read_is_made_again(run, alice, tmp_path, text):
    run()
    file_of(alice, tmp_path).write_bytes(text.encode("utf-8", "surrogateescape"))
    found, (line,) = kept.everything(tmp_path / "out")
    assert found == []
    assert "is not a result of this grader" in line
    assert run() == ["alice"]


OUTCOME = {"id": "01.1", "name": "f", "status": "passed", "message": "", "points": 1, "max_points": 1}
EXERCISES = [{"outcome": OUTCOME, "seconds": 1.0}]
WRONG = {
    "student": 3,
    "lesson": None,
    "path": [],
    "exercises": {},
    "notes": "text",
    "problem": False,
    "isolation": 1,
    "seed": "1",
    "version": 1.0,
    "graded_at": None,
    "seconds": "nan",
    "digest": 1,
    "nothing": 0,
}
WRONG_OUTCOMES = [
    {"status": "splendid"}, {"points": 2}, {"points": -1}, {"points": "1"}, {"points": True}, {"points": 1.0},
    {"max_points": None}, {"message": 3}, {"id": []}, {"extra": 1},
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG.items(), ids=WRONG)
def test_a_field_of_a_wrong_type_is_named(name, value):
    plain = Result("ada", "", "", ()).as_dict()
    assert Result.from_dict(plain).student == "ada"
    with pytest.raises(ValueError, match=name):
        Result.from_dict({**plain, name: value})


@pytest.mark.parametrize("change", WRONG_OUTCOMES, ids=str)
def test_an_outcome_that_is_none_is_refused(change):
    plain = {**Result("ada", "", "", ()).as_dict(), "exercises": EXERCISES}
    assert Result.from_dict(plain).score == 1
    with pytest.raises(ValueError, match=r"outcome|graded exercise"):
        Result.from_dict({**plain, "exercises": [{"outcome": {**OUTCOME, **change}, "seconds": 1.0}]})


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0, "1", None, True])
def test_seconds_that_are_none_are_refused(seconds):
    plain = {**Result("ada", "", "", ()).as_dict(), "exercises": [{"outcome": OUTCOME, "seconds": seconds}]}
    with pytest.raises(ValueError, match="seconds"):
        Result.from_dict(plain)


# Which course it was.


def test_the_digest_tells_a_mended_check_from_the_old_one(tmp_path, monkeypatch):
    digests = set()
    for text in ("points = 1", "points = 2"):
        (tmp_path / "checks").mkdir(exist_ok=True)
        (tmp_path / "checks" / "e1.py").write_text(text)
        monkeypatch.setattr(version, "PACKAGE", tmp_path)
        digests.add(version.content.__wrapped__())
    assert len(digests) == 2


def test_the_digest_is_the_same_for_line_ends_of_windows_and_for_other_reports(tmp_path, monkeypatch):
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_bytes(b"x\ny\n")
    before = version.content.__wrapped__()
    (tmp_path / "a.py").write_bytes(b"x\r\ny\r\n")
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli" / "b.py").write_text("z")
    (tmp_path / "a.pyc").write_text("z")
    assert version.content.__wrapped__() == before


def test_the_version_holds_the_digest():
    assert version.version().split("+")[1] == version.content()[:8]


# What a folder of reports may be.


@pytest.mark.parametrize("place", ["alice", "alice/lessons/out", "link"])
def test_results_that_a_learner_may_have_put_there_are_not_taken(no_server, tmp_path, place):
    notebook_of("alice", tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "alice")
    with pytest.raises(ValueError, match="lies in a submission"):
        batch.grade_all(find([tmp_path]), Options(seed=1), out=tmp_path / place)
    assert no_server == []


def test_results_are_private(run, alice, tmp_path):
    run()
    assert file_of(alice, tmp_path).stat().st_mode & 0o077 == 0


def test_a_folder_without_results_has_none(tmp_path):
    assert kept.everything(tmp_path / "nowhere") == ([], [])
    assert Kept(tmp_path, Options(seed=1), "limits").get(find([tmp_path / "nobody.ipynb"])[0]) is None
