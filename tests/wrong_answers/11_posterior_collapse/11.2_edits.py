"""Wrong answers to 11.2 count_active_units that are a right answer but for a line or two."""


class by_kl:
    """A latent is believed to be active when its KL is above the threshold."""

    MESSAGE = "You counted latents whose KL"
    EDIT = (
        ("    return", "    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)\n    return"),
        ("np.var(mean, axis=0)", "np.mean(kl, axis=0)"),
    )


class idle_counted:
    """The latents at or below the threshold are counted."""

    MESSAGE = "You counted the idle latents"
    EDIT = ("> 0.01", "<= 0.01")


class mask:
    """Whether each latent is active is returned, not how many are."""

    MESSAGE = "one value for each latent"
    EDIT = ("int(np.sum(np.var(mean, axis=0) > 0.01))", "np.var(mean, axis=0) > 0.01")


class mean_square:
    """The mean is not subtracted."""

    MESSAGE = "You took the mean square"
    EDIT = ("np.var(mean, axis=0)", "np.mean(mean**2, axis=0)")


class narrow_q:
    """A latent is believed to be active when q is narrower than the prior."""

    MESSAGE = "You counted where q is narrower"
    EDIT = ("np.var(mean, axis=0) > 0.01", "np.exp(log_variance).mean(axis=0) < 0.99")


class one_variance:
    """One variance is taken of all latents together."""

    MESSAGE = "the length of the tuple that np.where"
    EDIT = ("int(np.sum(np.var(mean, axis=0) > 0.01))", "int(np.var(mean) > 0.01)")


class sampled_z:
    """z is sampled, and its variance taken over the examples."""

    MESSAGE = "q's own noise"
    EDIT = (
        (
            "    return",
            "    z = mean + np.exp(log_variance / 2) * np.random.default_rng(0).normal(size=mean.shape)\n    return",
        ),
        ("np.var(mean, axis=0)", "np.var(z, axis=0)"),
    )


class share:
    """The share of active latents is returned."""

    MESSAGE = "the share of active latents"
    EDIT = ("int(np.sum(np.var(mean, axis=0) > 0.01))", "np.mean(np.var(mean, axis=0) > 0.01)")


class stddev:
    """The standard deviation is compared with the threshold for a variance."""

    MESSAGE = "You compared a standard deviation"
    EDIT = ("np.var", "np.std")


class variance_of_q:
    """The variance of q is taken for the variance of its mean."""

    MESSAGE = "You looked at the variance of q"
    EDIT = ("np.var(mean, axis=0)", "np.exp(log_variance).mean(axis=0)")


class wrong_axis:
    """The variance is taken over the latents of each example."""

    MESSAGE = "over the latents of one example"
    EDIT = ("axis=0", "axis=1")


class relative_to_q:
    """The variance of the mean is divided by that of q."""

    MESSAGE = "You divided the variance of the mean by that of q"
    EDIT = ("np.var(mean, axis=0)", "np.var(mean, axis=0) / np.mean(np.exp(log_variance), axis=0)")


class range_of_means:
    """The range of the means."""

    MESSAGE = "You took the range of the means"
    EDIT = ("np.var(", "np.ptp(")


class sum_of_squares:
    """The division by the number of examples is forgotten."""

    MESSAGE = "You added up squares"
    EDIT = ("np.var(mean, axis=0)", "np.sum((mean - mean.mean(axis=0)) ** 2, axis=0)")


class variance_of_log_variance:
    """The variance of the log-variance."""

    MESSAGE = "variance of q's variance, or of its logarithm"
    EDIT = ("np.var(mean,", "np.var(log_variance,")


class eight_latents:
    """Eight latents, as in the notebook."""

    MESSAGE = "You looked at the first 8 latents"
    EDIT = ("np.var(mean,", "np.var(mean[:, :8],")


class line_at_a_tenth:
    """The threshold is that of another paper."""

    MESSAGE = "those of a line at 0.1, not"
    EDIT = ("> 0.01", "> 0.1")


class half_precision:
    """The means are kept in 16 bits, to save memory."""

    MESSAGE = "rounded to 16 bits"
    EDIT = ("np.var(mean, axis=0)", 'mean.astype("float16").astype(float).var(axis=0)')


class moments_in_float32:
    """The mean square less the square of the mean, in the precision of the argument."""

    MESSAGE = "lost in rounding"
    EDIT = ("np.var(mean, axis=0)", "np.mean(mean**2, axis=0) - np.mean(mean, axis=0) ** 2")


class absolute_deviation:
    """The mean absolute deviation is taken for the variance."""

    MESSAGE = "You took the mean absolute deviation"
    EDIT = ("np.var(mean, axis=0)", "np.mean(np.abs(mean - mean.mean(axis=0)), axis=0)")


class absolute_deviation_and_root:
    """The mean absolute deviation is taken for the standard deviation."""

    MESSAGE = "the root of 0.01"
    EDIT = ("np.var(mean, axis=0) > 0.01", "np.mean(np.abs(mean - mean.mean(axis=0)), axis=0) > 0.1")


class line_at_one:
    """The line is at 1, the prior's variance."""

    MESSAGE = "those of a line at 1, not"
    EDIT = ("> 0.01", "> 1.0")


class kl_above_a_tenth:
    """Latents whose KL exceeds 0.1 nats are counted."""

    MESSAGE = "You counted latents whose KL"
    EDIT = (
        "np.var(mean, axis=0) > 0.01",
        "0.5 * np.mean(mean**2 + np.exp(log_variance) - log_variance - 1, axis=0) > 0.1",
    )


class first_64_examples:
    """A batch of 64 is enough for an estimate."""

    MESSAGE = "You looked at some of the examples"
    EDIT = ("np.var(mean,", "np.var(mean[:64],")


class far_for_some_example:
    """A latent is active if its mean is far from 0 for some x."""

    MESSAGE = "leaves [-0.1, 0.1]"
    EDIT = ("np.var(mean, axis=0) > 0.01", "(mean**2 > 0.01).any(axis=0)")


class average_far_from_zero:
    """A latent whose average mean is not 0 is believed to say something."""

    MESSAGE = "how far the average of the means is from 0, above 0.01"
    EDIT = ("np.var(mean, axis=0)", "np.abs(np.mean(mean, axis=0))")


class either_moves:
    """Mean or log-variance may follow x."""

    MESSAGE = "only the log-variance follows x"
    EDIT = ("np.var(mean, axis=0) > 0.01", "(np.var(mean, axis=0) > 0.01) | (np.var(log_variance, axis=0) > 0.01)")


class first_and_last:
    """The first example is compared with the last."""

    MESSAGE = "You compared the first example with the last"
    EDIT = ("np.var(mean, axis=0) > 0.01", "np.abs(mean[0] - mean[-1]) > 0.1")


class length_of_where:
    """The length of what np.where returns, a tuple."""

    MESSAGE = "the length of the tuple that np.where"
    EDIT = ("int(np.sum(np.var(mean, axis=0) > 0.01))", "len(np.where(np.var(mean, axis=0) > 0.01))")


class narrow:
    """Latents are counted whose q is narrow."""

    MESSAGE = "You counted where q is narrower"
    EDIT = ("np.var(mean, axis=0) > 0.01", "np.exp(log_variance).mean(axis=0) < 0.1")


class at_least_one:
    """One latent is believed to be active always."""

    MESSAGE = "You never return 0"
    EDIT = ("int(np.sum(np.var(mean, axis=0) > 0.01))", "max(1, int(np.sum(np.var(mean, axis=0) > 0.01)))")


class any_active:
    """Whether any latent is active."""

    MESSAGE = "You asked whether any latent is active"
    EDIT = ("np.sum", "np.any")


class one_average:
    """One average of all means is subtracted."""

    MESSAGE = "You subtracted one average of all means"
    EDIT = ("np.var(mean, axis=0)", "np.mean((mean - mean.mean()) ** 2, axis=0)")


class variance_of_sizes:
    """The variance of the absolute values."""

    MESSAGE = "You took the variance of the absolute values"
    EDIT = ("np.var(mean", "np.var(np.abs(mean)")


class kl_as_well:
    """A KL above the line is asked for as well."""

    MESSAGE = "You asked for a KL above 0.01 as well"
    EDIT = (
        "np.var(mean, axis=0) > 0.01",
        "(np.var(mean, axis=0) > 0.01)"
        " & (0.5 * np.mean(mean**2 + np.exp(log_variance) - log_variance - 1, axis=0) > 0.01)",
    )


class narrow_as_well:
    """A narrow q is asked for as well."""

    MESSAGE = "You asked for a narrow q as well"
    EDIT = ("np.var(mean, axis=0) > 0.01", "(np.var(mean, axis=0) > 0.01) & (np.exp(log_variance).mean(axis=0) < 0.9)")


class narrow_instead:
    """A narrow q will do."""

    MESSAGE = "You also counted latents whose q is narrow"
    EDIT = ("np.var(mean, axis=0) > 0.01", "(np.var(mean, axis=0) > 0.01) | (np.exp(log_variance).mean(axis=0) < 0.5)")


class less_the_variance_of_q:
    """The variance of q is subtracted."""

    MESSAGE = "You subtracted the variance of q"
    EDIT = ("np.var(mean, axis=0)", "np.var(mean, axis=0) - np.exp(log_variance).mean(axis=0)")


class width_of_q:
    """The stddev of q."""

    MESSAGE = "did you compare q's own width"
    EDIT = ("np.var(mean, axis=0)", "np.exp(log_variance / 2).mean(axis=0)")


class log_variance_itself:
    """log_variance is taken for the variance of the mean."""

    MESSAGE = "You compared log_variance with 0.01"
    EDIT = ("np.var(mean, axis=0)", "np.mean(log_variance, axis=0)")


class rounded_variance:
    """The variance is rounded to two digits."""

    MESSAGE = "a variance rounded to two digits"
    EDIT = ("np.var(mean, axis=0)", "np.var(mean, axis=0).round(2)")


class whole_means:
    """The means are cut to whole numbers."""

    MESSAGE = "You cut the means to whole numbers"
    EDIT = ("np.var(mean", "np.var(mean.astype(int)")


class limited_means:
    """Means beyond 3 are taken for outliers."""

    MESSAGE = "You limited the means"
    EDIT = ("np.var(mean", "np.var(np.clip(mean, -3, 3)")


class variance_of_kl:
    """The variance of the KL."""

    MESSAGE = "You took the variance of the KL"
    EDIT = ("np.var(mean, axis=0)", "np.var(0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1), axis=0)")


class sum_of_variances:
    """The variances of both of the encoder's outputs are added."""

    MESSAGE = "You added the variance of log_variance"
    EDIT = ("np.var(mean, axis=0)", "np.var(mean, axis=0) + np.var(log_variance, axis=0)")


class share_of_the_largest:
    """A line relative to the busiest latent."""

    MESSAGE = "You compared the variance with 0.01 of the largest"
    EDIT = ("> 0.01", "> 0.01 * np.max(np.var(mean, axis=0))")


class two_examples:
    """The first two examples."""

    MESSAGE = "You looked at some of the examples"
    EDIT = ("np.var(mean,", "np.var(mean[:2],")
