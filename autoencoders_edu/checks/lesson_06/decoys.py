"""Small clusterings for 06.4 in which other sums than that of squared distances prefer other runs.

They were found by a search among random points. Where two mistakes would choose the same run in one
of these, they differ in another.
"""

import numpy as np


def draw_decoys(rng):
    """(x, runs, labels) for each of the clusterings below, changed in ways that leave every such choice as it is."""
    return [_changed(rng, *_read(text)) for text in CLUSTERINGS]


def _read(text):
    """Points, runs and labels. The first run is the tightest."""
    points, digits = (part.split() for part in text.split("|"))
    runs = np.array([[int(digit) for digit in row] for row in digits])
    return np.array([[float(number) for number in point.split(",")] for point in points]), runs[:-1], runs[-1]


def _changed(rng, x, runs, labels):
    """Other units, another origin, other orders of points and runs, other numbers for clusters and classes."""
    x = rng.uniform(0.5, 2) * rng.choice([-1, 1]) * (x + rng.uniform(-3, 3))[:, rng.permutation(x.shape[1])]
    others, at = rng.permutation(len(runs) - 1) + 1, int(rng.integers(1, len(runs) - 1))
    runs = runs[np.insert(others, at, 0)]
    named = np.stack([np.sort(rng.permutation(20)[: run.max() + 1])[run] for run in runs])
    order = rng.permutation(len(x))
    return x[order], named[:, order], rng.permutation(3)[labels][order]


# Of each: the points, the runs, one in a row, and the labels.
CLUSTERINGS = (
    """
    -5,13,-10 -1,-1,10 -1,1,13 -7,0,5 -12,11,0 -14,-3,1 -3,-6,-2 -7,-2,11 -7,15,-6 -13,-7,6 -13,8,4 -6,-9,14
    -10,14,-1 -5,-3,-2 1,0,5 -1,-9,12 -1,-2,-2 -9,15,-6 0,-1,10 -14,-6,2
    |
    13301203121310030132 01123221023102112012 21102301233120010213 31122232222123110212 12220322130202222123
    31113021303132112310 01120231022103113012 30013210323031001302 20001030201023003200 12231302131210220123
    23331303231310030233 03321223121312232132 12223022103212222120 10002200121010000102
    """,
    """
    12,12 12,10 13,4 1,-20 15,10 10,17 -10,1 9,7 11,20 5,-4 7,13 12,-10 18,7 2,0 -2,-16 11,4 17,1 -6,-4 3,-2 8,12
    -8,-12
    |
    331033233231120112230 221322022121203110023 110311301212123003213 111011311212120113210 001210300303132113302
    122321321010203223013 110301312313033003313 331033033020100110020 332133220232321222232 221023023020100110020
    222122022023201220021 113211011012302330012 111211011313132113313 002120320303231223301 002000000020100120020
    """,
    """
    2,-12,-4 3,-8,-5 -7,8,7 13,-8,12 12,-6,13 12,-8,13 -7,-1,0 11,-6,4 4,-10,-4 9,-12,5 -8,-1,-1 -6,7,9 -6,6,7
    11,-6,2 2,2,-2 9,-7,-2
    |
    3302221232100213 2201113121300122 0023331000122010 3302220131000131 0020003000322010 3321113030322030
    1132220211033201 0012221202100201
    """,
    """
    -17,14 -14,15 -9,1 -10,-2 -8,-2 -22,5 -18,16 -20,13 -16,-1 -16,13 -18,15 -6,3 -7,10 -11,-1 -18,0 -17,12 -17,0
    -12,-8 -15,14
    |
    1100021121101021201 2211102202211102012 0011100020011120220 1100011101102001001 0011120010010110110
    0000000000001000020 0011120010012110110 2200022212222012102 1102021121100221221 2211112212211112102
    1122201101122201001 1100010002100001001
    """,
)
