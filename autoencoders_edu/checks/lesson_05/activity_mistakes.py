"""Right and mistaken counts of active units, for 05.2: pairs of a message and a rule of (z, threshold)."""

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
ORDER = "The order is: active per example, dead, always on."
NOTEBOOKS = "you compared with 0.1, the threshold of the notebook's example. The threshold is an argument."
WHOLE_THRESHOLD = "you cut off the threshold's decimals, and compared with a whole number."
WHOLE_CODES = "you cut off the decimals of z before you compared."
AT = "a value equal to the threshold is not active"
AT_LINE = f"{AT}, and yours is."

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
    (f"two mistakes together: {AT}; and {SIZE}", lambda z, t: np.sum(np.abs(z) >= t, axis=1).mean()),
    (f"two mistakes together: {AT}; and {EXAMPLES}", lambda z, t: np.sum(z >= t, axis=0).mean()),
    (NOTEBOOKS, lambda z, t: np.sum(z > 0.1, axis=1).mean()),
    (
        "you multiplied the share of active values by 128, the number of units of the notebook's example.",
        lambda z, t: 128 * np.mean(z > t),
    ),
    ("you counted values below the threshold.", lambda z, t: np.sum(z < t, axis=1).mean()),
    (f"you returned the number of dead units here. {ORDER}", dead),
    (f"you returned the number of always-on units here. {ORDER}", always_on),
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
    *[
        (
            f"you rounded the mean to {'one decimal' if n == 1 else 'two decimals'}. Leave it as it is.",
            lambda z, t, n=n: np.round(per_example(z, t), n),
        )
        for n in (1, 2)
    ],
    (WHOLE_THRESHOLD, lambda z, t: np.sum(z > int(t), axis=1).mean()),
    (WHOLE_CODES, lambda z, t: np.sum(z.astype(int) > t, axis=1).mean()),
    (
        "you multiplied the share of active values of the live units by the number of all units. Dead units count as "
        "well, with 0: take the mean over all.",
        lambda z, t: per_example(z, t) * z.shape[1] / max(1, np.sum((z > t).any(axis=0))),
    ),
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
    ("you added up the values of all units. Count the active ones.", lambda z, t: np.sum(z, axis=1).mean()),
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
