"""Mistakes with short and with dead rows, for 05.4: pairs of a message and a rule of (learned, true)."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_05.directions import mean_max_cosine, unit


def _best(table):
    return table.max(axis=1).mean()


def _kept(keep):
    """The rule of those who leave out learned rows for which this is not so."""

    def rule(learned, true):
        rows = learned[keep(learned)]
        return mean_max_cosine(rows, true) if len(rows) else np.nan

    return rule


def _over_at_least(rows, least):
    """Directions divided by their lengths, which are taken to be at least this."""
    return rows / np.maximum(np.linalg.norm(rows.astype(float), axis=1, keepdims=True), least)


def _over_root(rows, more):
    """Directions divided by the root of a sum of squares to which something was added."""
    return rows / np.sqrt(np.sum(rows.astype(float) ** 2, axis=1, keepdims=True) + more)


def _over_longer(rows, more):
    """Directions divided by more than their lengths."""
    return rows / (np.linalg.norm(rows.astype(float), axis=1, keepdims=True) + more)


SHORT = "Learned directions may be as short as 0.01, and their length does not count."
ROW_MISTAKES = [
    (
        f"You left out learned directions that are short. {SHORT} Leave out rows of zeros alone, if any.",
        _kept(lambda rows: np.linalg.norm(rows.astype(float), axis=1) > 0.1),
    ),
    (
        "You left out learned directions whose numbers add up to 0. They need not be all zeros: 1 and -1 cancel.",
        _kept(lambda rows: rows.sum(axis=1) != 0),
    ),
    (
        "You left out learned directions whose numbers do not add up to more than 0. These are not all zeros: look at "
        "the length, or at any(axis=1).",
        _kept(lambda rows: rows.sum(axis=1) > 0),
    ),
    (
        "You left out learned directions with a single 0 in them. A dead row consists of zeros: any(axis=1), not all.",
        _kept(lambda rows: rows.all(axis=1)),
    ),
    *[
        (
            f"You rounded learned directions to {n} decimals. {SHORT}",
            lambda learned, true, n=n: mean_max_cosine(np.round(learned, n), true),
        )
        for n in (2, 3, 4)
    ],
    *[
        (
            f"You take lengths{whose} to be at least {least:g}. {SHORT}",
            lambda learned, true, least=least, divided=divided: _best(divided(true) @ _over_at_least(learned, least).T),
        )
        for least in (1, 0.1)
        for whose, divided in (("", partial(_over_at_least, least=least)), (" of learned directions", unit))
    ],
    *[
        (
            f"You add 1e-{n} under the root of lengths{whose}. {SHORT} Their squares are far smaller.",
            lambda learned, true, n=n, divided=divided: _best(divided(true) @ _over_root(learned, 10.0**-n).T),
        )
        for n in (2, 3, 4, 5, 6)
        for whose, divided in (("", partial(_over_root, more=10.0**-n)), (" of learned directions", unit))
    ],
    *[
        (
            f"You add 1e-{n} to the lengths{whose}. Directions may be as short as 0.01: that lowers their cosines.",
            lambda learned, true, n=n, divided=divided: _best(divided(true) @ _over_longer(learned, 10.0**-n).T),
        )
        for n in (0, 1, 2, 3, 4)
        for whose, divided in (("", partial(_over_longer, more=10.0**-n)), (" of learned directions", unit))
    ],
]
FILLED = [
    (
        "Your score is 0 where a learned row is all zeros. If 0 / 0 gives nan, the largest cosine of every true "
        "direction is nan, and turned into 0 at the end, all of them are lost: put 0 in place of the cosines "
        "themselves.",
        lambda learned, true: 0.0,
    ),
    (
        "Your score is 1 where a learned row is all zeros, as if that row pointed along every true direction. Its "
        "cosine is 0 with everything.",
        lambda learned, true: 1.0,
    ),
    (
        "You put a row of ones in place of a learned row of zeros. Its cosine is 0 with everything.",
        lambda learned, true: (unit(true) @ np.where(learned.any(axis=1)[:, None], unit(learned), 1).T).max(1).mean(),
    ),
]
