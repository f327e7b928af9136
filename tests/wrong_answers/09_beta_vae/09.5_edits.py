"""Wrong answers to 09.5 compare_settings that are a right answer but for a line or two."""


class best_seed:
    """The best seed is reported."""

    MESSAGE = '"mean": you reported the best seed'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.nanmax(scores, axis=1)')


class median:
    """The median is reported."""

    MESSAGE = '"mean": you took the median'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.nanmedian(scores, axis=1)')


class per_seed:
    """The wrong axis."""

    MESSAGE = '"mean": you went along axis 0'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.nanmean(scores, axis=0)')


class failed_counts_as_zero:
    """A failed run scores 0 in the mean."""

    MESSAGE = '"mean": a failed run counts as 0'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.mean(np.nan_to_num(scores), axis=1)')


class failed_spreads:
    """One failed run and the mean is nan."""

    MESSAGE = '"mean": one failed run makes the whole setting nan'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.mean(scores, axis=1)')


class over_all_seeds:
    """The sum is divided by all seeds."""

    MESSAGE = '"mean": a failed run counts as 0'
    EDIT = ('"mean": np.nanmean(scores, axis=1)', '"mean": np.nansum(scores, axis=1) / scores.shape[1]')


class seeds_dropped:
    """A seed with a failed run is dropped for all settings."""

    MESSAGE = '"mean": a seed with which any setting failed is left out for all settings'
    EDIT = (
        '"mean": np.nanmean(scores, axis=1)',
        '"mean": np.nanmean(scores[:, ~np.isnan(scores).any(axis=0)], axis=1)',
    )


class divided_by_n:
    """np.std as it is by default."""

    MESSAGE = '"stddev": you divided by n, as np.std does'
    EDIT = ("np.nanstd(scores, axis=1, ddof=1)", "np.nanstd(scores, axis=1)")


class standard_error:
    """The standard error for the standard deviation."""

    MESSAGE = '"stddev": this is the standard error of the mean. The'
    EDIT = (
        "np.nanstd(scores, axis=1, ddof=1)",
        "np.nanstd(scores, axis=1, ddof=1) / np.sqrt(np.sum(~np.isnan(scores), axis=1))",
    )


class variance:
    """The variance."""

    MESSAGE = '"stddev": this is the variance. The'
    EDIT = ("np.nanstd(scores, axis=1, ddof=1)", "np.nanvar(scores, axis=1, ddof=1)")


class of_differences:
    """The spread of the differences."""

    MESSAGE = '"stddev": this is the standard deviation of the differences from the baseline'
    EDIT = ("np.nanstd(scores, axis=1, ddof=1)", "np.nanstd(difference, axis=1, ddof=1)")


class failures_hidden:
    """No failure is reported."""

    MESSAGE = '"failed": you report no failed run, ever'
    EDIT = ("np.sum(np.isnan(scores), axis=1)", "np.zeros(len(scores))")


class finished_counted:
    """The runs that finished are counted."""

    MESSAGE = '"failed": you counted the runs that finished'
    EDIT = ("np.sum(np.isnan(scores), axis=1)", "np.sum(~np.isnan(scores), axis=1)")


class share_of_failed:
    """A share."""

    MESSAGE = '"failed": this is a share'
    EDIT = ("np.sum(np.isnan(scores), axis=1)", "np.mean(np.isnan(scores), axis=1)")


class failed_together:
    """One count for all settings."""

    MESSAGE = '"failed": you counted all failed runs together'
    EDIT = ("np.sum(np.isnan(scores), axis=1)", "np.sum(np.isnan(scores))")


class unpaired:
    """Two means, each with its own error."""

    MESSAGE = '"differs": you did not pair: you compared two means'
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.abs(np.nanmean(scores, axis=1) - np.nanmean(scores[0])) > 2 * np.hypot(*(np.nanstd(s, axis=1, ddof=1) "
        "/ np.sqrt(np.sum(~np.isnan(s), axis=1)) for s in (scores, scores[:1])))",
    )


class stddev_for_error:
    """The root of n is forgotten."""

    MESSAGE = '"differs": you compared with the standard deviation of the differences. The'
    EDIT = (" / np.sqrt(n)", "")


class n_in_difference:
    """ddof is forgotten for the differences."""

    MESSAGE = '"differs": the stddev of the differences divides by n in your code'
    EDIT = ("np.nanstd(difference, axis=1, ddof=1)", "np.nanstd(difference, axis=1)")


class one_sided:
    """Only what is better."""

    MESSAGE = '"differs": you noticed settings only that are better'
    EDIT = ("np.abs(np.nanmean(difference, axis=1))", "np.nanmean(difference, axis=1)")


class one_error:
    """One standard error."""

    MESSAGE = '"differs": your line is at 1 standard error.'
    EDIT = ("> 2 * standard_error", "> standard_error")


class normal_quantile:
    """1.96 standard errors."""

    MESSAGE = '"differs": your line is at 1.96'
    EDIT = ("> 2 * standard_error", "> 1.96 * standard_error")


class all_seeds:
    """n is the number of columns."""

    MESSAGE = '"differs": you divided by the root of the number of all seeds'
    EDIT = ("n = np.sum(~np.isnan(difference), axis=1)", "n = scores.shape[1]")


class best_as_baseline:
    """The setting of the best mean is compared with."""

    MESSAGE = '"differs": you compared with the setting of the best mean'
    EDIT = ("scores - scores[0]", "scores - scores[np.nanargmax(np.nanmean(scores, axis=1))]")


class failed_zero_in_difference:
    """A failed run scores 0 in the differences."""

    MESSAGE = '"differs": a failed run counts as 0'
    EDIT = (
        "difference = scores - scores[0]",
        "difference = np.nan_to_num(scores) - np.nan_to_num(scores[0])",
    )


class difference_spreads:
    """nan in the differences is never above anything."""

    MESSAGE = '"differs": one failed run makes the whole setting nan'
    EDIT = ("np.abs(np.nanmean(difference, axis=1))", "np.abs(np.mean(difference, axis=1))")


class no_error:
    """Any difference counts."""

    MESSAGE = '"differs": you asked whether there is any difference at all'
    EDIT = ("> 2 * standard_error", "> 0")


class p_value:
    """A t-test."""

    MESSAGE = '"differs": your line comes from Student\'s t'
    EDIT = (
        "> 2 * standard_error",
        "> __import__('scipy.stats').stats.t.ppf(0.975, n - 1) * standard_error",
    )


class independent_samples:
    """Two samples that have nothing to do with each other, by a t-test."""

    MESSAGE = (
        '"differs": Two things. Your line comes from Student\'s t for two separate samples. The seeds make pairs, and '
        "the line was to be at 2. You did not pair: you compared two means"
    )
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.array([__import__('scipy.stats').stats.ttest_ind(s, scores[0]).pvalue < 0.05 for s in scores])",
    )


class wrong_way_round:
    """True for what cannot be told apart."""

    MESSAGE = '"differs": your answers are the wrong way round'
    EDIT = ("> 2 * standard_error", "<= 2 * standard_error")


class key_missing:
    """No failed runs in the report."""

    MESSAGE = "it lacks 'failed'"
    EDIT = ('        "failed": np.sum(np.isnan(scores), axis=1),\n', "")


class dict_for_dict:
    """A list of the settings that differ."""

    MESSAGE = '"differs" should be an array with one entry for each setting'
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.flatnonzero(np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error)",
    )


class never:
    """Nothing ever differs."""

    MESSAGE = "No setting differs by your rule"
    EDIT = ("np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error", "np.zeros(len(scores), bool)")


class always:
    """Everything differs."""

    MESSAGE = "Every setting differs by your rule"
    EDIT = ("np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error", "np.ones(len(scores), bool)")


class below_the_line:
    """The inequality is turned."""

    MESSAGE = "True stands where the mean difference is below the line"
    EDIT = ("> 2 * standard_error", "< 2 * standard_error")


class won_every_seed:
    """A sign test."""

    MESSAGE = "You asked whether a setting is ahead, or behind, with every seed"
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "(np.nanmin(difference, axis=1) > 0) | (np.nanmax(difference, axis=1) < 0)",
    )


class ratios:
    """Relative differences."""

    MESSAGE = "You divided by the baseline's scores"
    EDIT = ("scores - scores[0]", "scores / scores[0] - 1")


class own_number:
    """The number of the setting's runs."""

    MESSAGE = "You divided by the root of the setting's number of runs"
    EDIT = ("n = np.sum(~np.isnan(difference), axis=1)", "n = np.sum(~np.isnan(scores), axis=1)")


class n_less_one_twice:
    """n - 1 under the root, too."""

    MESSAGE = "You divided the stddev by the root of n - 1"
    EDIT = ("/ np.sqrt(n)", "/ np.sqrt(n - 1)")


class five_seeds:
    """The number of seeds of the notebook."""

    MESSAGE = "You divided by the root of 5"
    EDIT = ("/ np.sqrt(n)", "/ np.sqrt(5)")


class variance_for_stddev:
    """The variance of the differences."""

    MESSAGE = "You took the variance of the differences for their stddev"
    EDIT = ("np.nanstd(difference, axis=1, ddof=1) / np", "np.nanvar(difference, axis=1, ddof=1) / np")


class sorted:
    """Scores are sorted before they are paired."""

    MESSAGE = "You sorted the scores before you subtracted"
    EDIT = ("scores - scores[0]", "np.sort(scores, axis=1) - np.sort(scores[0])")


class lined_up:
    """What finished is moved together, and paired by place."""

    MESSAGE = "You left out the failed runs of each row first"
    EDIT = (
        "difference = scores - scores[0]",
        "packed = np.take_along_axis(scores, np.isnan(scores).argsort(axis=1, kind='stable'), axis=1)\n"
        "    difference = packed - packed[0]",
    )


class baseline_zero:
    """The baseline's failures score 0."""

    MESSAGE = "The baseline's failed runs count as 0"
    EDIT = ("scores - scores[0]", "scores - np.nan_to_num(scores[0])")


class others_zero:
    """The settings' failures score 0."""

    MESSAGE = "Failed runs of the settings count as 0"
    EDIT = ("scores - scores[0]", "np.nan_to_num(scores) - scores[0]")


class mean_of_pairs:
    """The mean over what the baseline finished as well."""

    MESSAGE = '"mean": You left out the seeds with which the baseline failed as well'
    EDIT = ("np.nanmean(scores, axis=1)", "np.nanmean(np.where(np.isnan(difference), np.nan, scores), axis=1)")


class failures_added:
    """The baseline's failures are added."""

    MESSAGE = "You added the baseline's failures"
    EDIT = ("np.sum(np.isnan(scores), axis=1)", "np.sum(np.isnan(scores), axis=1) + np.sum(np.isnan(scores[0]))")


class two_digits:
    """Rounded for a table."""

    MESSAGE = '"mean": You rounded, as by round(number, 2)'
    EDIT = ("np.nanmean(scores, axis=1)", "np.round(np.nanmean(scores, axis=1), 2)")


class baselines_number:
    """The number of the baseline's runs."""

    MESSAGE = "You divided by the root of the baseline's number of runs"
    EDIT = ("n = np.sum(~np.isnan(difference), axis=1)", "n = np.sum(~np.isnan(scores[0]))")


class best_seed_wins:
    """The best seed against the baseline's best."""

    MESSAGE = '"differs": You asked whether the best seed is better than the baseline\'s best'
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.nanmax(scores, axis=1) > np.nanmax(scores[0])",
    )


class mean_is_better:
    """Any lead counts."""

    MESSAGE = "You asked whether the mean is better than the baseline's"
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.nanmean(scores, axis=1) > np.nanmean(scores[0])",
    )


class line_for_five_seeds:
    """Student's t of the notebook's five seeds."""

    MESSAGE = "Your line is at 2.78 standard errors or so"
    EDIT = ("> 2 * standard_error", "> 2.78 * standard_error")


class line_at_two_and_a_half:
    """Another line."""

    MESSAGE = "Your line is at 2.5 standard errors or so"
    EDIT = ("> 2 * standard_error", "> 2.5 * standard_error")


class line_of_no_name:
    """A line that only looks like others on a few settings."""

    MESSAGE = '"differs": over the seeds that finished for the setting and for the baseline, row 0'
    EDIT = ("> 2 * standard_error", "> 2.2 * standard_error")


class pooled:
    """The error of one mean, of both settings' variances."""

    MESSAGE = "You averaged the variances of the setting and of the baseline, and divided by the number of seeds"
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.abs(np.nanmean(scores, axis=1) - np.nanmean(scores[0])) > 2 * np.sqrt("
        "(np.nanvar(scores, axis=1, ddof=1) + np.nanvar(scores[0], ddof=1)) / 2 / scores.shape[1])",
    )


class stddevs_apart:
    """Bars of one stddev that do not overlap."""

    MESSAGE = "further apart than both standard deviations added up"
    EDIT = (
        "np.abs(np.nanmean(difference, axis=1)) > 2 * standard_error",
        "np.abs(np.nanmean(scores, axis=1) - np.nanmean(scores[0])) > "
        "np.nanstd(scores, axis=1, ddof=1) + np.nanstd(scores[0], ddof=1)",
    )
