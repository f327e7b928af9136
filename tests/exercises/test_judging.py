"""Judging: from what a check raises to a status, and from a status to points."""

import pytest
from fake_course import exercise

from autoencoders_edu.exercises.expect import Failed, LearnerError, NotAttempted, ProbeLost
from autoencoders_edu.exercises.judging import MOST_TEXT, ROUNDS, judge, new_seed
from autoencoders_edu.exercises.outcome import ERROR, FAILED, NOT_ATTEMPTED, PASSED
from autoencoders_edu.exercises.probe import local_probe


def make_probe(seed):
    return local_probe({}, seed)


def outcome(check, seed=0, name="double"):
    return judge(exercise("01.1", check, name=name, points=3), make_probe, seed)


def raising(error):
    def check(probe):
        raise error

    return check


def inputs(seed, name="double"):
    """What the check draws in each of its rounds."""
    drawn = []
    outcome(lambda probe: drawn.append(probe.rng.random()), seed, name)
    return drawn


def test_a_check_that_returns_passes_with_the_closing_sentence():
    passed = outcome(lambda probe: None)
    assert (passed.status, passed.message) == (PASSED, "Well done.")


def test_an_outcome_names_its_exercise():
    passed = outcome(lambda probe: None)
    assert (passed.id, passed.name) == ("01.1", "double")


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (Failed("No: 2 and not 3."), FAILED, "No: 2 and not 3."),
        (NotAttempted("Nothing yet."), NOT_ATTEMPTED, "Nothing yet."),
        (LearnerError({"type": "KeyError", "message": "'a'"}), ERROR, "Your code raised KeyError: 'a'"),
        (LearnerError({"type": "E", "message": "m", "hint": "Do."}), ERROR, "Your code raised E: m\nDo."),
    ],
)
def test_each_ending_has_a_status_and_its_message(error, status, message):
    ended = outcome(raising(error))
    assert (ended.status, ended.message) == (status, message)


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), RecursionError("deep"), MemoryError("full")])
def test_an_error_that_no_check_foresaw_is_a_wrong_answer_and_named(error):
    failed = outcome(raising(error))
    assert failed.status == FAILED
    assert failed.message == f"The check could not make sense of your answer ({type(error).__name__}: {error})."


def test_points_are_all_or_none():
    errors = Failed("no"), NotAttempted("none"), LearnerError({}), ValueError("strange")
    assert [outcome(raising(error)).points for error in errors] == [0, 0, 0, 0]
    assert outcome(lambda probe: None).points == 3


def test_points_to_be_had_are_told_whatever_the_outcome():
    assert outcome(raising(Failed("no"))).max_points == 3


def test_a_lost_probe_is_not_the_learners_fault():
    with pytest.raises(ProbeLost, match="gone"):
        outcome(raising(ProbeLost("gone")))


def test_an_interruption_stops_the_judge():
    with pytest.raises(KeyboardInterrupt):
        outcome(raising(KeyboardInterrupt()))


def test_rounds_have_inputs_of_their_own():
    assert len(set(inputs(0))) == ROUNDS > 1


def test_inputs_repeat_with_the_seed():
    assert inputs(5) == inputs(5)


def test_inputs_differ_between_seeds_and_between_exercises():
    drawn = [*inputs(0), *inputs(1), *inputs(2**32 - 1), *inputs(0, "halve")]
    assert len(set(drawn)) == 4 * ROUNDS


def test_a_failure_in_any_round_counts():
    rounds = iter(range(ROUNDS))

    def check(probe):
        if next(rounds) == ROUNDS - 1:
            raise Failed("in the last round")

    assert outcome(check).message == "in the last round"


def test_rounds_end_with_the_first_failure():
    rounds = []

    def check(probe):
        rounds.append(probe)
        raise Failed("at once")

    outcome(check)
    assert len(rounds) == 1


def test_the_slow_part_that_a_check_returns_is_judged_in_each_round():
    calls = []
    passed = outcome(lambda probe: lambda: calls.append("slow"))
    assert (passed.status, len(calls)) == (PASSED, ROUNDS)


def test_a_slow_part_that_fails_counts():
    failed = outcome(lambda probe: lambda: raising(Failed("It does not train."))(probe))
    assert (failed.status, failed.message) == (FAILED, "It does not train.")


def test_a_slow_part_may_be_left_out():
    check = exercise("01.1", lambda probe: lambda: raising(Failed("It does not train."))(probe))
    assert judge(check, make_probe, seed=0, thorough=False).status == PASSED


def test_a_lucky_answer_to_one_round_does_not_pass():
    """An answer that is right for one input in two."""

    def check(probe):
        if probe.rng.random() < 0.5:
            raise Failed("unlucky")

    passed = [outcome(check, seed).status == PASSED for seed in range(200)]
    assert 0 < sum(passed) < 50


def test_a_message_is_cut():
    assert len(outcome(raising(Failed("x" * 10**6))).message) == MOST_TEXT


def test_a_new_seed_is_too_long_to_be_found():
    seeds = [new_seed() for _ in range(64)]
    assert max(seeds) < 2**128
    assert min(seeds) > 2**64
    assert len({seed >> 64 for seed in seeds}) == 64


def test_every_bit_of_a_seed_counts():
    assert inputs(0) != inputs(2**127)
