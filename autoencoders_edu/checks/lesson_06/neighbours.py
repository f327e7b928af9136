"""Distances, ranks of neighbours, and the two scores of a map, for several exercises of lesson 6."""

import numpy as np
from scipy.spatial.distance import cdist


def ranks(points, metric="euclidean"):
    """For each point (row) the ranks of all by distance from it: 0 for itself, 1 for the nearest other; (n, n)."""
    distances = cdist(points, points, metric)  # pyright: ignore[reportArgumentType] (SciPy takes names)
    np.fill_diagonal(distances, -1)
    found, order = np.empty(distances.shape, int), distances.argsort(axis=1)
    np.put_along_axis(found, order, np.arange(len(points))[None], axis=1)
    return found


def places(distances):
    """For each row the places of the smallest distance, of the next, and so on."""
    return distances.argsort(axis=1, kind="stable")


def trustworthiness(here, there, k):
    """1 less the scaled penalty of points that are neighbours by the ranks `there`, but not by those `here`."""
    strangers = (there >= 1) & (there <= k) & (here > k)
    return 1 - scale(len(here), k) * np.sum((here - k)[strangers])


def scale(n, k):
    return 2 / (n * k * (2 * n - 3 * k - 1))
