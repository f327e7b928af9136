"""06.3 precision_at_k: retrieval in which no query may find itself."""

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.checks.lesson_06.neighbours import places
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.3",
    "precision_at_k",
    points=2,
    minutes=12,
    why="A search that finds the query itself is always right once. At k=1 even random codes then score 100 %.",
    hints=(
        "All distances at once: codes[:, None] - codes[None] has shape (n, n, d). np.argsort sorts each row's places.",
        "Which item must row i never find? Make that one distance so large that it comes last. Its place in the array "
        "is known; its place in the sorted list is not, if another item has the same code.",
    ),
    on_success="No query finds itself, and a twin still counts as found.",
)
def check_precision_at_k(probe):
    for cases in (draw_cases(probe.rng, twins=False), draw_cases(probe.rng, twins=True)):
        answers = [_one_number(_called(probe, case), case) for case in cases]
        expected = [right(*case) for case in cases]
        expect_rule(
            answers,
            expected,
            cases=cases,
            mistakes=[*MISTAKES, *_dropped_by_order(answers, expected, cases)],
            otherwise="Precision at k: of each query's k nearest other items, the share with its label; then the mean "
            "over the queries.",
            example=lambda case, answer, expected: (
                f"For codes of shape {case[0].shape} and k={case[2]} received {answer:.4f}, expected {expected:.4f}."
            ),
            atol=1e-6,
        )


_NOTEBOOKS = (np.random.default_rng(0).normal(size=(359, 8)), np.arange(359) % 10, 10)


def _called(probe, case):
    return call_for_any_size(probe, "precision_at_k", case, _NOTEBOOKS, "359 codes of 8 numbers")


def draw_cases(rng, twins):
    """(codes, labels, k): clouds of several classes; with twins, also pairs of equal codes, far from everybody else.

    The nearest other neighbours of twins are in the clouds, where no two distances are the same.
    """
    cases = []
    for n, k in ((30, 2), (40, 4)) if twins else ((300, 5), (40, 1), (50, 20), (30, None)):
        n, dims, classes = n + int(rng.integers(15)), int(rng.integers(2, 6)), int(rng.integers(3, 6))
        labels = rng.choice(classes, n, p=rng.dirichlet(np.full(classes, 4.0)))
        centres = rng.normal(0, 1.2, (classes, dims))
        codes = (centres[labels] + rng.normal(size=(n, dims))) * rng.uniform(0.3, 3, dims) + rng.uniform(1, 3, dims)
        for far in 1000.0 * np.concatenate([np.eye(dims), -np.eye(dims)])[:4] if twins else ():
            codes, labels = np.vstack([codes, far, far]), np.append(labels, rng.permutation(classes)[:2])
        order = rng.permutation(len(codes))
        names = rng.permutation(50)[:classes]  # labels need not be 0, 1, 2, ...
        cases.append((codes[order], names[labels[order]], len(codes) - 1 if k is None else k))
    return cases


def _one_number(value, case):
    expect(
        np.size(value) == 1 or np.shape(value) != (len(case[0]),),
        f"You returned one number for each of the {len(case[0])} queries. Return their mean.",
    )
    return expect_number(value, "precision_at_k(codes, labels, k)")


def _found(codes, labels, k, metric="euclidean", itself=False, farthest=False):
    """For each query, which of the k that it finds have its label: booleans (n, k)."""
    distances = cdist(codes, codes, metric) * (-1 if farthest else 1)  # pyright: ignore[reportArgumentType] (SciPy takes names)
    if not itself:
        np.fill_diagonal(distances, np.inf)
    return labels[places(distances)[:, :k]] == labels[:, None]


def right(codes, labels, k):
    return np.mean(_found(codes, labels, k))


def _others(labels):
    """How many others have each item's label."""
    return np.sum(labels[:, None] == labels[None], axis=1) - 1


def _recall(codes, labels, k):
    return np.mean(_found(codes, labels, k).sum(axis=1) / np.maximum(_others(labels), 1))


def _capped(codes, labels, k):
    return np.mean(_found(codes, labels, k).sum(axis=1) / np.maximum(np.minimum(_others(labels), k), 1))


def _vote(codes, labels, k, itself=False):
    distances = cdist(codes, codes)
    if not itself:
        np.fill_diagonal(distances, np.inf)
    chosen = labels[places(distances)[:, :k]]
    return np.mean([np.unique(row)[np.unique(row, return_counts=True)[1].argmax()] for row in chosen] == labels)


def _itself_no_hit(codes, labels, k):
    found = places(cdist(codes, codes))[:, :k]
    return np.mean((labels[found] == labels[:, None]) & (found != np.arange(len(codes))[:, None]))


def _by_class(codes, labels, k):
    found = _found(codes, labels, k).mean(axis=1)
    return np.mean([found[labels == label].mean() for label in np.unique(labels)])


def _without_zeros(codes, labels, k):
    distances = cdist(codes, codes)
    distances[distances == 0] = np.inf
    return np.mean(labels[places(distances)[:, :k]] == labels[:, None])


def _dropped_by_order(answers, expected, cases):
    """The rule of those who drop the first of the sorted list, under its message, if the answers follow it.

    Which of two twins comes first depends on how one sorts, so that the rule is: in each case some of those queries
    that have a twin found themselves, which is a hit, in place of the twin, which is none.
    """
    gained = [a - e for a, e in zip(answers, expected, strict=True)]
    found = [gain * len(codes) * k for gain, (codes, _, k) in zip(gained, cases, strict=True)]
    pairs = [len(codes) - len(np.unique(codes, axis=0)) for codes, *_ in cases]
    if any(abs(f - round(f)) > 1e-4 or not 0 < round(f) <= 2 * p for f, p in zip(found, pairs, strict=True)):
        return []
    message = (
        "Your code drops the first of the sorted neighbours, believing it to be the query. Where two items have the "
        "same code, the first may be the twin: then the twin is dropped, and the query finds itself. Leave the query "
        "out by its place in the array."
    )
    by_case = {id(case[0]): answer for case, answer in zip(cases, answers, strict=True)}
    return [(message, lambda codes, labels, k: by_case[id(codes)])]


MISTAKES = [
    (
        "Your code leaves out every item at distance 0. A twin, another item with the same code, is found in any "
        "honest search: leave out the query alone, by its place in the array.",
        _without_zeros,
    ),
    (
        "Every query finds itself first, at distance 0, and counts as a hit. Leave it out.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, itself=True)),
    ),
    (
        "Every query finds itself and counts it as a hit: k + 1 neighbours, the query among them, divided by k + 1.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k + 1, itself=True)),
    ),
    (
        "Every query finds itself and counts it as a hit: you took k + 1 neighbours, and divided by k.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k + 1, itself=True)) * min(k + 1, len(codes)) / k,
    ),
    (
        "You left the query out of the hits, but it still takes one of the k places: k - 1 others are left.",
        _itself_no_hit,
    ),
    (
        "You took only k - 1 others and divided by k - 1.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k - 1)) if k > 1 else np.nan,
    ),
    (
        "You divided the hits by how many items of the label there are: that is recall. Precision divides by k.",
        _recall,
    ),
    (
        "You divided by the number of items of the label, where that is less than k. Precision at k always divides by "
        "k.",
        _capped,
    ),
    (
        "You let the neighbours vote, and counted how often the vote is right. That is the accuracy of a classifier; "
        "precision counts every neighbour.",
        _vote,
    ),
    (
        "You let the neighbours vote, and the query votes for itself.",
        lambda codes, labels, k: _vote(codes, labels, k, itself=True),
    ),
    (
        "You counted the queries for which any neighbour fits. Precision counts every neighbour.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k).any(axis=1)),
    ),
    (
        "You averaged within each class first, and then over the classes. Average over the queries.",
        _by_class,
    ),
    (
        "You took the k items that are farthest away.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, farthest=True)),
    ),
    (
        "You took the k-th neighbour alone, not all k.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k)[:, -1]),
    ),
    (
        "You took the nearest neighbour alone, not all k.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k)[:, 0]),
    ),
    (
        "You always took 10 neighbours, as the notebook does. Take k.",
        lambda codes, labels, k: np.mean(_found(codes, labels, 10)),
    ),
    (
        "You compared by the angle between codes (cosine). Take Euclidean distances.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, metric="cosine")),
    ),
    (
        "You took the sum of absolute differences (Manhattan). Take Euclidean distances.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, metric="cityblock")),
    ),
    (
        "You took the largest difference along any of the numbers. Take Euclidean distances.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, metric="chebyshev")),
    ),
    (
        "You compared the first number of the codes alone.",
        lambda codes, labels, k: np.mean(_found(codes[:, :1], labels, k)),
    ),
    (
        "You standardised the codes first, which changes who is near to whom. Take the distances as they are.",
        lambda codes, labels, k: np.mean(_found(codes / codes.std(axis=0), labels, k)),
    ),
    ("You gave a percentage.", lambda codes, labels, k: 100 * right(codes, labels, k)),
    ("You gave the share of misses.", lambda codes, labels, k: 1 - right(codes, labels, k)),
    (
        "You counted the hits per query. Divide by k.",
        lambda codes, labels, k: k * right(codes, labels, k),
    ),
    (
        "You added up the shares of the queries. Take their mean.",
        lambda codes, labels, k: len(codes) * right(codes, labels, k),
    ),
    (
        "You counted all hits of all queries. Divide by k and by the number of queries.",
        lambda codes, labels, k: k * len(codes) * right(codes, labels, k),
    ),
    (
        "You took the median over the queries. Take their mean.",
        lambda codes, labels, k: np.median(_found(codes, labels, k).mean(axis=1)),
    ),
]
