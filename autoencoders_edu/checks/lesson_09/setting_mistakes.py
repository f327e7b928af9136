"""The comparison of 09.5, number by number, and what misconceptions make of it."""

import warnings

import numpy as np
from scipy.stats import t as student

from autoencoders_edu.checks.shared.combined import marked, rules

KEYS = ("mean", "stddev", "failed", "differs")


def _sources(scores, failed, axis=1):
    """The scores with failed runs treated so, and nan left where a run does not count."""
    s = np.asarray(scores, float)
    gaps = np.isnan(s)
    if failed == "zero":
        return np.where(gaps, 0, s)
    if failed == "complete seeds":
        return np.where(gaps.any(axis=0), np.nan, s)
    if failed == "lowest":
        return np.where(gaps, np.nanmin(s), s)
    if failed == "common":
        return np.where(gaps[0], np.nan, s)
    if failed == "lined up":
        return np.take_along_axis(s, np.argsort(gaps, axis=1, kind="stable"), axis=1)
    if failed == "sorted":
        return np.sort(s, axis=1)
    if failed in ("baseline zero", "baseline mean"):
        filled = np.where(gaps[0], 0 if failed == "baseline zero" else np.nanmean(s[0]), s[0])
        return np.concatenate([filled[None], s[1:]])
    if failed == "others zero":
        return np.concatenate([s[:1], np.where(gaps[1:], 0, s[1:])])
    if failed == "means":
        return np.where(gaps, np.nanmean(s, axis=1, keepdims=True), s)
    return s


def mean(scores, failed="left out", statistic="mean", axis=1):
    """The average of each setting, marked; each option puts one mistake in."""
    return _per_setting(MEANS[statistic], scores, failed, axis)


def rounded(function, digits):
    return lambda scores: np.round(function(scores), digits)


def stddev(scores, failed="left out", statistic="n - 1", axis=1):
    return _per_setting(STDDEVS[statistic], scores, failed, axis)


def _per_setting(statistic, scores, failed, axis):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        s = _sources(scores, failed)
        value = np.asarray(statistic(s, axis))
        if failed == "nan":
            value = np.where(np.isnan(s).any(axis=axis), np.nan, value)
        return marked(value)


def _counted(s, axis):
    return np.sum(~np.isnan(s), axis=axis)


MEANS = {
    "mean": lambda s, axis: np.nanmean(s, axis=axis),
    "best": lambda s, axis: np.nanmax(s, axis=axis),
    "worst": lambda s, axis: np.nanmin(s, axis=axis),
    "median": lambda s, axis: np.nanmedian(s, axis=axis),
    "first": lambda s, axis: np.take(s, 0, axis=axis),
    "last": lambda s, axis: np.take(s, -1, axis=axis),
    "sum": lambda s, axis: np.nansum(s, axis=axis),
    "n - 1": lambda s, axis: np.nansum(s, axis=axis) / (_counted(s, axis) - 1),
    "middle": lambda s, axis: (np.nanmax(s, axis=axis) + np.nanmin(s, axis=axis)) / 2,
    "best two": lambda s, axis: (
        np.sort(np.nan_to_num(s, nan=-1e30), axis=axis).take([-1, -2], axis=axis).mean(axis=axis)
    ),
    "of everything": lambda s, axis: np.full(np.nanmean(s, axis=axis).shape, np.nanmean(s)),
    "trimmed": lambda s, axis: (
        (np.nansum(s, axis=axis) - np.nanmax(s, axis=axis) - np.nanmin(s, axis=axis)) / (_counted(s, axis) - 2)
    ),
    "from the first": lambda s, axis: np.nanmean(s, axis=axis) - np.nanmean(s[0]),
}
STDDEVS = {
    "n - 1": lambda s, axis: np.nanstd(s, axis=axis, ddof=1),
    "n": lambda s, axis: np.nanstd(s, axis=axis),
    "variance": lambda s, axis: np.nanvar(s, axis=axis, ddof=1),
    "variance, n": lambda s, axis: np.nanvar(s, axis=axis),
    "standard error": lambda s, axis: np.nanstd(s, axis=axis, ddof=1) / np.sqrt(_counted(s, axis)),
    "standard error, n": lambda s, axis: np.nanstd(s, axis=axis) / np.sqrt(_counted(s, axis)),
    "two": lambda s, axis: 2 * np.nanstd(s, axis=axis, ddof=1),
    "range": lambda s, axis: np.nanmax(s, axis=axis) - np.nanmin(s, axis=axis),
    "deviation": lambda s, axis: np.nanmean(np.abs(s - np.nanmean(s, axis=axis, keepdims=True)), axis=axis),
    "quartiles": lambda s, axis: np.subtract(*np.nanpercentile(s, [75, 25], axis=axis)),
    "from the first": lambda s, axis: np.nanstd(s - s[0], axis=axis, ddof=1),
    "of everything": lambda s, axis: np.full(np.nanmean(s, axis=axis).shape, np.nanstd(s, ddof=1)),
    "relative": lambda s, axis: np.nanstd(s, axis=axis, ddof=1) / np.nanmean(s, axis=axis),
}


def failed(scores, counted="failed"):
    return np.asarray(FAILED[counted](np.isnan(np.asarray(scores, float))), float)


FAILED = {
    "failed": lambda gaps: gaps.sum(axis=1),
    "finished": lambda gaps: (~gaps).sum(axis=1),
    "share": lambda gaps: gaps.mean(axis=1),
    "any": lambda gaps: gaps.any(axis=1),
    "per seed": lambda gaps: gaps.sum(axis=0),
    "all": lambda gaps: gaps.sum(),
    "none": lambda gaps: np.zeros(len(gaps)),
    "runs": lambda gaps: np.full(len(gaps), gaps.shape[1]),
    "lost pairs": lambda gaps: (gaps | gaps[0]).sum(axis=1),
    "pairs": lambda gaps: (~(gaps | gaps[0])).sum(axis=1),
    "and the baseline's": lambda gaps: gaps.sum(axis=1) + gaps[0].sum(),
    "negative": lambda gaps: -gaps.sum(axis=1),
}


def differs(
    scores,
    failed="left out",
    reference="first",
    difference="paired",
    error="paired",
    line=2.0,
    sides="both",
    baseline="itself",
    flipped=False,
):
    """Which settings can be told from the first, as zeros and ones; each option puts one mistake in."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        s = _sources(scores, failed)
        others = REFERENCES[reference](s)
        d, n = s - others, np.sum(~np.isnan(s - others), axis=1)
        size = DIFFERENCES[difference](s, others, d)
        width = ERRORS[error](s, others, d, n) * (LINES[line](n) if isinstance(line, str) else line)
        if failed == "nan":
            size = np.where(np.isnan(d).any(axis=1), np.nan, size)
        told = {"both": np.abs(size), "better": size, "worse": -size}[sides] > width
    told = told != flipped
    if baseline != "itself":
        told[0] = baseline == "true"
    return told.astype(float)


def with_every_seed(scores):
    """Whether the setting is better than the first with every seed, or worse with every seed."""
    d = np.asarray(scores, float) - np.asarray(scores, float)[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ((np.nanmin(d, axis=1) > 0) | (np.nanmax(d, axis=1) < 0)).astype(float)


def of_ratios(scores):
    """What differs if the scores are divided by the baseline's in place of subtracting them."""
    with np.errstate(all="ignore"):
        ratios = np.asarray(scores, float) / np.asarray(scores, float)[0]
    return differs(ratios)


def by_welch(scores):
    s = np.asarray(scores, float)
    means, errors, n = np.nanmean(s, axis=1), _error(s) ** 2, _counted(s, 1)
    with np.errstate(all="ignore"):
        freedom = (errors + errors[0]) ** 2 / (errors**2 / (n - 1) + errors[0] ** 2 / (n[0] - 1))
        ratio = np.abs(means - means[0]) / np.sqrt(errors + errors[0])
        return (ratio > student.ppf(0.975, freedom)).astype(float)


LINES = {"t": lambda n: student.ppf(0.975, n - 1), "t of two": lambda n: student.ppf(0.975, 2 * n - 2)}


def _error(s):
    return np.nanstd(s, axis=1, ddof=1) / np.sqrt(_counted(s, 1))


def _mean_variance(s, others):
    return (np.nanvar(s, axis=1, ddof=1) + np.nanvar(others, axis=1, ddof=1)) / 2


REFERENCES = {
    "first": lambda s: s[:1] + np.zeros_like(s),
    "last": lambda s: s[-1:] + np.zeros_like(s),
    "best": lambda s: s[[np.argmax(np.nan_to_num(np.nanmean(s, axis=1), nan=-np.inf))]] + np.zeros_like(s),
    "previous": lambda s: s[[0, *range(len(s) - 1)]],
    "all": lambda s: np.nanmean(s, axis=0) + np.zeros_like(s),
    "zero": lambda s: np.zeros_like(s),
}
DIFFERENCES = {
    "paired": lambda s, others, d: np.nanmean(d, axis=1),
    "of means": lambda s, others, d: np.nanmean(s, axis=1) - np.nanmean(others, axis=1),
    "of medians": lambda s, others, d: np.nanmedian(s, axis=1) - np.nanmedian(others, axis=1),
    "median": lambda s, others, d: np.nanmedian(d, axis=1),
    "of best": lambda s, others, d: np.nanmax(s, axis=1) - np.nanmax(others, axis=1),
    "absolute": lambda s, others, d: np.nanmean(np.abs(d), axis=1),
}
ERRORS = {
    "paired": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(n),
    "n": lambda s, others, d, n: np.nanstd(d, axis=1) / np.sqrt(n),
    "stddev": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1),
    "stddev, n": lambda s, others, d, n: np.nanstd(d, axis=1),
    "all seeds": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(d.shape[1]),
    "unpaired": lambda s, others, d, n: np.hypot(_error(s), _error(others)),
    "unpaired, n": lambda s, others, d, n: np.sqrt(
        np.nanvar(s, axis=1) / _counted(s, 1) + np.nanvar(others, axis=1) / _counted(others, 1)
    ),
    "added": lambda s, others, d, n: _error(s) + _error(others),
    "own": lambda s, others, d, n: _error(s),
    "reference's": lambda s, others, d, n: _error(others),
    "own stddev": lambda s, others, d, n: np.nanstd(s, axis=1, ddof=1),
    "reference's stddev": lambda s, others, d, n: np.nanstd(others, axis=1, ddof=1),
    "both stddevs": lambda s, others, d, n: np.nanstd(s, axis=1, ddof=1) + np.nanstd(others, axis=1, ddof=1),
    "stddevs apart": lambda s, others, d, n: np.hypot(np.nanstd(s, axis=1, ddof=1), np.nanstd(others, axis=1, ddof=1)),
    "variance": lambda s, others, d, n: np.nanvar(d, axis=1, ddof=1) / n,
    "over n": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / n,
    "variance over root": lambda s, others, d, n: np.nanvar(d, axis=1, ddof=1) / np.sqrt(n),
    "own seeds": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(_counted(s, 1)),
    "baseline's seeds": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(_counted(s[:1], 1)),
    "n - 1": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(n - 1),
    "mean variance": lambda s, others, d, n: np.sqrt(_mean_variance(s, others) / n),
    "mean variance, stddev": lambda s, others, d, n: np.sqrt(_mean_variance(s, others)),
    "5": lambda s, others, d, n: np.nanstd(d, axis=1, ddof=1) / np.sqrt(5),
    "none": lambda s, others, d, n: np.zeros(len(s)),
}

COUNTED_APART = "It is counted apart, under failed: take the runs that finished."
OF_FAILED = {
    f"A failed run counts as 0. {COUNTED_APART}": {"failed": "zero"},
    f"One failed run makes the whole setting nan. {COUNTED_APART}": {"failed": "nan"},
    "A seed with which any setting failed is left out for all settings. Only the run that failed is left out.": {
        "failed": "complete seeds"
    },
    f"A failed run counts as the lowest score of all. {COUNTED_APART}": {"failed": "lowest"},
    "A failed run counts as if it had scored its setting's mean. It has no score: leave it out.": {"failed": "means"},
}
OF_PAIRS = {
    "The baseline's failed runs count as 0. Take the seeds that finished for both.": {"failed": "baseline zero"},
    "The baseline's failed runs count as its mean. Take the seeds that finished for both.": {"failed": "baseline mean"},
    "Failed runs of the settings count as 0. Take the seeds that finished for both.": {"failed": "others zero"},
    "You left out the failed runs of each row first, and then subtracted. What is left stands in other places: the "
    "differences are between different seeds.": {"failed": "lined up"},
    "You sorted the scores before you subtracted. The differences are then between different seeds.": {
        "failed": "sorted"
    },
}
OF_COMMON = {
    "You left out the seeds with which the baseline failed as well. Here the setting's own runs count.": {
        "failed": "common"
    },
}
OF_AXIS = {
    "You went along axis 0, which gives one number for each seed. Each setting is a row.": {"axis": 0},
}
OF_MEAN = {
    "You reported the best seed. It is the luckiest, and the more seeds, the luckier.": {"statistic": "best"},
    "You reported the worst seed.": {"statistic": "worst"},
    "You took the median. The mean was asked for.": {"statistic": "median"},
    "You reported the first seed alone.": {"statistic": "first"},
    "You reported the last seed alone.": {"statistic": "last"},
    "You added up the scores. Divide by how many runs finished.": {"statistic": "sum"},
    "You divided by n - 1. That is for the variance; a mean divides by n.": {"statistic": "n - 1"},
    "You took the middle between best and worst.": {"statistic": "middle"},
    "You averaged the best two seeds. Average all that finished.": {"statistic": "best two"},
    "You gave every setting the mean of all scores. Each setting is a row.": {"statistic": "of everything"},
    "You left out the best and the worst seed. Average all that finished.": {"statistic": "trimmed"},
    "You subtracted the baseline's mean. The mean of the scores themselves was asked for.": {
        "statistic": "from the first"
    },
}
OF_STDDEV = {
    "You divided by n, as np.std does by default. With few seeds that is too small: ddof=1.": {"statistic": "n"},
    "This is the variance. The standard deviation is its root.": {"statistic": "variance"},
    "This is the variance, and divided by n. The standard deviation is a root, here with n - 1.": {
        "statistic": "variance, n"
    },
    "This is the standard error of the mean. The standard deviation says how much single runs differ.": {
        "statistic": "standard error"
    },
    "This is the standard error of the mean, with n in place of n - 1. The standard deviation says how much single "
    "runs differ.": {"statistic": "standard error, n"},
    "This is twice the standard deviation.": {"statistic": "two"},
    "This is the range from worst to best, which grows with the number of seeds.": {"statistic": "range"},
    "This is the mean absolute deviation.": {"statistic": "deviation"},
    "This is the distance between the quartiles.": {"statistic": "quartiles"},
    "This is the standard deviation of the differences from the baseline. That of the scores was asked for.": {
        "statistic": "from the first"
    },
    "You gave every setting the standard deviation of all scores. Each setting is a row.": {
        "statistic": "of everything"
    },
    "You divided by the mean. The standard deviation itself was asked for.": {"statistic": "relative"},
}
OF_COUNT = {
    "You counted the runs that finished.": {"counted": "finished"},
    "This is a share. A count was asked for.": {"counted": "share"},
    "You say whether any run failed. A count was asked for.": {"counted": "any"},
    "You counted along axis 0, for each seed. Count for each setting.": {"counted": "per seed"},
    "You counted all failed runs together. Count for each setting.": {"counted": "all"},
    "You report no failed run, ever. A setting that fails often would look as good as any: count nan.": {
        "counted": "none"
    },
    "You counted all runs.": {"counted": "runs"},
    "You counted seeds that failed for the setting or for the baseline. Count the setting's own.": {
        "counted": "lost pairs"
    },
    "You counted the seeds that finished for both. Count the setting's own failures.": {"counted": "pairs"},
    "You added the baseline's failures to those of each setting. Count the setting's own.": {
        "counted": "and the baseline's"
    },
    "Your counts are negative.": {"counted": "negative"},
}
OF_REFERENCE = {
    "You compared with the last setting. The baseline is the first.": {"reference": "last"},
    "You compared with the setting of the best mean. The baseline is the first.": {"reference": "best"},
    "You compared each setting with the one before it. The baseline is the first.": {"reference": "previous"},
    "You compared with the mean of all settings. The baseline is the first.": {"reference": "all"},
    "You compared with 0. The baseline is the first setting.": {"reference": "zero"},
}
OF_DIFFERENCE = {
    "You took the difference of the two means, over different seeds where runs failed. Take the seeds that finished "
    "for both.": {"difference": "of means"},
    "You took the difference of the medians. Take the mean of the differences.": {"difference": "of medians"},
    "You took the median of the differences. Take their mean.": {"difference": "median"},
    "You compared the best seeds. Take the mean of the differences.": {"difference": "of best"},
    "You averaged the absolute differences, which are never 0. Take the absolute value of the mean.": {
        "difference": "absolute"
    },
}
OF_ERROR = {
    "The stddev of the differences divides by n in your code. Take n - 1 (ddof=1).": {"error": "n"},
    "You compared with the standard deviation of the differences. The mean of n differences is surer than one: divide "
    "by the root of n.": {"error": "stddev"},
    "You compared with the standard deviation of the differences, with n in place of n - 1. Take ddof=1, and divide by "
    "the root of n.": {"error": "stddev, n"},
    "You divided by the root of the number of all seeds. Take the number of differences that there are.": {
        "error": "all seeds"
    },
    "You did not pair: you compared two means, each with its own error. The same seed drew the same start and the same "
    "batches for both settings: take the error of the differences.": {"error": "unpaired", "difference": "of means"},
    "You did not pair, and took n for n - 1. Take the error of the differences, with ddof=1.": {
        "error": "unpaired, n",
        "difference": "of means",
    },
    "You asked whether two intervals overlap. Take the error of the differences.": {
        "error": "added",
        "difference": "of means",
    },
    "You took the standard error of the setting alone. Take that of the differences.": {"error": "own"},
    "You took the standard error of the baseline alone. Take that of the differences.": {"error": "reference's"},
    "You took the stddev of the setting's scores. Take the standard error of the differences.": {
        "error": "own stddev",
        "difference": "of means",
    },
    "You took the stddev of the baseline's scores. Take the standard error of the differences.": {
        "error": "reference's stddev",
        "difference": "of means",
    },
    "You added up two standard deviations. Take the standard error of the differences.": {
        "error": "both stddevs",
        "difference": "of means",
    },
    "You compared with the stddevs of the scores, not paired. Take the standard error of the differences.": {
        "error": "stddevs apart",
        "difference": "of means",
    },
    "You divided by the root of the setting's number of runs. Take the number of differences, which is smaller where "
    "the baseline failed.": {"error": "own seeds"},
    "You divided by the root of the baseline's number of runs. Take the number of differences, which is smaller where "
    "the setting failed.": {"error": "baseline's seeds"},
    "You divided the stddev by the root of n - 1. The n - 1 is in the stddev (ddof=1); divide by the root of n.": {
        "error": "n - 1"
    },
    "You averaged the variances of the setting and of the baseline, and divided by the number of seeds. That is the "
    "error of one mean, and does not pair: take the standard error of the differences.": {
        "error": "mean variance",
        "difference": "of means",
    },
    "You divided by the root of 5. Take the number of differences.": {"error": "5"},
    "You took the variance of the differences for their stddev.": {"error": "variance over root"},
    "Your error is a variance. Take the root.": {"error": "variance"},
    "You divided by n. A standard error divides the stddev by the root of n.": {"error": "over n"},
    "You asked whether there is any difference at all. There always is one: compare it with its standard error.": {
        "error": "none"
    },
}
OF_LINE = {
    "Your line is at 1 standard error. Take 2.": {"line": 1.0},
    "Your line is at 3 standard errors. Take 2.": {"line": 3.0},
    "Your line is at 1.96 standard errors. It was to be at 2.": {"line": 1.96},
    "Your line comes from Student's t. That is a stricter line for few seeds; here it was to be at 2.": {"line": "t"},
    "Your line is at half of a standard error. Take 2.": {"line": 0.5},
    "Your line is at 4 standard errors. Take 2.": {"line": 4.0},
    "Your line comes from Student's t for two separate samples. The seeds make pairs, and the line was to be at 2.": {
        "line": "t of two"
    },
}
OTHER_LINES = {
    **{
        f"Your line is at {line:g} standard errors or so. It was to be at 2.": {"line": line}
        for line in (1.5, 1.645, 2.5, 2.576)
    },
    "Your line is at 2.78 standard errors or so, as Student's t has it for five seeds. Here it was to be at 2.": {
        "line": 2.776
    },
}
OF_STDDEVS = {
    "You asked whether the two means are further apart than both standard deviations added up. A mean is surer than a "
    "single run: take the standard error of the differences.": {
        "error": "both stddevs",
        "difference": "of means",
        "line": 1.0,
    },
    "You asked whether the two means are more than one standard deviation of the scores apart. A mean is surer than a "
    "single run: take the standard error of the differences.": {
        "error": "mean variance, stddev",
        "difference": "of means",
        "line": 1.0,
    },
    "You asked whether the two means are more than two standard deviations of the scores apart. A mean is surer than a "
    "single run: take the standard error of the differences.": {
        "error": "mean variance, stddev",
        "difference": "of means",
    },
    "You asked whether the mean difference is more than one standard deviation of the differences. The mean of n "
    "differences is surer than one: divide by the root of n, and take 2 of those.": {"error": "stddev", "line": 1.0},
    "You asked whether the two means are further apart than one standard deviation of the baseline's scores. Take the "
    "standard error of the differences.": {"error": "reference's stddev", "difference": "of means", "line": 1.0},
    "You asked whether the two means are further apart than one standard deviation of the setting's scores. Take the "
    "standard error of the differences.": {"error": "own stddev", "difference": "of means", "line": 1.0},
}
OF_WINNERS = {
    "You asked whether the best seed is better than the baseline's best. That is luck, and the more seeds, the more of "
    "it: compare the mean difference with its standard error.": {
        "difference": "of best",
        "error": "none",
        "sides": "better",
    },
    "You asked whether the mean is better than the baseline's. It is for about half of all equal settings: compare the "
    "mean difference with its standard error.": {"difference": "of means", "error": "none", "sides": "better"},
    "You asked whether the mean difference is above 0. It is for about half of all equal settings: compare it with its "
    "standard error.": {"error": "none", "sides": "better"},
}
OF_SIDES = {
    "You noticed settings only that are better than the baseline. A worse one can be told from it as well.": {
        "sides": "better"
    },
    "You noticed settings only that are worse than the baseline. A better one can be told from it as well.": {
        "sides": "worse"
    },
}
OF_BASELINE = {
    "The baseline cannot be told from itself: its entry is False.": {"baseline": "true"},
    "True stands where the mean difference is below the line in your report. A setting is told from the baseline if "
    "it is above.": {"flipped": True, "baseline": "false"},
    "Your answers are the wrong way round: True means that a setting can be told from the baseline.": {"flipped": True},
}
COMMON_LINES = (1.0, "t", "t of two")  # those that are looked for in pairs: each pair costs time


def _common(lines):
    return {message: options for message, options in lines.items() if options["line"] in COMMON_LINES}


GROUPS = {
    "mean": (mean, (OF_FAILED | OF_COMMON, OF_AXIS, OF_MEAN)),
    "stddev": (stddev, (OF_FAILED | OF_COMMON, OF_AXIS, OF_STDDEV)),
    "failed": (failed, (OF_COUNT,)),
    "differs": (differs, (OF_FAILED, _common(OF_LINE), OF_SIDES, OF_BASELINE, OF_REFERENCE, OF_DIFFERENCE, OF_ERROR)),
}
ROUNDED = {digits: f"You rounded, as by round(number, {digits}). Return it as it is." for digits in range(4)}
ALONE = {
    **{
        key: [(message, rounded(function, digits)) for digits, message in ROUNDED.items()]
        for key, function in (("mean", mean), ("stddev", stddev))
    },
    "differs": [
        ("No setting differs by your rule, whatever the scores are.", lambda scores: np.zeros(len(scores))),
        ("Every setting differs by your rule, whatever the scores are.", lambda scores: np.ones(len(scores))),
        (
            "You asked whether a setting is ahead, or behind, with every seed. Compare the mean difference with its "
            "standard error.",
            with_every_seed,
        ),
        *rules(differs, OF_PAIRS, OF_LINE, OTHER_LINES, OF_STDDEVS, OF_WINNERS, most=1),
        ("You divided by the baseline's scores. Subtract them.", of_ratios),
    ],
}
WELCH = '"differs": This is Welch\'s t-test for two separate samples. The seeds make pairs: take the differences.'
RIGHT = {key: function for key, (function, _) in GROUPS.items()}
MISTAKES = {
    key: [
        (f'"{key}": {message}', rule)
        for message, rule in [
            *ALONE.get(key, ()),
            *rules(function, *groups, most=1),
            *rules(function, *groups, least=2),
        ]
    ]
    for key, (function, groups) in GROUPS.items()
}
MISTAKES["differs"].append((WELCH, by_welch))  # last, as it takes longest
