"""Wrong answers to 03.3 row_nll that are a right answer but for a line or two."""


class broken_code:
    """row_nll_broken, handed back unchanged."""

    MESSAGE = "All three parts are wrong"
    EDIT = (
        ("number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)", "number = error**2"),
        (
            "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
            "-x[:, 1] * np.log(1 / (1 + np.exp(-outputs[:, 1])))",
        ),
        (
            "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
            "np.sum((x[:, 2:] - np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)) ** 2, axis=1)",
        ),
    )


class category_left:
    """The categories are still squared errors."""

    MESSAGE = "costs 2 at most. The other two parts are right"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "np.sum((x[:, 2:] - np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)) ** 2, axis=1)",
    )


class coin_left:
    """The coin still has one side."""

    MESSAGE = "has probability 1 - p. The other two parts are right"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        "-x[:, 1] * np.log(1 / (1 + np.exp(-outputs[:, 1])))",
    )


class number_left:
    """The number is still a squared error."""

    MESSAGE = "cannot be added to nats. The other two parts are right"
    EDIT = ("number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)", "number = error**2")


class two_left:
    """Only the coin was repaired."""

    MESSAGE = "Two of the three parts are wrong"
    EDIT = (
        ("number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)", "number = error**2"),
        (
            "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
            "np.sum((x[:, 2:] - np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)) ** 2, axis=1)",
        ),
    )


class constants_dropped:
    """Constants do not matter, and stddev is taken for one."""

    MESSAGE = "both logarithms are missing"
    EDIT = ("number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)", "number = 0.5 * error**2")


class no_log_stddev:
    """The term that keeps stddev from growing is missing."""

    MESSAGE = "log(stddev) is missing"
    EDIT = (" + np.log(stddev)", "")


class no_pi:
    """log(2 pi) / 2 is missing."""

    MESSAGE = "log(2 pi) / 2 is missing"
    EDIT = (" + 0.5 * np.log(2 * np.pi)", "")


class stddev_for_variance:
    """stddev is divided by once."""

    MESSAGE = "you took stddev for the variance in the exponent"
    EDIT = ("/ stddev\n", "/ np.sqrt(stddev)\n")


class sigmoids:
    """A sigmoid for each category."""

    MESSAGE = "makes coins of them"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "np.sum(np.logaddexp(0, logits) - x[:, 2:] * logits, axis=1)",
    )


class averaged_categories:
    """Keras's habit: a mean over the last axis."""

    MESSAGE = "you averaged over the categories"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "(np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)) / logits.shape[1]",
    )


class exchanged_sides:
    """p and 1 - p exchanged."""

    MESSAGE = "p and 1 - p are exchanged"
    EDIT = ("- x[:, 1] * outputs", "- (1 - x[:, 1]) * outputs")


class mean_of_rows:
    """One number for the batch."""

    MESSAGE = "You averaged over the rows"
    EDIT = ("number + yes_or_no + category", "np.mean(number + yes_or_no + category)")


class mean_of_columns:
    """A mean over the three columns."""

    MESSAGE = "You averaged over the three columns"
    EDIT = ("number + yes_or_no + category", "(number + yes_or_no + category) / 3")


class probabilities_first:
    """Probabilities first, their logarithms later: fine for small logits."""

    MESSAGE = "A probability there is 0 or 1 in float64"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "-np.sum(x[:, 2:] * np.log(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)), axis=1)",
    )


class clipped_probabilities:
    """Probabilities are clipped before the logarithm."""

    MESSAGE = "No probability is below 1e-7"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        "-np.log(np.clip(1 / (1 + np.exp(np.clip((1 - 2 * x[:, 1]) * outputs[:, 1], -500, 500))), 1e-7, 1))",
    )


class one_number_for_all_categories:
    """Softmax over the rows."""

    MESSAGE = "normalised over the rows"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "np.sum(x[:, 2:] * (np.logaddexp.reduce(logits, axis=0) - logits), axis=1)",
    )


class epsilon:
    """A small number is added in the logarithm."""

    MESSAGE = "No probability is below 1e-12"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        ("-np.log(np.sum(x[:, 2:] * np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None]), axis=1) + 1e-12)"),
    )


class clipped_logits:
    """Logits are clipped, to be on the safe side."""

    MESSAGE = "You keep logits within [-500, 500]"
    EDIT = ("logits = outputs[:, 2:]", "logits = np.clip(outputs[:, 2:], -500, 500)")


class hard_limit:
    """Where logits are large, the largest is taken for the logarithm of the sum."""

    MESSAGE = "you took the largest for the logarithm"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        (
            "np.where(\n"
            "        np.abs(logits).max(axis=1) > 700, logits.max(axis=1), np.logaddexp.reduce(logits, "
            "axis=1)\n"
            "    ) - np.sum(x[:, 2:] * logits, axis=1)"
        ),
    )


class hard_limit_for_all:
    """The same, decided for the whole table."""

    MESSAGE = "you took the largest for the logarithm"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        (
            "(\n"
            "        logits.max(axis=1) if np.abs(logits).max() > 700 else np.logaddexp.reduce(logits, "
            "axis=1)\n"
            "    ) - np.sum(x[:, 2:] * logits, axis=1)"
        ),
    )


class shift_unsubtracted:
    """The largest logit of the whole table is subtracted, so that rows vanish."""

    MESSAGE = "A probability there is 0 or 1 in float64"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        ("np.log(np.exp(logits - logits.max()).sum(axis=1)) + logits.max() - np.sum(x[:, 2:] * logits, axis=1)"),
    )


class never_negative:
    """A loss is thought to be positive."""

    MESSAGE = "You let no result be below 0"
    EDIT = ("return number + yes_or_no + category", "return np.maximum(number + yes_or_no + category, 0)")


class absolute:
    """The sign is thought to be wrong, and dropped."""

    MESSAGE = "You let no result be below 0"
    EDIT = ("return number + yes_or_no + category", "return np.abs(number + yes_or_no + category)")


class three_categories:
    """As many categories as in the table of the notebook."""

    MESSAGE = "you looked at 3 categories only"
    EDIT = (("outputs[:, 2:]", "outputs[:, 2:5]"), ("x[:, 2:] * logits", "x[:, 2:5] * logits"))


class three_categories_shifted:
    """The same, with the largest logit subtracted."""

    MESSAGE = "you looked at 3 categories only"
    EDIT = (
        ("outputs[:, 2:]", "outputs[:, 2:5] - outputs[:, 2:5].max(axis=1)[:, None]"),
        ("x[:, 2:] * logits", "x[:, 2:5] * logits"),
    )


class others_as_well:
    """Binary cross-entropy of softmax's probabilities."""

    MESSAGE = "- log(1 - q) of the others"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        (
            "-np.sum(x[:, 2:] * np.log(np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])) + (1 - "
            "x[:, 2:]) * np.log(1 - np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])), axis=1)"
        ),
    )


class first_category_lost:
    """Columns counted from 1."""

    MESSAGE = "the first category is missing"
    EDIT = (("outputs[:, 2:]", "outputs[:, 3:]"), ("x[:, 2:] * logits", "x[:, 3:] * logits"))


class coin_in_the_softmax:
    """The softmax begins a column too early."""

    MESSAGE = "is among those of your softmax"
    EDIT = ("np.logaddexp.reduce(logits, axis=1)", "np.logaddexp.reduce(outputs[:, 1:], axis=1)")


class sign_of_a_term:
    """The minus in front belongs to both terms."""

    MESSAGE = "the term of x = 0 has the wrong sign"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        "np.logaddexp(0, -outputs[:, 1]) * x[:, 1] - np.logaddexp(0, outputs[:, 1]) * (1 - x[:, 1])",
    )


class precedence:
    """a / 2 * b is not a / (2 b)."""

    MESSAGE = "a / 2 * b is (a / 2) times b"
    EDIT = (
        "number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
        "number = (x[:, 0] - outputs[:, 0])**2 / 2 * stddev**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
    )


class no_stddev_in_exponent:
    """stddev in the factor alone."""

    MESSAGE = "stddev is missing in the exponent"
    EDIT = ("/ stddev\n", "\n")


class stddev_is_one:
    """stddev taken for 1."""

    MESSAGE = "stddev is taken for 1"
    EDIT = (
        "number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
        "number = (x[:, 0] - outputs[:, 0])**2 / 2 + 0.5 * np.log(2 * np.pi)",
    )


class half_square:
    """Half the squared error, as for a stddev of 1."""

    MESSAGE = "half the squared error, without stddev"
    EDIT = (
        "number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
        "number = (x[:, 0] - outputs[:, 0])**2 / 2",
    )


class variance_in_the_root:
    """log(2 pi stddev) in place of log(2 pi stddev^2)."""

    MESSAGE = "has the square missing"
    EDIT = (
        "number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
        "number = 0.5 * error**2 + 0.5 * np.log(2 * np.pi * stddev)",
    )


class laplace:
    """The error is not squared."""

    MESSAGE = "a Laplace distribution"
    EDIT = (
        "number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
        ("number = np.abs((x[:, 0] - outputs[:, 0])) / (2 * stddev**2) + np.log(stddev) + 0.5 * np.log(2 * np.pi)"),
    )


class half_square_of_category:
    """Half the squared error, for the category too."""

    MESSAGE = "half the squared error between one-hot"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        ("0.5 * np.sum((x[:, 2:] - np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])) ** 2, axis=1)"),
    )


class softmax_of_the_table:
    """SciPy's logsumexp without an axis."""

    MESSAGE = "normalised over the whole table"
    EDIT = ("np.logaddexp.reduce(logits, axis=1)", "np.logaddexp.reduce(logits, axis=None)")


class keras_mean:
    """Keras's BinaryCrossentropy, which averages over the batch."""

    MESSAGE = "this is the mean over the rows, one number"
    EDIT = (
        "yes_or_no = np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        "yes_or_no = np.mean(np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1])",
    )


class sigmoid_twice:
    """Keras takes p for a logit."""

    MESSAGE = "the sigmoid is taken twice"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        "np.logaddexp(0, 1 / (1 + np.exp(-outputs[:, 1]))) - x[:, 1] * 1 / (1 + np.exp(-outputs[:, 1]))",
    )


class logit_for_p:
    """Keras's loss without from_logits, which clips."""

    MESSAGE = "you took the logit for a probability"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        (
            "-x[:, 1] * np.log(np.clip(outputs[:, 1], 1e-7, 1 - 1e-7)) - (1 - x[:, 1]) * np.log(\n"
            "        1 - np.clip(outputs[:, 1], 1e-7, 1 - 1e-7)\n"
            "    )"
        ),
    )


class all_logits:
    """The logits of all categories are subtracted."""

    MESSAGE = "the logits of all K are subtracted"
    EDIT = ("np.sum(x[:, 2:] * logits, axis=1)", "np.sum(logits, axis=1)")


class all_costs:
    """- log q of all categories."""

    MESSAGE = "you added - log q of all K"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "-np.sum(np.log(np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])), axis=1)",
    )


class likeliest:
    """The likeliest category for the true one."""

    MESSAGE = "log q of the likeliest category"
    EDIT = ("np.sum(x[:, 2:] * logits, axis=1)", "logits.max(axis=1)")


class one_minus_log:
    """1 - log p for log(1 - p)."""

    MESSAGE = "1 - log p is not log(1 - p)"
    EDIT = (
        "np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]",
        (
            "-x[:, 1] * np.log(1 / (1 + np.exp(-outputs[:, 1]))) - (1 - x[:, 1]) * (1 - np.log(1 / (1 + "
            "np.exp(-outputs[:, 1]))))"
        ),
    )


class likelihood:
    """p for -log p."""

    MESSAGE = "This is p itself"
    EDIT = ("return number + yes_or_no + category", "return np.exp(-number - yes_or_no - category)")


class squeezed:
    """A table of one row loses its axis."""

    MESSAGE = "no axis for the rows"
    EDIT = ("return number + yes_or_no + category", "return np.squeeze(number + yes_or_no + category)")


class own_stddev:
    """A stddev that is written in."""

    MESSAGE = "It is the same for a larger stddev"
    EDIT = ("    error", ("    stddev = 0.3\n    error"))


class coin_twice:
    """The coin counts twice."""

    MESSAGE = "It does not change with the yes or no's logit as it should. With"
    EDIT = ("return number + yes_or_no + category", "return number + 2 * yes_or_no + category")


class another_constant:
    """log(pi) / 2 in place of log(2 pi) / 2."""

    MESSAGE = "Where the outputs change, it changes as it should"
    EDIT = ("np.log(2 * np.pi)", "np.log(np.pi)")
