"""14.2 code_length: the bits of a message under models from training symbols."""

import numpy as np

from autoencoders_edu.checks.lesson_14.length_mistakes import MISTAKES, code_length
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "14.2",
    "code_length",
    points=2,
    minutes=9,
    why="The decoder has to know the model before it reads the first symbol. So the model comes from training data, "
    "and test data may hold symbols that were never seen.",
    hints=(
        "Begin with one column: how many counts are there, and at which index is the count of the symbol `low`?",
        "np.bincount counts integers from 0 on, and takes a `minlength`. To what must the training symbols be shifted "
        "for it?",
        "An array of probabilities, indexed by an array of symbols, gives the probability of each. What does a symbol "
        "of probability p cost, and what is done with the costs?",
    ),
    on_success="You know the size of the file before it is written. With the entropy of the test symbols themselves it "
    "would look smaller, but no decoder could read it.",
)
def check_code_length(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[0], _asked(probe, cases[0]), DRAWN)
    expect_one_rule(
        answers,
        [code_length(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise=BECAUSE,
        example=_shown,
        rtol=1e-4,
        atol=1e-3,
    )


BECAUSE = (
    "Clip all symbols to low..high. In each column, p(k) = (1 + count of k in training) / (training rows + K), with "
    "K = high - low + 1. The code length is the sum of -log2 p over all symbols that are coded."
)
DRAWN = (
    "Called twice with the same arguments, your function returned two different results. A code length has a formula, "
    "without any drawing."
)
COLUMNS = (
    "This is not about low and high: even where low is 0 and nothing lies outside, your code does not get through. "
    "There is a model for each column, from all training rows; the two arrays may have different numbers of rows."
)
UNSEEN = (
    "A symbol need not occur in training. It has a count all the same, 0, and with the one added a probability: there "
    "are K of them in each column."
)
ANYWHERE = (
    "low and high may lie anywhere, below 0 or above. A symbol k has its count at index k - low, for the high - low + "
    "1 symbols from low to high."
)
OUTSIDE = (
    "Where all symbols lie between low and high, it does. Others become low or high before anything is counted, and "
    "it is low, whatever the smallest symbol is, that has index 0."
)


def _asked(probe, case):
    try:
        value = probe.call("code_length", *case)
    except LearnerError as error:
        if error.described.get("type") in ("IndexError", "KeyError", "ValueError"):
            raise Failed(f"{_described(case)}, your code does not get through. {_reason(probe)}\n{error}") from None
        raise
    array = as_numbers(value)
    if array is None:
        raise Failed(f"code_length should return one number. Received: {brief(value)}.")
    return marked(array)


def _reason(probe):
    """Why code may raise: the first that still does of easier cases, or what they have not, symbols outside."""
    symbols = np.arange(30 * 3).reshape(30, 3) % 5
    easier = (
        ((symbols, symbols[:20], 0, 4), COLUMNS),
        ((symbols[:2], symbols, 0, 4), UNSEEN),
        ((symbols - 2, symbols - 2, -2, 2), ANYWHERE),
        ((symbols + 3, symbols + 3, 3, 7), ANYWHERE),
    )
    for case, reason in easier:
        try:
            probe.call("code_length", *case)
        except LearnerError:
            return reason
        except Failed:  # a result of another kind is no reason
            continue
    return OUTSIDE


def draw_cases(rng):
    """(train_symbols, symbols, low, high): two with nothing unseen, outside, one column, positive, negative, wide."""
    k = int(rng.integers(6, 12))
    low = -int(rng.integers(3, 5))
    seen = _columns(rng, int(rng.integers(30, 50)), int(rng.integers(3, 6)), low, low + k - 3)
    resampled = np.stack([rng.choice(column, 24) for column in seen.T], axis=1)
    outside = [_columns(rng, n, 4, -7, 8) for n in (int(rng.integers(25, 40)), int(rng.integers(41, 60)))]
    several = _columns(rng, 23, 5, -6, 6)
    positive = int(rng.integers(3, 9))
    wide = _columns(rng, 60, 3, -250, 250), _columns(rng, 40, 3, -300, 300)
    wide[0][0, 0], wide[1][0, 0] = -280, 300  # from the smallest training symbol to high, there are more than K
    return [
        (seen, resampled, low, low + k - 1),
        (*_with_ends(rng, outside, -4, 5), -4, 5),
        (several, np.stack([rng.choice(column, 1) for column in several.T], axis=1), -6, 6),
        (_columns(rng, 1, 1, -3, 9), _columns(rng, 12, 1, -3, 9), -3, 9),
        (_columns(rng, 31, 3, positive, 15).astype("int32"), _columns(rng, 17, 3, 0, 15).astype("int32"), positive, 14),
        (_columns(rng, 15, 2, -20, -positive), _columns(rng, 21, 2, -20, 0), -18, -positive),
        (*wide, -270, 290),
    ]


def _columns(rng, rows, columns, low, high):
    """Integers from low to high, more or less concentrated at a place of each column's own."""
    widths = (high - low + 1) * rng.uniform(0.12, 0.45, columns)
    middles = rng.uniform(low + 0.2 * (high - low), high - 0.2 * (high - low), columns)
    return np.clip(np.round(middles + widths * rng.normal(size=(rows, columns))), low, high).astype(int)


def _with_ends(rng, arrays, low, high):
    """The arrays with both ends and symbols beyond them in the first column."""
    for array in arrays:
        places = rng.choice(len(array), 6, replace=False)
        array[places, 0] = [low - 2, low - 1, low, high, high + 1, high + 3]
    return arrays


def _described(case):
    train, coded, low, high = case
    return f"For train_symbols {train.shape}, symbols {coded.shape}, low = {low} and high = {high}"


def _shown(case, answer, expected):
    received = shown(answer) if np.ndim(answer) == 0 else brief(answer)
    return f"{_described(case)} received {received}, expected {float(expected):.6g} bits."
