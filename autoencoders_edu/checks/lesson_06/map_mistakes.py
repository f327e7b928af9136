"""Mistakes in trustworthiness and continuity, for 06.2: in both scores, or in one of them."""

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.checks.lesson_06.map_faults import (
    FAULTS,
    TRIPLES,
    faulty,
    faulty_continuity,
    faulty_trust,
    several,
)
from autoencoders_edu.checks.lesson_06.neighbours import ranks, scale, trustworthiness


def right(x, plane, k):
    here, there = ranks(x), ranks(plane)
    return np.array([trustworthiness(here, there, k), trustworthiness(there, here, k)])


def _both(score):
    """A rule: score(ranks in the data, ranks on the map, k), and the same with the two exchanged."""

    def rule(x, plane, k):
        here, there = ranks(x), ranks(plane)
        return np.array([score(here, there, k), score(there, here, k)])

    return rule


def _strangers(here, there, k):
    return (there >= 1) & (there <= k) & (here > k)


def _penalised(penalty, strangers=_strangers):
    """A score: 1 less the scaled sum of penalty(ranks here, ranks there, k) over the strangers."""
    return lambda here, there, k: 1 - scale(len(here), k) * np.sum(penalty(here, there, k)[strangers(here, there, k)])


def _scaled(factor):
    """A score with another factor before the sum."""
    return lambda here, there, k: 1 - factor(len(here), k) * np.sum((here - k)[_strangers(here, there, k)])


def _cut_off(rule):
    return lambda *case: np.minimum(rule(*case), 1)


def _sorted_along(first, second):
    """Ranks whose two sorts run along these axes."""

    def ordered(points):
        return cdist(points, points).argsort(axis=first).argsort(axis=second)

    score = _penalised(lambda here, there, k: here - k, lambda here, there, k: (there <= k) & (here > k))

    def rule(x, plane, k):
        here, there = ordered(x), ordered(plane)
        return np.array([score(here, there, k), score(there, here, k)])

    return rule


def _mean_penalty(here, there, k):
    strangers = _strangers(here, there, k)
    return 1 - scale(len(here), k) * np.mean((here - k)[strangers]) if strangers.any() else np.nan


def _turned_round(x, plane, k):
    here, there = ranks(x), ranks(plane)
    lost = _strangers(there, here, k)
    return np.array([trustworthiness(here, there, k), 1 - scale(len(x), k) * np.sum((k - here)[lost])])


MISTAKES = [(message, faulty(*faults)) for faults, message in FAULTS.items()]
MISTAKES += [(several(faults), faulty(*faults)) for faults in TRIPLES if sum(faults) > 1]
MISTAKES += [
    (
        "You cut the scores off at 1, which only hides why one was larger. Look for what is added there and should be "
        "subtracted.",
        _cut_off(faulty(*faults)),
    )
    for faults in TRIPLES
    if faults[2]
]
# Messages, with the score of (ranks here, ranks there, k) that each mistake gives: data and map, or map and data.
SCORES = [
    (
        "You punished a false neighbour by its rank, not by how far that rank lies beyond k: subtract k.",
        _penalised(lambda here, there, k: here),
    ),
    (
        "You counted the false neighbours, each as 1. The penalty of each is r - k: a neighbour that was just missed "
        "costs little.",
        _penalised(lambda here, there, k: np.ones_like(here)),
    ),
    (
        "You returned the share of the k neighbours that are the same in data and map. It does not ask how far the "
        "others have come.",
        lambda here, there, k: 1 - np.mean(_strangers(here, there, k)[(there >= 1) & (there <= k)]),
    ),
    (
        "Your ranks begin at 0 for the nearest other point; the formula's begin at 1. Each penalty is 1 too small.",
        _penalised(lambda here, there, k: here - 1 - k),
    ),
    (
        "Your ranks begin at 0 for the nearest other point, and -1 for the point itself; the formula's begin at 1.",
        _penalised(lambda here, there, k: here - 1 - k, lambda here, there, k: (there - 1 <= k) & (here - 1 > k)),
    ),
    (
        "Each penalty is 1 too large: it is r - k, where the nearest other point has the rank 1.",
        _penalised(lambda here, there, k: here + 1 - k),
    ),
    (
        "You took k + 1 neighbours beside the point itself.",
        _penalised(lambda here, there, k: here - k, lambda here, there, k: (there <= k + 1) & (here > k)),
    ),
    (
        "You took k - 1 neighbours: the point itself is not one of the k.",
        _penalised(lambda here, there, k: here - k, lambda here, there, k: (there < k) & (here > k)),
    ),
    (
        "You punished all points that are farther away in the data than the k nearest, whether the map shows them as "
        "neighbours or not.",
        _penalised(lambda here, there, k: here - k, lambda here, there, k: here > k),
    ),
    (
        "The penalty of each is r - k. You took how many places it has moved, its rank there less its rank here.",
        _penalised(lambda here, there, k: here - there),
    ),
    *(
        (
            "In the factor, a bracket is missing: all of n, k and 2n - 3k - 1 stand below the line.",
            _scaled(factor),
        )
        for factor in (
            lambda n, k: 2 / n * k * (2 * n - 3 * k - 1),
            lambda n, k: 2 / (n * k) * (2 * n - 3 * k - 1),
            lambda n, k: 2 / n * k / (2 * n - 3 * k - 1),
        )
    ),
    (
        "The factor before the sum has a 2 above the line, which is missing.",
        _scaled(lambda n, k: scale(n, k) / 2),
    ),
    (
        "The penalties are summed over all n points and not divided by n: the factor is 2 / (n k (2n - 3k - 1)).",
        _scaled(lambda n, k: n * scale(n, k)),
    ),
    (
        "The penalties are not divided by k: the factor is 2 / (n k (2n - 3k - 1)).",
        _scaled(lambda n, k: k * scale(n, k)),
    ),
    (
        "You averaged the penalties over the n k neighbours. The factor, 2 / (n k (2n - 3k - 1)), also divides by how "
        "large they can be.",
        _scaled(lambda n, k: 1 / (n * k)),
    ),
    (
        "In the factor it is 3k that is subtracted from 2n, and then 1.",
        _scaled(lambda n, k: 2 / (n * k * (2 * n - 3 * k + 1))),
    ),
    (
        "Your ranks begin at 1 for the point itself: the nearest other point should have the rank 1.",
        lambda here, there, k: 1 - scale(len(here), k) * np.sum((here + 1 - k)[(there + 1 <= k) & (here + 1 > k)]),
    ),
    (
        "You took the mean over the points that get a penalty. The formula adds up.",
        _mean_penalty,
    ),
    (
        "The factor before the sum is that of 200 points, however many there are. Take n from len(x).",
        _scaled(lambda n, k: scale(200, k)),
    ),
    (
        "The factor before the sum is that of k = 10, whatever k is.",
        _scaled(lambda n, k: scale(n, 10)),
    ),
]
MISTAKES += [(message, _both(score)) for message, score in SCORES]
MISTAKES += [
    (
        "The two scores are exchanged: trustworthiness comes first. It falls if the map shows false neighbours.",
        lambda x, plane, k: right(x, plane, k)[::-1],
    ),
    (
        "You returned trustworthiness twice. For continuity, data and map change places.",
        lambda x, plane, k: right(x, plane, k)[[0, 0]],
    ),
    (
        "You returned continuity twice. Trustworthiness looks at the neighbours on the map.",
        lambda x, plane, k: right(x, plane, k)[[1, 1]],
    ),
    (
        "You turned the negative penalty round. In the data the lost neighbour is near, and its distance from rank k "
        "there says nothing, which an absolute value does not change: it is punished by its rank on the map.",
        _turned_round,
    ),
    (
        "You left out the 1 - at the start: you returned the penalties, which are 0 for a perfect map.",
        lambda x, plane, k: 1 - right(x, plane, k),
    ),
    (
        "You used k - 1 in place of k throughout: the point itself takes one of the places. It is no neighbour of its "
        "own.",
        lambda x, plane, k: right(x, plane, k - 1) if k > 1 else np.ones(2),
    ),
    (
        "You used k + 1 in place of k throughout.",
        lambda x, plane, k: right(x, plane, k + 1),
    ),
    (
        "You measured Manhattan distances, the sum of absolute differences. The ranks are by Euclidean distance.",
        lambda x, plane, k: np.array(
            [trustworthiness(*(ranks(points, "cityblock") for points in pair), k) for pair in ((x, plane), (plane, x))]
        ),
    ),
    (
        "You measured cosine distances. The ranks are by Euclidean distance.",
        lambda x, plane, k: np.array(
            [trustworthiness(*(ranks(points, "cosine") for points in pair), k) for pair in ((x, plane), (plane, x))]
        ),
    ),
    (
        "You standardised the data first, which changes who is near to whom. Take the distances as they are.",
        lambda x, plane, k: right(x / x.std(axis=0), plane, k),
    ),
    (
        "You standardised the data and the map first, which changes who is near to whom. Take the distances as they "
        "are.",
        lambda x, plane, k: right(x / x.std(axis=0), plane / plane.std(axis=0), k),
    ),
    (
        "You returned the mean of the two scores twice. Each says something of its own.",
        lambda x, plane, k: np.full(2, right(x, plane, k).mean()),
    ),
    ("You returned percentages. A perfect map has 1 and 1.", lambda x, plane, k: 100 * right(x, plane, k)),
    ("You returned 1 and 1 for every map. Is the penalty ever computed?", lambda x, plane, k: np.ones(2)),
    *(
        (
            f"You always took {number} neighbours, whatever k is.",
            lambda x, plane, k, number=number: right(x, plane, number),
        )
        for number in (5, 10)
    ),
    *(
        (
            "A sort runs along the wrong axis. Row i is to hold the ranks of all points as seen from point i: axis=1, "
            "each time.",
            _sorted_along(*axes),
        )
        for axes in ((1, 0), (0, 1), (0, 0))
    ),
    (
        "You used only the first two numbers of each point on the map. A map may have any number of dimensions.",
        lambda x, plane, k: right(x, plane[:, :2], k),
    ),
    *(
        (
            "You rounded the scores. Return them as they are.",
            lambda *case, digits=digits: np.round(right(*case), digits),
        )
        for digits in (2, 3, 4)
    ),
]

# What is wrong with one score alone, and the score of (x, plane, k) that it gives.
OF_TRUST = [(FAULTS[faults], faulty_trust(*faults[:2])) for faults in FAULTS if not faults[2]]
OF_TRUST += [(several((True, True, False)), faulty_trust(True, True))]
OF_TRUST += [
    (
        "You punished false neighbours by their ranks on the map, where they are near. What counts is how far away "
        "they are in the data.",
        lambda x, plane, k: _penalised(lambda here, there, k: there - k)(ranks(x), ranks(plane), k),
    )
]
OF_TRUST += [(message, lambda x, plane, k, score=score: score(ranks(x), ranks(plane), k)) for message, score in SCORES]
OF_CONTINUITY = [
    (FAULTS[faults] if faults in FAULTS else several(faults), faulty_continuity(*faults))  # pyright: ignore[reportArgumentType]
    for faults in TRIPLES
    if any(faults)
]
OF_CONTINUITY += [
    (message, lambda x, plane, k, score=score: score(ranks(plane), ranks(x), k)) for message, score in SCORES
]
