"""Mistaken counts of dead and always-on units, for 05.2: pairs of a message and a rule of (z, threshold)."""

import numpy as np

from autoencoders_edu.checks.lesson_05.activity_mistakes import (
    AT_LINE,
    NOTEBOOKS,
    ORDER,
    SIZE,
    WHOLE_CODES,
    WHOLE_THRESHOLD,
    always_on,
    dead,
)

NOT_MEAN = (
    "you compared the mean of each unit with the threshold. A unit that is active in a few examples has a low mean, "
    "and one single large value makes a high one: a dead unit is active in no example."
)
HIDDEN = (
    "you counted the examples in which no unit is active. An average over the units of an example (axis 1) hides a "
    "dead unit behind those that work: judge each unit over all examples (axis 0)."
)
RARE = (
    "you counted units that are active in less than {:g}% of the examples, or nearly. A dead unit is active "
    "in none: a rare unit is not dead."
)
MOSTLY = "you counted units that are active in more than {:g}% of the examples, or nearly. Always means all of them."
DEAD = [
    ("you return 0 each time, though some units are active in no example.", lambda z, t: 0),
    (HIDDEN, lambda z, t: np.sum(~(z > t).any(axis=1))),
    (
        "you took absolute values, so that a unit far below 0 counts as active; and you counted the examples in which "
        "no unit is active: an average over the units (axis 1) hides a dead one behind those that work.",
        lambda z, t: np.sum(~(np.abs(z) > t).any(axis=1)),
    ),
    (NOTEBOOKS, lambda z, t: np.sum((z <= 0.1).all(axis=0))),
    (
        "you compared the share of examples in which a unit is active with the threshold, which is a value of z.",
        lambda z, t: np.sum((z > t).mean(axis=0) <= t),
    ),
    (
        "you asked whether the largest value is exactly 0. A dead unit never exceeds the threshold.",
        lambda z, t: np.sum(z.max(axis=0) == 0),
    ),
    (
        "you compared the mean of max(z, 0) for each unit with the threshold. A unit that is active in a few examples "
        "has a low mean, and is not dead.",
        lambda z, t: np.sum(np.maximum(z, 0).mean(axis=0) <= t),
    ),
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
        "you counted units that are off in some example. A dead unit is off in all of them.",
        lambda z, t: np.sum((z <= t).any(axis=0)),
    ),
    ("you counted the units that are not dead.", lambda z, t: np.sum((z > t).any(axis=0))),
    (
        f"you returned the number of always-on units here. {ORDER}",
        always_on,
    ),
    ("you returned the share of dead units. Their number is asked for.", lambda z, t: dead(z, t) / z.shape[1]),
    ("you returned a percentage. Their number is asked for.", lambda z, t: 100 * dead(z, t) / z.shape[1]),
    *[
        (
            RARE.format(100 * rate),
            lambda z, t, rate=rate: np.sum((z > t).mean(axis=0) < rate),
        )
        for rate in (0.1, 0.05, 0.02, 0.01, 0.005, 0.001)
    ],
    (
        "you counted units that never change. A unit may vary and never exceed the threshold, or be on all the time.",
        lambda z, t: np.sum(np.ptp(z, axis=0) == 0),
    ),
    ("you looked at the first example alone.", lambda z, t: np.sum(z[0] <= t)),
    (WHOLE_THRESHOLD, lambda z, t: np.sum((z <= int(t)).all(axis=0))),
    (WHOLE_CODES, lambda z, t: np.sum((z.astype(int) <= t).all(axis=0))),
    (
        "you subtracted the number of live units from 128, the number of units of the notebook's example.",
        lambda z, t: 128 - np.sum((z > t).any(axis=0)),
    ),
    (
        "you subtracted the largest number of units that are active at once from the number of all units. Different "
        "units are active in different examples: ask for each unit whether it is ever active.",
        lambda z, t: z.shape[1] - np.sum(z > t, axis=1).max(),
    ),
    *[
        (
            RARE.format(100 - q),  # or nearly
            lambda z, t, q=q: np.sum(np.percentile(z, q, axis=0) <= t),
        )
        for q in (99, 95, 90)
    ],
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
    ("you counted single values that are active, in all examples. Count units.", lambda z, t: np.sum(z > t)),
    (NOTEBOOKS, lambda z, t: np.sum((z > 0.1).all(axis=0))),
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
            MOSTLY.format(100 * rate),
            lambda z, t, rate=rate: np.sum((z > t).mean(axis=0) > rate),
        )
        for rate in (0.5, 0.9, 0.95, 0.99, 0.995, 0.999)
    ],
    (
        "you counted units that never change. A unit may vary and be on in every example.",
        lambda z, t: np.sum(np.ptp(z, axis=0) == 0),
    ),
    ("you looked at the first example alone.", lambda z, t: np.sum(z[0] > t)),
    (WHOLE_THRESHOLD, lambda z, t: np.sum((z > int(t)).all(axis=0))),
    (WHOLE_CODES, lambda z, t: np.sum((z.astype(int) > t).all(axis=0))),
    (
        "you compared the number of examples in which a unit is active with 360, the number of test images in the "
        "notebook.",
        lambda z, t: np.sum(np.sum(z > t, axis=0) == 360),
    ),
    (
        "you compared the number of examples in which a unit is active with n - 1. In all of them it is n.",
        lambda z, t: np.sum(np.sum(z > t, axis=0) == len(z) - 1),
    ),
    (
        "you compared the number of examples in which a unit is active with n - 1. Always means all n of them.",
        lambda z, t: np.sum(np.sum(z > t, axis=0) >= len(z) - 1),
    ),
    *[
        (
            MOSTLY.format(100 - q),  # or nearly
            lambda z, t, q=q: np.sum(np.percentile(z, q, axis=0) > t),
        )
        for q in (1, 5, 10)
    ],
    ("you asked whether all values of all units are active.", lambda z, t: float((z > t).all())),
    ("you never return 0. Where no unit is always on, the number is 0.", lambda z, t: max(1, always_on(z, t))),
    ("you asked whether there are any. Their number is asked for.", lambda z, t: min(1, always_on(z, t))),
]
