"""Expectations: what they accept, and that their messages say what was received, what was expected, and why."""

import numpy as np
import pytest

from autoencoders_edu.exercises.expect import (
    Failed,
    LearnerError,
    brief,
    expect,
    expect_array,
    expect_close,
    expect_finite,
    expect_number,
    expect_rule,
    expect_word,
)

EXPECTED = np.array([1.0, 2.0, 3.0])
WHY = "The mean of x is sum(x) / n."


def failure(value, expected=EXPECTED, **options):
    """The message for this value."""
    with pytest.raises(Failed) as caught:
        expect_close(value, expected, because=WHY, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [EXPECTED, EXPECTED.astype("float32"), EXPECTED.astype("float16"), EXPECTED.astype(int), [1, 2.0, 3], (1, 2, 3)],
    ids=["float64", "float32", "float16", "integers", "a list", "a tuple"],
)
def test_close_takes_numbers_of_any_kind(value):
    np.testing.assert_array_equal(expect_close(value, EXPECTED, WHY), EXPECTED)


def test_close_takes_a_number_for_a_number():
    assert expect_close(0.5, np.float32(0.5), WHY) == 0.5


def test_close_returns_the_value_and_not_what_was_expected():
    assert expect_close(EXPECTED + 1e-6, EXPECTED, WHY)[0] == 1 + 1e-6


def test_close_allows_what_float32_costs():
    expect_close(EXPECTED * (1 + 5e-4), EXPECTED, WHY)
    assert "is not what it should be" in failure(EXPECTED * (1 + 5e-3))


def test_close_takes_other_tolerances():
    expect_close(EXPECTED + 0.1, EXPECTED, WHY, atol=0.2)
    assert "is not what it should be" in failure(EXPECTED * (1 + 5e-4), rtol=1e-5)


def test_close_says_what_was_received_and_expected_and_why():
    message = failure(EXPECTED + 1, what="Your mean")
    assert message == (
        f"Your mean is not what it should be. {WHY}\n"
        "Received an array of shape (3,): 2, 3, 4, expected an array of shape (3,): 1, 2, 3."
    )


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (4,), (), (0,)])
def test_close_names_a_wrong_shape(shape):
    assert f"should have shape (3,). Received: {brief(np.ones(shape))}" in failure(np.ones(shape))


def test_close_does_not_broadcast():
    assert "should have shape (2, 3)" in failure(EXPECTED, np.tile(EXPECTED, (2, 1)))
    assert "should have shape ()" in failure(np.array([1.0]), 1.0)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_close_refuses_what_is_not_finite(number):
    assert "should be finite everywhere" in failure([1, 2, number])


def test_close_refuses_what_is_not_finite_even_where_it_is_expected():
    assert "should be finite everywhere" in failure([np.inf], np.array([np.inf]))


@pytest.mark.parametrize(
    "value",
    [None, "1 2 3", {"mean": EXPECTED}, ["1", "2", "3"], [1, 2, None], [[1], [2, 3]], object()],
    ids=["None", "a text", "a dict", "texts", "None in a list", "ragged", "an object"],
)
def test_close_refuses_what_is_not_made_of_numbers(value):
    assert "The result should be an array of shape (3,). Received: " in failure(value)


MISTAKES = {"You took the sum.": 3 * EXPECTED, "You took the sum, twice.": 6 * EXPECTED, "You took one.": 1.0}


def test_mistakes_name_the_misconception_that_gives_the_value():
    message = failure(6 * EXPECTED, mistakes=MISTAKES)
    assert message.startswith(f"You took the sum, twice.\n{WHY}\nReceived an array of shape (3,): 6, 12, 18, expected ")


def test_mistakes_that_fit_alike_are_told_by_the_first():
    assert failure(3 * EXPECTED, mistakes={"First.": 3 * EXPECTED, "Second.": 3 * EXPECTED}).startswith("First.\n")


def test_mistakes_may_have_another_shape():
    assert failure(1.0, mistakes=MISTAKES).startswith("You took one.")


def test_mistakes_fit_only_in_their_own_shape():
    assert failure(np.ones(3), mistakes=MISTAKES).startswith("The result is not what it should be.")


def test_mistakes_are_compared_within_the_tolerances():
    assert failure(3 * EXPECTED.astype("float32") + 1e-6, mistakes=MISTAKES).startswith("You took the sum.")


def test_mistakes_that_give_the_right_value_are_none():
    zeros = np.zeros(3)
    expect_close(zeros, zeros, WHY, mistakes={"You forgot the factor.": 2 * zeros})


def test_mistakes_that_give_the_right_value_are_passed_over():
    mistakes = {"None at all.": EXPECTED, "You took the sum.": 3 * EXPECTED}
    assert failure(3 * EXPECTED, mistakes=mistakes).startswith("You took the sum.")


def test_mistakes_that_are_not_finite_fit_nothing():
    mistakes = {"You divided by zero.": np.full(3, np.nan)}
    assert "should be finite everywhere" in failure(np.full(3, np.nan), mistakes=mistakes)


@pytest.mark.parametrize("value", ["text", None, {"a": 1}, [[1], [2, 3]]])
def test_mistakes_do_not_fit_what_is_not_made_of_numbers(value):
    assert "should be an array of shape" in failure(value, mistakes=MISTAKES)


CASES = [(2, 3), (4, 5), (6, 1)]
RULES = {"You added.": lambda a, b: a + b, "You took the first.": lambda a, b: a, "The larger.": max}


def rule_failure(answers, mistakes=RULES, expected=(6, 20, 6), **options):
    with pytest.raises(Failed) as failed:
        expect_rule(answers, expected, CASES, mistakes, otherwise="You should multiply.", **options)
    return str(failed.value)


def test_rule_passes_right_answers():
    expect_rule([6.0, 20.0, 6.0], [6, 20, 6], CASES, RULES, otherwise="never")


def test_rule_names_the_mistaken_rule_that_gives_every_answer():
    assert rule_failure([5.0, 9.0, 7.0]) == "You added."


def test_rule_names_the_first_of_several_that_fit():
    assert rule_failure([5, 9, 7], {"First.": lambda a, b: a + b, "Second.": lambda a, b: b + a}) == "First."


def test_rule_that_gives_all_answers_but_one_is_not_named():
    assert rule_failure([5, 9, 8]) == "You should multiply."


def test_rule_that_is_right_in_every_case_is_not_named():
    """The answer is off by more than is allowed, and by less than a mistake would be."""
    assert rule_failure([6 + 1e-7, 20, 6], {"You multiplied.": lambda a, b: a * b}) == "You should multiply."


def test_rule_that_does_not_give_a_wrong_answer_is_not_asked_about_other_cases():
    asked = []
    rule_failure([6, 20, 8], {"You added.": lambda a, b: asked.append((a, b)) or a + b})
    assert asked == [CASES[2]]


def test_rule_makes_the_other_message_only_if_no_rule_fits():
    with pytest.raises(Failed, match=r"^Made now[.]$"):
        expect_rule([5, 9, 8], [6, 20, 6], CASES, RULES, otherwise=lambda: "Made now.")
    with pytest.raises(Failed, match=r"^You added[.]$"):
        expect_rule([5, 9, 7], [6, 20, 6], CASES, RULES, otherwise=lambda: 1 / 0)


def test_rule_takes_pairs_where_rules_share_a_message():
    pairs = [("Not this.", lambda a, b: a + b), ("Not this.", lambda a, b: a - b)]
    assert rule_failure([5, 9, 7], pairs) == rule_failure([-1, -1, 5], pairs) == "Not this."


def test_rule_shows_the_first_wrong_case_below_the_message():
    def example(case, answer, expected):
        return f"{case} gave {answer}, not {expected}."

    assert rule_failure([6, 9, 7], example=example) == "You should multiply.\n(4, 5) gave 9, not 20."
    assert rule_failure([2, 4, 6], example=example) == "You took the first.\n(2, 3) gave 2, not 6."


def test_rule_lets_numbers_be_as_far_off_as_it_is_told():
    expect_rule([6.05, 20, 6], [6, 20, 6], CASES, RULES, otherwise="never", atol=0.1)
    expect_rule([6, 20.1, 6], [6, 20, 6], CASES, RULES, otherwise="never", rtol=0.01)
    assert rule_failure([6 + 1e-9, 20, 6]) == "You should multiply."


def test_rule_names_a_mistake_that_is_rounded():
    assert rule_failure(list(np.float32([5.1, 9.1, 7.1])), {"Off.": lambda a, b: a + b + 0.1}) == "Off."


def test_rule_compares_words_and_arrays():
    words = {"Always big.": lambda a, b: "big"}
    assert rule_failure(["big", "big", "big"], words, ["big", "small", "big"]) == "Always big."
    arrays = {"Reversed.": lambda a, b: np.array([b, a])}
    right = [np.array(case) for case in CASES]
    assert rule_failure([np.array(case[::-1]) for case in CASES], arrays, right) == "Reversed."
    assert rule_failure([np.zeros(3)] * 3, arrays, right) == "You should multiply."


def test_rule_wants_an_answer_to_each_case():
    with pytest.raises(ValueError, match="zip"):
        expect_rule([6, 20], [6, 20, 6], CASES, RULES, otherwise="never")


def test_word_passes_what_is_among_the_words():
    expect_word("left", ("left", "right"), "turn should be")


@pytest.mark.parametrize("value", ["up", "", None, 1, ["left"], np.zeros(2)], ids=repr)
def test_word_refuses_all_else_and_lists_the_words(value):
    with pytest.raises(Failed, match=r"^turn should be one of 'left', 'right'\. Received: "):
        expect_word(value, ("left", "right"), "turn should be")


@pytest.mark.parametrize("value", [2, 2.0, True + 1, np.float32(2), np.array(2), np.array([[2.0]])])
def test_number_takes_one_number_in_any_form(value):
    number = expect_number(value, "The error")
    assert type(number) is float
    assert number == 2


@pytest.mark.parametrize(
    "value",
    [None, "2", [2], (2,), {2: 2}, np.nan, -np.inf, np.zeros(2), np.zeros(0), pytest.param(object(), id="object"), 2j],
    ids=str,
)
def test_number_refuses_all_else(value):
    with pytest.raises(Failed, match=r"The error should be one finite number\. Received: "):
        expect_number(value, "The error")


def test_array_returns_floats():
    assert expect_array([[1, 2]], (1, 2), "x").dtype == float


def test_array_names_a_wrong_shape():
    with pytest.raises(Failed, match=r"x should have shape \(2, 3\)\. Received: an array of shape \(3, 2\)"):
        expect_array(np.zeros((3, 2)), [2, 3], "x")


def test_expect_passes_what_holds_and_fails_with_the_message():
    expect(True, "never")
    with pytest.raises(Failed, match=r"^the message$"):
        expect([], "the message")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.arange(3), "an array of shape (3,): 0, 1, 2"),
        (np.arange(6.0).reshape(2, 3), "an array of shape (2, 3): 0, 1, 2, 3, ..."),
        (np.zeros((0, 2)), "an array of shape (0, 2): "),
        (np.array([True, False]), "an array of shape (2,): 1, 0"),
        (np.array([np.nan, 1e-9]), "an array of shape (2,): nan, 1e-09"),
        (np.array(0.123456), "0.1235"),
        (np.float32(2.5), "2.5"),
        (0.123456, "0.1235"),
        (12345678, "12345678"),
        (True, "True"),
        (None, "None (is a `return` missing?)"),
        ("a 'text'", "\"a 'text'\""),
        ([1, "a"], "a list of 2: [1, 'a']"),
        ({"a": 1}, "a dict of 1: {'a': 1}"),
        ((), "a tuple of 0: ()"),
    ],
)
def test_brief_tells_a_value_in_a_few_words(value, words):
    assert brief(value) == words


@pytest.mark.parametrize("value", ["x" * 10**5, list(range(10**4)), {str(i): i for i in range(1000)}])
def test_brief_is_brief(value):
    assert len(brief(value)) < 110
    assert brief(value).endswith(" [...]")


def test_a_learners_error_says_in_which_cell_it_was():
    described = {"type": "ValueError", "message": "no", "where": "cell 3", "line": "7", "source": "x = f()"}
    assert str(LearnerError(described)) == "Your code raised ValueError: no\n  cell 3, line 7: x = f()"


@pytest.mark.parametrize("value", [np.nan, [1.0, np.inf], np.array([[np.nan, 0.0]])], ids=["nan", "a list", "an array"])
def test_finite_refuses_infinity_and_nan_with_the_callers_message(value):
    with pytest.raises(Failed, match="Work with the logits"):
        expect_finite(value, "Work with the logits.")


@pytest.mark.parametrize("value", [1.0, [1, 2], None, "nan", [[1.0], [2.0, 3.0]]])
def test_finite_leaves_what_is_not_made_of_numbers_to_others(value):
    expect_finite(value, "Work with the logits.")
