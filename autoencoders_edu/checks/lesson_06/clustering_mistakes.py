"""Mistakes in choosing a clustering and in scoring it, for 06.4."""

import functools
import itertools

import numpy as np
from scipy.spatial.distance import cdist
from scipy.special import comb


def means(x, run):
    return np.stack([x[run == cluster].mean(axis=0) for cluster in np.unique(run)])


def _within(x, run):
    """The sum of squared distances from each point to the mean of its cluster."""
    return np.sum((x - means(x, run)[np.unique(run, return_inverse=True)[1]]) ** 2)


def _clusters(x, run):
    """For each cluster the differences of its points from their mean."""
    return [x[run == cluster] - x[run == cluster].mean(axis=0) for cluster in np.unique(run)]


def _silhouette(x, run):
    distances, (names, own) = cdist(x, x), np.unique(run, return_inverse=True)
    sizes, rows = np.bincount(own), np.arange(len(x))
    sums = np.stack([distances[:, run == name].sum(axis=1) for name in names], axis=1)
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    between = sums / sizes
    between[rows, own] = np.inf
    between = between.min(axis=1)
    return np.mean(np.where(sizes[own] > 1, (between - within) / np.maximum(between, within), 0))


def _davies_bouldin(x, run):
    centres = means(x, run)
    spread = np.array([np.linalg.norm(parts, axis=1).mean() for parts in _clusters(x, run)])
    apart = cdist(centres, centres) + np.diag([np.inf] * len(centres))
    return ((spread[:, None] + spread) / apart).max(axis=1).mean()


def _over(of_cluster):
    """The sum of a number for each cluster, made of the differences from its mean."""
    return lambda x, run: sum(of_cluster(parts) for parts in _clusters(x, run))


def _over_points(of_points):
    """The sum of a number for each cluster, made of its points."""
    return lambda x, run: sum(of_points(x[run == cluster]) for cluster in np.unique(run))


def _only(chosen):
    """The sum of squares over some of the clusters."""

    def spread(x, run):
        names = np.unique(run)
        return sum(
            np.sum(parts**2) for name, parts in zip(names, _clusters(x, run), strict=True) if chosen(name, names)
        )

    return spread


SLIPS = {  # what is made as small as possible in place of the sum of squared distances: a function of (x, run)
    "You added up the distances to the clusters' means, not their squares.": _over(
        lambda parts: np.linalg.norm(parts, axis=1).sum()
    ),
    "You averaged the squared distances within each cluster, so that a small cluster counts as much as a large one. "
    "Add them up over all points.": _over(lambda parts: np.sum(parts**2) / len(parts)),
    "You took one norm for a whole cluster: the root of its sum of squares. Square it before you add.": _over(
        np.linalg.norm
    ),
    "You took a norm along the points, for each dimension: a root of squares. Square it before you add.": _over(
        lambda parts: np.linalg.norm(parts, axis=0).sum()
    ),
    "You added up standard deviations. Add up squares, over all points.": _over(lambda parts: parts.std(axis=0).sum()),
    "You averaged the distances within each cluster. Add up their squares, over all points.": _over(
        lambda parts: np.linalg.norm(parts, axis=1).mean()
    ),
    "You took `var` or `np.var` without axis=0: it mixes the dimensions. Take each one's own.": (_over_points(np.var)),
    "You took the mean of a cluster without axis=0: one number for all dimensions.": _over_points(
        lambda points: np.sum((points - points.mean()) ** 2)
    ),
    "You added up absolute differences from the means. Square them.": _over(lambda parts: np.abs(parts).sum()),
    "You judged each run by its widest cluster alone. Add up over all clusters.": (
        lambda x, run: max(np.sum(parts**2) for parts in _clusters(x, run))
    ),
    "You judged each run by the point that is farthest from its mean. Add up over all points.": (
        lambda x, run: max(np.sum(parts**2, axis=1).max() for parts in _clusters(x, run))
    ),
    "You added up the squared distances between all pairs of a cluster. That counts large clusters too much: take the "
    "distances to the mean.": _over(lambda parts: len(parts) * np.sum(parts**2)),
    "You added up the distances between all pairs of a cluster. Take the squared distances to the mean.": _over_points(
        lambda points: cdist(points, points).sum()
    ),
    "You chose by the silhouette. k-means minimises the sum of squares.": lambda x, run: -_silhouette(x, run),
    "You chose by the Davies-Bouldin index. k-means minimises the sum of squares.": _davies_bouldin,
    "The cluster with the largest number is left out of your sum. Go through np.unique(run).": _only(
        lambda name, names: name < names[-1]
    ),
    "The cluster with the smallest number is left out of your sum. Go through np.unique(run).": _only(
        lambda name, names: name > names[0]
    ),
    "Clusters with numbers above 9 are left out of your sum. Go through np.unique(run).": _only(
        lambda name, names: name < 10
    ),
    "You took the distances to the median of each cluster. k-means takes the mean.": _over_points(
        lambda points: np.sum((points - np.median(points, axis=0)) ** 2)
    ),
    "You took for each point the mean that is nearest, whichever its cluster. Take the mean of its own.": (
        lambda x, run: np.sum(cdist(x, means(x, run)).min(axis=1) ** 2)
    ),
    "You standardised x first, which changes what is near. Take the distances as they are.": (
        lambda x, run: _within(x / x.std(axis=0), run)
    ),
    "You chose the run whose means are farthest apart. Look at how far the points are from them.": (
        lambda x, run: -np.sum(cdist(means(x, run), means(x, run)) ** 2)
    ),
}


def named_choice(answers, cases):
    """The message of the slip that chooses, in every case, the run whose score was received; None if none does."""
    for message, spread in SLIPS.items():
        chosen = (min(runs, key=functools.partial(spread, x)) for x, runs, _ in cases)
        given = zip(answers, chosen, cases, strict=True)
        if all(np.isclose(answer, adjusted_rand(run, case[2]), 0, 1e-6) for answer, run, case in given):
            return message
    return None


def _table(run, labels):
    """How many points each cluster has of each label."""
    return np.array([[np.sum((run == c) & (labels == l)) for l in np.unique(labels)] for c in np.unique(run)])


def adjusted_rand(run, labels):
    table = _table(run, labels)
    together = comb(table, 2).sum()  # pyright: ignore[reportAttributeAccessIssue]
    by_run, by_labels = comb(table.sum(axis=1), 2).sum(), comb(table.sum(axis=0), 2).sum()  # pyright: ignore[reportAttributeAccessIssue]
    by_chance = by_run * by_labels / comb(len(run), 2)
    return (together - by_chance) / ((by_run + by_labels) / 2 - by_chance)


def _rand(run, labels):
    table, pairs = _table(run, labels), comb(len(run), 2)
    together = comb(table, 2).sum()  # pyright: ignore[reportAttributeAccessIssue]
    apart = pairs - comb(table.sum(axis=1), 2).sum() - comb(table.sum(axis=0), 2).sum() + together  # pyright: ignore[reportAttributeAccessIssue]
    return (together + apart) / pairs


def _same_numbers(run, labels):
    return np.mean(run == labels)


def _purity(run, labels):
    return _table(run, labels).max(axis=1).sum() / len(run)


def _best_matching(run, labels):
    from scipy.optimize import linear_sum_assignment

    table = _table(run, labels)
    return table[linear_sum_assignment(-table)].sum() / len(run)


def _of_sklearn(name):
    def score(run, labels):
        from sklearn import metrics

        return getattr(metrics, name)(labels, run)

    return score


def right(x, runs, labels):
    return adjusted_rand(_tightest(x, runs, labels), labels)


def _tightest(x, runs, labels):
    return min(runs, key=lambda run: _within(x, run))


def _loosest(x, runs, labels):
    return max(runs, key=lambda run: _within(x, run))


def _best_by(score):
    return lambda x, runs, labels: max(runs, key=lambda run: score(run, labels))


CHOICES = {  # how the run is chosen, and what is to be said of it
    "": _tightest,
    "You chose the run by its score, which has seen the labels. Choose the one with the smallest sum of squared "
    "distances, as k-means does.": _best_by(adjusted_rand),
    "You chose the run whose cluster numbers agree most with the labels. Choose without labels: the one with the "
    "smallest sum of squared distances.": _best_by(_same_numbers),
    "You chose the run with the largest sum of squared distances. k-means makes it small.": _loosest,
    "Every time it is the first run that you scored, whatever x is. If you compute a sum for each run, look whether it "
    "differs from run to run.": lambda x, runs, labels: runs[0],
    "You took the last run, whatever x is.": lambda x, runs, labels: runs[-1],
}
SCORES = {
    "": adjusted_rand,
    "You compared cluster numbers with labels. The numbers are arbitrary: name the clusters in another order and the "
    "score is different.": _same_numbers,
    "You took the Rand index without its adjustment. Clusters drawn at random then score far above 0, since most pairs "
    "are apart in both.": _rand,
    "You gave each cluster its most frequent label and counted the hits (purity). That rewards many small clusters, "
    "and is well above 0 by chance.": _purity,
    "You matched clusters with labels as well as possible and counted the hits. That is no adjusted Rand index: "
    "chance is well above 0.": _best_matching,
    "You took the normalised mutual information. The adjusted Rand index is asked for.": (
        _of_sklearn("normalized_mutual_info_score")
    ),
    "You took the adjusted mutual information. The adjusted Rand index is asked for.": (
        _of_sklearn("adjusted_mutual_info_score")
    ),
    "You took the homogeneity. The adjusted Rand index is asked for.": _of_sklearn("homogeneity_score"),
    "You took the completeness. The adjusted Rand index is asked for.": _of_sklearn("completeness_score"),
    "You took the Fowlkes-Mallows index. The adjusted Rand index is asked for.": _of_sklearn("fowlkes_mallows_score"),
}
AVERAGES = {
    "You averaged the score over all runs. One run is reported: the one with the smallest sum of squared distances.": (
        np.mean
    ),
    "You took the median of the runs' scores. One run is reported: the one with the smallest sum of squared "
    "distances.": np.median,
    "You reported the lowest score of all runs: it was chosen with the labels, too. Choose by the sum of squared "
    "distances.": np.min,
}


def _rule(choose, score):
    return lambda x, runs, labels: score(choose(x, runs, labels), labels)


def _averaged(average):
    return lambda x, runs, labels: average([adjusted_rand(run, labels) for run in runs])


def _place(x, runs, labels):
    return int(np.argmin([_within(x, run) for run in runs]))


TWO_MISTAKES = (
    "Neither the choice of the run nor its score is right yet. Choose by x alone: the smallest sum of squared "
    "distances. Then score by the adjusted Rand index."
)


def _mistakes():
    """Single faults before pairs of them."""
    yield from ((message, _rule(choose, adjusted_rand)) for message, choose in CHOICES.items() if message)
    yield from ((message, _rule(_tightest, score)) for message, score in SCORES.items() if message)
    for choose, score in itertools.product(CHOICES.values(), SCORES.values()):
        if choose is not _tightest and score is not adjusted_rand:
            yield TWO_MISTAKES, _rule(choose, score)
    yield from (
        (TWO_MISTAKES, _rule(_best_by(score), score)) for score in SCORES.values() if score is not adjusted_rand
    )
    yield from ((message, _averaged(average)) for message, average in AVERAGES.items())
    yield "You cut the score off at 0. Worse than chance is a score as well.", lambda *case: max(0, right(*case))
    yield "You gave a percentage.", lambda *case: 100 * right(*case)
    yield "You returned the place of the run, not its score.", _place
    for digits in (1, 2, 3, 4):
        yield "You rounded the score. Return it as it is.", lambda *case, digits=digits: np.round(right(*case), digits)
    yield (
        "You returned the sum of squared distances, not the score.",
        lambda x, runs, labels: min(_within(x, run) for run in runs),
    )


MISTAKES = list(_mistakes())
SINGLE = [(message, rule) for message, rule in MISTAKES if message != TWO_MISTAKES]
