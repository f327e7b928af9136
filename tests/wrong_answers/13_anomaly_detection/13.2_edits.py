"""Wrong answers to 13.2 fit_watch that are a right answer but for a line or two."""


class own_statistics:
    """Rows are standardised with their own statistics."""

    MESSAGE = "Rows that are to be judged are standardised with their own"
    EDIT = (
        (
            "    def score(rows):\n        z = (rows - mean) / stddev",
            (
                "    def score(rows):\n        z = (rows - rows.mean(axis=0)) / np.where(rows.std(axis=0) == 0, "
                "1, rows.std(axis=0))"
            ),
        ),
    )


class own_statistics_and_nan:
    """The same, without care for 0."""

    MESSAGE = "Where that stddev is 0, as for a single row"
    EDIT = (
        "    def score(rows):\n        z = (rows - mean) / stddev",
        "    def score(rows):\n        z = (rows - rows.mean(axis=0)) / rows.std(axis=0)",
    )


class unscaled_plane:
    """PCA of rows that were only centred."""

    MESSAGE = "PCA was fitted to rows that were not scaled"
    EDIT = ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train - mean")


class raw_plane:
    """PCA of rows as they are."""

    MESSAGE = "PCA was fitted to rows that were not scaled"
    EDIT = ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train")


class training_threshold:
    """The threshold of training rows."""

    MESSAGE = "The threshold comes from the scores of training rows. If"
    EDIT = ("np.quantile(score(x_held_out), quantile)", "np.quantile(score(x_train), quantile)")


class nan_for_constant:
    """A stddev of 0 stays 0, and the SVD raises."""

    MESSAGE = "has a stddev of 0, and 0 / 0 is nan. Divide such a metric by 1"
    EDIT = ("    stddev = np.where(stddev == 0, 1, stddev)\n", "")


class nan_in_scores:
    """A stddev of 0 stays 0 in the scores alone."""

    MESSAGE = "has a stddev of 0, and 0 / 0 is nan. Divide such a metric by 1"
    EDIT = (
        (
            "np.linalg.svd((x_train - mean) / stddev",
            "np.linalg.svd((x_train - mean) / np.where(stddev == 0, 1, stddev)",
        ),
        ("    stddev = np.where(stddev == 0, 1, stddev)\n", ""),
    )


class unscaled_and_training:
    """Two faults are left."""

    MESSAGE = (
        "Two things. PCA was fitted to rows that were not scaled: the metric with the largest numbers "
        "decides, by its unit. Fit it to standardised training rows. The threshold comes from the "
        "scores of training rows. If "
        "there are few of them, PCA reconstructs them better than rows to come. Take it from x_held_out."
    )
    EDIT = (
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train - mean"),
        ("np.quantile(score(x_held_out), quantile)", "np.quantile(score(x_train), quantile)"),
    )


class own_and_unscaled:
    """Two faults are left."""

    MESSAGE = (
        "Two things. Rows that are to be judged are standardised with their own mean and stddev. A "
        "server that is sick all day then looks like a healthy one, and a single row is all zeros or "
        "nan. Mean and stddev are those of x_train. PCA was fitted to rows that were not scaled: the "
        "metric with the largest numbers decides, by its unit. Fit it to standardised training rows."
    )
    EDIT = (
        (
            "    def score(rows):\n        z = (rows - mean) / stddev",
            (
                "    def score(rows):\n        z = (rows - rows.mean(axis=0)) / np.where(rows.std(axis=0) == 0, "
                "1, rows.std(axis=0))"
            ),
        ),
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train - mean"),
    )


class own_and_training:
    """Two faults are left."""

    MESSAGE = (
        "Two things. Rows that are to be judged are standardised with their own mean and stddev. A "
        "server that is sick all day then looks like a healthy one, and a single row is all zeros or "
        "nan. Mean and stddev are those of x_train. The threshold comes from the scores of training "
        "rows. If "
        "there are few of them, PCA reconstructs them better than rows to come. Take it from x_held_out."
    )
    EDIT = (
        (
            "    def score(rows):\n        z = (rows - mean) / stddev",
            (
                "    def score(rows):\n        z = (rows - rows.mean(axis=0)) / np.where(rows.std(axis=0) == 0, "
                "1, rows.std(axis=0))"
            ),
        ),
        ("np.quantile(score(x_held_out), quantile)", "np.quantile(score(x_train), quantile)"),
    )


class nan_and_training:
    """Two faults are left."""

    MESSAGE = (
        "Two things. A metric that never moves in training has a stddev of 0, and 0 / 0 is nan. Divide "
        "such a metric by 1. The threshold comes from the scores of training rows. If "
        "there are few of them, PCA reconstructs them better than rows to come. Take it from x_held_out."
    )
    EDIT = (
        ("    stddev = np.where(stddev == 0, 1, stddev)\n", ""),
        ("np.quantile(score(x_held_out), quantile)", "np.quantile(score(x_train), quantile)"),
    )


class nan_and_unscaled:
    """Two faults are left."""

    MESSAGE = (
        "Two things. A metric that never moves in training has a stddev of 0, and 0 / 0 is nan. Divide "
        "such a metric by 1. PCA was fitted to rows that were not scaled: the metric with the largest "
        "numbers decides, by its unit. Fit it to standardised training rows."
    )
    EDIT = (
        ("    stddev = np.where(stddev == 0, 1, stddev)\n", ""),
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train - mean"),
    )


class own_unscaled_training:
    """Three faults are left."""

    MESSAGE = (
        "Three things. Rows that are to be judged are standardised with their own mean and stddev. A "
        "server that is sick all day then looks like a healthy one, and a single row is all zeros or "
        "nan. Mean and stddev are those of x_train. PCA was fitted to rows that were not scaled: the "
        "metric with the largest numbers decides, by its unit. Fit it to standardised training rows. "
        "The threshold comes from the scores of training rows. If "
        "there are few of them, PCA reconstructs them better than rows to come. Take it from x_held_out."
    )
    EDIT = (
        (
            "    def score(rows):\n        z = (rows - mean) / stddev",
            (
                "    def score(rows):\n        z = (rows - rows.mean(axis=0)) / np.where(rows.std(axis=0) == 0, "
                "1, rows.std(axis=0))"
            ),
        ),
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train - mean"),
        ("np.quantile(score(x_held_out), quantile)", "np.quantile(score(x_train), quantile)"),
    )


class all_rows:
    """Mean and stddev of training and held-out rows."""

    MESSAGE = "those of training and held-out rows together"
    EDIT = (
        "mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)",
        ("both = np.concatenate([x_train, x_held_out])\n    mean, stddev = both.mean(axis=0), both.std(axis=0)"),
    )


class held_out_rows:
    """Mean and stddev of held-out rows."""

    MESSAGE = "are those of the held-out rows"
    EDIT = (
        "mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)",
        "mean, stddev = x_held_out.mean(axis=0), x_held_out.std(axis=0)",
    )


class one_stddev:
    """One mean and stddev for all metrics."""

    MESSAGE = "one mean and one stddev for all metrics"
    EDIT = ("x_train.mean(axis=0), x_train.std(axis=0)", "x_train.mean(), x_train.std()")


class ddof:
    """pandas's stddev."""

    MESSAGE = "ddof=1"
    EDIT = ("x_train.std(axis=0)", "x_train.std(axis=0, ddof=1)")


class tiny_added:
    """A tiny number in the denominator."""

    MESSAGE = "You add a tiny number to the stddev"
    EDIT = ("stddev = np.where(stddev == 0, 1, stddev)", "stddev = stddev + 1e-8")


class clipped:
    """A least stddev."""

    MESSAGE = "You add a tiny number to the stddev"
    EDIT = ("stddev = np.where(stddev == 0, 1, stddev)", "stddev = np.maximum(stddev, 1e-6)")


class infinite:
    """Constant metrics are divided by infinity."""

    MESSAGE = "has no part in the score"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.where(stddev == 0, np.inf, stddev)")


class dropped:
    """Constant metrics are dropped."""

    MESSAGE = "You left out metrics that never moved"
    EDIT = (
        (
            "stddev = np.where(stddev == 0, 1, stddev)",
            ("moves = stddev > 0\n    mean, stddev = mean[moves], stddev[moves]\n    x_train = x_train[:, moves]"),
        ),
        ("        z = (rows - mean)", "        z = (rows[:, moves] - mean)"),
    )


class sum:
    """A sum over the metrics."""

    MESSAGE = "A score is the sum over the metrics"
    EDIT = ("np.mean((z", "np.sum((z")


class root:
    """A root."""

    MESSAGE = "the root of the mean squared error"
    EDIT = ("return np.mean((z - z @ P @ P.T) ** 2, axis=1)", "return np.sqrt(np.mean((z - z @ P @ P.T) ** 2, axis=1))")


class absolute:
    """Absolute errors."""

    MESSAGE = "You took absolute errors"
    EDIT = ("np.mean((z - z @ P @ P.T) ** 2, axis=1)", "np.mean(np.abs(z - z @ P @ P.T), axis=1)")


class plane_as_score:
    """What the plane keeps."""

    MESSAGE = "the size of what the plane reconstructs"
    EDIT = ("(z - z @ P @ P.T)", "(z @ P @ P.T)")


class no_plane:
    """The distance from the mean."""

    MESSAGE = "without any PCA"
    EDIT = ("(z - z @ P @ P.T)", "z")


class over_rows:
    """A mean over the rows."""

    MESSAGE = "You averaged over the rows"
    EDIT = ("** 2, axis=1)", "** 2, axis=0)")


class one_score:
    """One score for all."""

    MESSAGE = "one score for all rows together"
    EDIT = ("** 2, axis=1)", "** 2)")


class weakest:
    """The smallest eigenvalues."""

    MESSAGE = "directions of the smallest variance"
    EDIT = ("[2][:components]", "[2][-components:]")


class columns:
    """Columns of the last matrix."""

    MESSAGE = "P has the first `components` principal directions of the"
    EDIT = ("[2][:components].T", "[2][:, :components]")


class one_more:
    """One component more."""

    MESSAGE = "one component more"
    EDIT = ("[:components]", "[: components + 1]")


class eight:
    """The notebook's number of components."""

    MESSAGE = "You took 8 components, a number in your code"
    EDIT = ("[:components]", "[:8]")


class percentile:
    """A percentile."""

    MESSAGE = "np.percentile, which counts to 100"
    EDIT = ("np.quantile(score", "np.percentile(score")


class fixed_quantile:
    """A quantile in the code."""

    MESSAGE = "the 0.99 quantile, a number in your code"
    EDIT = ("(x_held_out), quantile)", "(x_held_out), 0.99)")


class other_tail:
    """The other tail."""

    MESSAGE = "1 - quantile quantile"
    EDIT = ("(x_held_out), quantile)", "(x_held_out), 1 - quantile)")


class largest:
    """The largest score."""

    MESSAGE = "the largest score of the held-out rows"
    EDIT = ("np.quantile(score(x_held_out), quantile)", "score(x_held_out).max()")


class both_thresholds:
    """Scores of all healthy rows."""

    MESSAGE = "training and held-out rows together. Take it from those of x_held_out"
    EDIT = ("score(x_held_out)", "score(np.concatenate([x_train, x_held_out]))")


class flags:
    """Flags in place of scores."""

    MESSAGE = "whether a row is above the threshold"
    EDIT = (
        "    return score, np.quantile(score(x_held_out), quantile)",
        (
            "    threshold = np.quantile(score(x_held_out), quantile)\n    return lambda rows: score(rows) > "
            "threshold, threshold"
        ),
    )


class lost_axis:
    """A single row loses its axis."""

    MESSAGE = "For a single row, score has lost its axis"
    EDIT = (
        "return np.mean((z - z @ P @ P.T) ** 2, axis=1)",
        "return np.squeeze(np.mean((z - z @ P @ P.T) ** 2, axis=1))",
    )


class swapped:
    """The two change places."""

    MESSAGE = "The first of yours is"
    EDIT = (
        "return score, np.quantile(score(x_held_out), quantile)",
        "return np.quantile(score(x_held_out), quantile), score",
    )


class scores:
    """Scores in place of a function."""

    MESSAGE = "The first of yours is a ndarray"
    EDIT = ("return score, np.quantile", "return score(x_held_out), np.quantile")


class only_score:
    """The threshold is missing."""

    MESSAGE = "Received: a function"
    EDIT = ("    return score, np.quantile(score(x_held_out), quantile)", "    return score")


class a_dict:
    """A dict."""

    MESSAGE = "Received: a dict"
    EDIT = (
        "return score, np.quantile(score(x_held_out), quantile)",
        "return {'score': score, 'threshold': np.quantile(score(x_held_out), quantile)}",
    )


class held_out_scale_later:
    """A scaler is fitted again."""

    MESSAGE = "as if a scaler had been fitted again"
    EDIT = (
        "        z = (rows - mean) / stddev\n",
        "        z = (rows - x_held_out.mean(axis=0)) / x_held_out.std(axis=0)\n",
    )


class raw_units:
    """The error in the metrics' units."""

    MESSAGE = "The error is in the metrics' own units"
    EDIT = ("np.mean((z - z @ P @ P.T) ** 2, axis=1)", "np.mean((rows - (z @ P @ P.T * stddev + mean)) ** 2, axis=1)")


class all_for_all:
    """All healthy rows for everything."""

    MESSAGE = (
        "Three things. Mean and stddev are those of training and held-out rows together. The held-out "
        "rows stand for a week that is yet to come: take them from x_train alone. PCA was fitted to "
        "training and held-out rows together. Held-out rows are for the threshold alone. The threshold "
        "comes from the scores of training and held-out rows together. Take it from those of x_held_out."
    )
    EDIT = (
        "    mean, stddev = x_train",
        ("    x_train = x_held_out = np.concatenate([x_train, x_held_out])\n    mean, stddev = x_train"),
    )


class one_row:
    """A row at a time."""

    MESSAGE = "score takes a single row"
    EDIT = (
        (
            "        return np.mean((z - z @ P @ P.T) ** 2, axis=1)\n\n    return score, "
            "np.quantile(score(x_held_out), quantile)"
        ),
        (
            "        return np.mean((z - P @ (P.T @ z)) ** 2)\n\n    return score, np.quantile([score(row) "
            "for row in x_held_out], quantile)"
        ),
    )


class fails_for_one:
    """sklearn's PCA of one row."""

    MESSAGE = "and raises an error for a single one"
    EDIT = (
        "        z = (rows - mean) / stddev\n",
        "        z = (rows - mean) / stddev\n        P = PCA(components).fit(z).components_.T\n",
    )


class threshold_later:
    """A function for the threshold."""

    MESSAGE = "The second of yours is a function"
    EDIT = ("return score, np.quantile", "return score, lambda: np.quantile")


class fitted_anew:
    """PCA of the rows to be judged."""

    MESSAGE = "Your score fits PCA anew"
    EDIT = (
        "        return np.mean((z - z",
        ("        P = np.linalg.svd(z, full_matrices=False)[2][:components].T\n        return np.mean((z - z"),
    )


class held_out_scaled_apart:
    """The held-out rows have statistics of their own."""

    MESSAGE = "For the threshold, the held-out rows are standardised"
    EDIT = (
        "np.quantile(score(x_held_out), quantile)",
        (
            "np.quantile(score((x_held_out - x_held_out.mean(axis=0)) / x_held_out.std(axis=0) * stddev + "
            "mean), quantile)"
        ),
    )


class held_out_too:
    """PCA of all rows."""

    MESSAGE = "PCA was fitted to training and held-out rows together"
    EDIT = ("np.linalg.svd((x_train - mean)", "np.linalg.svd((np.concatenate([x_train, x_held_out]) - mean)")


class centred_only:
    """Centred only."""

    MESSAGE = "Rows are centred, but not divided"
    EDIT = ("stddev = np.where(stddev == 0, 1, stddev)", "stddev = np.ones(len(mean))")


class nan_to_num:
    """nan and infinity become numbers."""

    MESSAGE = "You turned nan into 0"
    EDIT = (
        ("    stddev = np.where(stddev == 0, 1, stddev)\n", ""),
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(np.nan_to_num((x_train - mean) / stddev)"),
        ("z = (rows - mean) / stddev", "z = np.nan_to_num((rows - mean) / stddev)"),
    )


class fitted_to_held_out:
    """PCA of the held-out rows."""

    MESSAGE = "PCA was fitted to the held-out rows"
    EDIT = ("np.linalg.svd((x_train - mean)", "np.linalg.svd((x_held_out - mean)")


class global_plane:
    """The plane is a global."""

    MESSAGE = "Keep what it needs inside fit_watch"
    EDIT = (("    P = np", "    global P\n    P = np"),)


class library_scale:
    """The library's scale, in NumPy, since importing ae.anomaly takes longer than all the rest."""

    MESSAGE = "as ae.anomaly.Scale does"
    EDIT = (
        (
            (
                "    mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)\n    stddev = np.where(stddev == "
                "0, 1, stddev)\n"
            ),
            "    mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)\n\n"
            "    def scale(rows):\n"
            "        z = np.where(stddev > 0, (rows - mean) / stddev, 10 * np.sign(rows - mean))\n"
            "        return np.clip(z, -10, 10)\n",
        ),
        ("(x_train - mean) / stddev", "scale(x_train)"),
        ("        z = (rows - mean) / stddev", "        z = scale(rows)"),
    )


class in_place:
    """Rows are changed."""

    MESSAGE = "in place"
    EDIT = (("        z = (rows - mean) / stddev\n", "        rows[:] = (rows - mean) / stddev\n        z = rows\n"),)


class own_mean:
    """Centred at the rows' own mean."""

    MESSAGE = "centred at their own mean"
    EDIT = ("        z = (rows - mean) / stddev\n", "        z = (rows - rows.mean(axis=0)) / stddev\n")


class own_stddev:
    """Divided by the rows' own stddev."""

    MESSAGE = "divided by their own stddev"
    EDIT = (
        "        z = (rows - mean) / stddev\n",
        "        z = (rows - mean) / np.where(rows.std(axis=0) == 0, 1, rows.std(axis=0))\n",
    )


class not_centred:
    """Directions of rows that are not centred."""

    MESSAGE = "divided by the stddev, but not centred. Fit"
    EDIT = ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(x_train / stddev")


class reshaped:
    """reshape for a transpose."""

    MESSAGE = "P has the first `components` principal directions of the"
    EDIT = ("[2][:components].T", "[2][:components].reshape(-1, components)")


class at_least_one:
    """At least 1."""

    MESSAGE = "You keep every stddev from being smaller than 1"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.maximum(stddev, 1)")


class small_for_constant:
    """A small stddev counts as 0."""

    MESSAGE = "You take a metric with a small stddev"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.where(stddev < 1e-3, 1, stddev)")


class clipped_at_ten:
    """Clipped."""

    MESSAGE = "You clip standardised rows"
    EDIT = ("        z = (rows - mean) / stddev\n", "        z = np.clip((rows - mean) / stddev, -10, 10)\n")


class median_error:
    """A median over the metrics."""

    MESSAGE = "You took the median over the metrics"
    EDIT = ("np.mean((z - z @ P @ P.T) ** 2, axis=1)", "np.median((z - z @ P @ P.T) ** 2, axis=1)")


class squared_mean:
    """The square of a mean."""

    MESSAGE = "You averaged first and squared then"
    EDIT = ("np.mean((z - z @ P @ P.T) ** 2, axis=1)", "np.mean(z - z @ P @ P.T, axis=1) ** 2")


class fifty_metrics:
    """The notebook's number of metrics."""

    MESSAGE = "You divide by 50"
    EDIT = ("np.mean((z - z @ P @ P.T) ** 2, axis=1)", "np.sum((z - z @ P @ P.T) ** 2, axis=1) / 50")


class median_for_mean:
    """The median for the mean."""

    MESSAGE = "You subtract the median"
    EDIT = ("x_train.mean(axis=0), x", "np.median(x_train, axis=0), x")


class row_by_row_scale:
    """Each row is standardised by itself."""

    MESSAGE = "You standardise each row with its own mean"
    EDIT = (
        ("np.linalg.svd((x_train - mean) / stddev", "np.linalg.svd(scaled(x_train)"),
        ("        z = (rows - mean) / stddev\n", "        z = scaled(rows)\n"),
        (
            "    mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)\n",
            "    mean = stddev = np.ones(1)\n\n    def scaled(rows):\n"
            "        return (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)\n\n",
        ),
    )


class clipped_at_20:
    """Clipped far out."""

    MESSAGE = "You clip standardised rows"
    EDIT = ("        z = (rows - mean) / stddev", "        z = np.clip((rows - mean) / stddev, -20, 20)")


class scores_limited:
    """A largest score."""

    MESSAGE = "You limit the scores"
    EDIT = ("z @ P @ P.T) ** 2, axis=1)", "z @ P @ P.T) ** 2, axis=1).clip(max=100)")


class scores_of_centred_rows:
    """Scores of rows that are only centred."""

    MESSAGE = "divided by the stddev that PCA's rows were divided by"
    EDIT = ("        z = (rows - mean) / stddev", "        z = rows - mean")


class scores_of_raw_rows:
    """Scores of rows as they are."""

    MESSAGE = "are not standardised, though PCA's rows were"
    EDIT = ("        z = (rows - mean) / stddev", "        z = rows")


class smoothed_threshold:
    """The threshold of smoothed scores."""

    MESSAGE = "Your threshold comes from smoothed scores"
    EDIT = (
        "np.quantile(score(x_held_out), quantile)",
        "np.quantile(ae.anomaly.smooth(score(x_held_out), 5), quantile)",
    )


class smoothed_scores:
    """Scores are smoothed."""

    MESSAGE = "Your scores are smoothed"
    EDIT = (
        "        return np.mean((z - z @ P @ P.T) ** 2, axis=1)",
        "        errors = np.mean((z - z @ P @ P.T) ** 2, axis=1)\n        return ae.anomaly.smooth(errors, 5)",
    )


class convolved_threshold:
    """Full windows alone."""

    MESSAGE = "Your threshold comes from smoothed scores"
    EDIT = (
        "    return score, np.quantile(score(x_held_out), quantile)",
        (
            '    smooth = np.convolve(score(x_held_out), np.ones(5) / 5, "valid")\n'
            "    return score, np.quantile(smooth, quantile)"
        ),
    )
