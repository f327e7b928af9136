"""A look at one number of each rule's answer, which rules out most of a thousand rules at little cost."""

import numpy as np

from autoencoders_edu.checks.shared.combined import expect_one_rule
from autoencoders_edu.exercises.expect import ROUNDING, fits


def expect_screened_rule(answers, expected, cases, mistakes, rtol, atol, **options):
    """`expect_one_rule` for many mistakes and answers that are arrays."""
    few = _screened(mistakes, answers, expected, cases, rtol, atol)
    expect_one_rule(answers, expected, cases, few, rtol=rtol, atol=atol, **options)


def _screened(mistakes, answers, expected, cases, rtol, atol):
    """Those pairs of message and rule, one after the other, that give one number of a wrong answer.

    The number is the one that is furthest from right in the first case that is wrong; all others are left to
    `expect_one_rule`.
    """
    rtol = max(rtol, ROUNDING)
    given = zip(answers, expected, cases, strict=True)
    wrong = next((each for each in given if not fits(*each[:2], rtol, atol)), None)
    if wrong is None:
        return
    answer, right, case = wrong
    place = int(np.argmax(np.abs(answer - right)))
    number = float(answer.flat[place])
    for message, rule in mistakes:
        found = rule(*case)
        if np.shape(found) == answer.shape:
            other = float(found.flat[place])
            if abs(number - other) <= atol + rtol * abs(other):
                yield message, rule
