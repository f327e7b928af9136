"""Fréchet distances at one n with a floor, as 12.4 asks for them and as mistakes make them."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_12.slips import Slip, rules
from autoencoders_edu.metrics.generation import frechet_distance


class Measured:
    """Distances between rows of sets, each computed once: most mistakes share most of them."""

    def __init__(self, distance=frechet_distance):
        self.distance, self.known = distance, {}

    def __call__(self, one, other, first, second):
        key = (id(one), id(other), first.start, first.stop, second.start, second.stop)
        if key not in self.known:
            self.known[key] = self.distance(one[first], other[second])
        return self.known[key]


def _common(models, train, validation, test):
    return min(map(len, (*models.values(), validation, test)))


def _first(n):
    return slice(0, n)


def _real_images(train, validation, test) -> tuple | None:
    return validation, test


def distances(
    models,
    train,
    validation,
    test,
    measured,
    *,
    n=_common,
    rows=_first,
    reference=lambda train, validation, test: test,
    floor=_real_images,
    distance=None,
):
    """The models' distances and the floor, (models + 1,).

    Args:
        models, train, validation, test: of a case.
        measured: a `Measured`, for this case alone.
        n, rows, reference, floor: parts: how many rows, which, the images compared with, the sets of the floor.
        distance: a distance in place of Fréchet's.
    """
    measured = Measured(distance) if distance else measured
    sizes = n(models, train, validation, test)
    real = reference(train, validation, test)
    found = [_between(features, real, sizes, rows, measured) for features in models.values()]
    pair = floor(train, validation, test)
    return np.array([*found, np.nan if pair is None else _between(*pair, sizes, rows, measured)])


def right(*case):
    return distances(*case)


def _between(one, other, sizes, rows, measured):
    """The distance of two sets of which some rows are taken; sizes is one n, or a function of the two sets."""
    first, second = sizes(one, other) if callable(sizes) else (sizes, sizes)  # pyright: ignore[reportGeneralTypeIssues]
    return measured(one, other, rows(first), rows(second))


def _as_they_came(*sets):
    return lambda one, other: (len(one), len(other))


def _pair_by_pair(*sets):
    return lambda one, other: (min(len(one), len(other)),) * 2


def _smallest_model(models, *real):
    return min(map(len, models.values()))


def _smallest_real(models, train, validation, test):
    return min(len(validation), len(test))


def _with_training(models, train, validation, test):
    return min(map(len, (*models.values(), train, validation, test)))


def _models_and_training(models, train, validation, test):
    return min(map(len, (*models.values(), train)))


def _root(one, other):
    return np.sqrt(frechet_distance(one, other))


def _of_means(one, other):
    return np.sum((one.mean(axis=0) - other.mean(axis=0)) ** 2)


ALL_ROWS = (
    "Nothing is cut: each set has as many rows as it came with. A small set then looks worse than a large one; cut "
    "them all to one n."
)
TRAIN = (
    "The models are compared with the training images. A model that hands those out wins. Compare with the test images."
)
COUNTED = "Training images play no part, not even in n. They may be fewer than all the others."
TRAINING_ONLY = (
    "Your n counts training images, which play no part, and leaves out validation and test images, which may be fewer."
)
NO_FLOOR = 'The key "floor" is missing: the distance between validation and test images.'

SLIPS = [
    Slip("n", _as_they_came, ALL_ROWS),
    Slip(
        "n",
        _pair_by_pair,
        "Each distance has an n of its own, the smaller of its two sets. One n is asked for, the smallest of all.",
    ),
    Slip(
        "n",
        _smallest_model,
        "Your n is that of the smallest model. Validation and test images count as well: they may be fewer.",
    ),
    Slip(
        "n",
        lambda models, train, validation, test: min(map(len, (*models.values(), test))),
        "Validation images are left out of your n, and they may be the smallest set.",
    ),
    Slip(
        "n",
        lambda models, train, validation, test: min(map(len, (*models.values(), validation))),
        "Test images are left out of your n, and they may be the smallest set.",
    ),
    Slip(
        "n",
        _smallest_real,
        "The models are left out of your n. One of them may be the smallest set.",
    ),
    Slip("n", _models_and_training, TRAINING_ONLY),
    Slip(
        "n",
        _with_training,
        COUNTED,
    ),
    Slip(
        "n",
        lambda models, train, validation, test: min(map(len, (*models.values(), train, test))),
        "Your n counts training images, which play no part, and leaves out validation images.",
    ),
    Slip(
        "n",
        lambda *sets: lambda one, other: (_common(*sets), len(other)),
        "You cut the first set of each distance and not the second: that stays as large as it came.",
        alone=True,
    ),
    Slip(
        "n",
        lambda *sets: lambda one, other: (len(one), _common(*sets)),
        "You cut the second set of each distance and not the first: that stays as large as it came.",
        alone=True,
    ),
    Slip(
        "n", lambda *sets: _common(*sets) - 1, "Your n is one too small: features[:n] has n rows already.", alone=True
    ),
    Slip(
        "rows",
        lambda n: slice(-n, None),
        "You took the last n rows of each set. The first n are asked for.",
        alone=True,
    ),
    Slip("rows", lambda n: slice(1, n + 1), "You left out the first row: features[:n] starts with row 0.", alone=True),
    Slip("reference", lambda train, validation, test: train, TRAIN),
    Slip(
        "reference",
        lambda train, validation, test: validation,
        "The models are compared with the validation images. Compare with the test images.",
    ),
    Slip("floor", lambda train, validation, test: None, NO_FLOOR),
    Slip(
        "floor",
        lambda train, validation, test: (train, test),
        'The "floor" is the distance between training and test images. The models were trained on the former: take '
        "validation and test images.",
    ),
    Slip(
        "floor",
        lambda train, validation, test: (train, validation),
        'The "floor" is the distance between training and validation images. Take validation and test images.',
    ),
    Slip(
        "floor",
        lambda train, validation, test: (test, test),
        'Your "floor" is 0, as is the distance from the test images to themselves. Two sets of real images '
        "differ by chance: take validation and test images.",
    ),
    Slip("distance", _root, "You took the root of the distance. Return what `frechet_distance` gives.", alone=True),
    Slip(
        "distance",
        _of_means,
        "You compared the means only. `frechet_distance` compares covariances as well.",
        alone=True,
    ),
]


def _other_floor(rows_of):
    """The models' distances with a floor between other rows of validation and test images."""

    def calculate(models, train, validation, test, measured, **parts):
        found = distances(models, train, validation, test, measured, **parts)
        first, second = rows_of(_common(models, train, validation, test), len(validation), len(test))
        return np.append(found[:-1], measured(validation, test, slice(0, first), slice(0, second)))

    return calculate


def _of_halves(models, train, validation, test, measured, **parts):
    n = _common(models, train, validation, test)
    found = distances(models, train, validation, test, measured, **parts)
    return np.append(found[:-1], measured(test, test, slice(0, n // 2), slice(n // 2, n)))


def _right_floor(n):
    """The models' distances at another n, with the right floor."""
    return lambda *case, **parts: np.append(distances(*case, n=n, **parts)[:-1], right(*case)[-1])


def _groups_apart(*case, **parts):
    """The models at an n of theirs, the floor at one of its own."""
    of_models = distances(*case, n=_smallest_model, **parts)[:-1]
    return np.append(of_models, distances(*case, n=_smallest_real, **parts)[-1])


def _models_cut(models, train, validation, test, measured, reference=None):
    """The models at an n of theirs, the real images with all rows."""
    real, n = (train if reference else test), _smallest_model(models)
    found = [measured(features, real, slice(0, n), slice(0, len(real))) for features in models.values()]
    return np.array([*found, measured(validation, test, slice(0, len(validation)), slice(0, len(test)))])


def _floor_taken_off(*case, **parts):
    found = distances(*case, **parts)
    return np.append(found[:-1] - found[-1], found[-1])


def _in_floors(*case, **parts):
    found = distances(*case, **parts)
    return np.append(found[:-1] / found[-1], found[-1])


def _against_training(train, validation, test):
    return train


OTHER_FLOORS = [
    (
        'The "floor" has all rows of its sets. It is taken at the n of the models.',
        _other_floor(lambda n, validation, test: (validation, test)),
    ),
    (
        'The "floor" has an n of its own, the smaller of its two sets. It is taken at the n of the models.',
        _other_floor(lambda n, validation, test: (min(validation, test),) * 2),
    ),
    ('The "floor" compares two halves of the test images. Take validation and test images.', _of_halves),
    (
        "The floor is right, but the models' sets are not cut: each has as many rows as it came with. Cut them to the "
        "same n.",
        _right_floor(_as_they_came),
    ),
    (
        "The floor is right, but each model's distance has an n of its own, the smaller of its two sets. "
        "One n is asked "
        "for, the smallest of all.",
        _right_floor(_pair_by_pair),
    ),
    (
        "You have two n, one for the models and one for validation and test images. One n is asked for, "
        "the smallest of "
        "all.",
        _groups_apart,
    ),
    ("You cut the models' sets, and not those of the real images. Take the first n rows of each set.", _models_cut),
    ("You subtracted the floor from the models' distances. Leave them as they are.", _floor_taken_off),
    ("You divided the models' distances by the floor. Leave them as they are.", _in_floors),
]
MISTAKES = [
    *rules(distances, SLIPS),
    *OTHER_FLOORS,
    *((f"{message}\nAlso: {TRAIN}", partial(rule, reference=_against_training)) for message, rule in OTHER_FLOORS),
    *(
        (f"{cut}\nAlso: {TRAIN}\nAlso: {message}", partial(rule, n=n, reference=_against_training))
        for message, rule in rules(distances, [slip for slip in SLIPS if slip.part == "floor"])
        for cut, n in ((ALL_ROWS, _as_they_came), (COUNTED, _with_training), (TRAINING_ONLY, _models_and_training))
    ),
]
