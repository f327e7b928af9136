"""The broken code of 06.2 with some of its three faults, and what to say of it."""

import itertools

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.checks.lesson_06.neighbours import places, ranks, scale


def _colleagues(once, itself):
    """What the broken code, with its first two faults or without, takes for ranks, and how it compares them with k."""

    def ordered(points):
        return places(cdist(points, points)) if once else ranks(points)

    return ordered, *((np.less, np.greater_equal) if itself else (np.less_equal, np.greater))


def faulty_trust(once, itself):
    ordered, near, far = _colleagues(once, itself)

    def score(x, plane, k):
        here, there = ordered(x), ordered(plane)
        return 1 - scale(len(x), k) * np.sum((here - k)[near(there, k) & far(here, k)])

    return score


def faulty_continuity(once, itself, negative):
    ordered, near, far = _colleagues(once, itself)

    def score(x, plane, k):
        here, there = ordered(x), ordered(plane)
        lost = near(here, k) & far(there, k)
        return 1 - scale(len(x), k) * np.sum(((here if negative else there) - k)[lost])

    return score


def faulty(once, itself, negative):
    """The broken code with some of its three faults."""
    scores = faulty_trust(once, itself), faulty_continuity(once, itself, negative)
    return lambda *case: np.array([score(*case) for score in scores])


FAULTS = {
    (True, False, False): "`np.argsort` says which point stands at each place; the formula needs the place of each "
    "point, its rank. Sort once more: `order.argsort(axis=1)` turns the one into the other.",
    (False, True, False): "Each point is counted among its own k neighbours: in its own row it has rank 0, so its "
    "neighbours have the ranks 1 to k.",
    (False, False, True): "Continuity punishes a lost neighbour by its rank in the data, where it is near: the penalty "
    "is negative. It is punished by its rank on the map, where it is too far away.",
}
QUESTIONS = (
    "What are the ranks of five points on a line?",
    "Who is among a point's own neighbours?",
    "Which penalties are negative?",
)


def several(faults):
    asked = " ".join(question for question, fault in zip(QUESTIONS, faults, strict=True) if fault)
    return f"More than one fault of map_scores_broken is left. Look again: {asked}"


TRIPLES = list(itertools.product((True, False), repeat=3))
