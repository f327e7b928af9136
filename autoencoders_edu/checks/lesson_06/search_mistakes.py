"""Mistakes in a search among codes, for 06.3."""

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.checks.lesson_06.neighbours import places

NOTHING = -1.0  # stands for nan, the mean of nothing: what is left at k=1 if one neighbour too few is taken


def _found(codes, labels, k, metric="euclidean", itself=None, farthest=False):
    """For each query, which of the k that it finds have its label: booleans (n, k). `itself` is its own distance."""
    distances = cdist(codes, codes, metric) * (-1 if farthest else 1)  # pyright: ignore[reportArgumentType]
    np.fill_diagonal(distances, np.inf if itself is None else itself)
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


def _others_only(codes):
    distances = cdist(codes, codes)
    np.fill_diagonal(distances, np.inf)
    return distances


def _of_places(found, labels):
    return np.mean(labels[found] == labels[:, None])


def _along_items(codes):
    distances = np.linalg.norm(codes[:, None] - codes[None], axis=1)
    np.fill_diagonal(distances, np.inf)
    return distances.argsort(axis=1)


def _distinct(codes, labels, k):
    codes, first = np.unique(codes, axis=0, return_index=True)
    return right(codes, labels[first], k)


def _average_precision(hits):
    precision = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    return np.sum(precision * hits, axis=1) / np.maximum(hits.sum(axis=1), 1)


MISTAKES = [
    (
        "Your code leaves out every item at distance 0. A twin, another item with the same code, is found in any "
        "honest search: leave out the query alone, by its place in the array.",
        _without_zeros,
    ),
    (
        "Every query finds itself first, as the nearest of all, and counts as a hit. Leave it out.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, itself=0)),
    ),
    (
        "Every query finds itself and counts it as a hit: k + 1 neighbours, the query among them, divided by k + 1.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k + 1, itself=0)),
    ),
    (
        "Every query finds itself and counts it as a hit: you took k + 1 neighbours, and divided by k.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k + 1, itself=0)) * min(k + 1, len(codes)) / k,
    ),
    (
        "You left the query out of the hits, but it still takes one of the k places: k - 1 others are left.",
        _itself_no_hit,
    ),
    (
        "You took only k - 1 others and divided by k - 1.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k - 1)) if k > 1 else NOTHING,
    ),
    *(
        (
            "You set the distance of each query to itself to some number. Where codes lie farther apart, the query "
            "then comes first: np.inf is larger than any distance.",
            lambda codes, labels, k, large=large: np.mean(_found(codes, labels, k, itself=large)),
        )
        for large in 10 ** np.linspace(0, 12, 25)
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
        "You counted the queries for which all k neighbours fit. Precision counts every neighbour.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k).all(axis=1)),
    ),
    (
        "You compared places in the array with labels. labels[found] are the labels of those found.",
        lambda codes, labels, k: np.mean(_others_only(codes).argsort(axis=1)[:, :k] == labels[:, None]),
    ),
    (
        "You took the smallest products of two codes. A product is no distance: take Euclidean distances.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, metric=lambda a, b: a @ b)),  # pyright: ignore[reportArgumentType]
    ),
    (
        "You averaged the precision at 1, at 2, and so on up to k. Only the one at k is asked for.",
        lambda codes, labels, k: np.mean(np.cumsum(_found(codes, labels, k), axis=1) / np.arange(1, k + 1)),
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
    (
        "You compared the first two numbers of the codes alone.",
        lambda codes, labels, k: np.mean(_found(codes[:, :2], labels, k)),
    ),
    (
        "You took the last k of the list: the query itself, at infinity, and those that lie farthest from it.",
        lambda codes, labels, k: _of_places(_others_only(codes).argsort(axis=1)[:, -k:], labels),
    ),
    (
        "You took the largest products of two codes. Long codes have large products with everything: take Euclidean "
        "distances.",
        lambda codes, labels, k: np.mean(_found(codes, labels, k, metric=lambda a, b: -(a @ b))),  # pyright: ignore[reportArgumentType]
    ),
    (
        "The distances are added up along the wrong axis: differences have the shape (n, n, d), distances (n, n).",
        lambda codes, labels, k: _of_places(_along_items(codes)[:, :k], labels),
    ),
    (
        "Each column was sorted, and then k columns were taken. Sort each row, or take the first k rows.",
        lambda codes, labels, k: _of_places(_others_only(codes).argsort(axis=0)[:, :k], labels),
    ),
    (
        "The query is left out twice: by its distance and by its place in the sorted list. So the nearest other item "
        "is left out as well.",
        lambda codes, labels, k: _of_places(_others_only(codes).argsort(axis=1)[:, 1 : k + 1], labels),
    ),
    (
        "You counted the hits among the k others, but divided by k + 1.",
        lambda codes, labels, k: right(codes, labels, k) * k / (k + 1),
    ),
    (
        "You removed items whose code occurs before. They are items as well: all n are queries, and may be found.",
        lambda codes, labels, k: _distinct(codes, labels, k),
    ),
    (
        "That is the average precision: precision at each hit, averaged. Here the share of all k is asked for.",
        lambda codes, labels, k: np.mean(_average_precision(_found(codes, labels, k))),
    ),
    *(
        (
            "You rounded the result. Return it as it is.",
            lambda codes, labels, k, digits=digits: np.round(right(codes, labels, k), digits),
        )
        for digits in (1, 2, 3, 4)
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
