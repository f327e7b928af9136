"""10.4 agreement_and_diversity: are samples of the class asked for, and do they differ from each other?"""

from functools import partial

import numpy as np
from numpy.typing import DTypeLike

from autoencoders_edu.checks.lesson_10.diversity_mistakes import AGREEMENT, BYTES, DIVERSITY, agreement, diversity
from autoencoders_edu.checks.shared.models import runs
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect_number, expect_rule, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.4",
    "agreement_and_diversity",
    points=2,
    minutes=8,
    why="Agreement alone rewards a generator that returns one perfect image per class.",
    hints=(
        "Begin with three samples of one class. How many pairs of different samples are there? Which numbers does a "
        "table of all distances hold besides theirs?",
        "Flatten each image first: np.reshape(images, (n, -1)). Then a sum over one axis is a sum over all its "
        "numbers.",
        "Take one mean per class, and then the mean of those. What does a class with one sample contribute, and what "
        "does dividing by its number of pairs give?",
    ),
    on_success="Agreement asks whether you get what you asked for, diversity whether you get more than one of it.",
)
def check_agreement_and_diversity(probe):
    _compare(probe, draw_cases(probe.rng), DIVERSITY)
    _compare(probe, [_as_bytes(probe.rng), _as_bytes(probe.rng)], BYTES)


DEFINITIONS = {
    "agreement": "the share of samples whose judged class is the one asked for.",
    "diversity": "for each asked class with at least two samples, the mean over its pairs of two samples, equal or "
    "not, of the squared distance, a sum over all numbers of an image; then the mean over these classes.",
}


def _compare(probe, cases, mistakes):
    answers = []
    for case in cases:
        value = _ask(probe, case)
        so_far = _are_right([found for _, found in answers], cases)
        answers.append(_two_numbers(value, case, so_far, partial(_range_of_classes, probe)))
    answers = list(zip(*answers, strict=True))
    right = {"agreement": (agreement, AGREEMENT), "diversity": (diversity, mistakes)}
    for values, (name, (rule, known)) in zip(answers, right.items(), strict=True):
        expect_rule(
            values,
            [rule(*case) for case in cases],
            cases=cases,
            mistakes=[(f"{name.capitalize()}: {message}", rule) for message, rule in known],
            otherwise=f"The {name} is not what it should be: {DEFINITIONS[name]}",
            example=lambda case, answer, expected, name=name: (
                f"For {len(case[0])} images of shape {case[0].shape[1:]} in {len(np.unique(case[1]))} classes received "
                f"{name} {answer:.5g}, expected {expected:.5g}."
            ),
            rtol=1e-3,
            atol=1e-4,
        )


def _ask(probe, case):
    """What is returned; `Failed` for code that raises where one of the classes 0 to 9 does not occur."""
    try:
        return probe.call("agreement_and_diversity", *case)
    except LearnerError as error:
        missing, shape = int(probe.rng.integers(2, 8)), case[0].shape[1:]
        ten, nine = (
            _draw(probe.rng, shape, sizes=(3,) * len(names), names=names)
            for names in (list(range(10)), [c for c in range(10) if c != missing])
        )
        if runs(probe.call, "agreement_and_diversity", *ten) and not runs(probe.call, "agreement_and_diversity", *nine):
            raise Failed(
                "Your code runs where each of the classes 0 to 9 is asked for, as in the notebook, but not where one "
                f"of them, class {missing} for example, does not occur. Take them from np.unique(asked).\n{error}"
            ) from None
        raise


def _are_right(diversities, cases):
    return all(fits(found, diversity(*case), 1e-3, 1e-4) for found, case in zip(diversities, cases, strict=False))


def _range_of_classes(probe):
    """A sentence on code that counts classes from 0 to some number, or ""."""
    case = images, asked, judged = _draw(probe.rng, (3, 4, 2), sizes=(3, 4, 2, 5), names=(1, 7, 12, 23))
    value = probe.call("agreement_and_diversity", *case)
    ranges = {"0 to 9, as in the notebook": asked < 10, "0, 1, 2, ..., as many as there are": asked < 4}
    for classes, kept in ranges.items():
        if len(value) == 2 and fits(value[1], diversity(images[kept], asked[kept], judged[kept]), 1e-3, 1e-4):
            return f" You took the classes to be {classes}. They are any integers: np.unique(asked)."
    return ""


def _two_numbers(value, case, so_far, range_of_classes):
    """The two numbers, or `Failed`; `so_far` says whether the diversities of the cases before are right."""
    if isinstance(value, dict) or (not isinstance(value, (tuple, list)) and np.ndim(value) != 1) or len(value) != 2:
        raise Failed(f"Return two numbers, agreement and diversity. Received: {brief(value)}.")
    numbers = dict(zip(DEFINITIONS, value, strict=True))
    for name, number in numbers.items():
        if np.size(number) != 1:
            raise Failed(f"The {name} should be one number. Received: {brief(number)}. It is {DEFINITIONS[name]}")
    array, lonely = as_numbers(numbers["diversity"]), np.unique(case[1], return_counts=True)[1].min() == 1
    if array is not None and not np.isfinite(array).all():
        # The first of the cases with a class of one sample comes after others, which were right.
        lonely = lonely and so_far and np.isnan(array).all()
        single = " Some classes have a single sample, and so no pair: 0 / 0. Leave them out."
        why = single if lonely else range_of_classes()
        raise Failed(f"The diversity is {brief(numbers['diversity'])}.{why} It is {DEFINITIONS['diversity']}")
    return [expect_number(number, f"The {name}") for name, number in numbers.items()]


def draw_cases(rng):
    """(images, asked, judged): classes of several sizes, spreads and names; images of several shapes, or vectors."""
    small = [int(size) for size in rng.integers([3, 5], [5, 8])]
    return [
        _draw(rng, (*small, 2), sizes=(4, 2, 7, 3)),
        _draw(rng, (*small[::-1], 1), sizes=(3, 1, 6, 2), scale=20.0),
        _draw(rng, tuple(small), sizes=(1, 5, 1, 2, 1, 3), scale=0.1),
        _draw(rng, (11,), sizes=(2, 3), dtype="float32"),
        _draw(rng, (*small, 3), sizes=(6,)),
        _with_repeated_images(_draw(rng, (*small, 1), sizes=(4, 6, 5), names=(0, -1, 7))),
        _with_one_image(rng, (*small, 1)),
    ]


def _draw(rng, shape, sizes, scale=1.0, dtype: DTypeLike = float, names=None):
    """Images around a mean per class, in random order; from a third to two thirds of them are judged as asked."""
    classes = rng.permutation(60)[: len(sizes)] + 1 if names is None else rng.permutation(names)
    spreads = scale * rng.permutation(np.geomspace(0.5, 2, len(sizes)))
    if len(sizes) == 4:  # neither the first class nor the last is the most or the least diverse
        spreads = scale * np.array([0.8, 0.5, 2, 1.3])[np.argsort(np.argsort(classes))]
    asked, spread = (np.repeat(each, sizes) for each in (classes, spreads))
    order = rng.permutation(len(asked))
    asked, spread = asked[order], spread[order]
    means = scale * rng.normal(size=(61, *shape))
    images = means[asked] + spread.reshape(-1, *(1 for _ in shape)) * rng.normal(size=(len(asked), *shape))
    return images.astype(dtype), asked, _judged(rng, asked)


def _judged(rng, asked):
    """The class asked for, but for some samples, which get another that was asked for, or the number 61.

    Two samples of each class, if it has as many, are judged right.
    """
    judged = asked.copy()
    kept = {place for c in np.unique(asked) for place in np.flatnonzero(asked == c)[:2] if np.sum(asked == c) > 1}
    others = rng.permutation([place for place in range(len(asked)) if place not in kept])
    for place in others[: max(1, round(len(others) * rng.uniform(0.6, 0.9)))]:
        judged[place] = rng.choice([c for c in (*np.unique(asked), 61) if c != asked[place]])
    return judged


def _with_repeated_images(case):
    """The first two images of each class become equal: a pair like any other, at distance 0."""
    images, asked, judged = case
    for c in np.unique(asked):
        one, other = np.flatnonzero(asked == c)[:2]
        images[other] = images[one]
    return images, asked, judged


def _with_one_image(rng, shape):
    """The same image for each request of a class, always judged right: agreement 1, diversity 0."""
    classes = rng.permutation(10)[:4]
    asked = rng.permutation(np.repeat(classes, 3))
    images = rng.random((10, *shape))
    return images[asked], asked, asked.copy()


def _as_bytes(rng):
    images, asked, judged = _draw(rng, (3, 5, 2), sizes=(4, 3, 1))
    return np.clip(np.round(128 + 30 * images), 0, 255).astype("uint8"), asked, judged
