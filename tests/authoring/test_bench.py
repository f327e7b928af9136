"""The bench: an answer runs in a notebook of its own, and is judged with each seed."""

import pytest
from fake_course import EXERCISES, exercise

from autoencoders_edu.authoring.bench import Bench
from autoencoders_edu.exercises.expect import Failed
from autoencoders_edu.exercises.outcome import ERROR, NOT_ATTEMPTED, PASSED

BENCH = Bench(EXERCISES[0], "import random\nimport numpy as np\nfactor = 2")


def statuses(code, seeds=3, bench=BENCH, **options):
    return [outcome.status for outcome in bench.outcomes(code, seeds, **options)]


def test_an_answer_sees_what_the_setup_cell_defines():
    assert statuses("def double(x): return factor * x") == [PASSED] * 3


def test_answers_do_not_see_what_others_define():
    assert statuses("factor = 2 / 2 + 1\nhalf = 1\ndef double(x): return 2 * half * x") == [PASSED] * 3
    assert statuses("def double(x): return 2 * half * x") == [ERROR] * 3


def test_each_seed_has_inputs_of_its_own():
    seen = []
    bench = Bench(exercise("01.1", lambda probe: seen.append(probe.rng.random()), name="double"), "")
    statuses("", 5, bench)
    assert len(set(seen)) == len(seen) >= 5


@pytest.mark.parametrize("draw", ["random.random()", "np.random.normal()", "keras.random.normal(()).numpy().item()"])
def test_what_an_answer_draws_does_not_depend_on_what_ran_before(draw):
    drawn = []
    bench = Bench(exercise("01.1", lambda probe: drawn.append(probe.get("value"))), f"{BENCH.setup}\nimport keras")
    for before in ("", "random.random()\nnp.random.normal()\nkeras.random.normal(())"):
        statuses(before, 1, bench)
        statuses(f"value = {draw}", 1, bench)
    assert len(set(drawn)) == 1


@pytest.mark.parametrize("code", ["1 / 0", "def double(x) return x", "raise SystemExit(0)", "x = 1\0"])
def test_an_answer_that_cannot_be_run_has_one_outcome_that_says_so(code):
    (outcome,) = BENCH.outcomes(code, 3)
    assert outcome.status == ERROR
    assert outcome.message.startswith("it cannot be run: ")


def test_an_error_is_told_with_the_answers_line():
    (outcome,) = BENCH.outcomes("def double(x):\n    return 2 * x / nothing", 1)
    assert outcome.message.endswith("line 2: return 2 * x / nothing")


def test_a_stubs_line_below_an_answer_is_told():
    (outcome,) = BENCH.outcomes("def double(x):\n    y = 2 * x\n    raise NotImplementedError()", 1)
    assert outcome.status == NOT_ATTEMPTED
    assert "`double` still has the stub's line" in outcome.message


def test_a_stub_that_raises_when_it_runs_is_not_attempted():
    assert statuses("raise NotImplementedError()", 1) == [NOT_ATTEMPTED]


def test_the_slow_part_is_judged_with_as_many_seeds_as_wanted():
    def fails_slowly(probe):
        def slow_part():
            raise Failed("It does not train.")

        return slow_part

    bench = Bench(exercise("01.1", fails_slowly), "")
    assert statuses("", 4, bench, thorough_seeds=1) == ["failed", PASSED, PASSED, PASSED]
    assert statuses("", 2, bench) == ["failed", "failed"]
