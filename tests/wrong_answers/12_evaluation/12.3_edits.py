"""Wrong answers to 12.3 bound_with_error that are a right answer but for a line or two."""


class elbo:
    """The mean of the logarithms."""

    MESSAGE = "that is the ELBO, the bound with one sample"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)")


class no_log_k:
    """The sum of the weights."""

    MESSAGE = "The 1/k is missing"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.logaddexp.reduce(groups, axis=2)")


class exponentials:
    """exp of the log-weights as they are."""

    MESSAGE = "exp(-10000) is 0 and exp(1000) is infinite"
    EDIT = ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.log(np.mean(np.exp(groups.astype(float)), axis=2))")


class groups_as_images:
    """All groups count."""

    MESSAGE = "treats all groups as if they were images of their own. Groups"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "estimates.std(ddof=1) / np.sqrt(estimates.size)")


class no_root:
    """The standard deviation."""

    MESSAGE = "You returned the standard deviation of the images' means. The"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "of_images.std(ddof=1)")


class ddof_0:
    """NumPy's default."""

    MESSAGE = "Your standard error has ddof=0, which"
    EDIT = ("of_images.std(ddof=1)", "of_images.std()")


class divided_by_images:
    """No root."""

    MESSAGE = "divided by the number of images, not by its square root."
    EDIT = ("np.sqrt(images)", "images")


class root_of_all_groups:
    """Root of the number of groups."""

    MESSAGE = "by the square root of the number of all groups"
    EDIT = ("np.sqrt(images)", "np.sqrt(estimates.size)")


class squared:
    """The square of the standard error."""

    MESSAGE = "You returned the square of the standard error"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "of_images.var(ddof=1) / images")


class interleaved:
    """Groups that take every so many-th draw."""

    MESSAGE = "every so many-th draw"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.reshape(images, k, -1).swapaxes(1, 2)")


class across_images:
    """The table is read column by column."""

    MESSAGE = "Your groups mix draws of several images"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.T.reshape(images, -1, k)")


class all_draws:
    """One group for all draws."""

    MESSAGE = "in one group, whatever k is: there are no groups"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.logaddexp.reduce(log_weights[:, None], axis=2) - np.log(log_weights.shape[1])",
    )


class first_draws:
    """Only k draws are used."""

    MESSAGE = "You used the first k draws"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights[:, None, :k]")


class log_of_all_draws:
    """The logarithm of the number of all draws."""

    MESSAGE = "the logarithm of the number of all draws"
    EDIT = ("- np.log(k)", "- np.log(log_weights.shape[1])")


class wrong_sign:
    """log k is added."""

    MESSAGE = "log k has the wrong sign"
    EDIT = ("- np.log(k)", "+ np.log(k)")


class largest:
    """The largest weight."""

    MESSAGE = "You took the largest weight of each group"
    EDIT = ("np.logaddexp.reduce(groups, axis=2)", "groups.max(axis=2)")


class negative_bound:
    """A loss."""

    MESSAGE = "The sign of the bound is wrong"
    EDIT = ("return of_images.mean()", "return -of_images.mean()")


class put_together_again:
    """The groups of an image are put together again."""

    MESSAGE = "with another log-mean-exp"
    EDIT = (
        "return of_images.mean()",
        "return np.mean(np.logaddexp.reduce(estimates, axis=1) - np.log(estimates.shape[1]))",
    )


class exchanged:
    """The error first."""

    MESSAGE = "You exchanged the two numbers"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.std(ddof=1) / np.sqrt(images), of_images.mean()",
    )


class interval:
    """1.96 standard errors."""

    MESSAGE = "half of a 95 % interval"
    EDIT = ("of_images.std(ddof=1) /", "1.96 * of_images.std(ddof=1) /")


class error_over_groups:
    """The spread between the groups, averaged over images."""

    MESSAGE = "is that over the groups, averaged over images"
    EDIT = (
        "of_images.std(ddof=1) / np.sqrt(images)",
        "estimates.mean(axis=0).std(ddof=1) / np.sqrt(estimates.shape[1])",
    )


class one_per_image:
    """No mean over the images."""

    MESSAGE = "is one number for each of the"
    EDIT = ("return of_images.mean(),", "return of_images,")


class bound_alone:
    """No error bar."""

    MESSAGE = "(bound, standard error). Received"
    EDIT = ("return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)", "return of_images.mean()")


class elbo_and_all_groups:
    """Two mistakes."""

    MESSAGE = (
        "You averaged the logarithms of the weights: that is the ELBO, the bound with one sample, "
        "whatever k is. The weights of a group are averaged, and the logarithm is taken of their "
        "mean.\n"
        "Also: Your standard error treats all groups as if they were images of their own. Groups "
        "of one image share that image: average each image first, and count the images."
    )
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)"),
        ("of_images.std(ddof=1) / np.sqrt(images)", "estimates.std(ddof=1) / np.sqrt(estimates.size)"),
    )


class elbo_and_all_draws:
    """The ELBO with an error bar of all draws."""

    MESSAGE = "treats all draws as if"
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "groups.mean(axis=2)"),
        ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.std(ddof=1) / np.sqrt(log_weights.size)"),
    )


class no_log_k_and_ddof_0:
    """Two mistakes."""

    MESSAGE = (
        "The 1/k is missing: you took the logarithm of the sum of a group's weights, not of their "
        "mean.\n"
        "Also: Your standard error has ddof=0, which is NumPy's default. ddof=1 was asked for."
    )
    EDIT = (
        ("np.logaddexp.reduce(groups, axis=2) - np.log(k)", "np.logaddexp.reduce(groups, axis=2)"),
        ("of_images.std(ddof=1)", "of_images.std()"),
    )


class rounded:
    """Rounded to one decimal."""

    MESSAGE = "You rounded the standard error"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "round(of_images.std(ddof=1) / np.sqrt(images), 2)")


class k_groups:
    """k groups in place of groups of k."""

    MESSAGE = "You made k groups. Each"
    EDIT = ("log_weights.reshape(images, -1, k)", "log_weights.reshape(images, k, -1)")


class over_the_groups:
    """The log-mean-exp over the wrong axis."""

    MESSAGE = "Your log-mean-exp goes over the groups. It"
    EDIT = ("np.logaddexp.reduce(groups, axis=2)", "np.logaddexp.reduce(groups, axis=1)")


class error_of_the_elbo:
    """The error bar of another bound."""

    MESSAGE = "Your standard error is that of the ELBO"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.mean(axis=1).std(ddof=1) / np.sqrt(images)")


class error_of_draws:
    """The spread of all log-weights."""

    MESSAGE = "has the standard deviation of all log-weights"
    EDIT = ("of_images.std(ddof=1) / np.sqrt(images)", "log_weights.std(ddof=1) / np.sqrt(log_weights.size)")


class one_shift:
    """One largest log-weight for all images."""

    MESSAGE = "the largest log-weight of all images out of the exponentials"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.log(np.mean(np.exp(groups - groups.max()), axis=2)) + groups.max()",
    )


class all_draws_and_ddof_0:
    """Two mistakes."""

    MESSAGE = (
        "This is the bound with all draws of an image in one group, whatever k is: there are no groups of k "
        "draws, or another log-mean-exp puts them together. Average the estimates of the groups as they are.\n"
        "Also: Your standard error has ddof=0, which"
    )
    EDIT = (
        (
            "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
            "np.logaddexp.reduce(log_weights[:, None], axis=2) - np.log(log_weights.shape[1])",
        ),
        ("of_images.std(ddof=1)", "of_images.std()"),
    )


class root_of_all_draws:
    """Every draw is counted as a measurement."""

    MESSAGE = "the square root of the number of all draws"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(log_weights.size)",
    )


class root_of_draws:
    """The draws of an image are counted."""

    MESSAGE = "the square root of the number of draws of an image"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(log_weights.shape[1])",
    )


class root_of_k:
    """k samples, hence the root of k."""

    MESSAGE = "divided by the square root of k."
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(k)",
    )


class root_of_groups:
    """The groups of an image are counted."""

    MESSAGE = "the square root of the number of groups of an image"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(estimates.shape[1])",
    )


class notebook_images:
    """The number of images in the notebook is written into the code."""

    MESSAGE = "the square root of 200, a number in your code"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(200)",
    )


class within_images_root_of_images:
    """The spread of the groups of an image, divided by the root of the number of images."""

    MESSAGE = "Your standard error is that of the groups within each image"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), estimates.std(axis=1).mean() / np.sqrt(images)",
    )


class a_deviation_for_each_group:
    """A standard deviation over images for each group, and their mean."""

    MESSAGE = "a standard deviation over the images for each group"
    EDIT = (
        "return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "return of_images.mean(), estimates.std(axis=0, ddof=1).mean() / np.sqrt(images)",
    )


class largest_of_each_image:
    """The log-sum-exp trick, with one maximum for an image."""

    MESSAGE = "the largest log-weight of an image out of the exponentials"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.log(np.mean(np.exp(groups - groups.max(axis=(1, 2), keepdims=True)), axis=2)) + "
        "groups.max(axis=(1, 2))[:, None]",
    )


class mean_taken_out:
    """The log-sum-exp trick with a mean in place of the maximum."""

    MESSAGE = "the mean log-weight of each group out of the exponentials"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.log(np.mean(np.exp(groups - groups.mean(axis=2, keepdims=True)), axis=2)) + groups.mean(axis=2)",
    )


class clipped_log_weights:
    """Log-weights are clipped so that exp gets through."""

    MESSAGE = "You keep log-weights between -700 and 700"
    EDIT = (
        "np.logaddexp.reduce(groups, axis=2) - np.log(k)",
        "np.log(np.mean(np.exp(np.clip(groups, -700, 700)), axis=2))",
    )


class means_of_places:
    """The mean over the groups comes first."""

    MESSAGE = "You averaged the log-weights over the groups before"
    EDIT = ("np.logaddexp.reduce(groups, axis=2)", "np.logaddexp.reduce(groups.mean(axis=1), axis=1)[:, None]")


class groups_added_up:
    """The estimates of an image are added up."""

    MESSAGE = "You added up the estimates of each image's groups"
    EDIT = ("estimates.mean(axis=1)", "estimates.sum(axis=1)")


class images_in_the_exponential:
    """A log-mean-exp over the images as well."""

    MESSAGE = "puts the images together with another log-mean-exp"
    EDIT = ("return of_images.mean()", "return np.logaddexp.reduce(of_images) - np.log(images)")


class sliding_groups:
    """Groups that overlap, as a moving average has them."""

    MESSAGE = "the draws within each group change places"
    EDIT = ("log_weights.reshape(images, -1, k)", "np.lib.stride_tricks.sliding_window_view(log_weights, k, axis=1)")


class shuffled_with_a_seed:
    """The draws are shuffled first, with a seed."""

    MESSAGE = "the draws within each group change places"
    EDIT = (
        "log_weights.reshape(images, -1, k)",
        "np.random.default_rng(0).permutation(log_weights, axis=1).reshape(images, -1, k)",
    )


class first_groups_ddof_0:
    """The lesson's habit: the spread of one estimate per image, with NumPy's ddof."""

    MESSAGE = "first group of each image only, and has ddof=0"
    EDIT = ("of_images.std(ddof=1) /", "estimates[:, 0].std() /")


class spread_of_repetitions:
    """The lesson's other error bar: the spread over repeated estimates."""

    MESSAGE = "is that over the groups, averaged over images"
    EDIT = (
        "of_images.std(ddof=1) / np.sqrt(images)",
        "(estimates.mean(axis=0).std(ddof=1) if estimates.shape[1] > 1 else 0.0)",
    )


class spread_within_images:
    """How much the estimates of one image differ."""

    MESSAGE = "Your standard error is that of the groups within each image"
    EDIT = (
        "of_images.std(ddof=1) / np.sqrt(images)",
        "(estimates.std(axis=1, ddof=1).mean() / np.sqrt(estimates.shape[1]) if estimates.shape[1] > 1 else 0.0)",
    )


class layout_of_the_lesson:
    """Axis 0 for the draws."""

    MESSAGE = "You took axis 0 for the draws, as the lesson has them"
    EDIT = (
        "    estimates = np.logaddexp.reduce(groups, axis=2) - np.log(k)\n    of_images = "
        "estimates.mean(axis=1)\n    return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)",
        "    of_images = np.logaddexp.reduce(log_weights, axis=0) - np.log(images)\n    return "
        "of_images.mean(), of_images.std(ddof=1) / np.sqrt(len(of_images))",
    )


class two_log_means:
    """Another log-mean-exp over the groups."""

    MESSAGE = "in one group, whatever k is: there are no groups"
    EDIT = ("estimates.mean(axis=1)", "np.logaddexp.reduce(estimates, axis=1) - np.log(estimates.shape[1])")
