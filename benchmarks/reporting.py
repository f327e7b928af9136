"""What the reports of several benchmarks are made of: Markdown tables, verdicts, medians and spread, exponents."""

import numpy as np


def markdown(heads, rows):
    """A Markdown table.

    Args:
        heads: titles of the columns.
        rows: lists of texts or numbers, one a row.
    """
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


VERDICTS = {True: "Met", False: "Not met", None: "Not decided"}


def aim(text, met, reason):
    """One line: an aim, whether it is met (None: the measurements do not decide it), and the numbers that say so."""
    return f"**Aim:** {text} **{VERDICTS[None if met is None else bool(met)]}**: {reason}"


def spread(values, digits=1):
    """The median, and the range if there are several: "3.1 (2.9 to 3.4)"."""
    values = np.asarray(values, float)
    middle = f"{np.median(values):,.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({values.min():,.{digits}f} to {values.max():,.{digits}f})"


def exponent(sizes, values):
    """The slope of log(value) over log(size) from the last size but one to the last, where what every size has to pay
    weighs least: 1 is linear growth, 2 quadratic, 0 none.

    >>> round(exponent([1, 2, 4], [70, 20, 80]), 6)
    2.0
    """
    return float(np.diff(np.log(values[-2:]))[0] / np.diff(np.log(sizes[-2:]))[0])


def listed(things):
    """Texts in one sentence: "a, b and c"."""
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last
