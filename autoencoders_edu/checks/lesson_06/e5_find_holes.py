"""06.5 find_holes: which codes lie where no image was sent."""

import numpy as np
from scipy.spatial.distance import cdist

from autoencoders_edu.exercises.expect import brief, expect, expect_array, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.5",
    "find_holes",
    points=3,
    minutes=18,
    why="A decoder draws whatever it is asked for. Only the distance to known codes tells whether it has ever been "
    "there.",
    hints=(
        "One number per code first: its distance to the nearest training code. (m, 1, d) minus (1, n, d) gives all "
        "differences.",
        "How far from the training codes do codes lie that are certainly fine? The training codes themselves cannot "
        "say: each is at distance 0 from itself.",
        "np.quantile(distances, q) is the value below which a share q of the distances lies. Here a given share may "
        "lie *above*.",
    ),
    on_success="A threshold from codes that the gallery has not seen: of real images, it calls only the agreed share "
    "a hole.",
)
def check_find_holes(probe):
    cases = draw_cases(probe.rng)
    values = [probe.call("find_holes", *case) for case in cases]
    for part, name in ((1, "training"), (2, "held-out")):
        expect(
            any(np.shape(value) != (len(case[part]),) for value, case in zip(values, cases, strict=True)),
            f"You returned one value for each of the {name} codes. One for each of the codes z is asked for: which "
            "axis has been reduced?",
        )
    answers = [_booleans(value, case) for value, case in zip(values, cases, strict=True)]
    expect_rule(
        answers,
        [right(*case).astype(float) for case in cases],
        cases=cases,
        mistakes=MISTAKES,
        otherwise="A code is in a hole if its distance to the nearest training code is larger than the quantile 1 - "
        "share of the same distances of the held-out codes.",
        example=lambda case, answer, expected: (
            f"For {len(case[0])} codes, {len(case[1])} training codes, {len(case[2])} held-out codes and share="
            f"{case[3]} you find {int(np.sum(answer))} in holes, expected {int(np.sum(expected))}; "
            f"{int(np.sum(np.asarray(answer) != expected))} codes are judged differently."
        ),
    )


def draw_cases(rng):
    """(z, train, held_out, share): training codes on a ring or in several clouds, held-out ones a little more spread.

    No code is so close to the line that another way to interpolate the quantile would judge it differently.
    """
    cases = []
    for kind, share, batch in (("ring", 0.1, 40), ("clouds", 0.05, 40), ("clouds", 0.3, 40), ("ring", 0.2, 40)):
        train, held_out, z = (
            _codes(rng, kind, n) for n in (int(rng.integers(60, 80)), int(rng.integers(40, 60)), batch)
        )
        held_out = held_out + rng.normal(0, 0.35, held_out.shape)
        low, high = train.min(axis=0), train.max(axis=0)
        spread = rng.uniform(low, high, (batch, train.shape[1]))
        z = np.concatenate([z + rng.normal(0, 0.2, z.shape), spread, 1.3 * spread])
        z = z[rng.permutation(len(z))]
        cases.append((_clear(z, train, held_out, share), train, held_out, share))
    z, train, held_out, share = cases[0]
    holes = right(*cases[0])
    ones = [(z[np.flatnonzero(holes == wanted)[:1]], train, held_out, share) for wanted in (True, False)]
    return [*cases, *ones]


def _codes(rng, kind, n):
    if kind == "ring":
        angle = rng.uniform(0, 2 * np.pi, n)
        ring = 5 * np.stack([np.cos(angle), np.sin(angle), np.zeros(n)], axis=1)
        return ring + rng.normal(0, 0.3, (n, 3)) + np.array([8.0, -3.0, 2.0])
    centres = np.array([[0, 0, 0, 0], [6, 0, 2, 0], [0, 7, 0, -3]])
    return centres[rng.integers(3, size=n)] + rng.normal(size=(n, 4)) * np.array([1.0, 0.5, 0.8, 0.3])


def _clear(z, train, held_out, share):
    """Those of the codes z that are not near the line."""
    distance, usual = nearest(z, train), np.sort(nearest(held_out, train))
    at = int(np.floor((1 - share) * (len(usual) - 1)))
    low, high = usual[max(at - 1, 0)], usual[min(at + 2, len(usual) - 1)]
    return z[(distance < 0.98 * low) | (distance > 1.02 * high)]


def _booleans(value, case):
    """The answer as an array of 0 and 1, (m,)."""
    m, what = len(case[0]), "find_holes(z, train, held_out, share)"
    expect(
        np.shape(value) == (m,) or np.size(value) != 1 or m != 1,
        f"{what} got one code and should return an array of shape (1,): the batch has lost its axis. Received: "
        f"{brief(value)}.",
    )
    array = expect_array(value, (m,), what)
    expect(
        np.isin(array, (0, 1)).all(),
        f"{what} should return True or False for each code. Received: {brief(value)}.",
    )
    return array


def nearest(points, others, metric="euclidean"):
    return cdist(points, others, metric).min(axis=1)  # pyright: ignore[reportArgumentType] (SciPy takes names)


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
    return lambda z, train, held_out, share: (
        nearest(z, train, metric) > np.quantile(nearest(held_out, train, metric), 1 - share)
    ).astype(float)


def _from_centre(z, train, held_out, share):
    usual, far = (np.linalg.norm(points - train.mean(axis=0), axis=1) for points in (held_out, z))
    return (far > np.quantile(usual, 1 - share)).astype(float)


def _mean_distance(z, train, held_out, share):
    return (cdist(z, train).mean(axis=1) > np.quantile(cdist(held_out, train).mean(axis=1), 1 - share)).astype(float)


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


MISTAKES = [
    (
        "Your threshold is the distance from training codes to the nearest training code, each of which finds itself: "
        "0. Everything else is a hole then. Take it from the held-out codes.",
        _above(lambda z, train, held_out, share: 0),
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
    (
        "Your threshold comes from held-out codes compared with each other. Compare them with the training codes, as "
        "you do with z.",
        _above(lambda z, train, held_out, share: np.quantile(_leaving_out(held_out), 1 - share)),
    ),
    (
        "You took the quantile share; above it lies nearly everything. The share is to lie above: take 1 - share.",
        _quantile(lambda share: share),
    ),
    (
        "np.percentile takes per cent: 0.95 means the smallest hundredth there. Use np.quantile, or multiply by 100.",
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
    (
        "Your threshold is the largest distance of a held-out code: one odd image then decides, and share is not used.",
        _quantile(lambda share: 1),
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
        _from_centre,
    ),
    (
        "You averaged the distances to all training codes. Between two clouds that average is small: take the "
        "distance to the *nearest* one.",
        _mean_distance,
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
    ("You measured the cosine of angles. Take Euclidean distances.", _in_other_units("cosine")),
    ("You call every code a hole.", lambda z, *_: np.ones(len(z))),
    ("You call no code a hole.", lambda z, *_: np.zeros(len(z))),
]
