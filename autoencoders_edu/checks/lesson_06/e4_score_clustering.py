"""06.4 score_clustering: a clustering that is chosen without labels, and scored with them."""

import numpy as np

from autoencoders_edu.checks.lesson_06.clustering_mistakes import (
    MISTAKES,
    SINGLE,
    adjusted_rand,
    means,
    named_choice,
    right,
)
from autoencoders_edu.checks.lesson_06.decoys import draw_decoys
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
    cases = [draw_case(probe.rng, *how) for how in ((3, 4, 3), (5, 7, 3), (6, 4, 4))]
    cases += [*draw_decoys(probe.rng), _draw_far_from_labels(probe.rng)]
    answers = [_one_number(probe.call("score_clustering", *case), case) for case in cases]
    expected = [right(*case) for case in cases]
    another = [] if np.allclose(answers, expected, 0, 1e-6) else _another_run(answers, cases)
    expect_rule(
        answers,
        expected,
        cases=cases,
        mistakes=[*SINGLE, *another] if another else MISTAKES,
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
    message = named_choice(answers, cases) or (
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


def _draw_far_from_labels(rng):
    """(x, runs, labels): the tightest run scores below 0, and the means of another are nearer to the points.

    That other run has two points in clusters far away, which costs it more than it gains by its means.
    """
    cloud, place = np.repeat(np.arange(3), 20), np.tile(np.arange(20), 3)
    x = np.array([0.0, 6, 20])[cloud, None] * [1, 0] + 0.5 * rng.normal(size=(60, 2))
    tight = np.where(cloud < 2, 0, 1 + place % 2)
    exchanged = cloud.copy()
    exchanged[[0, 40]] = 2, 0
    labels, order = (place // 2 + cloud) % 3, rng.permutation(60)
    runs = [_with_errors(rng, tight, 0.2, 3), tight, exchanged]
    return x[order], np.stack([rng.permutation(20)[:3][run[order]] for run in runs]), labels[order]


def _nearest_mean(x, truth):
    centres = means(x, truth)
    nearest = np.sum((x[:, None] - centres[None]) ** 2, axis=2).argmin(axis=1)
    return nearest if len(np.unique(nearest)) == len(centres) else truth


def _with_errors(rng, run, share, clusters):
    """A run in which this share of the points is in another cluster, chosen at random; none gets empty."""
    changed = run.copy()
    at = rng.permutation(len(run))[: int(share * len(run))]
    changed[at] = (changed[at] + rng.integers(1, max(2, clusters), size=len(at))) % clusters
    changed[[np.flatnonzero(run == cluster)[0] for cluster in range(clusters)]] = np.arange(clusters)
    return changed
