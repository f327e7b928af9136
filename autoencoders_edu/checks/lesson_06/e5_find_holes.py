"""06.5 find_holes: which codes lie where no image was sent."""

import numpy as np

from autoencoders_edu.checks.lesson_06.hole_mistakes import MISTAKES, nearest, right
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import brief, expect, expect_array, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.5",
    "find_holes",
    points=3,
    minutes=14,
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
    usual = _usual_case()
    sizes = "1000 training codes and 360 others, of 8 numbers each"
    values = [call_for_any_size(probe, "find_holes", case, usual, sizes, right(*usual)) for case in cases]
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
        held_out[:2] += 25 * (share > 0.15)  # odd images: their distances are not normally distributed
        low, high = train.min(axis=0), train.max(axis=0)
        spread = rng.uniform(low, high, (batch, train.shape[1]))
        known = train[:2], held_out[:6]  # at distance 0, some of them from held-out codes alone
        z = np.concatenate([z + rng.normal(0, 0.2, z.shape), spread, 1.3 * spread, *known])
        z = z[rng.permutation(len(z))]
        cases.append((_clear(z, train, held_out, share), train, held_out, share))
    z, train, held_out, share = cases[0]
    holes = right(*cases[0])
    ones = [(z[np.flatnonzero(holes == wanted)[:1]], train, held_out, share) for wanted in (True, False)]
    return [*cases, *ones]


def _usual_case():
    """Codes of the notebook's sizes, for answers that run for these alone."""
    train, held_out, z = np.split(np.random.default_rng(0).normal(size=(1720, 8)), (1000, 1360))
    return _clear(2 * z, train, held_out, 0.05), train, held_out, 0.05


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
    expect(
        np.size(value) != 1 or m == 1,
        f"{what} returned one value for all {m} codes. Return True or False for each. Received: {brief(value)}.",
    )
    holes = right(*case)
    for returned, words in ((np.flatnonzero(holes), "the places of the holes"), (case[0][holes], "the holes' codes")):
        expect(
            m == 1 or np.shape(value) != returned.shape or not np.array_equal(value, returned),
            f"You returned {words}. Return True or False for each of the {m} codes. Received: {brief(value)}.",
        )
    array = expect_array(value, (m,), what)
    expect(
        np.isin(array, (0, 1)).all(),
        f"{what} should return True or False for each code. Received: {brief(value)}.",
    )
    return array
