"""Runs of many submissions: their seeds, what is graded twice, and how long one learner may take."""

import contextlib
import json

import course

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading import batch
from autoencoders_edu.grading.result import Result
from autoencoders_edu.grading.runner import Options
from autoencoders_edu.grading.session import Repeat
from autoencoders_edu.grading.submission import find


def notebook_of(student, tmp_path):
    path = tmp_path / student / "exercises.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(course.text(course.handed_out("01")))
    return find([path])[0]


def test_a_run_that_was_not_finished_goes_on_with_its_seed(tmp_path):
    assert batch.choose_seed(tmp_path) == batch.choose_seed(tmp_path)


def test_a_run_after_a_finished_one_has_a_new_seed_and_keeps_its_results(no_server, tmp_path):
    """Reports print the seed; with it, one could prepare answers."""
    out = tmp_path / "out"
    alice, bob = notebook_of("alice", tmp_path), notebook_of("bob", tmp_path)
    seeds = []
    for found in ([alice], [alice, bob]):
        seeds.append(batch.choose_seed(out))
        results = batch.grade_all(found, Options(seed=seeds[-1]), out=out, any_seed=True)
    assert no_server == ["alice", "bob"]
    assert [result.seed for result in results] == seeds
    assert seeds[0] != seeds[1]
    assert batch.choose_seed(out) not in seeds


def test_a_finished_run_tells_no_seed(no_server, tmp_path):
    out = tmp_path / "out"
    batch.grade_all([notebook_of("alice", tmp_path)], Options(seed=batch.choose_seed(out)), out=out)
    assert json.loads((out / "run.json").read_text())["seed"] is None


def test_a_seed_that_is_named_counts_alone(no_server, tmp_path):
    out = tmp_path / "out"
    alice = notebook_of("alice", tmp_path)
    for seed in (1, 2, 2):
        assert batch.choose_seed(out, seed) == seed
        (result,) = batch.grade_all([alice], Options(seed=seed), out=out)
        assert result.seed == seed
    assert no_server == ["alice", "alice"], "what was graded with this seed is kept"


def test_seeds_have_128_bits():
    assert max(batch.choose_seed(None) for _ in range(20)) > 2**100


class Crowd:
    """In place of the server and of `grade`: some submissions are lost in the first try."""

    def __init__(self, monkeypatch, lost):
        self.lost, self.tries = lost, []
        monkeypatch.setattr(batch, "Server", lambda jobs: contextlib.nullcontext(self))
        monkeypatch.setattr(batch, "insist", lambda *_: None)
        monkeypatch.setattr(batch, "grade", self.grade)

    def grade(self, server, submission, options, budget, first=False):
        self.tries.append((submission.student, first, budget))
        if first and submission.student in self.lost:
            raise Repeat("it ran longer than 60 s")
        return Result(submission.student, "01_reconstruction", str(submission.path), (), seed=options.seed)


def test_what_was_lost_in_a_crowd_is_graded_again_after_all_others(monkeypatch, tmp_path):
    students = ["alice", "bob", "carol", "dave"]
    crowd = Crowd(monkeypatch, lost=["alice", "carol"])
    found = [notebook_of(student, tmp_path) for student in students]
    results = batch.grade_all(found, Options(seed=1), jobs=3)
    assert [result.student for result in results] == students
    assert sorted(student for student, *_ in crowd.tries[:4]) == students
    assert [(student, first) for student, first, _ in crowd.tries[4:]] == [("alice", False), ("carol", False)]


def test_a_learners_notebooks_share_a_budget(monkeypatch, tmp_path):
    crowd = Crowd(monkeypatch, lost=[])
    for student in ("alice", "bob"):
        for lesson in ("01", "02"):
            path = tmp_path / "in" / student / curriculum.find(lesson).folder / "exercises.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(course.text(course.handed_out(lesson)))
    batch.grade_all(find([tmp_path / "in"]), Options(seed=1))
    budgets = {student: [id(b) for s, _, b in crowd.tries if s == student] for student in ("alice", "bob")}
    assert {student: (len(found), len(set(found))) for student, found in budgets.items()} == {
        "alice": (2, 1),
        "bob": (2, 1),
    }
    assert not set(budgets["alice"]) & set(budgets["bob"])
