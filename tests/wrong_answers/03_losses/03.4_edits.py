"""Wrong answers to 03.4 masked_nll that are a right answer but for a line or two."""


class zeros_counted:
    """Gaps become 0 and count."""

    MESSAGE = "You put 0 in the gaps"
    EDIT = (
        ("np.where(seen, x - mean, 0) / stddev", "(np.nan_to_num(x) - mean) / stddev"),
        ("return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)", "return each.mean(axis=0)"),
    )


class hits_counted:
    """A gap costs nothing but its constants, and counts."""

    MESSAGE = "each gap is a perfect hit"
    EDIT = ("return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)", "return each.mean(axis=0)")


class column_mean_counted:
    """Gaps are filled with the column's mean, as is customary, and count."""

    MESSAGE = "You put the column's mean in the gaps"
    EDIT = (
        (
            "np.where(seen, x - mean, 0) / stddev",
            "(np.where(seen, x, np.where(seen, x, 0).sum(axis=0) / seen.sum(axis=0)) - mean) / stddev",
        ),
        ("return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)", "return each.mean(axis=0)"),
    )


class divided_by_rows:
    """The sum is right, the denominator is the number of rows."""

    MESSAGE = "You divided by the number of rows"
    EDIT = ("np.maximum(count, 1)", "len(x)")


class divided_by_all_entries:
    """The denominator counts the entries of all columns."""

    MESSAGE = "entries in the whole table"
    EDIT = ("np.maximum(count, 1)", "seen.sum()")


class complete_rows:
    """Rows with a gap are dropped."""

    MESSAGE = "You used complete rows alone"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "whole = seen.all(axis=1)\n    return each[whole].mean(axis=0)",
    )


class summed:
    """A sum for the mean."""

    MESSAGE = "You added up and did not divide"
    EDIT = (" / np.maximum(count, 1)", "")


class one_number:
    """All entries in one mean."""

    MESSAGE = "all entries of the table"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.where(seen, each, 0).sum() / seen.sum()",
    )


class by_row:
    """The wrong axis."""

    MESSAGE = "You averaged over each row"
    EDIT = (("seen.sum(axis=0)", "seen.sum(axis=1)"), ("each, 0), axis=0)", "each, 0), axis=1)"))


class nan_times_zero:
    """The mask is multiplied with nan."""

    MESSAGE = "nan times 0 is nan"
    EDIT = (("np.where(seen, x - mean, 0) / stddev", "(x - mean) / stddev"), ("np.where(seen, each, 0)", "seen * each"))


class nan_of_nothing:
    """nanmean, which is nan where a column has no entry."""

    MESSAGE = "the mean of nothing"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.sum(np.where(seen, each, 0), axis=0) / np.where(count > 0, count, np.nan)",
    )


class no_log_stddev:
    """Constants are dropped, and log(stddev) with them."""

    MESSAGE = "both logarithms are missing"
    EDIT = (" + np.log(stddev) + 0.5 * np.log(2 * np.pi)", "")


class stddev_for_variance:
    """stddev is divided by once."""

    MESSAGE = "You took stddev for the variance in the exponent"
    EDIT = ("x - mean, 0) / stddev", "x - mean, 0) / np.sqrt(stddev)")


class not_halved:
    """The 1/2 is forgotten."""

    MESSAGE = "The 1/2 is missing"
    EDIT = ("0.5 * error**2", "error**2")


class changed_in_place:
    """Gaps are filled in the caller's array."""

    MESSAGE = "changes its argument `x` in place"
    EDIT = ("    error =", "    x[~seen] = 0\n    error =")


class constants_where_empty:
    """The constants are added after the mean, and so in an empty column as well."""

    MESSAGE = "With nothing observed there is nothing to pay"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.sum(0.5 * error**2, axis=0) / np.maximum(count, 1) + np.log(stddev) + 0.5 * np.log(2 * np.pi)",
    )
