"""03.5 reliability: predicted probabilities beside observed frequencies, bin by bin."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.5",
    "reliability",
    points=2,
    minutes=15,
    why="A model can be right as often as another and still lie about how sure it is. This curve shows it.",
    hints=(
        "Which bin does p belong to? With equal bins, p * bins, rounded down, says so for all p but one.",
        "np.bincount(which, minlength=bins) counts; with weights=p it sums p in each bin.",
        "Divide sums by counts, and only where the count is not 0; elsewhere nan is asked for.",
    ),
    on_success="Where the two columns agree, a probability may be taken at its word.",
)
@np.errstate(all="ignore")
def check_reliability(probe):
    for bins, n, kind in ((int(probe.rng.integers(5, 8)), 60, "plain"), (4, 41, "edges"), (8, 5, "few")):
        p, y = draw(probe.rng, bins, n, kind)
        answer = _ask(probe, p, y, bins)
        expect(
            isinstance(answer, (list, tuple, np.ndarray)) and len(answer) == 3,
            f"reliability should return (confidence, frequency, count). Received: {brief(answer)}.",
        )
        expected = table(p, y, bins, assign(p, bins))
        named = mistaken(p, y, bins)
        for number, name in ((2, "count"), (1, "frequency"), (0, "confidence")):
            _compare(answer, expected, named, number, name, kind, bins)


def _ask(probe, p, y, bins):
    try:
        return probe.call("reliability", p, y, bins)
    except LearnerError as error:
        if p.max() == 1 and "out of bounds" in str(error):
            raise Failed(f"{LAST}\n{error}") from None
        if _works_for_ten(probe):
            raise Failed(
                f"reliability works with 10 bins, and not with {bins}: is the 10 written into your code? The argument "
                f"bins says how many there are.\n{error}"
            ) from None
        raise


def _works_for_ten(probe):
    p = np.linspace(0.02, 0.98, 40)
    try:
        probe.call("reliability", p, (p > 0.5) * 1.0, 10)
    except LearnerError:
        return False
    return True


BECAUSE = (
    "Bin i holds the p with i / bins <= p < (i + 1) / bins, the last one p = 1 as well. confidence is the mean of p in "
    "each bin, frequency the mean of y, count their number; nan where a bin is empty."
)
LAST = "p = 1 falls into a bin of its own behind the last one: it belongs to the last."


def draw(rng, bins, n, kind):
    """Probabilities and outcomes: anywhere but on edges of bins, on edges too, or so few that bins stay empty."""
    p = (rng.integers(0, bins, n) + rng.uniform(0.1, 0.9, n)) / bins
    p[:bins] = (np.arange(min(bins, n)) + 0.3) / bins if kind != "few" else p[:bins]
    if kind == "edges":
        p = np.concatenate([p, np.arange(bins + 1) / bins, [1.0, 0.0]])
    if kind == "few":
        p = np.where((p * bins).astype(int) == bins // 2, (bins - 0.5) / bins, p)
    y = (rng.random(len(p)) < 0.25 + 0.5 * p) * 1.0
    y[:2] = 0, 1
    return p, y


def assign(p, bins):
    return np.minimum((p * bins).astype(int), bins - 1)


def table(p, y, bins, which):
    """confidence, frequency and count of each bin."""
    inside = (which >= 0) & (which < bins)
    p, y, which = p[inside], y[inside], which[inside]
    count = np.bincount(which, minlength=bins)
    return [np.bincount(which, p, bins) / count, np.bincount(which, y, bins) / count, count]


def _compare(answer, expected, named, number, name, kind, bins):
    """Fails unless this part of the answer is as expected; nan where a bin is empty is no other number."""
    expect(np.shape(answer[number]) != (bins + 1,), f"{name} has {bins + 1} entries for {bins} bins. {LAST}")
    received = np.asarray(answer[number])
    empty = np.isnan(expected[number].astype(float))
    if received.shape == (bins,) and received.dtype.kind in "biuf":
        gaps = np.isnan(received.astype(float))
        expect(
            not (gaps & ~empty).any(),
            f"{name} is nan in a bin that has entries. {BECAUSE}",
        )
        expect(
            not (empty & ~gaps).any(),
            f"{name} is {received[empty & ~gaps][:1]} in an empty bin, as if something had been observed there: nan is "
            f"asked for. {BECAUSE}",
        )
    expect_close(
        _without_gaps(answer[number]),
        _without_gaps(expected[number]),
        because=BECAUSE,
        what=name,
        mistakes={message: _without_gaps(values[number]) for message, values in named.items()},
    )


def _without_gaps(values):
    array = np.asarray(values)
    return np.nan_to_num(array.astype(float), nan=-1.0) if array.dtype.kind in "biuf" else values


def mistaken(p, y, bins):
    """From messages to (confidence, frequency, count) as misconceptions have them."""
    which, expected = assign(p, bins), table(p, y, bins, assign(p, bins))
    confidence, frequency, count = expected
    right_closed = np.ceil(p * bins).astype(int) - 1
    order = np.array_split(np.argsort(p, kind="stable"), bins)
    equal = [np.array([part[i].mean() if len(i) else np.nan for i in order]) for part in (p, y)]
    of_range = np.digitize(p, np.linspace(p.min(), p.max(), bins + 1)[1:-1])
    rounded = np.minimum(np.round(p * bins).astype(int), bins - 1)
    return {
        LAST + " Your code drops it.": table(p, y, bins, (p * bins).astype(int)),
        "Your bins are closed on the right: a p on an edge belongs to the bin that begins there, not to the one that "
        "ends there.": table(p, y, bins, np.maximum(right_closed, 0)),
        "Your bins are closed on the right, and p = 0 is in none.": table(p, y, bins, right_closed),
        "You rounded p * bins to the nearest number. The bin is p * bins rounded down.": table(p, y, bins, rounded),
        "You made bins with equally many entries. Asked for are bins of equal width.": [
            *equal,
            np.array([len(part) for part in order]),
        ],
        "Your bins run from the smallest p to the largest, as np.histogram(p, bins) has them. They are to run from 0 "
        "to 1, whatever p is.": table(p, y, bins, of_range),
        "You made bins with equally many entries, by rank. Asked for are bins of equal width.": (
            table(p, y, bins, np.argsort(np.argsort(p, kind="stable"), kind="stable") * bins // len(p))
        ),
        "You gave the middle of each bin for confidence. It is the mean of the p in it.": [
            np.where(count > 0, (np.arange(bins) + 0.5) / bins, np.nan),
            frequency,
            count,
        ],
        "You gave the left edge of each bin for confidence. It is the mean of the p in it.": [
            np.where(count > 0, np.arange(bins) / bins, np.nan),
            frequency,
            count,
        ],
        "You exchanged confidence and frequency: first the mean of p, then that of y.": [frequency, confidence, count],
        "You divided by the number of all entries. A frequency is within its bin: divide by the bin's count.": [
            confidence * count / len(p),
            frequency * count / len(p),
            count,
        ],
        "You divided the sum of y by the number of all entries. A frequency is within its bin.": [
            confidence,
            frequency * count / len(p),
            count,
        ],
        "You gave the number of ones for frequency. Divide it by the bin's count.": [
            confidence,
            frequency * count,
            count,
        ],
        "You gave how often rounding p is right (accuracy). frequency is how often y is 1, whatever p is.": [
            confidence,
            table(p, ((p > 0.5) == (y > 0.5)) * 1.0, bins, which)[1],
            count,
        ],
        "You gave the share of entries in each bin for count. It is their number.": [
            confidence,
            frequency,
            count / len(p),
        ],
        "You gave frequency - confidence. Asked for is the frequency itself.": [
            confidence,
            frequency - confidence,
            count,
        ],
        "You counted the ones. count is the number of all entries of the bin.": [
            confidence,
            frequency,
            np.nan_to_num(frequency * count),
        ],
    }
