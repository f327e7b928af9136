"""Wrong answers to 05.4 mean_max_cosine that are a right answer but for a line or two."""


class from_learned:
    """For each learned direction."""

    MESSAGE = "The largest cosine is taken for each learned direction"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(learned @ true.T, axis=1))")


class from_learned_absolute:
    """For each learned direction, without the sign."""

    MESSAGE = "You took the largest absolute cosine for each learned"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(np.abs(learned @ true.T), axis=1))")


class absolute:
    """The sign does not count."""

    MESSAGE = "You took absolute cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(np.abs(true @ learned.T), axis=1))")


class squared:
    """Squared cosines."""

    MESSAGE = "You squared the cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max((true @ learned.T) ** 2, axis=1))")


class products:
    """No lengths at all."""

    MESSAGE = "You took products of directions as they are"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true"),
    )


class products_from_learned:
    """No lengths, and for each learned direction."""

    MESSAGE = "You took the largest product for each learned"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true"),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(learned @ true.T, axis=1))"),
    )


class absolute_products:
    """No lengths and no sign."""

    MESSAGE = "You took absolute products of directions as they are"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true"),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(np.abs(true @ learned.T), axis=1))"),
    )


class true_not_unit:
    """Only the learned ones are normalised."""

    MESSAGE = "The true directions are not divided"
    EDIT = ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true")


class learned_not_unit:
    """Only the true ones are normalised."""

    MESSAGE = "The learned directions are not divided"
    EDIT = ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned")


class column_lengths:
    """Lengths of columns."""

    MESSAGE = "You divided by the lengths of the columns. Dir"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.linalg.norm(learned, axis=0, keepdims=True)"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.linalg.norm(true, axis=0, keepdims=True)"),
    )


class whole_length:
    """One length for all."""

    MESSAGE = "You divided by one length"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.linalg.norm(learned)"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.linalg.norm(true)"),
    )


class squared_lengths:
    """No root."""

    MESSAGE = "You divided by the squared lengths"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.sum(learned**2, axis=1, keepdims=True)"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.sum(true**2, axis=1, keepdims=True)"),
    )


class absolute_sums:
    """The L1 norm."""

    MESSAGE = "You divided by the sum of absolute values"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.sum(np.abs(learned), axis=1, keepdims=True)"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.sum(np.abs(true), axis=1, keepdims=True)"),
    )


class largest_values:
    """The maximum norm."""

    MESSAGE = "You divided by the largest absolute"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.max(np.abs(learned), axis=1, keepdims=True)"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.max(np.abs(true), axis=1, keepdims=True)"),
    )


class mean_squares:
    """A mean under the root."""

    MESSAGE = "You divided by the root of the mean square. The"
    EDIT = (
        ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.sqrt(np.mean(learned**2, axis=1, keepdims=True))"),
        (
            "true / np.linalg.norm(true, axis=1, keepdims=True)",
            "true / np.sqrt(np.mean(true**2, axis=1, keepdims=True))",
        ),
    )


class columns:
    """Columns are taken for directions."""

    MESSAGE = "You took the columns for the directions"
    EDIT = (
        "lengths = np.linalg.norm(learned",
        "learned, true = learned.T, true.T\n    lengths = np.linalg.norm(learned",
    )


class correlation:
    """Correlations."""

    MESSAGE = "that is a correlation"
    EDIT = (
        "lengths = np.linalg.norm(learned",
        (
            "learned, true = (a - a.mean(axis=1, keepdims=True) for a in (learned, true))\n"
            "    lengths = np.linalg.norm(learned"
        ),
    )


class centred:
    """The mean direction is subtracted."""

    MESSAGE = "You subtracted the mean direction"
    EDIT = (
        "lengths = np.linalg.norm(learned",
        "learned, true = (a - a.mean(axis=0) for a in (learned, true))\n    lengths = np.linalg.norm(learned",
    )


class mean_of_all:
    """The mean of all."""

    MESSAGE = "You took the mean of all cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(true @ learned.T)")


class largest_of_all:
    """The largest of all."""

    MESSAGE = "You took the largest cosine of all"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.max(true @ learned.T)")


class smallest:
    """The smallest."""

    MESSAGE = "You took the smallest cosine"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.min(true @ learned.T, axis=1))")


class max_of_means:
    """Mean and maximum exchanged."""

    MESSAGE = "It is the other way round"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.max(np.mean(true @ learned.T, axis=1))")


class worst:
    """The worst."""

    MESSAGE = "You took the worst"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.min(np.max(true @ learned.T, axis=1))")


class median:
    """The median."""

    MESSAGE = "You took the median"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.median(np.max(true @ learned.T, axis=1))")


class summed:
    """A sum."""

    MESSAGE = "You summed over the true"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.sum(np.max(true @ learned.T, axis=1))")


class by_learned:
    """Divided by the wrong number."""

    MESSAGE = "You divided by the number of learned"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.sum(np.max(true @ learned.T, axis=1)) / len(learned)")


class hungarian:
    """The Hungarian method."""

    MESSAGE = "You matched learned and true directions one to one"
    EDIT = (
        "    return np.mean(np.max(true @ learned.T, axis=1))",
        (
            "\n"
            "    from scipy.optimize import linear_sum_assignment\n"
            "\n"
            "    table = true @ learned.T\n"
            "    rows, columns = linear_sum_assignment(-table)\n"
            "    return table[rows, columns].mean()"
        ),
    )


class hungarian_over_true:
    """The Hungarian method, and what is left without a partner counts 0."""

    MESSAGE = "You matched learned and true directions one to one"
    EDIT = (
        "    return np.mean(np.max(true @ learned.T, axis=1))",
        (
            "\n"
            "    from scipy.optimize import linear_sum_assignment\n"
            "\n"
            "    table = true @ learned.T\n"
            "    rows, columns = linear_sum_assignment(-table)\n"
            "    return table[rows, columns].sum() / len(true)"
        ),
    )


class greedy:
    """Each learned direction may be taken once."""

    MESSAGE = "You let no learned direction be taken twice"
    EDIT = (
        "    return np.mean(np.max(true @ learned.T, axis=1))",
        (
            "    table, best = true @ learned.T, []\n"
            "    for row in range(min(table.shape)):\n"
            "        place = table[row].argmax()\n"
            "        best.append(table[row, place])\n"
            "        table[:, place] = -2\n"
            "    return np.mean(best)"
        ),
    )


class same_place:
    """Row by row."""

    MESSAGE = "You compared directions of the same place"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "np.mean(np.sum(true[: len(learned)] * learned[: len(true)], axis=1))",
    )


class by_distance:
    """The nearest by distance."""

    MESSAGE = "You took the nearest learned direction by distance"
    EDIT = (
        (
            "lengths = np.linalg.norm(learned",
            (
                "nearest = np.linalg.norm(true[:, None] - learned[None], axis=2).argmin(axis=1)\n"
                "    lengths = np.linalg.norm(learned"
            ),
        ),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.sum(true * learned[nearest], axis=1))"),
    )


class by_product:
    """The largest product."""

    MESSAGE = "You took the learned direction with the largest product"
    EDIT = (
        (
            "lengths = np.linalg.norm(learned",
            "nearest = np.argmax(true @ learned.T, axis=1)\n    lengths = np.linalg.norm(learned",
        ),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.sum(true * learned[nearest], axis=1))"),
    )


class by_absolute_cosine:
    """Chosen without the sign, scored with it."""

    MESSAGE = "You took the direction with the largest absolute cosine"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "np.mean(np.sum(true * learned[np.argmax(np.abs(true @ learned.T), axis=1)], axis=1))",
    )


class both_ways:
    """A mean of both."""

    MESSAGE = "You took the mean of both ways"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "(np.max(true @ learned.T, axis=1).mean() + np.max(learned @ true.T, axis=1).mean()) / 2",
    )


class angles:
    """Angles."""

    MESSAGE = "You returned angles. Cosines"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "np.mean(np.arccos(np.clip(np.max(true @ learned.T, axis=1), -1, 1)))",
    )


class degrees:
    """Degrees."""

    MESSAGE = "You returned angles in degrees"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "np.degrees(np.mean(np.arccos(np.clip(np.max(true @ learned.T, axis=1), -1, 1))))",
    )


class distance:
    """A distance."""

    MESSAGE = "You returned 1 - cosine"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "1 - np.mean(np.max(true @ learned.T, axis=1))")


class share_found:
    """A share."""

    MESSAGE = "You returned the share"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(true @ learned.T, axis=1) > 0.9)")


class coarse:
    """A tenth is added to the lengths."""

    MESSAGE = "You add 1e-1 to the lengths"
    EDIT = (
        ("np.where(lengths > 0, lengths, 1)", "(lengths + 0.1)"),
        (
            "true / np.linalg.norm(true, axis=1, keepdims=True)",
            "true / (np.linalg.norm(true, axis=1, keepdims=True) + 0.1)",
        ),
    )


class nan:
    """Nothing is done about dead rows."""

    MESSAGE = "is not a number where a learned row is all zeros"
    EDIT = ("np.where(lengths > 0, lengths, 1)", "lengths")


class per_direction:
    """No mean."""

    MESSAGE = "one number for each direction. Take their mean"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.max(true @ learned.T, axis=1)")


class table:
    """All cosines."""

    MESSAGE = "You returned all the cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "true @ learned.T")


class in_place:
    """The argument is changed."""

    MESSAGE = "in place: its caller finds other values"
    EDIT = ("learned = learned / np.where(lengths > 0, lengths, 1)", "learned /= np.where(lengths > 0, lengths, 1)")


class places:
    """argmax for max."""

    MESSAGE = "the mean place of the largest cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.argmax(true @ learned.T, axis=1))")


class percent:
    """A percentage."""

    MESSAGE = "You returned a percentage"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "100 * np.mean(np.max(true @ learned.T, axis=1))")


class rounded:
    """Rounded to two decimals."""

    MESSAGE = "You rounded the score"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "round(float(np.mean(np.max(true @ learned.T, axis=1))), 2)")


class reshaped:
    """reshape for a transpose."""

    MESSAGE = "You used reshape for a transpose"
    EDIT = (
        "np.mean(np.max(true @ learned.T, axis=1))",
        "np.mean(np.max(true @ learned.reshape(learned.shape[::-1]), axis=1))",
    )


class absolute_learned_not_unit:
    """Two mistakes: the sign and the learned lengths."""

    MESSAGE = "You took absolute products with learned"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned"),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(np.abs(true @ learned.T), axis=1))"),
    )


class absolute_true_not_unit:
    """Two mistakes: the sign and the true lengths."""

    MESSAGE = "You took absolute products with true"
    EDIT = (
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true"),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.max(np.abs(true @ learned.T), axis=1))"),
    )


class true_squared_lengths:
    """No root for the true ones."""

    MESSAGE = "You divided the true directions by their squared"
    EDIT = ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.sum(true**2, axis=1, keepdims=True)")


class learned_squared_lengths:
    """No root for the learned ones."""

    MESSAGE = "You divided the learned directions by their squared"
    EDIT = ("learned / np.where(lengths > 0, lengths, 1)", "learned / np.where(lengths > 0, lengths**2, 1)")


class coarse_learned:
    """A thousandth is added to the learned lengths."""

    MESSAGE = "You add 1e-3 to the lengths"
    EDIT = ("np.where(lengths > 0, lengths, 1)", "(lengths + 1e-3)")


class cleaned_at_the_end:
    """What is not a number becomes 0 at the end."""

    MESSAGE = "turned into 0 at the end"
    EDIT = (
        ("np.where(lengths > 0, lengths, 1)", "lengths"),
        ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.nan_to_num(np.max(true @ learned.T, axis=1)))"),
    )


class one_decimal:
    """One decimal."""

    MESSAGE = "You rounded the score"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.round(np.mean(np.max(true @ learned.T, axis=1)), 1)")


class furthest:
    """The largest distance."""

    MESSAGE = "You took the largest of 1 - cosine"
    EDIT = ("np.max(true @ learned.T, axis=1)", "np.max(1 - true @ learned.T, axis=1)")


class normalised_table:
    """The table of products is normalised."""

    MESSAGE = "You divided the products of each true direction"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "1.0 * learned"),
        ("true / np.linalg.norm(true, axis=1, keepdims=True)", "1.0 * true"),
        (
            "np.mean(np.max(true @ learned.T, axis=1))",
            "np.mean(np.max((c := true @ learned.T) / np.linalg.norm(c, axis=1, keepdims=True), axis=1))",
        ),
    )


class largest_anywhere:
    """The largest cosines of the table."""

    MESSAGE = "You took as many of the largest cosines"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.mean(np.sort((true @ learned.T).ravel())[-len(true) :])")


class weighted:
    """Long directions count more."""

    MESSAGE = "You weighted the true directions"
    EDIT = (
        (
            "true / np.linalg.norm(true, axis=1, keepdims=True)",
            "true / (size := np.linalg.norm(true, axis=1, keepdims=True))",
        ),
        (
            "np.mean(np.max(true @ learned.T, axis=1))",
            "np.average(np.max(true @ learned.T, axis=1), weights=size[:, 0])",
        ),
    )


class root_mean_square:
    """A root of a mean of squares."""

    MESSAGE = "You took the root of the mean square of the largest"
    EDIT = ("np.mean(np.max(true @ learned.T, axis=1))", "np.sqrt(np.mean(np.max(true @ learned.T, axis=1) ** 2))")


class true_columns:
    """Columns of the true ones."""

    MESSAGE = "You divided the true directions by the lengths of the columns"
    EDIT = ("true / np.linalg.norm(true, axis=1, keepdims=True)", "true / np.linalg.norm(true, axis=0)")


class learned_columns:
    """Columns of the learned ones."""

    MESSAGE = "You divided the learned directions by the lengths of the columns"
    EDIT = ("np.linalg.norm(learned, axis=1, keepdims=True)", "np.linalg.norm(learned, axis=0)")


class short_left_out:
    """Short rows are taken for dead."""

    MESSAGE = "You left out learned directions that are short"
    EDIT = (
        "learned / np.where(lengths > 0, lengths, 1)",
        "(learned / np.where(lengths > 0, lengths, 1))[lengths[:, 0] > 0.1]",
    )


class barely_short_left_out:
    """Rows shorter than 0.02 are taken for dead."""

    MESSAGE = "You left out learned directions that are short"
    EDIT = (
        "learned / np.where(lengths > 0, lengths, 1)",
        "(learned / np.where(lengths > 0, lengths, 1))[lengths[:, 0] > 0.02]",
    )


class sum_zero_left_out:
    """Rows that add up to 0 are taken for dead."""

    MESSAGE = "whose numbers add up to 0"
    EDIT = (
        "learned / np.where(lengths > 0, lengths, 1)",
        "(learned / np.where(lengths > 0, lengths, 1))[learned.sum(axis=1) != 0]",
    )


class sum_negative_left_out:
    """Rows that add up to less than 0 are taken for dead."""

    MESSAGE = "do not add up to more than 0"
    EDIT = (
        "learned / np.where(lengths > 0, lengths, 1)",
        "(learned / np.where(lengths > 0, lengths, 1))[learned.sum(axis=1) > 0]",
    )


class all_for_any:
    """Rows with a 0 are taken for dead."""

    MESSAGE = "with a single 0 in them"
    EDIT = (
        "learned / np.where(lengths > 0, lengths, 1)",
        "(learned / np.where(lengths > 0, lengths, 1))[learned.all(axis=1)]",
    )


class rounded_rows:
    """Learned rows are rounded."""

    MESSAGE = "You rounded learned directions to 3 decimals"
    EDIT = ("lengths = np", "learned = np.round(learned, 3)\n    lengths = np")


class least_length:
    """Lengths are kept above 0.1."""

    MESSAGE = "You take lengths to be at least 0.1"
    EDIT = ("np.where(lengths > 0, lengths, 1)", "np.maximum(lengths, 0.1)")


class least_length_one:
    """Lengths are kept above 1."""

    MESSAGE = "You take lengths of learned directions to be at least 1."
    EDIT = ("np.where(lengths > 0, lengths, 1)", "np.maximum(lengths, 1)")


class tenth_of_a_thousandth:
    """A small number is added to the lengths."""

    MESSAGE = "You add 1e-4 to the lengths"
    EDIT = ("np.where(lengths > 0, lengths, 1)", "(lengths + 1e-4)")


class under_root:
    """A small number is added under the root."""

    MESSAGE = "You add 1e-6 under the root"
    EDIT = ("np.where(lengths > 0, lengths, 1)", "np.sqrt(lengths**2 + 1e-6)")


class ones_for_dead:
    """0 / 0 is 1."""

    MESSAGE = "as if that row pointed along every"
    EDIT = (
        ("learned / np.where(lengths > 0, lengths, 1)", "learned / lengths"),
        ("np.max(true @ learned.T, axis=1)", "np.max(np.nan_to_num(true @ learned.T, nan=1.0), axis=1)"),
    )


class rows_of_ones:
    """0 / 0 is 1, number by number."""

    MESSAGE = "You put a row of ones"
    EDIT = ("learned / np.where(lengths > 0, lengths, 1)", "np.nan_to_num(learned / lengths, nan=1.0)")
