"""Wrong answers to 09.4 information_gap that are a right answer but for a line or two."""


class dead_latents_believed:
    """Every latent is cut into bins, however little it moves."""

    MESSAGE = "You believe dead latents"
    EDIT = ("np.var(z) <= 0.01", "np.ptp(z) == 0")


class stddev_for_variance:
    """The line is held against the stddev."""

    MESSAGE = "You compared the stddev of a latent with 0.01"
    EDIT = ("np.var(z) <= 0.01", "np.std(z) <= 0.01")


class mean_square:
    """The line is held against the mean square."""

    MESSAGE = "You compared the mean square of a latent"
    EDIT = ("np.var(z) <= 0.01", "np.mean(z**2) <= 0.01")


class line_too_high:
    """Latents that are alive are called dead."""

    MESSAGE = "You call latents dead whose variance is at most 0.1 or so"
    EDIT = ("np.var(z) <= 0.01", "np.var(z) <= 0.1")


class standardised:
    """Each latent is divided by its stddev, which is 0 for a constant one; the nan is then spread."""

    MESSAGE = "A latent that is constant makes your score nan"
    EDIT = (
        ("if np.var(z) <= 0.01:", "if np.var(z) <= 0.01 and np.ptp(z) > 0:"),
        (
            "edges = np.linspace",
            "if np.ptp(z) == 0:\n                information.append(np.nan)\n                continue\n"
            "            edges = np.linspace",
        ),
    )


class best_alone:
    """The gap is forgotten."""

    MESSAGE = "You took the information of the best latent alone"
    EDIT = ("(best - second) / entropy", "best / entropy")


class mean_of_others:
    """The best latent against the average of the rest."""

    MESSAGE = "You compared the best latent with the mean of the others"
    EDIT = (
        "second, best = np.sort(information)[-2:]",
        "best, rest = max(information), np.sort(information[1:])[:-1]\n"
        "        second = np.mean(rest) if len(rest) else 0",
    )


class worst:
    """The best latent against the worst."""

    MESSAGE = "You compared the best latent with the worst"
    EDIT = (
        "second, best = np.sort(information)[-2:]",
        "second, best = min(information[1:] if len(information) > 2 else [0]), max(information)",
    )


class first_two:
    """The first two latents, whichever they are."""

    MESSAGE = "You compared the first two latents, unsorted"
    EDIT = (
        "(best - second) / entropy",
        "abs(information[1] - (information[2] if len(information) > 2 else 0)) / entropy",
    )


class gap_for_each_latent:
    """The gap between two factors, for each latent."""

    MESSAGE = "You took the gap between factors, for each latent"
    EDIT = (
        ("    scores = []\n", "    scores, table, entropies = [], [], []\n"),
        (
            "        second, best = np.sort(information)[-2:]\n        scores.append((best - second) / entropy)\n"
            "    return np.mean(scores)",
            "        table.append(information[1:])\n        entropies.append(entropy)\n"
            "    for known in np.transpose(table):\n        second, best = np.sort([0, *known])[-2:]\n"
            "        scores.append((best - second) / entropies[np.argmax(known)])\n"
            "    return np.mean(scores)",
        ),
    )


class entropy_in_bits:
    """Bits below the line, nats above it."""

    MESSAGE = "Your entropy is in bits and your information in nats"
    EDIT = ("np.mean(v == value) * np.log(np", "np.mean(v == value) * np.log2(np")


class log_of_values:
    """The logarithm of the number of values."""

    MESSAGE = "You divided by the logarithm of the number of values"
    EDIT = ("(best - second) / entropy", "(best - second) / np.log(len(values))")


class not_divided:
    """The entropy is forgotten."""

    MESSAGE = "You did not divide by the entropy"
    EDIT = ("(best - second) / entropy", "best - second")


class relative_to_best:
    """In shares of what the best latent knows."""

    MESSAGE = "You divided by what the best latent knows"
    EDIT = ("(best - second) / entropy", "(best - second) / max(best, 1e-12)")


class divided_after_averaging:
    """Mean gap by mean entropy."""

    MESSAGE = "You divided after averaging"
    EDIT = (
        ("    scores = []\n", "    scores, entropies = [], []\n"),
        ("scores.append((best - second) / entropy)", "scores.append(best - second)\n        entropies.append(entropy)"),
        ("np.mean(scores)", "np.mean(scores) / np.mean(entropies)"),
    )


class constant_factor_counts:
    """A factor that never changes counts as 0."""

    MESSAGE = "A factor that never changes counts as 0 in your average"
    EDIT = (
        "            continue\n        information",
        "            scores.append(0.0)\n            continue\n        information",
    )


class constant_factor_nan:
    """0 / 0."""

    MESSAGE = "A factor that never changes makes your score nan"
    EDIT = (
        "            continue\n        information",
        "            scores.append(np.nan)\n            continue\n        information",
    )


class too_few_edges:
    """n edges for n bins."""

    MESSAGE = "You made one bin less than asked for: n bins"
    EDIT = ("bins + 1)", "bins)")


class always_twenty:
    """The library's number of bins."""

    MESSAGE = "You cut each latent into 20 bins"
    EDIT = ("bins + 1)", "21)")


class one_range:
    """All latents along one range."""

    MESSAGE = "You cut all latents along one range"
    EDIT = ("np.linspace(z.min(), z.max()", "np.linspace(codes.min(), codes.max()")


class quantile_bins:
    """Bins with equally many codes."""

    MESSAGE = "Your bins hold equally many codes"
    EDIT = (
        "edges = np.linspace(z.min(), z.max(), bins + 1)",
        "ranks = np.unique(z, return_inverse=True)[1]\n            z = ranks * bins // (ranks.max() + 1)\n"
        "            edges = np.arange(bins + 1) - 0.5",
    )


class correlations:
    """Absolute correlations in place of information."""

    MESSAGE = "You took absolute correlations"
    EDIT = (
        "information.append(np.sum(joint[there] * np.log(joint[there] / apart[there])))",
        "information.append(abs(np.corrcoef(z, v)[0, 1]))",
    )


class single_latent_gives_nothing:
    """Without a second latent there is no gap."""

    MESSAGE = "With a single latent you gave 0"
    EDIT = (
        "second, best = np.sort(information)[-2:]",
        "second, best = np.sort(information[1:] * 2 if codes.shape[1] == 1 else information)[-2:]",
    )


class single_latent_raises:
    """The second of one latent."""

    MESSAGE = "with a single one your code raises"
    EDIT = ("np.sort(information)[-2:]", "np.sort(information[1:])[-2:]")


class for_each_factor:
    """The average is forgotten."""

    MESSAGE = "one for each factor"
    EDIT = ("return np.mean(scores)", "return np.array(scores)")


class summed:
    """A sum over factors."""

    MESSAGE = "You added up the gaps of the factors"
    EDIT = ("return np.mean(scores)", "return np.sum(scores)")


class bits_and_no_line:
    """Two slips together: dead latents believed, and no entropy."""

    MESSAGE = (
        "Two things. You believe dead latents: bins between a latent's smallest and largest code magnify even the "
        "tiniest movement. A latent whose variance over the rows is at most 0.01 is dead: against the noise of q, "
        "which is about 1 there, its small movements carry no information. You did not divide by the entropy"
    )
    EDIT = (("np.var(z) <= 0.01", "np.ptp(z) == 0"), ("(best - second) / entropy", "best - second"))


class constant:
    """The number that the notebook shows for its own codes."""

    MESSAGE = "Your result is the same each time"
    EDIT = ("return np.mean(scores)", "return 0.96")


class quantiles:
    """Bins that hold equally many codes."""

    MESSAGE = "You cut the codes at their quantiles"
    EDIT = ("np.linspace(z.min(), z.max(), bins + 1)", "np.quantile(z, np.linspace(0, 1, bins + 1))")


class about_zero:
    """A symmetric range."""

    MESSAGE = "Your bins are symmetric about 0"
    EDIT = ("np.linspace(z.min(), z.max(), bins + 1)", "np.linspace(-abs(z).max(), abs(z).max(), bins + 1)")


class own_ranges:
    """np.histogram finds the range of each value's codes anew."""

    MESSAGE = "For each value of the factor you made bins anew"
    EDIT = ("np.histogram(z[v == value], edges)", "np.histogram(z[v == value], bins)")


class largest_lost:
    """Half-open bins."""

    MESSAGE = "The largest code of each latent is in none of your bins"
    EDIT = (
        "[np.histogram(z[v == value], edges)[0] for value in values]",
        "[np.histogram(z[(v == value) & (z < z.max())], edges)[0] for value in values]",
    )


class smallest_lost:
    """Bins that are open below, as in pandas.cut."""

    MESSAGE = "The smallest code of each latent is in none of your bins"
    EDIT = (
        "[np.histogram(z[v == value], edges)[0] for value in values]",
        "[np.histogram(z[(v == value) & (z > z.min())], edges)[0] for value in values]",
    )


class smallest_alone:
    """np.digitize with right=True."""

    MESSAGE = "The smallest code of each latent has a bin of its own"
    EDIT = (
        "[np.histogram(z[v == value], edges)[0] for value in values]",
        "[np.bincount(np.digitize(z, edges, right=True)[v == value], minlength=bins + 2) for value in values]",
    )


class names_from_zero:
    """Values are taken for 0, 1, 2, ..."""

    MESSAGE = "You counted the values 0, 1, 2, ..."
    EDIT = ("for value in values]) / len(z)", "for value in range(len(values))]) / len(z)")


class names_from_one:
    """Values are taken for 1, 2, 3, ..."""

    MESSAGE = "You counted the values 1, 2, 3, ..."
    EDIT = ("for value in values]) / len(z)", "for value in range(1, len(values) + 1)]) / len(z)")


class values_in_bins:
    """np.histogram2d bins the factor, too."""

    MESSAGE = "You cut the values of the factors into bins, too"
    EDIT = ("np.array([np.histogram(z[v == value], edges)[0] for value in values])", "np.histogram2d(v, z, bins)[0]")


class values_in_as_many_bins:
    """np.histogram2d with a bin for each value, wherever it lies."""

    MESSAGE = "You cut the values of each factor into as many bins"
    EDIT = (
        "np.array([np.histogram(z[v == value], edges)[0] for value in values])",
        "np.histogram2d(v, z, [len(values), bins])[0]",
    )


class within_values:
    """Conditional shares."""

    MESSAGE = "Your table holds the shares within each value, so that your information is below 0"
    EDIT = ("for value in values]) / len(z)", "/ np.sum(v == value) for value in values])")


class minus:
    """The minus of an entropy."""

    MESSAGE = "Your information has the wrong sign"
    EDIT = ("information.append(np.sum(joint", "information.append(-np.sum(joint")


class empty_cells:
    """0 * log 0."""

    MESSAGE = "An empty cell of the table makes your score nan"
    EDIT = ("np.sum(joint[there] * np.log(joint[there] / apart[there]))", "np.sum(joint * np.log(joint / apart))")


class log_of_largest:
    """Values are taken for 0, 1, 2, ..."""

    MESSAGE = "You divided by the logarithm of the largest value plus 1"
    EDIT = ("(best - second) / entropy", "(best - second) / np.log(v.max() + 1)")


class dead_together:
    """Only a wholly collapsed code is caught."""

    MESSAGE = "You ask only whether all latents are dead"
    EDIT = ("np.var(z) <= 0.01", "np.all(np.var(codes, axis=0) <= 0.01)")


class first_factor:
    """Only the first factor counts."""

    MESSAGE = "You took the first factor alone"
    EDIT = ("np.mean(scores)", "scores[0]")
