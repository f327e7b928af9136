"""06.4 score_clustering: a clustering that is chosen without labels, and scored with them."""

import numpy as np

from autoencoders_edu.exercises.expect import brief, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "06.4",
    "score_clustering",
    points=2,
    minutes=12,
    why="Whoever looks at the labels to choose the clustering reports how lucky the best of many runs was.",
    hints=(
        "score_broken(x, runs, labels) never uses x. What does k-means minimise, and does it need labels for that?",
        "Number the clusters of a run in another order. The clustering is the same: does score_broken say so? "
        "sklearn.metrics has scores that do.",
    ),
    on_success="Chosen blind, scored once, by a measure that knows no names: now the number means something.",
)
def check_score_clustering(probe):
    cases = [draw_case(probe.rng, *how) for how in ((5, 7, 3), (2, 5, 2), (6, 4, 4))]
    cases += [draw_case_with_outliers(probe.rng), *(draw_close_case(probe.rng, clusters) for clusters in (3, 4))]
    answers = [_one_number(probe.call("score_clustering", *case), case) for case in cases]
    expect_rule(
        answers,
        [right(*case) for case in cases],
        cases=cases,
        mistakes=[*MISTAKES, *_another_run(answers, cases)],
        otherwise="Of the runs, take the one with the smallest sum of squared distances from the points to the mean of "
        "their cluster, and return its adjusted Rand index with the labels.",
        example=lambda case, answer, expected: (
            f"For x of shape {case[0].shape} and {len(case[1])} runs received {answer:.4f}, expected {expected:.4f}."
        ),
        atol=1e-6,
    )


def _another_run(answers, cases):
    """The rule that scores rightly, but another run, under its message, if the answers follow it."""
    scored = [[adjusted_rand(run, labels) for run in runs] for _, runs, labels in cases]
    if not all(np.isclose(of_runs, answer).any() for of_runs, answer in zip(scored, answers, strict=True)):
        return []
    message = (
        "You scored a run rightly, but not the tightest one. Compute for each run the squared distances of the points "
        "to the mean of *their* cluster, and add them up; the smallest sum wins."
    )
    by_case = {id(case[0]): answer for case, answer in zip(cases, answers, strict=True)}
    return [(message, lambda x, runs, labels: by_case[id(x)])]


def _one_number(value, case):
    runs = len(case[1])
    expect(np.shape(value) != (runs,), f"You returned a score for each of the {runs} runs: return that of one run.")
    expect(
        not isinstance(value, tuple) or len(value) != 2,
        f"You returned two things. Return the score alone. Received: {brief(value)}.",
    )
    return expect_number(value, "score_clustering(x, runs, labels)")


def draw_case(rng, clusters, count, classes):
    """(x, runs, labels): runs of different quality, in random order, whose clusters have arbitrary numbers.

    The run that fits x best is not the one that fits the labels best, nor the first or the last. One run is numbered as
    the labels are. Where there are fewer classes than clusters, several clusters share a class.
    """
    n, dims = int(rng.integers(60, 90)), int(rng.integers(2, 5))
    centres = rng.normal(0, 3, (clusters, dims))
    truth = rng.integers(clusters, size=n)
    truth[:clusters] = np.arange(clusters)
    x = (centres[truth] + rng.normal(size=(n, dims))) * rng.uniform(0.5, 2, dims) + rng.uniform(10, 20, dims)
    tight = _nearest_mean(x, truth)
    runs = [_with_errors(rng, tight, share, clusters) for share in np.linspace(0.06, 0.3, count - 1)]
    runs = [runs[i] for i in rng.permutation(count - 1)]
    like = int(rng.integers(count - 1))  # labels resemble this run most
    labels = _with_errors(rng, runs[like], 0.05, clusters) % classes
    at = int(rng.integers(1, count - 1))
    runs.insert(at, tight)
    numbered = int(rng.choice([i for i in range(count) if i != at]))
    named = [run if i == numbered else rng.permutation(20)[:clusters][run] for i, run in enumerate(runs)]
    return x, np.stack(named), labels


def draw_close_case(rng, clusters):
    """(x, runs, labels): clusters of unequal sizes and widths, and runs that differ in a few points."""
    sizes = rng.permutation([8, 20, 45, 12][:clusters])
    truth = np.repeat(np.arange(clusters), sizes)
    widths = rng.uniform(0.5, 2, clusters)[truth, None]
    x = rng.normal(0, 2, (clusters, 3))[truth] + rng.normal(size=(len(truth), 3)) * widths
    order = np.sum((x[:, None] - _means(x, truth)[None]) ** 2, axis=2).argsort(axis=1)
    runs = []
    for _ in range(6):
        run = truth.copy()
        at = rng.permutation(len(x))[: int(rng.integers(1, 4))]
        run[at] = order[at, 1]
        runs.append(rng.permutation(20)[:clusters][run])
    return x, np.stack(runs), _with_errors(rng, truth, 0.2, clusters)


def draw_case_with_outliers(rng):
    """(x, runs, labels): two groups, and three points far away, for which other sums prefer other runs.

    The smallest sum of squares has the run that sets the three apart. The smallest sum of distances has the run that
    parts the two groups; the smallest sum of the clusters' variances, the one that sets the farthest point apart.
    """
    sizes = [int(size) for size in rng.integers(26, 34, 2)]
    labels = np.repeat([0, 1, 2], [*sizes, 3])
    along = np.repeat([0.0, 4.0, 20.0, 25.0, 30.0], [*sizes, 1, 1, 1])
    x = rng.uniform(0.5, 2) * (
        np.outer(along, rng.choice([-1, 1], 2) * [0.6, 0.8]) + rng.normal(0, 0.2, (len(along), 2))
    )
    far = np.arange(len(along)) == len(along) - 1
    runs = np.stack([labels > 0, labels > 1, far]).astype(int)
    order = rng.permutation(len(x))
    return x[order], runs[:, order], labels[order]


def _nearest_mean(x, truth):
    means = _means(x, truth)
    nearest = np.sum((x[:, None] - means[None]) ** 2, axis=2).argmin(axis=1)
    return nearest if len(np.unique(nearest)) == len(means) else truth


def _with_errors(rng, run, share, clusters):
    """A run in which this share of the points is in another cluster, chosen at random; none gets empty."""
    changed = run.copy()
    at = rng.permutation(len(run))[: int(share * len(run))]
    changed[at] = (changed[at] + rng.integers(1, max(2, clusters), size=len(at))) % clusters
    changed[[np.flatnonzero(run == cluster)[0] for cluster in range(clusters)]] = np.arange(clusters)
    return changed


def _means(x, run):
    return np.stack([x[run == cluster].mean(axis=0) for cluster in np.unique(run)])


def _within(x, run):
    """The sum of squared distances from each point to the mean of its cluster."""
    return np.sum((x - _means(x, run)[np.unique(run, return_inverse=True)[1]]) ** 2)


def _sum_of_distances(x, run):
    return np.sum(np.linalg.norm(x - _means(x, run)[np.unique(run, return_inverse=True)[1]], axis=1))


def _sum_of_variances(x, run):
    return sum(x[run == cluster].var(axis=0).sum() for cluster in np.unique(run))


def _table(run, labels):
    """How many points each cluster has of each label."""
    places = [np.unique(each, return_inverse=True)[1] for each in (run, labels)]
    table = np.zeros([each.max() + 1 for each in places], int)
    np.add.at(table, tuple(places), 1)
    return table


def _pairs(n):
    """How many pairs n things make."""
    return np.asarray(n) * (np.asarray(n) - 1) / 2


def adjusted_rand(run, labels):
    table = _table(run, labels)
    together = _pairs(table).sum()
    by_run, by_labels = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    by_chance = by_run * by_labels / _pairs(len(run))
    return (together - by_chance) / ((by_run + by_labels) / 2 - by_chance)


def _rand(run, labels):
    table, pairs = _table(run, labels), _pairs(len(run))
    together = _pairs(table).sum()
    apart = pairs - _pairs(table.sum(axis=1)).sum() - _pairs(table.sum(axis=0)).sum() + together
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
    "You added up the distances to the clusters' means, not their squares.": lambda x, runs, labels: min(
        runs, key=lambda run: _sum_of_distances(x, run)
    ),
    "You averaged the squared distances within each cluster, so that a small cluster counts as much as a large one. "
    "Add them up over all points.": lambda x, runs, labels: min(runs, key=lambda run: _sum_of_variances(x, run)),
    "You took the first run, whatever x is.": lambda x, runs, labels: runs[0],
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


TWO_MISTAKES = (
    "Neither the choice of the run nor its score is right yet. Choose by x alone: the smallest sum of squared "
    "distances. Then score by the adjusted Rand index."
)


def _mistakes():
    """Single faults before pairs of them."""
    yield from ((message, _rule(choose, adjusted_rand)) for message, choose in CHOICES.items() if message)
    yield from ((message, _rule(_tightest, score)) for message, score in SCORES.items() if message)
    for score in (_same_numbers, _rand, _purity):
        for choose in (_best_by(score), _best_by(adjusted_rand), _best_by(_same_numbers)):
            yield TWO_MISTAKES, _rule(choose, score)
    yield from ((message, _averaged(average)) for message, average in AVERAGES.items())
    yield "You gave a percentage.", lambda *case: 100 * right(*case)
    yield (
        "You returned the sum of squared distances, not the score.",
        lambda x, runs, labels: min(_within(x, run) for run in runs),
    )


MISTAKES = list(_mistakes())
