"""The hunt: mutants that a check fails are killed, hangs too; what passes is listed until somebody explains it."""

import time

import fake_course
import numpy as np
import pytest
from click.testing import CliRunner
from fake_course import EXERCISES, exercise

from autoencoders_edu.authoring import ledger, mutants
from autoencoders_edu.authoring.mutants import _same, hunt, hunt_all
from autoencoders_edu.cli import main
from autoencoders_edu.course import folders
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import expect_array, expect_close

PLUS = "def double(x):\n    y = x + x\n    return y"


@pytest.fixture
def course(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch, EXERCISES[:1])
    put(tmp_path, "right_answers/01_reconstruction/01.1_adds.py", PLUS)
    return tmp_path


def put(course, name, text):
    path = course / "tests" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def explain(course, reasons, id="01.1"):
    lines = (f"{reason!r} = {digests!r}\n" for reason, digests in reasons.items())
    put(course, "mutants/01_reconstruction.toml", f"[{id!r}]\n{''.join(lines)}")


def only(course, monkeypatch, judge):
    """Makes the exercise one with this judge, and names it for the commands."""
    fake_course.make(course, monkeypatch, [exercise("01.1", judge, name="double")])
    return registry.find("double")


def careless(probe):
    expect_array(probe.call("double", probe.rng.uniform(1, 2, 3)), (3,), "double(x)")


def found(exercise):
    return {mutant.difference.splitlines()[-1].removeprefix("+ ") for mutant in hunt(exercise).survivors}


def test_a_check_that_is_awake_kills_every_mutant(course):
    result = hunt(registry.find("double"))
    assert result.made == result.tried == result.killed > 5
    assert result.survivors == ()


def test_what_a_careless_check_lets_pass_is_listed(course, monkeypatch):
    survivors = found(only(course, monkeypatch, careless))
    assert {"return 3 * x", "return 2 / x", "y = x - x", "return -y"} <= survivors
    assert "pass" not in survivors


def test_a_mutant_that_another_answer_equals_is_none(course, monkeypatch):
    put(course, "right_answers/01_reconstruction/01.1_odd.py", "def double(x):\n    return 3 * x")
    survivors = found(only(course, monkeypatch, careless))
    assert "return 3 * x" not in survivors
    assert "return 4 * x" in survivors


def test_a_prediction_that_stays_the_same_is_no_mutant(course, monkeypatch):
    def roughly(probe):
        expect_close(probe.get("double"), 2.0, because="It is 2.", rtol=0.3)

    put(course, "right_answers/01_reconstruction/01.1_adds.py", "double = min(2.0, 8.0)")
    survivors = found(only(course, monkeypatch, roughly))
    assert "double = min(2.0, 16.0)" not in survivors
    put(course, "right_answers/01_reconstruction/01.1_adds.py", "double = 0.99 + 1.01")
    assert "double = 1.98 + 1.01" not in found(registry.find("double"))
    put(course, "right_answers/01_reconstruction/01.1_adds.py", "double = 2.0 + 1e-9")
    assert "double = 2.0 - 1e-09" not in found(registry.find("double"))
    put(course, "right_answers/01_reconstruction/01.1_adds.py", "double = 0.2 + 1.8")
    assert "double = 0.4 + 1.8" in found(registry.find("double"))


SAME = [(2.0, 2), ("a", "a"), ({"a": [1.0, "b"]}, {"a": (1, "b")}), ([np.ones(2)], [np.ones(2) + 1e-9]), (None, None)]
OTHER = [
    (2.0, 2.1),
    ("a", 1),
    (1, "a"),
    ({"a": 1}, {"b": 1}),
    ({"a": 1}, [1]),
    ([1], [1, 1]),
    ([1], 1),
    (np.ones(2), 1.0),
]


@pytest.mark.parametrize(("value", "other", "same"), [(*p, True) for p in SAME] + [(*p, False) for p in OTHER])
def test_values_are_the_same_up_to_rounding(value, other, same):
    assert bool(_same(value, other)) is same


LOOP = "def double(x):\n    n = 0\n    while n < 1:\n        n = n + 1\n    return 2 * x"


@pytest.mark.parametrize("loop", [LOOP, f"{LOOP}\ndouble(1)"])
def test_a_hang_is_killed(course, monkeypatch, loop):
    monkeypatch.setattr(mutants, "LEAST_SECONDS", 0.2)
    put(course, "right_answers/01_reconstruction/01.1_adds.py", loop)
    start = time.process_time()
    survivors = found(registry.find("double"))
    assert "n = n - 1" not in survivors
    assert time.process_time() - start < 20


def test_explained_mutants_are_told_apart(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    one, other, *rest = hunt(changed).survivors
    explain(course, {"It may.": [one.digest], "So may it.": [other.digest]})
    result = hunt(changed)
    assert result.reasons == {one.digest: "It may.", other.digest: "So may it."}
    assert result.unexplained == rest
    assert result.outdated == ()


def test_a_reason_without_a_mutant_is_told(course):
    explain(course, {"It was so once.": ["0123456789ab"]})
    assert hunt(registry.find("double")).outdated == ("0123456789ab",)


def test_a_reason_for_another_exercise_does_not_count(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    explain(course, {"It may.": [hunt(changed).survivors[0].digest]}, id="01.2")
    assert not hunt(changed).reasons


def test_of_many_mutants_the_same_few_are_tried(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    everything = {mutant.digest for mutant in hunt(changed).survivors}
    monkeypatch.setattr(mutants, "MOST", 5)
    few = hunt(changed)
    assert few.tried == 5 < few.made
    assert {mutant.digest for mutant in few.survivors} <= everything
    assert few == hunt(changed).__class__(**{**vars(hunt(changed)), "seconds": few.seconds})


def test_a_reason_for_a_mutant_that_is_not_tried_is_not_out_of_date(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    explain(course, {"They may.": [mutant.digest for mutant in hunt(changed).survivors]})
    monkeypatch.setattr(mutants, "MOST", 2)
    assert hunt(changed).outdated == ()


def test_fewer_are_tried_where_answers_train(course, monkeypatch):
    monkeypatch.setattr(mutants, "MOST_TRAINED", 3)
    put(
        course,
        "right_answers/01_reconstruction/01.1_trains.py",
        "def double(x):\n    return 2 * x or keras.Model().fit(x)",
    )
    assert hunt(registry.find("double")).tried == 3


def test_exercises_may_be_hunted_at_the_same_time():
    """In processes of their own, which do not know the fake course."""
    (result,) = hunt_all([registry.find("11.2")], jobs=2)
    assert result.exercise == "11.2"
    assert result.killed > 20


# The command and the ledger


def verify(*arguments):
    return CliRunner().invoke(main, ["verify", "--mutants", *arguments])


def test_the_command_succeeds_when_all_are_killed(course):
    result = verify("double")
    assert result.exit_code == 0
    assert "killed, 0 explained, 0 to explain" in result.output


def test_the_command_fails_and_lists_what_passes(course, monkeypatch):
    only(course, monkeypatch, careless)
    result = verify("double")
    assert result.exit_code == 1
    assert "passes, made from solution:\n- return 2 * x\n+ return 3 * x" in result.output


def test_the_command_succeeds_when_all_that_pass_are_explained(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    explain(course, {"They may.": [mutant.digest for mutant in hunt(changed).survivors]})
    assert verify("double").exit_code == 0


def test_the_command_fails_for_a_reason_without_a_mutant(course):
    explain(course, {"It was so once.": ["0123456789ab"]})
    result = verify("double")
    assert result.exit_code == 1
    assert "0123456789ab is explained, but does not pass or does not exist" in result.output


def in_ledger():
    return (folders.root() / "docs" / "ledger.md").read_text()


def test_the_ledger_says_what_became_of_the_mutants(course, monkeypatch):
    changed = only(course, monkeypatch, careless)
    passed = [mutant.digest for mutant in hunt(changed).survivors]
    explain(course, {"They may.": passed[1:]})
    prove(changed)
    verify("--renew", "double")
    result = hunt(changed)
    told = f"{result.tried} of {result.made} tried, {result.killed} killed, {len(passed)} passed, {len(passed) - 1}"
    assert f"\nMutants: {told} of these explained.\n\n- {len(passed) - 1}: They may.\n" in in_ledger()


def prove(exercise):
    from autoencoders_edu.authoring.verify import Proof, Row

    row = Row(exercise.id, "exercise", exercise.name, "", "")
    ledger.record(Proof(exercise.id, exercise.name, 200, (row,), 1.0), ledger.digests(exercise))


def test_the_ledger_keeps_them_until_the_check_or_an_answer_changes(course):
    unchanged = registry.find("double")
    prove(unchanged)
    verify("--renew", "double")
    before = in_ledger()
    prove(unchanged)
    assert in_ledger() == before
    put(course, "right_answers/01_reconstruction/01.1_adds.py", f"{PLUS}\n")
    prove(unchanged)
    assert in_ledger() == before
    put(course, "right_answers/01_reconstruction/01.1_adds.py", f"{PLUS} + 0")
    prove(unchanged)
    assert "Mutants:" not in in_ledger().split("## 01.1")[1]


def test_the_ledger_is_left_alone_without_being_asked_and_where_nothing_was_proved(course):
    verify("--renew", "double")
    assert not (course / "docs").exists()
    prove(registry.find("double"))
    verify("double")
    assert "Mutants:" not in in_ledger().split("## 01.1")[1]
