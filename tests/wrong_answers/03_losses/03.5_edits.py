"""Wrong answers to 03.5 reliability that are a right answer but for a line or two."""


class last_bin:
    """p = 1 falls off the end."""

    MESSAGE = "a bin of its own behind the last"
    EDIT = ("which = np.minimum((p * bins).astype(int), bins - 1)", "which = (p * bins).astype(int)")


class last_bin_dropped:
    """p = 1 is in no bin."""

    MESSAGE = "p = 1 is in no bin of yours"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "p, y = p[p < 1], y[p < 1]\n    which = (p * bins).astype(int)",
    )


class right_closed:
    """Bins closed on the right."""

    MESSAGE = "closed on the right"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "which = np.maximum(np.ceil(p * bins).astype(int) - 1, 0)",
    )


class rounded:
    """The nearest bin."""

    MESSAGE = "You rounded p * bins"
    EDIT = ("(p * bins).astype(int)", "np.round(p * bins).astype(int)")


class ten_bins:
    """Ten bins, whatever is asked for."""

    MESSAGE = "works with 10 bins"
    EDIT = ("    which =", "    assert bins == 10\n    which =")


class middles:
    """The middle of a bin for the mean of its p."""

    MESSAGE = "You gave the middle of each bin"
    EDIT = ("np.bincount(which, p, bins) / some", "np.where(count > 0, (np.arange(bins) + 0.5) / bins, np.nan)")


class exchanged:
    """frequency first."""

    MESSAGE = "You exchanged confidence and frequency"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        "return np.bincount(which, y, bins) / some, np.bincount(which, p, bins) / some, count",
    )


class of_all:
    """Divided by the number of all entries."""

    MESSAGE = "A frequency is within its bin"
    EDIT = ("np.bincount(which, y, bins) / some", "np.bincount(which, y, bins) / len(p)")


class accuracy:
    """How often the rounded p is right."""

    MESSAGE = "how often rounding p is right"
    EDIT = ("np.bincount(which, y, bins)", "np.bincount(which, (p > 0.5) == y, bins)")


class shares:
    """Shares for counts."""

    MESSAGE = "the share of entries in each bin"
    EDIT = ("/ some, count", "/ some, count / len(p)")


class ones_counted:
    """The number of ones for the number of entries."""

    MESSAGE = "You counted the ones"
    EDIT = ("/ some, count", "/ some, np.bincount(which, y, bins)")


class zeros_where_empty:
    """0 for an empty bin."""

    MESSAGE = "in an empty bin"
    EDIT = ("np.where(count > 0, count, np.nan)", "np.maximum(count, 1)")


class equally_many:
    """Quantiles for edges."""

    MESSAGE = "equally many entries"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "which = np.argsort(np.argsort(p, kind='stable')) * bins // len(p)",
    )


class two_parts:
    """The counts are forgotten."""

    MESSAGE = "should return (confidence, frequency, count)"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some",
    )


class range_of_p:
    """Bins as np.histogram makes them from their number alone."""

    MESSAGE = "from the smallest p to the largest"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "which = np.digitize(p, np.linspace(p.min(), p.max(), bins + 1)[1:-1])",
    )


class from_one:
    """np.digitize counts from 1."""

    MESSAGE = "Your bins are counted from 1"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "which = np.digitize(p, np.linspace(0, 1, bins + 1))",
    )


class from_one_in_place:
    """np.searchsorted counts from 1, and bins are looked for from 0."""

    MESSAGE = "Your bins are counted from 1"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        (
            'which = np.searchsorted(np.linspace(0, 1, bins + 1), p, side="right")\n'
            "    inside = [which == i for i in range(bins)]\n"
            "    of = [np.array([v[i].mean() if i.any() else np.nan for i in inside]) for v in (p, y)]\n"
            "    return *of, np.array([i.sum() for i in inside])"
        ),
    )


class five_bins:
    """Five bins, as in the notebook."""

    MESSAGE = "You made 5 bins"
    EDIT = ("    which =", ("    bins = 5\n    which ="))


class no_minlength:
    """np.bincount stops at the largest bin that occurs."""

    MESSAGE = "takes minlength=bins"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        ("count = np.bincount(which)\n    return np.bincount(which, p) / count, np.bincount(which, y) / count, count"),
    )


class one_first:
    """% bins, against the bin behind the last."""

    MESSAGE = "p = 1 is in your first bin"
    EDIT = ("which = np.minimum((p * bins).astype(int), bins - 1)", "which = (p * bins).astype(int) % bins")


class one_fails:
    """An index behind the last."""

    MESSAGE = "Without p = 1 it works"
    EDIT = (
        "    which = np.minimum((p * bins).astype(int), bins - 1)",
        "    which = np.arange(bins)[(p * bins).astype(int)]",
    )


class zero_lost:
    """p = 0 is in no bin."""

    MESSAGE = "p = 0 is in no bin"
    EDIT = ("    which =", ("    p, y = p[p > 0], y[p > 0]\n    which ="))


class both_ends:
    """Bins closed on both sides."""

    MESSAGE = "is counted in both bins"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        (
            "inside = [(p >= i / bins) & (p <= (i + 1) / bins) for i in range(bins)]\n"
            "    of = [np.array([v[i].mean() if i.any() else np.nan for i in inside]) for v in (p, y)]\n"
            "    return *of, np.array([i.sum() for i in inside])"
        ),
    )


class cumulative:
    """All p below the end of the bin."""

    MESSAGE = "Each bin holds all p below its end"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        (
            "sums = [np.cumsum(np.bincount(which, v, bins)) for v in (p, y)]\n"
            "    count = np.cumsum(count)\n"
            "    return sums[0] / count, sums[1] / count, count"
        ),
    )


class likelier_answer:
    """The confidence in the likelier answer."""

    MESSAGE = "the confidence in the likelier answer"
    EDIT = ("    which =", ("    p, y = np.maximum(p, 1 - p), ((p > 0.5) == (y > 0.5)) * 1.0\n    which ="))


class edges_for_bins:
    """linspace(0, 1, bins), which has an edge too few."""

    MESSAGE = "The bins are one too few"
    EDIT = (
        "which = np.minimum((p * bins).astype(int), bins - 1)",
        "which = np.digitize(p, np.linspace(0, 1, bins)) - 1",
    )


class sorted_alone:
    """p is sorted, y is not."""

    MESSAGE = "left y as it was"
    EDIT = ("    which =", ("    p = np.sort(p)\n    which ="))


class count_first:
    """The count stands first."""

    MESSAGE = "The count stands first"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        "return count, np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some",
    )


class count_nan:
    """nan for all three in an empty bin."""

    MESSAGE = "count is nan where it should be 0"
    EDIT = ("/ some, count", "/ some, some")


class empty_left_out:
    """Empty bins are left out."""

    MESSAGE = "Empty bins are left out"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        (
            "full = count > 0\n"
            "    return tuple(v[full] for v in (np.bincount(which, p, bins) / some, np.bincount(which, y, "
            "bins) / some, count))"
        ),
    )


class of_all_ones:
    """Each bin's share of the ones."""

    MESSAGE = "share of all ones"
    EDIT = ("np.bincount(which, y, bins) / some", "np.bincount(which, y, bins) / y.sum()")


class added_counts:
    """One is added to the counts, against 0 / 0."""

    MESSAGE = "You added to the counts"
    EDIT = ("np.bincount(which, y, bins) / some", "(np.bincount(which, y, bins) + 1) / (count + 2)")


class reversed:
    """The bins from 1 down to 0."""

    MESSAGE = "in reverse order"
    EDIT = (
        "return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count",
        ("return (np.bincount(which, p, bins) / some)[::-1], (np.bincount(which, y, bins) / some)[::-1], count[::-1]"),
    )


class gap:
    """How far off the model is."""

    MESSAGE = "frequency - confidence. Asked"
    EDIT = ("np.bincount(which, y, bins) / some", "(np.bincount(which, y, bins) - np.bincount(which, p, bins)) / some")


class median:
    """The median of p."""

    MESSAGE = "is the median of p"
    EDIT = (
        "np.bincount(which, p, bins) / some",
        "np.array([np.median(p[which == i]) if (which == i).any() else np.nan for i in range(bins)])",
    )


class density:
    """np.histogram's density for a count."""

    MESSAGE = "count is a density"
    EDIT = ("/ some, count", "/ some, count / len(p) * bins")


class per_cent:
    """Frequencies in per cent."""

    MESSAGE = "frequencies are in per cent"
    EDIT = ("np.bincount(which, y, bins) / some", "100 * np.bincount(which, y, bins) / some")


class whole_numbers:
    """An integer division."""

    MESSAGE = "frequencies are whole numbers"
    EDIT = ("np.bincount(which, y, bins) / some", "np.bincount(which, y, bins) // some")


class base_rate:
    """The mean of all y for each bin."""

    MESSAGE = "has the mean of all y"
    EDIT = ("np.bincount(which, y, bins) / some", "np.full(bins, y.mean())")


class of_the_ones:
    """The mean of p where y is 1."""

    MESSAGE = "where y is 1, in your code"
    EDIT = (
        "np.bincount(which, p, bins) / some",
        (
            "np.bincount(which, p * y, bins) / np.where(np.bincount(which, y, bins) > 0, np.bincount(which, "
            "y, bins), np.nan)"
        ),
    )
