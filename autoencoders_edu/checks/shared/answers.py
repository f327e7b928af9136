"""Asking for answers, and saying where they differ, for several lessons."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_close


def ask_for(probe, name, instead):
    """The value of the variable `name`; `Failed` where it holds a set, saying what to give `instead`."""
    try:
        return probe.get(name)
    except Failed as failed:
        if not str(failed).startswith("Your code returned a set"):
            raise
        raise Failed(
            f"{name} holds a set, {{...}} without keys. A set has no order, and no single value. {instead}"
        ) from None


def expect_same_again(value, again, message):
    """`Failed` with the message unless two calls with the same arguments gave the same numbers."""
    one, other = np.asarray(value), np.asarray(again)
    numbers = one.dtype.kind in "biuf" and other.dtype.kind in "biuf"
    expect(not numbers or one.shape != other.shape or np.allclose(one, other, equal_nan=True), message)


def expect_close_entries(value, expected, because, **options):
    """Like `expect_close`, but a message about two arrays of one shape shows the first number that differs."""
    try:
        return expect_close(value, expected, because, **options)
    except Failed as failed:
        array, expected = np.asarray(value), np.asarray(expected)
        if array.shape != expected.shape or not array.ndim or array.dtype.kind not in "biuf":
            raise
        atol = options.get("atol", 1e-5)
        place = tuple(int(i) for i in np.argwhere(~np.isclose(array, expected, rtol=1e-3, atol=atol))[0])
        first = f"At [{', '.join(map(str, place))}], the first place that differs, received {array[place]:.6g}, "
        shown = f"Received {brief(array)}, expected {brief(expected.astype(float))}."
        raise Failed(str(failed).replace(shown, f"{first}expected {expected[place]:.6g}.")) from None
