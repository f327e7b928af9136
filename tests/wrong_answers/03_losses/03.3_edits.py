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

    MESSAGE = "With logits beyond a thousand the result is not finite"
    EDIT = (
        "np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)",
        "-np.sum(x[:, 2:] * np.log(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)), axis=1)",
    )


class clipped_probabilities:
    """Probabilities are clipped before the logarithm."""

    MESSAGE = "clipped in your code"
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
