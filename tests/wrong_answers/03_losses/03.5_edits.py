"""Wrong answers to 03.5 reliability that are a right answer but for a line or two."""


class last_bin:
    """p = 1 falls off the end."""

    MESSAGE = "entries for 4 bins. p = 1"
    EDIT = ("which = np.minimum((p * bins).astype(int), bins - 1)", "which = (p * bins).astype(int)")


class last_bin_dropped:
    """p = 1 is in no bin."""

    MESSAGE = "Your code drops it"
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
