"""A table of tuned models, as 15.5 asks for it and as mistakes make it."""

import numpy as np

from autoencoders_edu.checks.shared.combined import marked, pairs, rules


class Measured:
    """The distances of all runs of a case from the validation and from the test images, computed once.

    And what each way to choose a setting finds.
    """

    def __init__(self):
        self.known, self.choices, self.pooled, self.of_all = None, {}, {}, {}

    def chosen(self, choose, to_validation, to_test):
        """For each model the setting that this function chooses, its place, and the distances of all settings' runs."""
        if choose not in self.choices:
            of_models = [(model, choose(to_validation[model], to_test[model])) for model in to_test]
            self.choices[choose] = [
                {
                    "place": list(to_test[model]).index(best),
                    "validation": to_validation[model][best],
                    "test": to_test[model][best],
                    "pooled": self.pooled[model][best],
                    **self.of_all[model],
                }
                for model, best in of_models
            ]
        return self.choices[choose]

    def __call__(self, runs, validation, test):
        if self.known is None:
            images = {"validation": validation, "test": test}
            found = {
                to: {
                    model: {name: np.array([_between(x, real) for x in of]) for name, of in settings.items()}
                    for model, settings in runs.items()
                }
                for to, real in images.items()
            }
            self.known = found["validation"], found["test"], _between(validation, test)
            self.pooled = {
                model: {name: _between(np.mean(of[1:], axis=0), test) for name, of in settings.items()}
                for model, settings in runs.items()
            }
            self.of_all = {
                model: {
                    f"{which} {to}": np.concatenate([of[part] for of in found[to][model].values()])
                    for to in images
                    for which, part in (("all", slice(None)), ("first", slice(1)), ("final", slice(1, None)))
                }
                for model in runs
            }
        return self.known


def _between(first, second):
    return float(np.sum((first.mean(axis=0, dtype=float) - second.mean(axis=0, dtype=float)) ** 2))


def _by(least, rows, smallest=True):
    """The setting that is best by a function of its distances."""

    def choose(to_validation, to_test):
        found = (to_validation if rows == "validation" else to_test).items()
        return (min if smallest else max)(found, key=lambda item: least(item[1]))[0]

    return choose


def _mean(found):
    return np.add.reduce(found) / found.size  # quicker than np.mean


def _stddev(found, of_all):
    off = found - _mean(found)
    return np.sqrt(off @ off / np.float64(found.size - 1))  # quicker than np.std


def _of_settings(distances):
    """The mean of the distances of all settings."""
    return _mean(distances)


def _final(distances):
    return distances[1:]


def _first(distances):
    return distances[0]


_BY_TUNING = _by(_first, "validation")


def fair_table(
    runs,
    validation,
    test,
    measured,
    *,
    choose=_BY_TUNING,
    reported=_final,
    against="test",
    mean=_mean,
    stddev=_stddev,
    spread_over=None,
    spread_against=None,
    of_settings=None,
    floor=lambda between, *_: between,
    end=lambda row: row,
):
    """For each model the setting's place, mean and stddev, then the floor, marked; each option puts one mistake in.

    Without `mean`, one distance is taken for all samples of the final runs.
    """
    to_validation, to_test, between = measured(runs, validation, test)
    numbers = []
    for model in measured.chosen(choose, to_validation, to_test):
        of_all = model[of_settings or f"all {against}"]
        spread = stddev((spread_over or reported)(model[spread_against or against]), of_all)
        center = model["pooled"] if mean is None else mean(of_all if mean is _of_settings else reported(model[against]))
        numbers += [model["place"], center, spread]
    return marked(end(np.array([*numbers, floor(between, validation, test)])))


TEST = "You chose the setting by the test images, which are there to judge it. Choose by the validation images."
LUCKY = (
    "You chose the setting of the single best run: the more runs there are, the luckier is the best. Choose by the "
    "first run of each setting."
)
HAVE_A_SAY = (
    "You let the final runs have a say in the choice of the setting. They are there to judge it: choose by the first "
    "run alone."
)
IN_CHOICE = [
    (message, {"choose": choose})
    for message, choose in (
        (f"{TEST} {LUCKY}", _by(np.min, "test")),
        (TEST, _by(_first, "test")),
        (f"{TEST} {HAVE_A_SAY}", _by(lambda d: np.mean(d[1:]), "test")),
        (f"{TEST} {HAVE_A_SAY}", _by(lambda d: np.min(d[1:]), "test")),
        (f"{TEST} {HAVE_A_SAY}", _by(np.mean, "test")),
        (LUCKY, _by(np.min, "validation")),
        (LUCKY, _by(lambda d: np.min(d[1:]), "validation")),
        (HAVE_A_SAY, _by(np.mean, "validation")),
        (HAVE_A_SAY, _by(np.median, "validation")),
        (HAVE_A_SAY, _by(lambda d: np.mean(d[1:]), "validation")),
        ("You chose the setting by its last run. The tuning run is the first.", _by(lambda d: d[-1], "validation")),
        (f"{TEST} And the tuning run is the first, not the last.", _by(lambda d: d[-1], "test")),
        (
            "You chose the setting with the largest distance. Small distances are good.",
            _by(_first, "validation", smallest=False),
        ),
        (
            "You chose the setting by the validation and the test images together. The test images are there to judge "
            "it: choose by the validation images alone.",
            lambda v, t: min(v, key=lambda name: v[name][0] + t[name][0]),
        ),
        ("You took each model's first setting. Choose by the tuning runs.", lambda v, t: next(iter(v))),
        ("You took each model's last setting. Choose by the tuning runs.", lambda v, t: list(v)[-1]),
    )
]
IN_REPORTED = {
    "The tuning run is counted among the final runs. It was picked for its luck: report the others.": {
        "reported": lambda distances: distances
    },
    "The tuning run is counted in your mean, though not in your stddev. Both are those of the final runs.": {
        "reported": lambda distances: distances,
        "spread_over": _final,
    },
    "You report the tuning run alone. It was picked for its luck: report the final runs.": {
        "reported": lambda distances: distances[:1]
    },
    "You left out the last run. The final runs are all but the first.": {"reported": lambda distances: distances[:-1]},
    "You took the roots of the distances. Leave them as `distance` gives them.": {
        "reported": lambda distances: np.sqrt(distances[1:])
    },
    "You report the second run alone. All final runs count.": {"reported": lambda distances: distances[1:2]},
    "You report the last run alone. All final runs count.": {"reported": lambda distances: distances[-1:]},
}
IN_AGAINST = {
    "You report distances to the validation images, which have chosen the setting. Report those to the test images.": {
        "against": "validation"
    }
}
ALL_IN_SPREAD = "The runs of other settings count in your stddev. It is that of the final runs of the chosen setting."
IN_MEAN = {
    "You report the best run of the setting in place of the mean.": {"mean": np.min},
    "You report the best run of the setting, with the tuning run among them, in place of the mean.": {
        "mean": np.min,
        "reported": lambda distances: distances,
        "spread_over": _final,
    },
    "You report the worst run of the setting in place of the mean.": {"mean": np.max},
    "You report the median of the runs in place of the mean.": {"mean": np.median},
    "You report the sum of the runs in place of the mean.": {"mean": np.sum},
    "Your mean is the distance of the first final run alone. All final runs count.": {
        "mean": lambda found: found[0],
    },
    "Your mean is the distance of the last run alone. All final runs count.": {"mean": lambda found: found[-1]},
    "Your mean is one distance: that of the final runs' samples put together, or averaged. Take a distance for each "
    "final run, and then their mean.": {"mean": None},
}
IN_SPREAD = {
    "Your stddev has ddof=0, which is NumPy's default. ddof=1 was asked for.": {
        "stddev": lambda found, of_all: np.std(found)
    },
    "Your stddev is the variance, with ddof=1. Take its root.": {"stddev": lambda found, of_all: np.var(found, ddof=1)},
    "Your stddev is the variance, with ddof=0. Take its root, with ddof=1.": {
        "stddev": lambda found, of_all: np.var(found)
    },
    "Your stddev is the standard error: divided by the root of the number of runs. The standard deviation was asked "
    "for.": {"stddev": lambda found, of_all: np.std(found, ddof=1) / np.sqrt(len(found))},
    ALL_IN_SPREAD: {"stddev": lambda found, of_all: np.std(of_all, ddof=1)},
    f"{ALL_IN_SPREAD} And it has ddof=0.": {"stddev": lambda found, of_all: np.std(of_all)},
    "Your stddev is the range, from the best run to the worst.": {"stddev": lambda found, of_all: np.ptp(found)},
    "The tuning run counts in your stddev. It is that of the final runs.": {"spread_over": lambda distances: distances},
    "Your stddev is 0.": {"stddev": lambda found, of_all: 0.0},
}
IN_FLOOR = {
    'Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: take the validation and '
    "the test images.": {"floor": lambda *_: 0.0},
    'The key "floor" is missing: the distance between validation and test images.': {
        "floor": lambda between, validation, test: np.nan
    },
    'You took the root of the "floor". Leave it as `distance` gives it.': {
        "floor": lambda between, validation, test: np.sqrt(between)
    },
}
HALVES = (
    'Your "floor" is the distance between two halves of the {} images. Take that between the validation and the test '
    "images: these are two sets of n."
)
IN_FLOOR_OF_HALVES = [
    (HALVES.format(name), {"floor": lambda between, *images, i=i, halve=halve: _between(*halve(images[i]))})
    for i, name in enumerate(("validation", "test"))
    for halve in (lambda x: (x[::2], x[1::2]), lambda x: (x[: len(x) // 2], x[len(x) // 2 :]))
]


def _floor_taken_off(row):
    row = row.copy()
    row[1:-1:3] -= row[-1]
    return row


def _halved_floor(row):
    return np.append(row[:-1], row[-1] / 2)


def _in_floors(row):
    row = row.copy()
    row[1:-1:3] /= row[-1]
    return row


def _best_as_floor(row):
    return np.append(row[:-1], row[1:-1:3].min())


IN_END = {
    "You subtracted the floor from the means. Leave them as they are.": {"end": _floor_taken_off},
    "You divided the means by the floor. Leave them as they are.": {"end": _in_floors},
    'Your "floor" is half of what it should be: it is the whole distance between validation and test images.': {
        "end": _halved_floor
    },
    'Your "floor" is the smallest of the means. Take the distance between validation and test images.': {
        "end": _best_as_floor
    },
    **{
        f"You rounded your numbers to {digits} decimals. Leave them as they are.": {
            "end": lambda row, digits=digits: np.round(row, digits)
        }
        for digits in range(5)
    },
}


def _deviation(found, of_all):
    return np.mean(np.abs(found - np.mean(found)))


def _first_alone(distances):
    return distances[:1]


ALONE = [
    (
        "You chose the setting by its second run. The tuning run is the first.",
        {"choose": _by(lambda d: d[1], "validation")},
    ),
    (
        "You took the second run for the tuning run, and the others for the final runs. The tuning run is the first.",
        {"choose": _by(lambda d: d[1], "validation"), "reported": lambda d: np.delete(d, 1)},
    ),
    (
        "Your mean is right, but your stddev is that of the distances to the validation images. Take the test images.",
        {"spread_against": "validation"},
    ),
    (
        "Your stddev is right, but your mean is that of the distances to the validation images. Take the test images.",
        {"against": "validation", "spread_against": "test"},
    ),
    ("You report the first two final runs. All of them count.", {"reported": lambda distances: distances[1:3]}),
    ("You report at most three final runs. All of them count.", {"reported": lambda distances: distances[1:4]}),
    ("You left out the first two runs. Only the first is none of the final runs.", {"reported": lambda d: d[2:]}),
    (
        "Your stddev is the standard error, with ddof=0. The standard deviation was asked for, with ddof=1.",
        {"stddev": lambda found, of_all: np.std(found) / np.sqrt(len(found))},
    ),
    ("Your stddev is the mean absolute deviation. Take the standard deviation.", {"stddev": _deviation}),
    (
        "Your stddev is divided by the mean. Leave it in the unit of the distances.",
        {"stddev": lambda found, of_all: _stddev(found, of_all) / _mean(found)},
    ),
    (
        "Your stddev is half the width of a confidence interval, 1.96 standard errors. The standard deviation was "
        "asked for.",
        {"stddev": lambda found, of_all: 1.96 * _stddev(found, of_all) / np.sqrt(len(found))},
    ),
]
TUNING_REPORTED = (
    "Your mean is the distance of the tuning run that has chosen the setting. It was picked for its luck, and from the "
    "validation images: report the final runs, and the test images."
)
IN_TUNING_REPORTED = {
    TUNING_REPORTED: {
        "reported": _first_alone,
        "against": "validation",
        "spread_over": _final,
        "spread_against": "test",
    }
}
SEARCHED = (
    "You report the smallest of all runs' distances to the validation images, and have chosen the setting by it. "
    "Choose by the first runs, and report the mean of the others' distances to the test images."
)
IN_SEARCH = {
    SEARCHED: {
        "choose": _by(np.min, "validation"),
        "reported": lambda distances: distances,
        "against": "validation",
        "mean": np.min,
        "spread_over": _final,
        "spread_against": "test",
    }
}
IN_ALL_SETTINGS = [
    (
        f"Your stddev is that of {what}, over all settings{more}. It is that of the final runs of the chosen setting, "
        f"with ddof=1.",
        {"of_settings": which, "stddev": lambda found, of_all, ddof=ddof: np.std(of_all, ddof=ddof)},
    )
    for which, what in (
        ("first validation", "the tuning distances"),
        ("first test", "the first runs' distances to the test images"),
        ("final test", "the final runs"),
        ("final validation", "the final runs' distances to the validation images"),
        ("all validation", "all runs' distances to the validation images"),
    )
    for ddof, more in ((1, ""), (0, " and with ddof=0"))
]
IN_POOL = [
    (
        "Your mean and your stddev are those of the final runs of all settings. They are those of the chosen setting"
        f"{more}.",
        {
            "mean": _of_settings,
            "of_settings": "final test",
            "stddev": lambda found, of_all, ddof=ddof: np.std(of_all, ddof=ddof),
        },
    )
    for ddof, more in ((1, ""), (0, ", and stddev has ddof=1"))
]
GROUPS = (IN_CHOICE, IN_REPORTED, IN_AGAINST, IN_MEAN, IN_SPREAD, IN_FLOOR, IN_END)
OF_THE_BROKEN = (
    list(IN_CHOICE[:1]),
    dict(list(IN_MEAN.items())[1:2]),
    {message: options for message, options in IN_SPREAD.items() if "other settings" in message},
    dict(list(IN_FLOOR.items())[:2]),
)
LIKELY = (
    list(IN_CHOICE[:10]),
    dict(list(IN_REPORTED.items())[:2]),
    {message: options for message, options in IN_SPREAD.items() if "ddof=0" in message or "other settings" in message},
    dict(list(IN_FLOOR.items())[:2]),
)
HALF_REPAIRED = tuple(
    (group, spread, floor)
    for group in (IN_SEARCH, IN_TUNING_REPORTED)
    for spread in (IN_ALL_SETTINGS, IN_SPREAD)
    for floor in (IN_FLOOR, IN_FLOOR_OF_HALVES)
)


def _listed(*groups, least, most):
    """`rules`, with a line for each of several mistakes."""
    lines = [[(f"\n- {message}", options) for message, options in pairs(group)] for group in groups]
    for message, rule in rules(fair_table, *lines, least=least, most=most):
        text = message.replace(" \n", "\n").strip()
        yield (f"Four things.\n{text}" if text.startswith("- ") else text), rule


MISTAKES = [
    *rules(fair_table, *GROUPS, most=1),
    *rules(fair_table, ALONE, IN_FLOOR_OF_HALVES, IN_ALL_SETTINGS, IN_POOL, IN_SEARCH, IN_TUNING_REPORTED, most=1),
    *_listed(*OF_THE_BROKEN, least=3, most=4),
    *_listed(*GROUPS, least=2, most=2),
    *_listed(IN_CHOICE, IN_ALL_SETTINGS, IN_FLOOR, least=2, most=3),
    *_listed(IN_CHOICE, IN_FLOOR_OF_HALVES, least=2, most=2),
    *_listed(IN_MEAN, IN_SPREAD, IN_FLOOR, least=3, most=3),
    *_listed(IN_POOL, IN_FLOOR, least=2, most=2),
    *(pair for groups in HALF_REPAIRED for pair in _listed(*groups, least=2, most=3)),
    *_listed(*LIKELY, least=3, most=4),
]
