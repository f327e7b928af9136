"""Mistaken counts of active, dead and always-on units, for 05.2: pairs of a message and a rule of (z, threshold)."""

import numpy as np


def per_example(z, threshold):
    return np.mean(np.sum(z > threshold, axis=1))


def dead(z, threshold):
    return np.sum(~(z > threshold).any(axis=0))


def always_on(z, threshold):
    return np.sum((z > threshold).all(axis=0))


RIGHT = (per_example, dead, always_on)


def _per_busy_example(z, threshold):
    counts = np.sum(z > threshold, axis=1)
    return counts[counts > 0].mean() if counts.any() else 0.0


def _of_the_largest(z, threshold):
    return z > threshold * max(float(np.max(z)), 0.0)


SIZE = "a unit far below 0 is off, but its absolute value is large. Compare z itself with the threshold."
EXAMPLES = "examples and units are exchanged: axis 0 counts the examples, axis 1 the units."
AT_LINE = "a value equal to the threshold is not active, and yours is."

PER_EXAMPLE = [
    (
        f"two faults are at work here. Absolute values: {SIZE} And {EXAMPLES}",
        lambda z, t: np.sum(np.abs(z) > t, axis=0).mean(),
    ),
    (SIZE, lambda z, t: np.sum(np.abs(z) > t, axis=1).mean()),
    (
        f"{EXAMPLES} You counted for each unit the examples in which it is active.",
        lambda z, t: np.sum(z > t, axis=0).mean(),
    ),
    (AT_LINE, lambda z, t: np.sum(z >= t, axis=1).mean()),
    (
        "you returned the share of active values, between 0 and 1. Asked is how many units are active: sum over the "
        "units, then take the mean over the examples.",
        lambda z, t: np.mean(z > t),
    ),
    (
        f"you returned a share of all values; and {SIZE}",
        lambda z, t: np.mean(np.abs(z) > t),
    ),
    ("you returned a percentage. A count is asked for.", lambda z, t: 100 * np.mean(z > t)),
    (
        "you added up over the examples, too. Take the mean over them, or the number grows with the batch.",
        lambda z, t: np.sum(z > t),
    ),
    (
        "you left the threshold out, and counted values greater than 0.",
        lambda z, t: np.sum(z > 0, axis=1).mean(),
    ),
    (
        "you left the threshold out, and counted values other than 0.",
        lambda z, t: np.sum(z != 0, axis=1).mean(),
    ),
    (
        "you compared the mean of each unit with the threshold. A unit whose mean is low may be active now and then: "
        "compare first, average afterwards.",
        lambda z, t: np.sum(z.mean(axis=0) > t),
    ),
    (
        "you compared the mean absolute value of each unit with the threshold. Compare z itself, example by example, "
        "and average afterwards.",
        lambda z, t: np.sum(np.abs(z).mean(axis=0) > t),
    ),
    (
        "you counted the units that are active at least once. That is all units without the dead ones, not how many "
        "are active at a time.",
        lambda z, t: np.sum((z > t).any(axis=0)),
    ),
    ("you took the median of the counts. Their mean is asked for.", lambda z, t: np.median(np.sum(z > t, axis=1))),
    ("you took the largest of the counts. Their mean is asked for.", lambda z, t: np.max(np.sum(z > t, axis=1))),
    ("you took the smallest of the counts. Their mean is asked for.", lambda z, t: np.min(np.sum(z > t, axis=1))),
    ("you rounded the mean. It need not be whole.", lambda z, t: np.round(per_example(z, t))),
    ("you cut off the mean's decimals. It need not be whole.", lambda z, t: np.floor(per_example(z, t))),
    (
        "you divided by the number of live units. The mean over the examples is asked for, of a count.",
        lambda z, t: per_example(z, t) / max(1, np.sum((z > t).any(axis=0))),
    ),
    ("you left out examples without an active unit. They count, with 0.", _per_busy_example),
    (
        "you left out the units that are always on. They are active, so they count.",
        lambda z, t: per_example(z, t) - always_on(z, t),
    ),
    (
        "you added up the values of the active units. Count the units.",
        lambda z, t: np.sum(np.where(z > t, z, 0), axis=1).mean(),
    ),
    (
        "you added up absolute values: that is L1. Count the active units.",
        lambda z, t: np.sum(np.abs(z), axis=1).mean(),
    ),
    ("you counted in the first example alone.", lambda z, t: np.sum(z[0] > t)),
    ("you counted the units that are off.", lambda z, t: np.sum(z <= t, axis=1).mean()),
    (
        "you compared with the threshold times the largest value. The threshold is a value of z, not a share.",
        lambda z, t: np.sum(_of_the_largest(z, t), axis=1).mean(),
    ),
    (
        "you divided by n - 1. The mean over n examples divides by n.",
        lambda z, t: np.sum(z > t) / max(1, len(z) - 1),
    ),
]

NOT_MEAN = (
    "you compared the mean of each unit with the threshold. A unit that is active in a few examples has a low mean, "
    "and one single large value makes a high one: a dead unit is active in no example."
)
DEAD = [
    (
        "two faults are at work here: the mean over the batch hides single values, and absolute values take a unit far "
        "below 0 for active. A dead unit has z > threshold in no example.",
        lambda z, t: np.sum(np.abs(z).mean(axis=0) <= t),
    ),
    (NOT_MEAN, lambda z, t: np.sum(z.mean(axis=0) <= t)),
    (NOT_MEAN, lambda z, t: np.sum(z.mean(axis=0) < t)),
    (SIZE, lambda z, t: np.sum((np.abs(z) <= t).all(axis=0))),
    (
        "you compared the sum of each unit over the examples with the threshold. Compare each value.",
        lambda z, t: np.sum(z.sum(axis=0) <= t),
    ),
    (
        "you compared the median of each unit with the threshold: a unit that is active in less than half of the "
        "examples is not dead.",
        lambda z, t: np.sum(np.median(z, axis=0) <= t),
    ),
    (
        "a value equal to the threshold is not active: a unit that reaches it and never exceeds it is dead.",
        lambda z, t: np.sum((z < t).all(axis=0)),
    ),
    (
        "you asked whether all values are exactly 0. A dead unit never exceeds the threshold.",
        lambda z, t: np.sum((z == 0).all(axis=0)),
    ),
    ("you left the threshold out, and took 0 in its place.", lambda z, t: np.sum((z <= 0).all(axis=0))),
    (
        "you counted examples in which no unit is active. Which axis is that of the units?",
        lambda z, t: np.sum(~(z > t).any(axis=1)),
    ),
    (
        "you counted units that are off in some example. A dead unit is off in all of them.",
        lambda z, t: np.sum((z <= t).any(axis=0)),
    ),
    ("you counted the units that are not dead.", lambda z, t: np.sum((z > t).any(axis=0))),
    (
        "you returned the number of always-on units here. The order is: active per example, dead, always on.",
        always_on,
    ),
    ("you returned the share of dead units. Their number is asked for.", lambda z, t: dead(z, t) / z.shape[1]),
    ("you returned a percentage. Their number is asked for.", lambda z, t: 100 * dead(z, t) / z.shape[1]),
    *[
        (
            f"you counted the units that are active in less than {rate:.0%} of the examples. A dead unit is active in "
            "none: a rare unit is not dead.",
            lambda z, t, rate=rate: np.sum((z > t).mean(axis=0) < rate),
        )
        for rate in (0.1, 0.05, 0.02, 0.01)
    ],
    (
        "you counted units that never change. A unit may vary and never exceed the threshold, or be on all the time.",
        lambda z, t: np.sum(np.ptp(z, axis=0) == 0),
    ),
    ("you looked at the first example alone.", lambda z, t: np.sum(z[0] <= t)),
    ("you counted single values that are off, in all examples. Count units.", lambda z, t: np.sum(z <= t)),
    (
        "you took the mean number of units that are off in an example. Different units are off in different examples; "
        "a dead unit is off in all of them.",
        lambda z, t: np.sum(z <= t, axis=1).mean(),
    ),
    ("you never return 0. Where all units work, the number is 0.", lambda z, t: max(1, dead(z, t))),
    ("you asked whether there are any. Their number is asked for.", lambda z, t: min(1, dead(z, t))),
]

ALWAYS_ON = [
    (SIZE, lambda z, t: np.sum((np.abs(z) > t).all(axis=0))),
    (
        "you compared the mean of each unit with the threshold. A mean above it does not say that every value is.",
        lambda z, t: np.sum(z.mean(axis=0) > t),
    ),
    (
        "you compared the mean absolute value of each unit with the threshold. An always-on unit has z > threshold in "
        "every example.",
        lambda z, t: np.sum(np.abs(z).mean(axis=0) > t),
    ),
    (
        "you compared the median of each unit with the threshold. Half of the examples are not all.",
        lambda z, t: np.sum(np.median(z, axis=0) > t),
    ),
    (
        "you counted the units that are active in some example. An always-on unit is active in all of them.",
        lambda z, t: np.sum((z > t).any(axis=0)),
    ),
    (AT_LINE, lambda z, t: np.sum((z >= t).all(axis=0))),
    ("you left the threshold out, and took 0 in its place.", lambda z, t: np.sum((z > 0).all(axis=0))),
    ("you left the threshold out: you asked for values other than 0.", lambda z, t: np.sum((z != 0).all(axis=0))),
    (
        "you counted examples in which all units are active. Which axis is that of the units?",
        lambda z, t: np.sum((z > t).all(axis=1)),
    ),
    ("you returned the number of dead units here.", dead),
    ("you returned their share. Their number is asked for.", lambda z, t: always_on(z, t) / z.shape[1]),
    ("you returned a percentage. Their number is asked for.", lambda z, t: 100 * always_on(z, t) / z.shape[1]),
    *[
        (
            f"you counted the units that are active in more than {rate:.0%} of the examples. Always means all of them.",
            lambda z, t, rate=rate: np.sum((z > t).mean(axis=0) > rate),
        )
        for rate in (0.5, 0.9, 0.95, 0.99)
    ],
    (
        "you counted units that never change. A unit may vary and be on in every example.",
        lambda z, t: np.sum(np.ptp(z, axis=0) == 0),
    ),
    ("you looked at the first example alone.", lambda z, t: np.sum(z[0] > t)),
    ("you asked whether all values of all units are active.", lambda z, t: float((z > t).all())),
    ("you never return 0. Where no unit is always on, the number is 0.", lambda z, t: max(1, always_on(z, t))),
    ("you asked whether there are any. Their number is asked for.", lambda z, t: min(1, always_on(z, t))),
]
