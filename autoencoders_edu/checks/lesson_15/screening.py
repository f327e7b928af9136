"""A look at one number of each rule's answer, which rules out most of a thousand rules at little cost."""

import numpy as np

from autoencoders_edu.exercises.expect import ROUNDING, fits


def marked(values):
    """The values with large numbers for nan and infinities, as `shared.combined.marked` has them; quick if finite."""
    values = np.asarray(values, float)
    return values if np.isfinite(values).all() else np.nan_to_num(values, nan=-1e30, posinf=2e30, neginf=-2e30)


def screened(mistakes, answers, expected, cases, rtol, atol):
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
