"""Answers to several cases, and the one mistake that gives all of them."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect_array, fits


class Cases:
    """The cases asked so far. A mistake is named only if it gives the answer to each of them.

    Args:
        mistakes: function from a case's values to a dict from messages to what misconceptions give. Where several ways
            lead to one message, the key is a tuple that begins with it. None in place of a value: this case cannot
            tell.
    """

    def __init__(self, mistakes):
        self.mistakes, self.seen = mistakes, []

    def compare(self, case, answer, expected, because, what, otherwise=None):
        """Adds a case, and judges its answer."""
        self.seen.append((case, answer))
        self.judge(answer, expected, because, what, otherwise)

    def judge(self, answer, expected, because, what, otherwise=None):
        """`Failed` unless the answer is as expected; `otherwise`, a function, gives the text if no mistake fits."""
        expected = np.asarray(expected, float)
        if fits(answer, expected, 1e-3, 1e-5):
            return
        message = self.named()
        if message:
            raise Failed(f"{message}\n{because}\n{both(answer, expected)}")
        expect_array(answer, expected.shape, what)
        more = otherwise() if otherwise else ""
        raise Failed(f"{what} is not what it should be. {more}{because}\n{both(answer, expected)}")

    def named(self, *more):
        """The first message whose mistake gives all answers so far (and `more`); None if there is none."""
        given = [(self.mistakes(*case), answer) for case, answer in reversed([*self.seen, *more])]
        for key in given[0][0]:
            told = [(values[key], answer) for values, answer in given if values.get(key) is not None]
            known = all(key in values for values, _ in given)
            if known and told and all(fits(answer, value) for value, answer in told):
                return key[0] if isinstance(key, tuple) else key
        return None


def both(answer, expected):
    """What was received and what was expected: short columns in full, of long ones the first entry that differs."""
    array = as_numbers(answer)
    if array is None or array.shape != expected.shape or array.ndim != 1 or array.size <= 4:
        return f"Received {brief(answer)}, expected {brief(expected)}."
    if array.size <= 8:
        return f"Received {_all(array)}, expected {_all(expected)}."
    place = int(np.argmin(np.isclose(array, expected, 1e-3, 1e-5, equal_nan=True)))
    return (
        f"Received {brief(answer)}, expected {brief(expected)}. At [{place}], the first place that differs, received "
        f"{array[place]:.6g}, expected {expected[place]:.6g}."
    )


def _all(array):
    return f"[{', '.join(f'{entry:.4g}' for entry in array)}]"
