"""Grading one notebook: how long it may take, and what is tried again when a worker is lost."""

from dataclasses import dataclass, field

import pytest

from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.outcome import ERROR, PASSED, Outcome
from autoencoders_edu.grading.client import JudgeLost, Lost, SandboxLost
from autoencoders_edu.grading.protocol import Ready
from autoencoders_edu.grading.runner import Options
from autoencoders_edu.grading.session import Budget, Repeat, Session
from autoencoders_edu.grading.submission import Notebook

EXERCISE = registry.find("reconstruction_loss")
RIGHT = Outcome(EXERCISE.id, EXERCISE.name, PASSED, "Well done.", EXERCISE.points, EXERCISE.points)


@dataclass
class Machine:
    """In place of a server: its workers are lost in these ways, one after the other, and then judged right."""

    losses: list
    jobs: int = 1
    workers: list = field(default_factory=list)

    def worker(self, **limits):
        self.workers.append(Worker(self.losses))
        return self.workers[-1]


@dataclass
class Worker:
    losses: list
    is_open: bool = True

    def allow(self, seconds):
        pass

    def run(self, cells):
        pass

    def event(self):
        return Ready()

    def judge(self, exercise, seed):
        if self.losses:
            self.close()
            raise self.losses.pop(0)
        return RIGHT

    def close(self):
        self.is_open = False


def session(*losses, jobs=1, first=False, budget=None):
    budget = budget or Budget(timeout=60)
    return Session(Machine(list(losses), jobs), Notebook([(1, "1")]), Options(seed=1), budget, first)


def test_a_lost_sandbox_is_tried_again_at_once():
    graded = session(SandboxLost("its sandbox was killed")).grade(EXERCISE)
    assert graded.outcome == RIGHT


def test_a_sandbox_that_is_lost_twice_is_the_graders_problem():
    twice = [SandboxLost("its sandbox was killed")] * 2
    with pytest.raises(SandboxLost):
        session(*twice).grade(EXERCISE)
    with pytest.raises(Repeat):
        session(*twice, first=True).grade(EXERCISE)


SLOW = Lost("it ran longer than 60 s", by_load=True)
ENDLESS = Lost("it ran longer than 60 s")
CRASHED = Lost("it was ended by SIGSEGV", by_load=True)
OUT_OF_MEMORY = Lost("it was ended by SIGKILL", by_load=True, out_of_memory=True)
STOPPED = JudgeLost("the judge was stopped", by_load=True)


@pytest.mark.parametrize(
    ("loss", "jobs", "again"),
    [
        (SLOW, 2, True),
        (SLOW, 1, False),
        (CRASHED, 2, True),
        (CRASHED, 1, False),
        (STOPPED, 2, True),
        (STOPPED, 1, False),
        (OUT_OF_MEMORY, 2, True),
        (OUT_OF_MEMORY, 1, True),
        (ENDLESS, 2, False),
    ],
)
def test_what_the_machine_may_have_done_is_tried_again(loss, jobs, again):
    if again:
        with pytest.raises(Repeat):
            session(loss, jobs=jobs, first=True).grade(EXERCISE)
    else:
        assert session(loss, jobs=jobs, first=True).grade(EXERCISE).outcome.status == ERROR
    assert session(loss, jobs=jobs).grade(EXERCISE).outcome.status == ERROR, "there is no third try"


def test_a_lost_worker_costs_its_exercise_alone():
    notebook = session(ENDLESS)
    first, second = notebook.grade(EXERCISE).outcome, notebook.grade(EXERCISE).outcome
    assert first.message == "Your code was stopped while it was checked: it ran longer than 60 s."
    assert second == RIGHT
    assert len(notebook.server.workers) == 2


def test_a_stopped_judge_says_what_was_too_much():
    outcome = session(STOPPED).grade(EXERCISE).outcome
    assert (outcome.status, outcome.points) == (ERROR, 0)
    assert outcome.message == "The check was stopped: what your code returned took too much time or memory."


def test_time_is_one_budget_for_all_notebooks_of_a_learner():
    budget = Budget(timeout=60)
    assert session(budget=budget).grade(EXERCISE).outcome == RIGHT
    budget.spend(20 * 60)
    outcome = session(budget=budget).grade(EXERCISE).outcome
    assert outcome.message == "Not graded: the cells and exercises before used up all the time."


def test_a_lesson_adds_to_the_budget_once():
    budget = Budget(timeout=10)
    for lesson in ("01", "02", "01"):
        budget.add(lesson, 5)
    assert budget.spend(0) == 10 * (20 + 5 + 5)
