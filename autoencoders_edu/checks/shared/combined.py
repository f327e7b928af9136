"""Mistakes as options of one function, alone and in pairs, and the rule among many that gives all answers."""

from itertools import combinations, product

import numpy as np

from autoencoders_edu.exercises.expect import expect_rule, fits


def rules(function, *groups, least=1, most=2):
    """(message, rule) for each mistake in these groups, for pairs of one group and another, and so on.

    Args:
        function: of a case's values and of options that put mistakes in.
        groups: dicts from a message to a dict of options, or pairs of them where several share a message; mistakes in
            one group exclude each other.
        least, most: how many mistakes at a time.
    """
    for size in range(least, most + 1):
        for some in combinations(groups, size):
            for chosen in product(*map(pairs, some)):
                options = {key: value for _, more in chosen for key, value in more.items()}
                yield _together([message for message, _ in chosen]), _rule(function, options)


def pairs(group):
    """A group, which may be a dict, as a list of pairs."""
    return list(group.items() if isinstance(group, dict) else group)


def ways(group, mistakes=None, each=None):
    """Pairs for `rules`, of mistakes of which some are made in several ways.

    Args:
        group: dict from a message to a list of options, or to options if there is one way.
        mistakes: how many of them, from the first; None: all.
        each: how many ways of each; None: all.
    """
    listed = [(message, some if isinstance(some, list) else [some]) for message, some in pairs(group)]
    return [(message, way) for message, some in listed[:mistakes] for way in some[:each]]


def _together(messages):
    return " ".join([*(["Two things.", "Three things."][len(messages) - 2 : len(messages) - 1]), *messages])


def _rule(function, options):
    def rule(*case):
        try:
            with np.errstate(all="ignore"):
                return function(*case, **options)
        except (IndexError, ValueError):  # no result for a case of this size: no answer is equal to that
            return np.nan

    return rule


def expect_one_rule(answers, expected, cases, mistakes, otherwise, example, rtol=1e-4, atol=1e-6, late=None):
    """`expect_rule`, after a look whether the answer is the same in every case.

    `late` is a function that is called, without arguments, if no rule fits: it may return another message.
    """
    if len(answers) > 2 and all(fits(other, answers[0], 1e-9, 0) for other in answers):
        mistakes, otherwise, late = {}, f"{ALWAYS_THE_SAME}\n{otherwise}", None
    expect_rule(
        answers, expected, cases, mistakes, lambda: (late() if late else None) or otherwise, example, rtol, atol
    )


ALWAYS_THE_SAME = (
    "Your result is the same each time, whatever the arguments are. Compute it from the arguments, not from arrays of "
    "the notebook."
)


def marked(values):
    """The values with large numbers for nan and infinities, which compare like others."""
    values = np.asarray(values, float)
    return values if np.isfinite(values).all() else np.nan_to_num(values, nan=-1e30, posinf=2e30, neginf=-2e30)


def shown(mark):
    """A marked number in words."""
    return {-1e30: "nan", 2e30: "inf", -2e30: "-inf"}.get(float(mark), f"{mark:.5g}")
