"""A calculation in parts, each of which may be mistaken: mistakes alone and together, and the one that was made."""

import itertools
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autoencoders_edu.exercises.expect import as_numbers, brief, expect_rule


@dataclass(frozen=True)
class Slip:
    """A mistake in one part of a calculation.

    Attributes:
        part: the name of the part.
        value: what stands in this part's place.
        message: what to tell whoever made it.
        alone: whether it is not looked for together with others.
    """

    part: str
    value: Any
    message: str
    alone: bool = False


def rules(calculate, slips, together=2):
    """(message, rule) for each slip, and for those of different parts together; rule(*case) is what they give.

    Args:
        calculate: function of a case's values, with a keyword for each part.
        slips: list of `Slip`.
        together: how many are made at the same time, at most.
    """
    found = []
    for count in range(1, together + 1):
        for chosen in itertools.combinations(slips, count):
            parts = {slip.part: slip.value for slip in chosen}
            if len(parts) == count and (count == 1 or not any(slip.alone for slip in chosen)):
                message = "\nAlso: ".join(slip.message for slip in chosen)
                found.append((message, partial(calculate, **parts)))
    return found


NAN = 1.2345e300  # stands for nan, which is not even equal to itself


def comparable(value):
    """The value as it is, but for nan among its numbers: answers are compared with what mistakes give."""
    array = as_numbers(value)
    return value if array is None else np.where(np.isnan(array), NAN, array)


def _comparable(rule):
    return lambda *case: comparable(rule(*case))


def expect_without_slips(answers, expected, cases, mistakes, otherwise, describe, rtol, atol):
    """As `expect_rule`, for answers that may be nan.

    Args:
        otherwise: what was asked for, in a sentence.
        describe: function from a case to a few words.
    """
    answers = [comparable(answer) for answer in answers]
    with np.errstate(all="ignore"):
        expect_rule(
            answers,
            expected,
            cases=cases,
            mistakes=[(message, _comparable(rule)) for message, rule in mistakes],
            otherwise=otherwise,
            example=lambda case, answer, right: (
                f"For {describe(case)} received {shown(answer)}, expected {shown(right)}."
            ),
            rtol=rtol,
            atol=atol,
        )


def shown(value):
    """A value in a few words, with as many digits as are compared."""
    array = as_numbers(value)
    if array is None:
        return brief(value)
    array = np.where(array == NAN, np.nan, array)
    if array.ndim == 0 or array.shape == (1,) or array.ndim > 1 or array.size > 6:
        return brief(array) if array.ndim else f"{float(array):.7g}"
    return f"[{', '.join(f'{number:.7g}' for number in array)}]"
