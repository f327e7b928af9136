"""06.2 map_scores: trustworthiness and continuity of a map, repaired."""

import itertools

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.checks.lesson_06.neighbours import places, ranks, scale, trustworthiness
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.2",
    "map_scores",
    points=3,
    minutes=20,
    why="A score is believed because it has a name. Nobody looks whether it was computed right, least of all if it is "
    "high.",
    hints=(
        "Faults or not, the codes as their own map get 1 and 1, so look at the parts. Print `order` for five points on "
        "a line: does row i say which rank each point has, or which point has each rank?",
        "Which rank does a point have in its own row? Does the code count it among its k neighbours?",
        "A score above 1 means that a penalty was negative. By which ranks is a lost neighbour to be punished: those "
        "in the data, where it is near, or those on the map?",
    ),
    on_success="One rank is not one place, nobody is his own neighbour, and a lost neighbour is measured where it was "
    "lost.",
)
def check_map_scores(probe):
    cases = draw_maps(probe.rng)
    answers = [_two_numbers(probe.call("map_scores", *case), case) for case in cases]
    expect_rule(
        answers,
        [right(*case) for case in cases],
        cases=cases,
        mistakes=MISTAKES,
        otherwise="T = 1 - 2 / (n k (2n - 3k - 1)) * the sum of r(i, j) - k over all j among the k nearest of i on the "
        "map, but not in the data; r(i, j) is the rank of j in the data, 1 for the nearest other point. Continuity is "
        "the same with data and map exchanged.",
        example=lambda case, answer, expected: (
            f"For x of shape {case[0].shape}, plane of shape {case[1].shape} and k={case[2]} received "
            f"({answer[0]:.4f}, {answer[1]:.4f}), expected ({expected[0]:.4f}, {expected[1]:.4f})."
        ),
        atol=2e-6,
    )


def draw_maps(rng):
    """(x, plane, k) of maps of several kinds and sizes."""
    cases = []
    for kind in ("folded", "torn", "projected", "small", "line"):
        n, dims = int(rng.integers(30, 50)), int(rng.integers(3, 6))
        k = int(rng.integers(3, 8))
        if kind == "small":
            n, k = int(rng.integers(9, 13)), int(rng.integers(1, 3))
        x = rng.normal(size=(n, dims)) * np.array([3, 2, *[0.5] * (dims - 2)])
        plane = x[:, :2].copy()
        if kind == "folded":
            plane[:, 0] = np.abs(plane[:, 0])
        if kind == "torn":
            plane[:, 0] += 20 * (plane[:, 0] > 0) + 20 * (plane[:, 0] > 2)
        if kind == "line":
            plane = x[:, :1] + 0.3 * rng.normal(size=(n, 1))
        if kind == "small":
            plane += rng.normal(size=plane.shape)
        cases.append((x + rng.uniform(-5, 5, dims), plane, k))
    return cases


def _two_numbers(value, case):
    n = len(case[0])
    what = "map_scores(x, plane, k) should return two numbers, (trustworthiness, continuity)."
    expect(np.size(value) != 1, f"{what} Received one: {brief(value)}.")
    shape = np.shape(value) if not isinstance(value, (list, tuple)) else (len(value), *np.shape(value[0]))
    expect(shape != (2, n), f"{what} You returned one for each of the {n} points: the formula adds them all up.")
    if np.shape(value) != (2,):
        raise Failed(f"{what} Received: {brief(value)}.")
    return expect_array(value, (2,), "map_scores(x, plane, k)")


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


def _faulty(once, itself, negative):
    """The broken code with some of its three faults."""

    def rule(x, plane, k):
        order = [places(cdist(points, points)) if once else ranks(points) for points in (x, plane)]
        near, far = (np.less, np.greater_equal) if itself else (np.less_equal, np.greater)
        data, drawn = order
        factor = scale(len(x), k)
        trust = 1 - factor * np.sum((data - k)[near(drawn, k) & far(data, k)])
        lost = near(data, k) & far(drawn, k)
        return np.array([trust, 1 - factor * np.sum(((data if negative else drawn) - k)[lost])])

    return rule


def _turned_round(x, plane, k):
    here, there = ranks(x), ranks(plane)
    lost = _strangers(there, here, k)
    return np.array([trustworthiness(here, there, k), 1 - scale(len(x), k) * np.sum((k - here)[lost])])


FAULTS = {
    (True, False, False): "`np.argsort` says which point stands at each place; the formula needs the place of each "
    "point, its rank. Sort once more: `order.argsort(axis=1)` turns the one into the other.",
    (False, True, False): "Each point is counted among its own k neighbours: in its own row it has rank 0, so its "
    "neighbours have the ranks 1 to k.",
    (False, False, True): "Continuity punishes a lost neighbour by its rank in the data, where it is near: the penalty "
    "is negative. It is punished by its rank on the map, where it is too far away.",
}
SEVERAL = (
    "More than one fault of map_scores_broken is left. Look at each line: what are the ranks of five points on a line, "
    "who is among a point's own neighbours, and which penalties are negative?"
)
MISTAKES = [(message, _faulty(*faults)) for faults, message in FAULTS.items()]
MISTAKES += [(SEVERAL, _faulty(*faults)) for faults in itertools.product((True, False), repeat=3) if sum(faults) > 1]
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
        "You punished a false neighbour by its rank, not by how far that rank lies beyond k: subtract k.",
        _both(_penalised(lambda here, there, k: here)),
    ),
    (
        "You counted the false neighbours, each as 1. The penalty of each is r - k: a neighbour that was just missed "
        "costs little.",
        _both(_penalised(lambda here, there, k: np.ones_like(here))),
    ),
    (
        "You returned the share of the k neighbours that are the same in data and map. It does not ask how far the "
        "others have come.",
        _both(lambda here, there, k: 1 - np.mean(_strangers(here, there, k)[(there >= 1) & (there <= k)])),
    ),
    (
        "Your ranks begin at 0 for the nearest other point; the formula's begin at 1. Each penalty is 1 too small.",
        _both(_penalised(lambda here, there, k: here - 1 - k)),
    ),
    (
        "Your ranks begin at 0 for the nearest other point, and -1 for the point itself; the formula's begin at 1.",
        _both(
            _penalised(lambda here, there, k: here - 1 - k, lambda here, there, k: (there - 1 <= k) & (here - 1 > k))
        ),
    ),
    (
        "Your ranks give the point itself the rank 1, so that it takes one of the k places and all others are 1 too "
        "large. Rank 1 is the nearest *other* point.",
        _both(_penalised(lambda here, there, k: here + 1 - k, lambda here, there, k: (there < k) & (here >= k))),
    ),
    (
        "Each penalty is 1 too large: it is r - k, where the nearest other point has the rank 1.",
        _both(_penalised(lambda here, there, k: here + 1 - k)),
    ),
    (
        "You took k + 1 neighbours beside the point itself.",
        _both(_penalised(lambda here, there, k: here - k, lambda here, there, k: (there <= k + 1) & (here > k))),
    ),
    (
        "You took k - 1 neighbours: the point itself is not one of the k.",
        _both(_penalised(lambda here, there, k: here - k, lambda here, there, k: (there < k) & (here > k))),
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
        "You punished all points that are farther away in the data than the k nearest, whether the map shows them as "
        "neighbours or not.",
        _both(_penalised(lambda here, there, k: here - k, lambda here, there, k: here > k)),
    ),
    (
        "The factor before the sum has a 2 above the line, which is missing.",
        _both(_scaled(lambda n, k: scale(n, k) / 2)),
    ),
    (
        "The penalties are summed over all n points and not divided by n: the factor is 2 / (n k (2n - 3k - 1)).",
        _both(_scaled(lambda n, k: n * scale(n, k))),
    ),
    (
        "The penalties are not divided by k: the factor is 2 / (n k (2n - 3k - 1)).",
        _both(_scaled(lambda n, k: k * scale(n, k))),
    ),
    (
        "You averaged the penalties over the n k neighbours. The factor, 2 / (n k (2n - 3k - 1)), also divides by how "
        "large they can be.",
        _both(_scaled(lambda n, k: 1 / (n * k))),
    ),
    (
        "In the factor it is 3k that is subtracted from 2n, and then 1.",
        _both(_scaled(lambda n, k: 2 / (n * k * (2 * n - 3 * k + 1)))),
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
    ("You returned 1 and 1 for every map. Is the penalty ever computed?", lambda x, plane, k: np.ones(2)),
]
