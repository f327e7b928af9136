"""Wrong answers to 11.3 free_bits_kl that are a right answer but for a line or two."""


class after_the_sum:
    """The maximum is taken after the sum over latents."""

    MESSAGE = "after the sum over latents. One"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "max(free, np.mean(np.sum(kl, axis=1)))")


class after_the_sum_for_all:
    """The maximum is taken after the sum, with the free amount of all latents together."""

    MESSAGE = "the free amount of all latents together"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "max(free * kl.shape[1], np.mean(np.sum(kl, axis=1)))")


class averaged:
    """The KL is averaged over the latents."""

    MESSAGE = "You averaged over the latents"
    EDIT = ("np.sum", "np.mean")


class axes_swapped:
    """The axes are taken for each other."""

    MESSAGE = "You mixed up the axes"
    EDIT = ("axis=0", "axis=1")


class batch_summed:
    """The KL is summed over the batch before the maximum."""

    MESSAGE = "You summed over the batch"
    EDIT = ("np.mean", "np.sum")


class bits:
    """The free amount is taken for bits and converted."""

    MESSAGE = "You converted bits to nats"
    EDIT = ("maximum(free,", "maximum(free * np.log(2),")


class each_example:
    """The maximum is taken for each example, before the mean over the batch."""

    MESSAGE = "maximum for each example"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.mean(np.sum(np.maximum(kl, free), axis=1))")


class excess_only:
    """Only what exceeds the free amount is counted."""

    MESSAGE = "You subtracted the free amount"
    EDIT = ("free, np.mean(kl, axis=0)", "0, np.mean(kl, axis=0) - free")


class kl_sign:
    """The KL has the wrong sign."""

    MESSAGE = "You reversed the KL's sign"
    EDIT = ("0.5 *", "-0.5 *")


class log_added:
    """The logarithm of the variance is added."""

    MESSAGE = "The logarithm has the wrong sign"
    EDIT = ("- log_variance", "+ log_variance")


class log_stddev:
    """log_variance is read as the logarithm of the stddev."""

    MESSAGE = "the logarithm of the stddev"
    EDIT = ("np.exp(log_variance) - 1 - log_variance", "np.exp(2 * log_variance) - 1 - 2 * log_variance")


class minimum:
    """The minimum is taken."""

    MESSAGE = "You took the minimum"
    EDIT = ("maximum", "minimum")


class nothing_free:
    """The plain KL is returned."""

    MESSAGE = "Nothing is free in it"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.mean(np.sum(kl, axis=1))")


class one_a_latent:
    """The sum over latents is left out."""

    MESSAGE = "You returned several numbers"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.maximum(free, np.mean(kl, axis=0))")


class sum_of_each_example:
    """The maximum is taken after the sum over latents, for each example."""

    MESSAGE = "after the sum over latents, and for each example"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.mean(np.maximum(free, np.sum(kl, axis=1)))")


class constant_in_log:
    """A small number stands inside the logarithm."""

    MESSAGE = "In your KL: You add 1e-6 to the variance"
    EDIT = ("- log_variance", "- np.log(np.exp(log_variance) + 1e-6)")


class clipped:
    """The log-variance is clipped."""

    MESSAGE = "In your KL: You clip log_variance to [-10, 10]"
    EDIT = ("    kl =", "    log_variance = np.clip(log_variance, -10, 10)\n    kl =")


class shared_amount:
    """The free amount is shared among the latents."""

    MESSAGE = "You shared the free amount among the latents"
    EDIT = ("maximum(free,", "maximum(free / kl.shape[1],")


class half_last:
    """The half is multiplied at the end."""

    MESSAGE = "with twice the KL, and halved afterwards"
    EDIT = (
        ("0.5 * ", ""),
        ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "0.5 * np.sum(np.maximum(free, np.mean(kl, axis=0)))"),
    )


class smooth:
    """A smooth maximum."""

    MESSAGE = "You took a smooth maximum"
    EDIT = ("np.maximum", "np.logaddexp")


class log_for_variance:
    """log_variance is taken for the variance."""

    MESSAGE = "without its sign, for the variance"
    EDIT = (
        ("np.exp(log_variance) - 1 - log_variance", "variance - 1 - np.log(variance)"),
        ("    kl =", "    variance = np.abs(log_variance) + 1e-8\n    kl ="),
    )


class python_max:
    """Python's max of a number and an array."""

    MESSAGE = "Python's max and if compare two numbers"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "sum(max(free, np.mean(kl, axis=0)))")


class charged_nothing:
    """What is below the free amount costs nothing."""

    MESSAGE = "A maximum charges the free amount itself"
    EDIT = (
        "np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "np.sum(np.where(np.mean(kl, axis=0) > free, np.mean(kl, axis=0), 0))",
    )


class no_minus_one:
    """The -1 is dropped."""

    MESSAGE = "The -1 is missing from your KL"
    EDIT = (" - 1 -", " -")


class largest_term:
    """The largest of the latents' terms."""

    MESSAGE = "the largest of the latents' terms"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "return np.maximum(free, np.mean(kl, axis=0)).max()",
    )


class divided_by_the_batch_twice:
    """Divided by the size of the batch once more."""

    MESSAGE = "the mean over the batch already does so"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "return np.sum(np.maximum(free, np.mean(kl, axis=0))) / len(mean)",
    )


class median_of_the_batch:
    """The median over the batch."""

    MESSAGE = "the median over the batch"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "return np.sum(np.maximum(free, np.median(kl, axis=0)))",
    )


class clipped_above:
    """np.clip with an upper limit."""

    MESSAGE = "You limit the KL of a latent to 10"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "return np.sum(np.clip(np.mean(kl, axis=0), free, 10))",
    )


class half_a_nat:
    """0.5 nats, as in the lesson."""

    MESSAGE = "You used 0.5 nats"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "return np.sum(np.maximum(0.5, np.mean(kl, axis=0)))",
    )


class kl_of_averages:
    """The KL of the averaged mean and log-variance."""

    MESSAGE = "the KL of the averages"
    EDIT = (
        "return np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "m, v = mean.mean(axis=0), log_variance.mean(axis=0)\n"
        "    return np.sum(np.maximum(free, 0.5 * (m**2 + np.exp(v) - 1 - v)))",
    )


class largest_of_one_array:
    """np.max for np.maximum."""

    MESSAGE = "np.max takes the largest number of one array"
    EDIT = ("np.maximum", "np.max")


class log_of_exp:
    """The variance is computed, and then its logarithm."""

    MESSAGE = "Do not take the logarithm of exp(log_variance)"
    EDIT = ("- 1 - log_variance", "- 1 - np.log(np.exp(log_variance))")


class taken_for_the_variance:
    """log_variance is taken for the variance."""

    MESSAGE = "You took the logarithm of log_variance"
    EDIT = ("np.exp(log_variance) - 1 - log_variance", "log_variance - 1 - np.log(log_variance)")


class no_mean:
    """Nothing is averaged."""

    MESSAGE = "The batch is summed in your code"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.sum(np.maximum(free, kl))")


class mean_of_all:
    """One mean over everything."""

    MESSAGE = "the mean of the KL over examples and latents"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.maximum(free, kl.mean())")


class half_everywhere:
    """The log-variance is taken for a logarithm of which half is the stddev's, in both places."""

    MESSAGE = "and its logarithm for log variance"
    EDIT = ("np.exp(log_variance) - 1 - log_variance", "np.exp(log_variance / 2) - 1 - log_variance / 2")


class reversed:
    """KL(p || q)."""

    MESSAGE = "You reversed the KL: it is KL(q || p)"
    EDIT = (
        "0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)",
        "0.5 * ((1 + mean**2) * np.exp(-log_variance) - 1 + log_variance)",
    )


class not_squared:
    """The mean is not squared."""

    MESSAGE = "The mean is not squared in your KL"
    EDIT = ("mean**2", "mean")


class in_bits:
    """The KL is in bits."""

    MESSAGE = "Your KL is in bits"
    EDIT = ("0.5 *", "0.5 / np.log(2) *")


class sign_of_the_variance:
    """The variance is subtracted, as a slip in a known formula has it."""

    MESSAGE = "The variance has the wrong sign in your KL"
    EDIT = (
        "0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)",
        "-0.5 * (1 + log_variance - mean**2 + np.exp(log_variance))",
    )


class hundred_examples:
    """A batch of a hundred."""

    MESSAGE = "You divided by 100"
    EDIT = ("np.mean(kl, axis=0)", "np.sum(kl, axis=0) / 100")


class two_latents:
    """Two latents."""

    MESSAGE = "You used the first two latents"
    EDIT = ("np.mean(kl, axis=0)", "np.mean(kl[:, :2], axis=0)")


class mean_of_maxima:
    """The mean of everything after the maximum."""

    MESSAGE = "You averaged the maxima over examples and latents"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "np.mean(np.maximum(free, kl))")


class free_once:
    """The free amount is subtracted once."""

    MESSAGE = "The free amount is subtracted once in your code"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "max(0, np.sum(np.mean(kl, axis=0)) - free)")


class free_of_all_subtracted:
    """The free amount of all latents is subtracted."""

    MESSAGE = "The free amount of all latents is subtracted"
    EDIT = ("np.sum(np.maximum(free, np.mean(kl, axis=0)))", "max(0, np.sum(np.mean(kl, axis=0)) - free * kl.shape[1])")


class squeezed:
    """Axes of length 1 are dropped."""

    MESSAGE = "Does np.squeeze drop the axis"
    EDIT = (
        "np.sum(np.maximum(free, np.mean(kl, axis=0)))",
        "np.sum(np.maximum(free, np.mean(np.squeeze(kl), axis=0)))",
    )
