"""Predictions of numbers and words, each wrong one of which is answered with something to think of."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, expect, expect_number, expect_word


def expect_predictions(answer, name, asked, near=2e-3):
    """`Failed` with a line for each prediction that is wrong.

    Args:
        answer: dict with these keys, at least.
        name: of the variable that holds it.
        asked: for each key a dict or a tuple. A dict has what to say of each word that may be predicted, None of the
            right one. A tuple is about a number: the right one, how far a prediction may be from it, a dict from
            mistaken numbers to what to say of them, and what to say of others.
        near: how far, relatively, a number may be from a mistaken one to be told so.
    """
    given = {key: _given(answer[key], f'{name}["{key}"]', about) for key, about in asked.items()}
    wrong = [text for key, value in given.items() if (text := _misreading(key, value, asked[key], near))]
    if wrong:
        raise Failed("\n".join(wrong))


def _given(value, what, about):
    """The number or the word, or `Failed` if it is none."""
    if isinstance(about, dict):
        expect(value is not None, f"{what} is None. Put one of the words there.")
        expect_word(value, about, f"{what} should be")
        return value
    expect(value is not None, f"{what} is None. Put a number there.")
    expect(not isinstance(value, (bool, np.bool_)), f"{what} is {value}. Put a number there.")
    return expect_number(value, what)


def _misreading(key, value, about, near):
    """What to say of a wrong prediction; None if it is right."""
    if isinstance(about, dict):
        return about[value] and f'"{key}": you predicted "{value}". {about[value]}'
    right, tolerance, known, otherwise = about
    if abs(value - right) <= tolerance:
        return None
    named = (text for mistaken, text in known.items() if abs(value - mistaken) <= max(near * abs(mistaken), 1e-6))
    return f'"{key}": you predicted {value:g}. {next(named, otherwise)}'
