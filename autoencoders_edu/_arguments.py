"""Validation of numbers given as arguments, NumPy's among them."""

import math
import numbers
from collections.abc import Callable


def real(
    owner: str,
    name: str,
    value: object,
    expected: str = "a finite number",
    accepts: Callable[[float], bool] = lambda value: True,
) -> float:
    """The value as a float.

    Args:
        owner, name: class and argument, for the message.
        value: what was received.
        expected: in words, such as "a number >= 0".
        accepts: function that tells whether a finite float will do.

    Raises:
        ValueError: for anything else.
    """
    number = float(value) if isinstance(value, numbers.Real) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number) or not accepts(number):
        raise ValueError(f"{owner} expects {name} to be {expected}. Received: {value!r}.")
    return number


def positive_integer(owner: str, name: str, value: object, unit: str = "") -> int:
    """The value as an int, or ValueError."""
    if not isinstance(value, numbers.Integral) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{owner} expects {name} to be a positive integer{unit}. Received: {value!r}.")
    return int(value)
