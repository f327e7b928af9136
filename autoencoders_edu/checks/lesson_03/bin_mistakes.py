"""What misconceptions make of the bins of a reliability curve (03.5)."""

import numpy as np


def assign(p, bins):
    return np.minimum((p * bins).astype(int), bins - 1)


def table(p, y, bins, which):
    """confidence, frequency and count of each bin."""
    inside = (which >= 0) & (which < bins)
    p, y, which = p[inside], y[inside], which[inside]
    count = np.bincount(which, minlength=bins)
    return [np.bincount(which, p, bins) / count, np.bincount(which, y, bins) / count, count]


def both_closed(p, y, bins):
    inside = [(p >= i / bins) & (p <= (i + 1) / bins) for i in range(bins)]
    return [np.array([v[m].mean() if m.any() else np.nan for m in inside]) for v in (p, y)] + [
        np.array([m.sum() for m in inside])
    ]


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
        "p = 1 is in no bin of yours: it belongs to the last.": table(p, y, bins, (p * bins).astype(int)),
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
        "p = 1 is in your first bin: it belongs to the last.": table(p, y, bins, (p * bins).astype(int) % bins),
        "A p on an edge is counted in both bins: it belongs to the one that begins there.": both_closed(p, y, bins),
        "Each bin holds all p below its end, not only those above its beginning.": [
            np.cumsum(np.nan_to_num(v * count)) / np.cumsum(count) for v in (confidence, frequency)
        ]
        + [np.cumsum(count)],
        "You made bins of p that is at least 1/2, the confidence in the likelier answer. Asked for is p itself.": table(
            np.maximum(p, 1 - p), ((p > 0.5) == (y > 0.5)) * 1.0, bins, assign(np.maximum(p, 1 - p), bins)
        ),
        "The bins are one too few: bins of them need bins + 1 edges.": table(
            p, y, bins, np.minimum(np.searchsorted(np.linspace(0, 1, bins), p, side="right") - 1, bins - 1)
        ),
        "You sorted p and left y as it was: each p has its own y.": [
            confidence,
            table(np.sort(p), y, bins, assign(np.sort(p), bins))[1],
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
        "The count stands first. Return (confidence, frequency, count).": [count, confidence, frequency],
    }


def of_edges(p, y, bins):
    """From messages to the parts for other numbers of bins, and where the shape is that of the entries."""
    which = (p * bins).astype(int)
    last = "p = 1 falls into a bin of its own behind the last one: it belongs to the last."
    from_one = "Your bins are counted from 1, as np.digitize and np.searchsorted do if the first edge is 0: subtract 1."
    trimmed = "The empty bins behind the largest p are missing. np.bincount takes minlength=bins."
    values = {}
    for key, size in (("bins", bins), ("largest", 0)):
        values[last, key] = grouped(p, y, which, size)
        values[from_one, key] = grouped(p, y, which + 1, size)
        values[from_one, key, "p = 1"] = grouped(p, y, np.minimum(which, bins - 1) + 1, size)
        values[trimmed, key] = grouped(p, y, assign(p, bins), 0)
    values[from_one, "dropped"] = table(p, y, bins, which + 1)
    values[from_one, "one more"] = table(p, y, bins + 1, which + 1)
    for n in range(2, 21):
        message = f"You made {n} bins, whatever bins is."
        values[message] = table(p, y, n, assign(p, n)) if n != bins else table(p, y, bins, assign(p, bins))
    return values | {
        (*key, "0"): [np.nan_to_num(confidence), np.nan_to_num(frequency), count]
        for key, (confidence, frequency, count) in values.items()
        if key[0] in (last, from_one)
    }


def grouped(p, y, which, size):
    """confidence, frequency and count of as many bins as np.bincount makes."""
    count = np.bincount(which, minlength=size)
    return [np.bincount(which, p, size) / count, np.bincount(which, y, size) / count, count]


def of_parts(p, y, bins):
    """From messages to the parts where the bins are right, and what is reported of them is not."""
    which = assign(p, bins)
    confidence, frequency, count = table(p, y, bins, which)
    ones, some = np.nan_to_num(frequency * count), count > 0
    inside = [which == i for i in range(bins)]
    median = np.array([np.median(p[i]) if i.any() else np.nan for i in inside])
    of_ones = np.array([p[i & (y == 1)].mean() if (i & (y == 1)).any() else np.nan for i in inside])
    laplace = "You added to the counts. frequency is the number of ones divided by the number of entries."
    return {
        "Empty bins are left out: every bin has its place.": [confidence[some], frequency[some], count[some]],
        "The bins are in reverse order: the first begins at 0.": [confidence[::-1], frequency[::-1], count[::-1]],
        "You gave each bin's share of all ones for frequency. It is the share of ones within the bin.": [
            confidence,
            ones / y.sum(),
            count,
        ],
        (laplace, "nan"): [confidence, np.where(some, (ones + 1) / (count + 2), np.nan), count],
        (laplace, "always"): [confidence, (ones + 1) / (count + 2), count],
        "You gave |frequency - confidence|. Asked for is the frequency itself.": [
            confidence,
            np.abs(frequency - confidence),
            count,
        ],
        "Your frequencies are in per cent. Asked for is the mean of y, from 0 to 1.": [
            confidence,
            100 * frequency,
            count,
        ],
        "Every bin has the mean of all y for frequency. Asked for is that of the y in the bin.": [
            confidence,
            np.full(bins, y.mean()),
            count,
        ],
        "Your frequencies are whole numbers: a division lost its digits.": [confidence, np.floor(frequency), count],
        "confidence is the mean of p where y is 1, in your code. It is the mean of all p in the bin.": [
            of_ones,
            frequency,
            count,
        ],
        "confidence is the median of p in your code. Asked for is the mean.": [median, frequency, count],
        "p = 0 is in no bin of yours: it belongs to the first.": table(p, y, bins, np.where(p > 0, which, -1)),
        "Your bins lie too far apart: p * (bins - 1), rounded down. The bin is p * bins, rounded down.": table(
            p, y, bins, (p * (bins - 1)).astype(int)
        ),
        "count is a density: the share of entries, divided by the width of a bin. Asked for is their number.": [
            confidence,
            frequency,
            count / len(p) * bins,
        ],
    }


def mistakes(p, y, bins):
    """From messages to (confidence, frequency, count) as all of these misconceptions have them."""
    with np.errstate(all="ignore"):
        return mistaken(p, y, bins) | of_parts(p, y, bins) | of_edges(p, y, bins)
