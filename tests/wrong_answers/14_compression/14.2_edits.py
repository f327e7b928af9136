"""Wrong answers to 14.2 code_length that are a right answer but for a line or two."""


class in_nats:
    """Natural logarithms."""

    MESSAGE = "This is in nats"
    EDIT = ("np.log2(", "np.log(")


class base_ten:
    """Logarithms to the base 10."""

    MESSAGE = "logarithm is to the base 10"
    EDIT = ("np.log2(", "np.log10(")


class own_entropy:
    """The entropy of what is coded."""

    MESSAGE = "the entropy of the coded symbols themselves"
    EDIT = ("1 + np.bincount(train[:, j]", "np.bincount(coded[:, j]")


class own_entropy_with_one:
    """Counts of what is coded, with one added."""

    MESSAGE = "You counted the symbols that are coded"
    EDIT = ("np.bincount(train[:, j]", "np.bincount(coded[:, j]")


class both_counted:
    """Training and test counted."""

    MESSAGE = "counted training symbols and those that are coded together"
    EDIT = ("np.bincount(train[:, j]", "np.bincount(np.append(train[:, j], coded[:, j])")


class nothing_added:
    """No one is added."""

    MESSAGE = "Nothing is added to the counts"
    EDIT = ("1 + np.bincount", "np.bincount")


class one_histogram:
    """One model for all."""

    MESSAGE = "one histogram for all columns"
    EDIT = ("train[:, j]", "train.ravel()")


class first_column:
    """The model of column 0."""

    MESSAGE = "have the model of the first"
    EDIT = ("train[:, j]", "train[:, 0]")


class mean_bits:
    """A mean over all symbols."""

    MESSAGE = "the mean over all symbols"
    EDIT = ("return bits", "return bits / symbols.size")


class bits_per_row:
    """A mean over rows."""

    MESSAGE = "the mean over the rows"
    EDIT = ("return bits", "return bits / len(symbols)")


class whole_bits:
    """Every symbol rounded up."""

    MESSAGE = "a whole number of bits"
    EDIT = (
        "np.sum(np.log2(counts / counts.sum())[coded[:, j]])",
        "np.sum(np.floor(np.log2(counts / counts.sum())[coded[:, j]]))",
    )


class in_bytes:
    """Bytes."""

    MESSAGE = "This is in bytes"
    EDIT = ("return bits", "return bits / 8")


class whole_bytes:
    """Whole bytes, in bits."""

    MESSAGE = "rounded up to whole bytes"
    EDIT = ("return bits", "return 8 * np.ceil(bits / 8)")


class bits_rounded_up:
    """Rounded up."""

    MESSAGE = "You rounded the bits up"
    EDIT = ("return bits", "return np.ceil(bits)")


class half_added:
    """Jeffreys."""

    MESSAGE = "You add 1/2 to each count"
    EDIT = ("1 + np", "0.5 + np")


class tiny_added:
    """A tiny number."""

    MESSAGE = "a tiny number in place of one"
    EDIT = ("1 + np", "1e-9 + np")


class tiny_probability:
    """A tiny number is added to the probability."""

    MESSAGE = "A tiny number is added to the probabilities, or they are kept above one"
    EDIT = (
        ("1 + np", "np"),
        ("np.log2(counts / counts.sum())", "np.log2(counts / counts.sum() + 1e-12)"),
    )


class zeros_replaced:
    """Only zeros become one."""

    MESSAGE = "You replace counts of 0 by 1, and leave the others. Add 1"
    EDIT = (
        "1 + np.bincount(train[:, j], minlength=high - low + 1)",
        "np.maximum(np.bincount(train[:, j], minlength=high - low + 1), 1)",
    )


class divided_by_rows:
    """The probabilities do not sum to 1."""

    MESSAGE = "You divide by the number of rows"
    EDIT = ("counts.sum()", "len(train)")


class divided_by_rows_and_one:
    """Neither do these."""

    MESSAGE = "You divide by rows + 1"
    EDIT = ("counts.sum()", "(len(train) + 1)")


class seen_alone:
    """Only the symbols seen get one."""

    MESSAGE = "You add 1 only where a symbol occurs"
    EDIT = (
        (
            "1 + np.bincount(train[:, j], minlength=high - low + 1)",
            "np.bincount(train[:, j], minlength=high - low + 1)",
        ),
        ("        bits -=", "        counts = counts + (counts > 0)\n        bits -="),
    )


class high_left_out:
    """The range ends too early."""

    MESSAGE = "high is included"
    EDIT = (
        ("np.clip(each, low, high) - low", "np.clip(each, low, high - 1) - low"),
        ("minlength=high - low + 1", "minlength=high - low"),
    )


class one_too_many:
    """One more symbol."""

    MESSAGE = "one symbol too many"
    EDIT = ("high - low + 1", "high - low + 2")


class training_filtered:
    """Training symbols outside are dropped."""

    MESSAGE = "left training symbols outside"
    EDIT = (
        "np.bincount(train[:, j]",
        "np.bincount(train[:, j][(train_symbols[:, j] >= low) & (train_symbols[:, j] <= high)]",
    )


class message_filtered:
    """Symbols outside are dropped."""

    MESSAGE = "out of the message"
    EDIT = ("[coded[:, j]])", "[coded[:, j]][(symbols[:, j] >= low) & (symbols[:, j] <= high)])")


class sign:
    """The minus is missing."""

    MESSAGE = "The sign is wrong"
    EDIT = ("bits -=", "bits +=")


class model_entropy:
    """The entropy of the models."""

    MESSAGE = "This is the entropy of the models"
    EDIT = (
        "bits -= np.sum(np.log2(counts / counts.sum())[coded[:, j]])",
        "p = counts / counts.sum()\n        bits -= len(symbols) * np.sum(p * np.log2(p))",
    )


class uniform:
    """log2 K each."""

    MESSAGE = "all were equally probable"
    EDIT = ("return bits", "return symbols.size * np.log2(high - low + 1)")


class probabilities_added:
    """No logarithm."""

    MESSAGE = "You added up probabilities"
    EDIT = (
        "bits -= np.sum(np.log2(counts / counts.sum())[coded[:, j]])",
        "bits += np.sum((counts / counts.sum())[coded[:, j]])",
    )


class per_column:
    """One number per column."""

    MESSAGE = "one number per column"
    EDIT = (
        ("    bits = 0\n", "    bits = np.zeros(train.shape[1])\n"),
        ("bits -=", "bits[j] -="),
    )


class last_column:
    """Overwritten in the loop."""

    MESSAGE = "the last column alone"
    EDIT = ("bits -=", "bits = -")


class one_row_at_a_time:
    """Returned within the loop."""

    MESSAGE = "the first column alone"
    EDIT = ("[coded[:, j]])\n    return bits", "[coded[:, j]])\n        return bits")


class nats_per_row:
    """Two things."""

    MESSAGE = (
        "Two things. This is in nats. Bits are made with the logarithm to the base 2. This is the mean over the rows"
    )
    EDIT = (
        ("np.log2(", "np.log("),
        ("return bits", "return bits / len(symbols)"),
    )


class one_histogram_nothing_added:
    """Two things."""

    MESSAGE = (
        "Two things. You have one histogram for all columns. Each column has a model of its own. "
        "Nothing is added to the counts"
    )
    EDIT = ("1 + np.bincount(train[:, j]", "np.bincount(train.ravel()")


class not_shifted:
    """Symbols index the counts as they are."""

    MESSAGE = "index k - low"
    EDIT = ("[coded[:, j]]", "[symbols[:, j]]")


class not_clipped:
    """The message is not clipped."""

    MESSAGE = "it is low, whatever the smallest symbol is"
    EDIT = ("    bits = 0", "    coded = symbols - low\n    bits = 0")


class unseen_for_nothing:
    """Unseen symbols are left out."""

    MESSAGE = "Symbols that training lacks cost nothing"
    EDIT = (
        ("1 + np", "np"),
        ("[coded[:, j]])", "[coded[:, j]][counts[coded[:, j]] > 0])"),
    )


class probability_at_least:
    """Clipped probabilities."""

    MESSAGE = "A tiny number is added to the probabilities, or they are kept above one"
    EDIT = (
        ("1 + np", "np"),
        ("np.log2(counts / counts.sum())", "np.log2(np.maximum(counts / counts.sum(), 1e-9))"),
    )


class exchanged:
    """The arguments are exchanged."""

    MESSAGE = "the two arguments are exchanged"
    EDIT = ("in (train_symbols, symbols)", "in (symbols, train_symbols)")


class training_coded:
    """The training symbols' own length."""

    MESSAGE = "That of symbols was asked for"
    EDIT = ("[coded[:, j]]", "[train[:, j]]")


class tests_rows:
    """Divided by the wrong rows."""

    MESSAGE = "You divide by the rows of symbols"
    EDIT = ("counts.sum()", "(len(symbols) + high - low + 1)")


class constant:
    """A constant."""

    MESSAGE = "the same each time"
    EDIT = ("return bits", "return 1234.5")


class training_filtered_rows_kept:
    """Training symbols outside are not counted, and the rows are."""

    MESSAGE = "are not in your counts, though they are in the rows"
    EDIT = (
        (
            "counts = 1 + np.bincount(train[:, j], minlength=high - low + 1)",
            "inside = (train_symbols[:, j] >= low) & (train_symbols[:, j] <= high)\n"
            "        counts = 1 + np.bincount(train[inside, j], minlength=high - low + 1)",
        ),
        ("counts / counts.sum()", "counts / (len(train) + high - low + 1)"),
    )


class adaptive:
    """The counts go on in the message."""

    MESSAGE = "as in an adaptive coder"
    EDIT = (
        "        bits -= np.sum(np.log2(counts / counts.sum())[coded[:, j]])",
        "        for k in coded[:, j]:\n"
        "            bits -= np.log2(counts[k] / counts.sum())\n"
        "            counts[k] += 1",
    )


class smallest_for_low:
    """The smallest training symbol, not clipped, in place of low."""

    MESSAGE = "it is low, whatever the smallest symbol is"
    EDIT = ("(np.clip(each, low, high) - low for", "(np.clip(each, low, high) - train_symbols.min() for")


class loop_over_rows:
    """As many models as rows."""

    MESSAGE = "This is not about low and high"
    EDIT = ("range(train.shape[1])", "range(len(train))")


class models_of_rows:
    """A model for each row."""

    MESSAGE = "This is not about low and high"
    EDIT = (
        ("range(train.shape[1])", "range(len(train))"),
        ("train[:, j]", "train[j]"),
        ("coded[:, j]", "coded[j]"),
    )


class unique:
    """np.unique has no count for what training lacks."""

    MESSAGE = "A symbol need not occur in training"
    EDIT = (
        (
            "counts = 1 + np.bincount(train[:, j], minlength=high - low + 1)",
            "values, counts = np.unique(train[:, j], return_counts=True)\n        "
            "p = dict(zip(values, (counts + 1) / (len(train) + high - low + 1), strict=True))",
        ),
        ("np.sum(np.log2(counts / counts.sum())[coded[:, j]])", "sum(np.log2(p[k]) for k in coded[:, j])"),
    )
