"""Mistakes in calling codes holes, for 06.5."""

import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import norm


def nearest(points, others, metric="euclidean"):
    return cdist(points, others, metric).min(axis=1)  # pyright: ignore[reportArgumentType]


def _leaving_out(codes):
    """Distances from each code to the nearest other one."""
    distances = cdist(codes, codes)
    np.fill_diagonal(distances, np.inf)
    return distances.min(axis=1)


def right(z, train, held_out, share):
    return nearest(z, train) > np.quantile(nearest(held_out, train), 1 - share)


def _above(line):
    """A rule that compares the distance to the nearest training code with another line."""
    return lambda z, train, held_out, share: (nearest(z, train) > line(z, train, held_out, share)).astype(float)


def _in_other_units(metric):
    return _measured(lambda codes, train: nearest(codes, train, metric))


def _outside_the_box(z, train, held_out, share):
    return ((z < train.min(axis=0)) | (z > train.max(axis=0))).any(axis=1).astype(float)


def _pooled(z, train, held_out, share):
    both = np.concatenate([train, held_out])
    return (nearest(z, both) > np.quantile(nearest(held_out, train), 1 - share)).astype(float)


def _to_held_out(z, train, held_out, share):
    return (nearest(z, held_out) > np.quantile(nearest(held_out, train), 1 - share)).astype(float)


def _exchanged(z, train, held_out, share):
    return (nearest(z, held_out) > np.quantile(nearest(train, held_out), 1 - share)).astype(float)


def _quantile(share_of):
    return _above(lambda z, train, held_out, share: np.quantile(nearest(held_out, train), share_of(share)))


def _measured(distance):
    """A rule with another distance than that to the nearest training code, for z and for the held-out codes."""
    return lambda z, train, held_out, share: (
        distance(z, train) > np.quantile(distance(held_out, train), 1 - share)
    ).astype(float)


def _mahalanobis(codes, train):
    return cdist(codes, train.mean(axis=0)[None], "mahalanobis", VI=np.linalg.inv(np.cov(train, rowvar=False)))[:, 0]


def _standardised(by):
    def rule(z, train, held_out, share):
        scale = by(z, train).std(axis=0) + 1e-9
        return right(z / scale, train / scale, held_out / scale, share).astype(float)

    return rule


def _farthest_of_z(z, train, share, around):
    distance = nearest(z, train)
    count = around(share, len(z))
    return (distance >= np.sort(distance)[-count]).astype(float) if 0 < count <= len(z) else np.zeros(len(z))


MISTAKES = [
    ("You call no code a hole.", lambda z, *_: np.zeros(len(z))),
    (
        "Your threshold is 0, as if each code that it was taken from had found itself. Compare the held-out codes with "
        "the training codes.",
        _above(lambda z, train, held_out, share: 0),
    ),
    (
        "Your threshold is 0: the held-out codes are among those that are searched, and each finds itself. Search only "
        "the training codes.",
        lambda z, train, held_out, share: (nearest(z, np.concatenate([train, held_out])) > 0).astype(float),
    ),
    (
        "Your threshold is 0, and z is compared with the held-out codes. Compare both with the training codes.",
        lambda z, train, held_out, share: (nearest(z, held_out) > 0).astype(float),
    ),
    (
        "Your threshold comes from training codes, each compared with the others. The encoder was fitted to them: new "
        "images lie farther away. Take it from the held-out codes.",
        _above(lambda z, train, held_out, share: np.quantile(_leaving_out(train), 1 - share)),
    ),
    (
        "Your threshold comes from z itself: then a fixed share of any codes is called a hole, however good or bad "
        "they are. Take it from the held-out codes.",
        _above(lambda z, train, held_out, share: np.quantile(nearest(z, train), 1 - share)),
    ),
    *(
        (
            "You called the farthest of the codes z holes, a fixed share of them. If all are fine, none should be. The "
            "line is drawn by the held-out codes.",
            lambda z, train, held_out, share, around=around: _farthest_of_z(z, train, share, around),
        )
        for around in (
            lambda share, m: int(share * m),
            lambda share, m: int(np.ceil(share * m)),
            lambda share, m: int(share * m) + 1,
            lambda share, m: m - int((1 - share) * (m - 1)),
        )
    ),
    (
        "Your threshold comes from held-out codes compared with each other. Compare them with the training codes, as "
        "you do with z.",
        _above(lambda z, train, held_out, share: np.quantile(_leaving_out(held_out), 1 - share)),
    ),
    (
        "You took the quantile share; above it lies nearly everything. The share is to lie above: take 1 - share.",
        _quantile(lambda share: share),
    ),
    *(
        (
            "You took the quantile share; above it lies nearly everything. The share is to lie above: take 1 - share.",
            _above(
                lambda z, train, held_out, share, at=at: np.sort(nearest(held_out, train))[at(share, len(held_out))]
            ),
        )
        for at in (lambda share, n: int(share * n), lambda share, n: int(np.ceil(share * n)) - 1)
    ),
    (
        "You took the percentile 1 - share. `np.percentile` counts to 100: use `np.quantile`.",
        _quantile(lambda share: (1 - share) / 100),
    ),
    (
        "You took half of the share on either side. Codes that are too close are no holes: all of the share lies "
        "above.",
        _quantile(lambda share: 1 - share / 2),
    ),
    (
        "You always took the quantile 0.95. Take it from the argument share.",
        _quantile(lambda share: 0.95),
    ),
    (
        "You always took the quantile 0.9. Take it from the argument share.",
        _quantile(lambda share: 0.9),
    ),
    *(
        (
            "Your threshold is the largest distance of a held-out code, or hardly smaller: one odd image then decides. "
            "(np.percentile counts to 100, share from 0 to 1.)",
            _quantile(of_share),
        )
        for of_share in (lambda share: 1, lambda share: 1 - share / 100)
    ),
    *(
        (
            f"You averaged the distances to the {number} nearest training codes. Take the nearest alone.",
            _measured(
                lambda codes, train, number=number: np.sort(cdist(codes, train), axis=1)[:, :number].mean(axis=1)
            ),
        )
        for number in (2, 3, 5, 10)
    ),
    *(
        (
            "Your threshold comes from training and held-out codes together. Training codes are nearer than new ones: "
            "take it from the held-out codes alone.",
            _above(
                lambda z, train, held_out, share, own=own: np.quantile(
                    [*own(train), *nearest(held_out, train)], 1 - share
                )
            ),
        )
        for own in (lambda train: np.zeros(len(train)), _leaving_out)
    ),
    (
        "You called the nearest codes holes: below the quantile share, not above the quantile 1 - share.",
        lambda z, train, held_out, share: (nearest(z, train) < np.quantile(nearest(held_out, train), share)).astype(
            float
        ),
    ),
    (
        "Your threshold is the median distance of the held-out codes, whatever share is.",
        _quantile(lambda share: 0.5),
    ),
    (
        "Your threshold is the mean distance of the held-out codes, whatever share is.",
        _above(lambda z, train, held_out, share: nearest(held_out, train).mean()),
    ),
    (
        "Your threshold is the mean plus some standard deviations of the held-out distances. That is the right share "
        "only if they are normally distributed: take the quantile.",
        _above(lambda z, train, held_out, share: nearest(held_out, train).mean() + 2 * nearest(held_out, train).std()),
    ),
    (
        "Your threshold is the mean plus some standard deviations of the held-out distances. That is the right share "
        "only if they are normally distributed: take the quantile.",
        _above(lambda z, train, held_out, share: nearest(held_out, train).mean() + 3 * nearest(held_out, train).std()),
    ),
    (
        "You measured the distance to the mean of the training codes. A ring has its largest hole just there: take the "
        "distance to the *nearest* training code.",
        _measured(lambda codes, train: np.linalg.norm(codes - train.mean(axis=0), axis=1)),
    ),
    (
        "You averaged the distances to all training codes. Between two clouds that average is small: take the "
        "distance to the *nearest* one.",
        _measured(lambda codes, train: cdist(codes, train).mean(axis=1)),
    ),
    (
        "You asked whether a code lies outside the box of the training codes. Holes are inside it, too.",
        _outside_the_box,
    ),
    (
        "You searched for the nearest code among training and held-out codes together. The held-out codes only set the "
        "threshold.",
        _pooled,
    ),
    (
        "You compared z with the held-out codes. Both are compared with the training codes.",
        _to_held_out,
    ),
    (
        "Training and held-out codes are exchanged.",
        _exchanged,
    ),
    (
        "Your answer is turned round: True is to mean that the code is in a hole.",
        lambda *case: 1.0 - right(*case),
    ),
    (
        "You compare a distance with the square of a distance, or the reverse.",
        lambda z, train, held_out, share: (
            nearest(z, train) ** 2 > np.quantile(nearest(held_out, train), 1 - share)
        ).astype(float),
    ),
    (
        "You compare a distance with the square of a distance, or the reverse.",
        lambda z, train, held_out, share: (
            nearest(z, train) > np.quantile(nearest(held_out, train) ** 2, 1 - share)
        ).astype(float),
    ),
    (
        "You added up absolute differences (Manhattan). Take Euclidean distances.",
        _in_other_units("cityblock"),
    ),
    (
        "You took the largest difference along any of the numbers. Take Euclidean distances.",
        _in_other_units("chebyshev"),
    ),
    ("You measured the cosine of angles. Take Euclidean distances.", _in_other_units("cosine")),
    *(
        (
            f"You always took the quantile {number}, the distance that {100 * number:.0f} % do not reach. Take it from "
            "the argument share.",
            _quantile(lambda share, number=number: number),
        )
        for number in (0.05, 0.1)
    ),
    (
        "You multiplied the largest distance of a held-out code by 1 - share. That is no quantile.",
        _above(lambda z, train, held_out, share: (1 - share) * nearest(held_out, train).max()),
    ),
    (
        "Your threshold is a quantile of the distances from all held-out codes to all training codes. Take the nearest "
        "training code of each first.",
        _above(lambda z, train, held_out, share: np.quantile(cdist(held_out, train), 1 - share)),
    ),
    (
        "For the threshold you took the nearest held-out code of each training code: the wrong axis was reduced. Take "
        "the nearest training code of each held-out code.",
        _above(lambda z, train, held_out, share: np.quantile(nearest(train, held_out), 1 - share)),
    ),
    (
        "Your threshold is where the share would lie above if the distances were normally distributed. They are not: "
        "take the quantile.",
        _above(
            lambda z, train, held_out, share: norm.ppf(
                1 - share, nearest(held_out, train).mean(), nearest(held_out, train).std()
            )
        ),
    ),
    (
        "You measured how far a code is from the origin. Take the distance to the nearest training code.",
        _measured(lambda codes, train: np.linalg.norm(codes, axis=1)),
    ),
    (
        "You measured the Mahalanobis distance to the mean, as if the codes filled one ellipse. Take the distance to "
        "the nearest training code.",
        _measured(_mahalanobis),
    ),
    (
        "You took the distance to the farthest training code. Take the nearest.",
        _measured(lambda codes, train: cdist(codes, train).max(axis=1)),
    ),
    (
        "You took the distance to the second nearest training code, as if each code found itself first. Neither z nor "
        "the held-out codes are in the gallery: take the nearest.",
        _measured(lambda codes, train: np.sort(cdist(codes, train), axis=1)[:, 1]),
    ),
    (
        "You compared the first two numbers of the codes alone.",
        lambda z, train, held_out, share: right(z[:, :2], train[:, :2], held_out[:, :2], share).astype(float),
    ),
    (
        "You standardised the codes first, which changes who is near to whom. Take the distances as they are.",
        _standardised(lambda z, train: train),
    ),
    (
        "You standardised the codes by mean and standard deviation of z. Take the distances as they are.",
        _standardised(lambda z, train: z),
    ),
    ("You call every code a hole.", lambda z, *_: np.ones(len(z))),
]
