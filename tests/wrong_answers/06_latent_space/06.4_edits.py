"""Wrong answers to 06.4 score_clustering that are a right answer but for a line or two."""


class best_score:
    """The best of all runs, by the labels."""

    MESSAGE = "You chose the run by its score"
    EDIT = (
        "adjusted_rand_score(labels, min(runs, key=spread))",
        "max(adjusted_rand_score(labels, run) for run in runs)",
    )


class mean_score:
    """The average of all runs, which seems fair."""

    MESSAGE = "You averaged the score over all runs"
    EDIT = (
        "adjusted_rand_score(labels, min(runs, key=spread))",
        "np.mean([adjusted_rand_score(labels, run) for run in runs])",
    )


class broken:
    """score_broken, handed back unchanged."""

    MESSAGE = "Neither the choice of the run nor its score"
    EDIT = ("adjusted_rand_score(labels, min(runs, key=spread))", "max(np.mean(run == labels) for run in runs)")


class numbers_compared:
    """The run is chosen blind, but its numbers are compared with the labels."""

    MESSAGE = "You compared cluster numbers with labels"
    EDIT = ("adjusted_rand_score(labels, min(runs, key=spread))", "np.mean(min(runs, key=spread) == labels)")


class unadjusted:
    """The Rand index without its adjustment."""

    MESSAGE = "without its adjustment"
    EDIT = (
        ("import adjusted_rand_score", "import rand_score"),
        ("return adjusted_rand_score", "return rand_score"),
    )


class chosen_by_numbers:
    """The run is chosen as in score_broken, then scored properly."""

    MESSAGE = "cluster numbers agree most with the labels"
    EDIT = ("min(runs, key=spread)", "max(runs, key=lambda run: np.mean(run == labels))")


class mutual_information:
    """Another score that knows no names."""

    MESSAGE = "normalised mutual information"
    EDIT = (
        ("import adjusted_rand_score", "import normalized_mutual_info_score"),
        ("return adjusted_rand_score", "return normalized_mutual_info_score"),
    )


class purity:
    """Each cluster votes for its label."""

    MESSAGE = "most frequent label"
    EDIT = (
        "return adjusted_rand_score(labels, min(runs, key=spread))",
        "run = min(runs, key=spread)\n"
        "    return sum(np.unique(labels[run == c], return_counts=True)[1].max() for c in np.unique(run)) / len(run)",
    )


class matched:
    """Clusters are matched with labels as well as possible."""

    MESSAGE = "You matched clusters with labels"
    EDIT = (
        "return adjusted_rand_score(labels, min(runs, key=spread))",
        "from scipy.optimize import linear_sum_assignment\n\n    run = min(runs, key=spread)\n"
        "    table = np.array([[sum((run == c) & (labels == l)) for l in set(labels)] for c in set(run)])\n"
        "    return table[linear_sum_assignment(-table)].sum() / len(run)",
    )


class first_run:
    """The first run is taken."""

    MESSAGE = "it is the first run that you scored"
    EDIT = ("min(runs, key=spread)", "runs[0]")


class loosest:
    """max in place of min: the spread is taken for a score."""

    MESSAGE = "the largest sum of squared distances"
    EDIT = ("min(runs", "max(runs")


class spread_returned:
    """The smallest spread is returned."""

    MESSAGE = "the sum of squared distances, not the score"
    EDIT = ("adjusted_rand_score(labels, min(runs, key=spread))", "min(spread(run) for run in runs)")


class all_scores:
    """A score for each run."""

    MESSAGE = "a score for each of the"
    EDIT = (
        "adjusted_rand_score(labels, min(runs, key=spread))",
        "np.array([adjusted_rand_score(labels, run) for run in runs])",
    )


class second_tightest:
    """The list is sorted, and the wrong end of an off-by-one taken."""

    MESSAGE = "not the tightest one"
    EDIT = ("min(runs, key=spread)", "sorted(runs, key=spread)[1]")


class per_cent:
    """In per cent."""

    MESSAGE = "a percentage"
    EDIT = ("return adjusted_rand_score", "return 100 * adjusted_rand_score")


class not_squared:
    """Distances are added up, not their squares."""

    MESSAGE = "not their squares"
    EDIT = (
        "np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2)",
        "np.sum(np.linalg.norm(x[run == cluster] - x[run == cluster].mean(axis=0), axis=1))",
    )


class variances:
    """The clusters' variances are added up."""

    MESSAGE = "a small cluster counts as much as a large one"
    EDIT = (
        "np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2)",
        "np.sum(x[run == cluster].var(axis=0))",
    )


class norm_of_cluster:
    """One norm for a whole cluster."""

    MESSAGE = "one norm for a whole cluster"
    EDIT = (
        "np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2)",
        "np.linalg.norm(x[run == cluster] - x[run == cluster].mean(axis=0))",
    )


class mean_without_axis:
    """The mean of all numbers of a cluster."""

    MESSAGE = "mean of a cluster without axis=0"
    EDIT = (".mean(axis=0)", ".mean()")


class variance_without_axis:
    """np.var mixes the dimensions."""

    MESSAGE = "it mixes the dimensions"
    EDIT = ("np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2)", "np.var(x[run == cluster])")


class widest:
    """The widest cluster decides."""

    MESSAGE = "widest cluster alone"
    EDIT = ("sum(np.sum(", "max(np.sum(")


class silhouette:
    """The silhouette chooses."""

    MESSAGE = "by the silhouette"
    EDIT = (
        (
            "    from sklearn.metrics import adjusted_rand_score",
            "    from sklearn.metrics import adjusted_rand_score, silhouette_score",
        ),
        (
            "return sum(np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2) "
            "for cluster in np.unique(run))",
            "return -silhouette_score(x, run)",
        ),
    )


class davies_bouldin:
    """The Davies-Bouldin index chooses."""

    MESSAGE = "Davies-Bouldin"
    EDIT = (
        (
            "    from sklearn.metrics import adjusted_rand_score",
            "    from sklearn.metrics import adjusted_rand_score, davies_bouldin_score",
        ),
        (
            "return sum(np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2) "
            "for cluster in np.unique(run))",
            "return davies_bouldin_score(x, run)",
        ),
    )


class last_cluster_left_out:
    """range stops before the last cluster."""

    MESSAGE = "with the largest number is left out"
    EDIT = ("np.unique(run)", "np.unique(run)[:-1]")


class deviations:
    """Standard deviations are added up."""

    MESSAGE = "added up standard deviations"
    EDIT = ("np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2)", "x[run == cluster].std(axis=0).sum()")


class nearest_of_the_means:
    """Each point goes to the nearest mean, as in a step of k-means."""

    MESSAGE = "You took for each point the mean that is nearest"
    EDIT = (
        "        return sum("
        "np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2) for cluster in np.unique(run))",
        "        means = np.stack([x[run == cluster].mean(axis=0) for cluster in np.unique(run)])\n"
        "        return np.sum(np.min(np.sum((x[:, None] - means) ** 2, axis=2), axis=1))",
    )


class standardised:
    """Scaled before the choice."""

    MESSAGE = "You standardised x first"
    EDIT = ("    def spread(run):", "    x = x / x.std(axis=0)\n\n    def spread(run):")


class not_below_zero:
    """Cut off at 0."""

    MESSAGE = "You cut the score off at 0"
    EDIT = (
        "return adjusted_rand_score(labels, min(runs, key=spread))",
        "return max(0, adjusted_rand_score(labels, min(runs, key=spread)))",
    )
