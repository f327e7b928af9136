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

    MESSAGE = "nan spreads in sums and products"
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


class zeros_are_gaps:
    """nan becomes 0, and 0 is then taken for a gap."""

    MESSAGE = "entries that are 0 for gaps"
    EDIT = ("seen = ~np.isnan(x)", "seen = np.nan_to_num(x) != 0")


class hits_are_gaps:
    """A square of 0 is taken for a gap."""

    MESSAGE = "predicted exactly for gaps"
    EDIT = ("seen = ~np.isnan(x)", "seen = np.nan_to_num(x - mean) != 0")


class positive:
    """Only positive entries are taken for known."""

    MESSAGE = "entries that are not positive"
    EDIT = ("seen = ~np.isnan(x)", "seen = np.nan_to_num(x) > 0")


class sentinel:
    """Gaps get a large number, and large costs are dropped."""

    MESSAGE = "You leave out entries that cost much"
    EDIT = (
        ("x - mean, 0) / stddev", "x - mean, 1e6) / stddev"),
        (
            "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
            (
                "seen = each < 1000\n"
                "    return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(seen.sum(axis=0), 1)"
            ),
        ),
    )


class never_negative:
    """A loss is thought to be positive."""

    MESSAGE = "You let no column be below 0"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.maximum(np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1), 0)",
    )


class absolute:
    """The sign is thought to be wrong, and dropped."""

    MESSAGE = "takes its absolute value"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.abs(np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1))",
    )


class one_more:
    """Against 0 / 0, one is added to the count."""

    MESSAGE = "number of entries plus 1"
    EDIT = ("np.maximum(count, 1)", "(count + 1)")


class one_less:
    """The count of a variance."""

    MESSAGE = "number of entries minus 1"
    EDIT = ("np.maximum(count, 1)", "np.maximum(count - 1, 1)")


class median:
    """The median, which outliers do not move."""

    MESSAGE = "This is the median"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.nan_to_num(np.nanmedian(np.where(seen, each, np.nan), axis=0))",
    )


class zero_for_any_gap:
    """0 for a column with a gap."""

    MESSAGE = "0 for every column with a gap"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.where(seen.all(axis=0), each.mean(axis=0), 0)",
    )


class all_zero:
    """Zeros, whatever is asked."""

    MESSAGE = "Your result is 0 for every column"
    EDIT = ("return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)", "return np.zeros(x.shape[1])")


class constants_of_gaps:
    """The square is masked, the constants are not."""

    MESSAGE = "all the same: leave out"
    EDIT = ("np.where(seen, each, 0)", "each")


class zeros_in_the_sum:
    """Gaps filled with 0 in the sum; the denominator is right."""

    MESSAGE = "with gaps filled with 0 in it"
    EDIT = (
        ("np.where(seen, x - mean, 0) / stddev", "(np.nan_to_num(x) - mean) / stddev"),
        ("np.where(seen, each, 0)", "each"),
    )


class four_columns:
    """As many columns as in the notebook's table."""

    MESSAGE = "should have shape"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.array([each[seen[:, i], i].sum() / max(count[i], 1) for i in range(4)])",
    )


class squeezed:
    """A table of one column loses its axis."""

    MESSAGE = "no axis for the columns"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.squeeze(np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1))",
    )


class rows_dropped:
    """Rows without an entry are dropped from x alone."""

    MESSAGE = "dropped rows without an entry"
    EDIT = ("    seen =", ("    x = x[~np.isnan(x).all(axis=1)]\n    mean = mean[: len(x)]\n    seen ="))


class own_means:
    """The columns' means in place of the model's."""

    MESSAGE = "You took the columns' own means"
    EDIT = ("    error", ("    mean = np.where(seen, x, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)\n    error"))


class own_stddev:
    """A stddev computed from the data."""

    MESSAGE = "You took a stddev of your own"
    EDIT = (
        "    error",
        (
            "    own = np.where(seen, x, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)\n"
            "    own = np.sqrt(np.where(seen, (x - own) ** 2, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), "
            "1))\n"
            "    stddev = np.where(seen.any(axis=0), own, 1)\n"
            "    error"
        ),
    )


class mean_error_squared:
    """The mean before the square."""

    MESSAGE = "You squared the mean error"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        (
            "error = error.sum(axis=0) / np.maximum(count, 1)\n"
            "    return (0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)) * (count > 0)"
        ),
    )


class one_where_empty:
    """1 in a column without an entry."""

    MESSAGE = "The column without an entry should be 0"
    EDIT = (
        "return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)",
        "return np.where(count > 0, np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1), 1)",
    )
