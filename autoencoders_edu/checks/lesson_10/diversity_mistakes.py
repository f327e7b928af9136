"""Agreement and diversity, right and mistaken, for 10.4: pairs of a message and a rule of (images, asked, judged)."""

from functools import partial
from itertools import combinations

import numpy as np
from numpy.typing import DTypeLike


def agreement(images, asked, judged):
    return np.mean(asked == judged)


def diversity(
    images,
    asked,
    judged,
    groups="asked",
    distance="squared",
    pairs="different",
    average="each class",
    dtype: DTypeLike = float,
):
    """The mean distance within groups of samples, as it is asked for or with some of its parts mistaken.

    Args:
        images, asked, judged: of the exercise.
        groups: what makes a group: the class "asked" or "judged", the class asked of samples judged so ("agreed"), or
            "all" samples.
        distance: "squared" (summed over all numbers), "mean" over them, "root" or "root of mean", "absolute".
        pairs: "different" samples, "all" with the n pairs of a sample with itself, "half" the mean over different ones,
            "half of all", "next" for samples that follow each other, "summed", "furthest".
        average: over groups: "each class", "by size", "by pairs", "lonely as 0", "added", "largest", "smallest",
            "median".
        dtype: in which differences and squares are computed.
    """
    points = np.reshape(images, (len(images), -1)).astype(dtype)
    found, sizes = [], []
    for members in _groups(groups, asked, judged):
        if len(members) > 1 or average == "lonely as 0":
            found.append(_within(points[members], distance, pairs) if len(members) > 1 else 0.0)
            sizes.append(len(members))
    return _over_groups(np.array(found), np.array(sizes), average) if found else np.nan


def _groups(groups, asked, judged):
    """The places of the samples of each group."""
    if groups == "all":
        return [np.arange(len(asked))]
    by = judged if groups == "judged" else asked
    counts = asked == judged if groups == "agreed" else np.full(len(asked), True)
    return [np.flatnonzero((by == c) & counts) for c in np.unique(by)]


def _within(points, distance, pairs):
    n = len(points)
    difference = points[:, None] - points[None]
    if distance == "absolute":
        table = np.abs(difference).astype(float).sum(axis=-1)
    else:
        square = (difference**2).astype(float)
        table = square.mean(axis=-1) if distance in ("mean", "root of mean") else square.sum(axis=-1)
        table = np.sqrt(table) if distance in ("root", "root of mean") else table
    total = table.sum()
    return {
        "different": total / (n * (n - 1)),
        "all": total / n**2,
        "half": total / (n * (n - 1)) / 2,
        "half of all": total / n**2 / 2,
        "next": np.diagonal(table, 1).mean(),
        "summed": total / 2,
        "furthest": table.max(),
    }[pairs]


def _over_groups(found, sizes, average):
    several = {
        "by size": partial(np.average, weights=sizes),
        "by pairs": partial(np.average, weights=sizes * (sizes - 1)),
        "added": np.sum,
        "largest": np.max,
        "smallest": np.min,
        "median": np.median,
    }
    return several.get(average, np.mean)(found)


# From each part of `diversity` to its mistakes, and what is said of each, after "You".
PARTS = {
    "groups": {
        "all": "took all samples together. Only pairs within a class count: two classes differ anyway",
        "judged": "grouped the samples by the judged class. They belong to the class that they were asked for",
        "agreed": "left out the samples that are not judged as asked. All samples count",
    },
    "pairs": {
        "all": "counted the pairs of a sample with itself, whose distance is 0: n samples have n (n - 1) pairs of "
        "different ones (in either order), not n^2",
        "half": "took half of the mean squared distance: that is the variance, summed over the numbers, or the pairs "
        "were counted once and divided by all n (n - 1)",
        "half of all": "took the variance, which divides by n, summed over the numbers (or divided a sum over pairs, "
        "each counted once, by n^2). The mean squared distance between two samples is asked for",
        "next": "compared only samples that follow each other. All pairs of a class count",
        "summed": "added up over the pairs. Their mean is asked for, or a class with many samples seems diverse",
        "furthest": "took the largest distance of a class. The mean over its pairs is asked for",
    },
    "distance": {
        "mean": "averaged over the numbers of an image. The squared distance is their sum",
        "root": "took roots. The squared distance is asked for",
        "root of mean": "took roots of means over the numbers of an image. The squared distance, a sum, is asked for",
        "absolute": "took absolute differences. Squared ones are asked for",
    },
    "average": {
        "by size": "weighted the classes by their numbers of samples. Each class counts the same",
        "by pairs": "took one mean over the pairs of all classes, in which large classes count more. Each class "
        "counts the same: a mean within each class first, then the mean over classes",
        "lonely as 0": "counted a class with a single sample as 0. It has no pair, and is left out",
        "added": "added up over the classes. Their mean is asked for",
        "largest": "took the most diverse class. The mean over the classes is asked for",
        "smallest": "took the least diverse class. The mean over the classes is asked for",
        "median": "took the median over the classes. Their mean is asked for",
    },
}


def _single():
    return [({part: kind}, f"you {text}.") for part, kinds in PARTS.items() for kind, text in kinds.items()]


def _double():
    for (one, text), (other, more) in combinations(_single(), 2):
        if one.keys() != other.keys():
            yield one | other, f"two mistakes together. {_sentence(text)} {_sentence(more)}"


def _sentence(text):
    return text[0].upper() + text[1:]


def _triple():
    """Without a guard, a class with one sample has a table of one 0, and a variance of 0."""
    for groups in ("asked", "agreed", "judged"):
        for pairs in ("all", "half of all"):
            for distance in ("squared", "mean"):
                changed = {"groups": groups, "pairs": pairs, "distance": distance, "average": "lonely as 0"}
                known = [(part, kind) for part, kind in changed.items() if kind in PARTS[part]]
                if len(known) > 2:
                    yield changed, " ".join(["several mistakes together.", *(f"You {PARTS[p][k]}." for p, k in known)])


def _pooled_with_itself(images, asked, judged):
    """The mean over the whole table of distances where both samples are of the same class."""
    counts = np.unique(asked, return_counts=True)[1]
    return diversity(images, asked, judged, average="by pairs") * np.sum(counts * (counts - 1)) / np.sum(counts**2)


def _of_class(place):
    """The diversity of the first or the last class that has a pair."""

    def rule(images, asked, judged):
        classes, counts = np.unique(asked, return_counts=True)
        chosen = asked == classes[counts > 1][place]
        return diversity(images[chosen], asked[chosen], judged[chosen])

    return rule


def _stddevs(of, ddof):
    """Standard deviations of the numbers, summed or averaged; of one sample they are 0, or it is left out."""

    def rule(images, asked, judged, least):
        groups = [np.asarray(images, float)[asked == c] for c in np.unique(asked)]
        return np.mean([of(group.std(axis=0, ddof=ddof)) for group in groups if len(group) >= least])

    return [partial(rule, least=least) for least in ((1, 2) if ddof == 0 else (2,))]


def _root_of_mean_distance(images, asked, judged):
    return np.sqrt(diversity(images, asked, judged))


def _by_axis(images, asked, judged):
    """The distance summed over the first axis of an image alone, and averaged over the others."""
    images = np.asarray(images, float)
    rest = np.prod(images.shape[2:]) if images.ndim > 2 else 1
    return diversity(images, asked, judged) / rest


DIVERSITY = [
    *((text, partial(diversity, **changed)) for changed, text in _single()),
    ("you returned the agreement. First the agreement, then the diversity.", agreement),
    ("you took the root of the mean. The squared distance is asked for.", _root_of_mean_distance),
    (
        "you divided the sum over classes by the number of all classes, those with a single sample as well. They "
        "have no pair, and are left out.",
        partial(diversity, average="lonely as 0"),
    ),
    ("you averaged over some of an image's axes. The squared distance is a sum over all its numbers.", _by_axis),
    (
        "you took one mean over all places of the table where both samples are of the same class, so that large "
        "classes count more, and each sample's distance of 0 to itself counts as well.",
        _pooled_with_itself,
    ),
    ("it is that of the first class alone. The mean over the classes is asked for.", _of_class(0)),
    ("it is that of the last class alone. The mean over the classes is asked for.", _of_class(-1)),
    *(
        ("you took standard deviations. The squared distance between two samples is asked for.", rule)
        for of in (np.sum, np.mean)
        for ddof in (0, 1)
        for rule in _stddevs(of, ddof)
    ),
    ("you rounded it. Return it as it is.", lambda *case: np.round(diversity(*case), 2)),
    ("you rounded it to a whole number. Return it as it is.", lambda *case: np.round(diversity(*case))),
    ("it is always 0.", lambda *case: 0.0),
    *((text, partial(diversity, **changed)) for changed, text in _double()),
    *((text, partial(diversity, **changed)) for changed, text in _triple()),
]


def _over_classes(of):
    def share(images, asked, judged):
        by = {"asked": asked, "judged": judged}[of]
        return np.mean([np.mean(asked[by == c] == judged[by == c]) for c in np.unique(by)])

    return share


def _with_pairs(images, asked, judged):
    """The share among samples of classes that were asked for more than once."""
    classes, counts = np.unique(asked, return_counts=True)
    several = np.isin(asked, classes[counts > 1])
    return np.mean(asked[several] == judged[several])


AGREEMENT = [
    ("you returned the diversity. First the agreement, then the diversity.", diversity),
    ("you returned the share of samples that are *not* judged as asked.", lambda *case: 1 - agreement(*case)),
    (
        "you counted the samples that agree. Their share is asked for.",
        lambda images, asked, judged: np.sum(asked == judged),
    ),
    ("you returned a percentage. A share is between 0 and 1.", lambda *case: 100 * agreement(*case)),
    (
        "you averaged the shares of the asked classes. The share of all samples is asked for.",
        _over_classes("asked"),
    ),
    (
        "you averaged the shares of the judged classes. The share of all samples is asked for.",
        _over_classes("judged"),
    ),
    ("you left out the classes with a single sample. They have no pair, but they agree or not.", _with_pairs),
    (
        "you compared sorted classes, or how often each occurs. Compare sample by sample.",
        lambda images, asked, judged: np.mean(np.sort(asked) == np.sort(judged)),
    ),
    (
        "you divided by the number of classes. The share of the samples is asked for.",
        lambda images, asked, judged: np.sum(asked == judged) / len(np.unique(asked)),
    ),
    (
        "you counted the different classes that occur in both. Compare sample by sample.",
        lambda images, asked, judged: len(np.intersect1d(asked, judged)) / len(np.unique(asked)),
    ),
    ("you rounded it. Return it as it is.", lambda *case: np.round(agreement(*case), 1)),
    ("you rounded it. Return it as it is.", lambda *case: np.round(agreement(*case), 2)),
]

BYTES = [
    (
        "you subtract in uint8, where 3 - 5 is 254, and take squares modulo 256 as well. Convert the images to float "
        "before you subtract.",
        partial(diversity, dtype="uint8"),
    ),
    *DIVERSITY,
]
