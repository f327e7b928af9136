"""Wrong answers to 03.6 standardise that are the solution but for a line or two."""


class own_statistics:
    """The rows to be scaled bring their own statistics."""

    MESSAGE = "Mean and stddev come from x"
    EDIT = ("np.nanmean(train, axis=0), np.nanstd(train, axis=0)", "np.nanmean(x, axis=0), np.nanstd(x, axis=0)")


class both_tables:
    """Statistics over train and x together."""

    MESSAGE = "from train and x together"
    EDIT = ("    mean, stddev =", "    train = np.concatenate([train, x])\n    mean, stddev =")


class mean_of_x:
    """The mean is that of the batch."""

    MESSAGE = "The means come from x"
    EDIT = ("np.nanmean(train, axis=0)", "np.nanmean(x, axis=0)")


class stddev_of_x:
    """The stddev is that of the batch."""

    MESSAGE = "The stddevs come from x"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanstd(x, axis=0)")


class whole_table:
    """One mean and one stddev."""

    MESSAGE = "one mean and one stddev of the whole table"
    EDIT = ("np.nanmean(train, axis=0), np.nanstd(train, axis=0)", "np.nanmean(train), np.nanstd(train)")


class mean_of_table:
    """One mean for all columns."""

    MESSAGE = "You subtracted one mean"
    EDIT = ("np.nanmean(train, axis=0)", "np.nanmean(train)")


class stddev_of_table:
    """One stddev for all columns."""

    MESSAGE = "You divided by one stddev"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanstd(train)")


class rows_of_x:
    """Each row of x is scaled."""

    MESSAGE = "each row of x by its own mean"
    EDIT = (
        "np.nanmean(train, axis=0), np.nanstd(train, axis=0)",
        "np.nanmean(x, axis=1, keepdims=True), np.nanstd(x, axis=1, keepdims=True)",
    )


class rows_of_train:
    """axis=1 in both."""

    MESSAGE = "those of the rows of train"
    EDIT = (
        "np.nanmean(train, axis=0), np.nanstd(train, axis=0)",
        "np.nanmean(train, axis=1), np.nanstd(train, axis=1)",
    )


class variance:
    """np.var for np.std."""

    MESSAGE = "You divided by the variance. Its unit"
    EDIT = ("np.nanstd", "np.nanvar")


class sample_variance:
    """The variance, of n - 1."""

    MESSAGE = "You divided by a variance, of n - 1"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanvar(train, axis=0, ddof=1)")


class n_minus_1:
    """pandas's stddev."""

    MESSAGE = "Your stddev divides by n - 1"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanstd(train, axis=0, ddof=1)")


class root:
    """A root too many."""

    MESSAGE = "which is itself a root already"
    EDIT = ("np.nanstd(train, axis=0)", "np.sqrt(np.nanstd(train, axis=0))")


class centred:
    """Not divided."""

    MESSAGE = "and did not divide"
    EDIT = ("(x - mean) / np.where(stddev == 0, 1, stddev)", "x - mean")


class multiplied:
    """Times the stddev."""

    MESSAGE = "You multiplied by the stddev"
    EDIT = (") / np.where", ") * np.where")


class range:
    """Divided by the range."""

    MESSAGE = "You divided by the range"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanmax(train, axis=0) - np.nanmin(train, axis=0)")


class min_max:
    """Scaled to 0..1."""

    MESSAGE = "range from 0 to 1"
    EDIT = (
        "np.nanmean(train, axis=0), np.nanstd(train, axis=0)",
        "np.nanmin(train, axis=0), np.nanmax(train, axis=0) - np.nanmin(train, axis=0)",
    )


class largest:
    """Divided by the maximum."""

    MESSAGE = "by the column's largest value"
    EDIT = ("np.nanstd(", "np.nanmax(")


class largest_size:
    """Divided by the largest absolute value."""

    MESSAGE = "largest absolute value"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanmax(np.abs(train), axis=0)")


class from_zero:
    """Root mean square."""

    MESSAGE = "measured from 0"
    EDIT = ("np.nanstd(train, axis=0)", "np.sqrt(np.nanmean(np.square(train), axis=0))")


class by_mean:
    """Divided by the mean."""

    MESSAGE = "You divided by the mean. "
    EDIT = ("np.nanstd(", "np.nanmean(")


class deviation:
    """Mean absolute deviation."""

    MESSAGE = "mean absolute deviation"
    EDIT = ("np.nanstd(train, axis=0)", "np.nanmean(np.abs(train - np.nanmean(train, axis=0)), axis=0)")


class robust:
    """Median and quartiles."""

    MESSAGE = "a robust scaler"
    EDIT = (
        "np.nanmean(train, axis=0), np.nanstd(train, axis=0)",
        "np.nanmedian(train, axis=0), np.subtract(*np.nanquantile(train, [0.75, 0.25], axis=0))",
    )


class median:
    """The median."""

    MESSAGE = "You subtracted the median"
    EDIT = ("np.nanmean(", "np.nanmedian(")


class smallest:
    """Starts at 0."""

    MESSAGE = "You subtracted the smallest value"
    EDIT = ("np.nanmean(", "np.nanmin(")


class not_centred:
    """Divided alone."""

    MESSAGE = "without subtracting the mean"
    EDIT = ("(x - mean)", "x")


class gaps_as_zeros:
    """nan_to_num first."""

    MESSAGE = "You put 0 in the gaps of train"
    EDIT = ("    mean, stddev =", "    train = np.nan_to_num(train)\n    mean, stddev =")


class gaps_spread:
    """np.mean."""

    MESSAGE = "makes the whole column nan"
    EDIT = ("np.nanmean(train, axis=0), np.nanstd(", "np.mean(train, axis=0), np.std(")


class complete_rows:
    """dropna."""

    MESSAGE = "You dropped the rows of train"
    EDIT = ("    mean, stddev =", "    train = train[~np.isnan(train).any(axis=1)]\n    mean, stddev =")


class gaps_as_means:
    """Gaps filled with the mean."""

    MESSAGE = "Gaps of train count in your stddev"
    EDIT = (
        "    mean, stddev =",
        "    train = np.where(np.isnan(train), np.nanmean(train, axis=0), train)\n    mean, stddev =",
    )


class zeros_in_x:
    """Gaps of x become 0 before."""

    MESSAGE = "0 pounds is a price"
    EDIT = ("(x - mean)", "(np.nan_to_num(x) - mean)")


class means_in_x:
    """Gaps of x become the mean."""

    MESSAGE = "Gaps of x come out as 0"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.nan_to_num((x - mean) / np.where(stddev == 0, 1, stddev))",
    )


class both_as_zeros:
    """Gaps of both become 0."""

    MESSAGE = (
        "You put 0 in the gaps of train before you computed mean and stddev: gaps pull the mean towards 0. Leave them "
        "out (np.nanmean, np.nanstd). You put 0 in the gaps of x before scaling: 0 pounds is a price"
    )
    EDIT = ("    mean, stddev =", "    train, x = np.nan_to_num(train), np.nan_to_num(x)\n    mean, stddev =")


class divided_by_zero:
    """No guard."""

    MESSAGE = "and you divided by it"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "stddev")


class constant_to_zero:
    """A constant column becomes 0."""

    MESSAGE = "comes out as 0, whatever x holds"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.where(stddev == 0, 0, (x - mean) / np.where(stddev == 0, 1, stddev))",
    )


class constant_left:
    """A constant column stays."""

    MESSAGE = "is left as it is"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.where(stddev == 0, x, (x - mean) / np.where(stddev == 0, 1, stddev))",
    )


class a_little_added:
    """An epsilon in the denominator."""

    MESSAGE = "you divide by 1e-08 or so"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "(stddev + 1e-8)")


class at_least_a_little:
    """A floor for the stddev."""

    MESSAGE = "you divide by 1e-12 or so"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.maximum(stddev, 1e-12)")


class clipped:
    """Outliers cut off."""

    MESSAGE = "You cut the result off at 3"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.clip((x - mean) / np.where(stddev == 0, 1, stddev), -3, 3)",
    )


class rounded:
    """Rounded."""

    MESSAGE = "You rounded the result to 2"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.round((x - mean) / np.where(stddev == 0, 1, stddev), 2)",
    )


class half_repaired:
    """Two of three faults are mended."""

    MESSAGE = (
        "Two things. You subtracted one mean, that of the whole table. Each column has its own, along axis 0. You "
        "divided by the variance. Its unit"
    )
    EDIT = ("np.nanmean(train, axis=0), np.nanstd(train, axis=0)", "np.nanmean(train), np.nanvar(train, axis=0)")


class broken_but_gaps:
    """The broken code, with nanmean."""

    MESSAGE = (
        "Mean and stddev come from x, the rows to be scaled, so that the same passenger would get other numbers in "
        "another batch, and a batch of one only zeros. Take both from train. You subtracted one mean, that of the "
        "whole table. Each column has its own, along axis 0. You divided by the variance. Its unit"
    )
    EDIT = ("np.nanmean(train, axis=0), np.nanstd(train, axis=0)", "np.nanmean(x), np.nanvar(x, axis=0)")


class train_scaled:
    """The wrong table is returned."""

    MESSAGE = "You returned train, scaled"
    EDIT = ("(x - mean)", "(train - mean)")


class arguments_exchanged:
    """x comes first in scikit-learn's transform, and elsewhere."""

    MESSAGE = "The arguments are exchanged"
    EDIT = (
        "mean, stddev = np.nanmean(train, axis=0), np.nanstd(train, axis=0)\n    return (x - mean)",
        "mean, stddev = np.nanmean(x, axis=0), np.nanstd(x, axis=0)\n    return (train - mean)",
    )


class both_returned:
    """Train and test at once, as in a pipeline."""

    MESSAGE = "You returned two tables"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return (train - mean) / np.where(stddev == 0, 1, stddev), (x - mean) / np.where(stddev == 0, 1, stddev)",
    )


class rows_of_x_dropped:
    """dropna for the rows to be scaled."""

    MESSAGE = "You left out the rows of x"
    EDIT = ("(x - mean)", "(x[~np.isnan(x).any(axis=1)] - mean)")


class constant_dropped:
    """A constant column tells nothing, so it goes."""

    MESSAGE = "You left out the column that is constant"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return ((x - mean) / np.where(stddev == 0, 1, stddev))[:, stddev > 0]",
    )


class squeezed:
    """Axes of size 1 get lost."""

    MESSAGE = "An axis of size 1 got lost"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.squeeze((x - mean) / np.where(stddev == 0, 1, stddev))",
    )


class mean_last:
    """Divided, then shifted by the mean in old units."""

    MESSAGE = "You divided first"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return x / np.where(stddev == 0, 1, stddev) - mean",
    )


class no_brackets:
    """Division goes first."""

    MESSAGE = "Only the mean is divided"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return x - mean / np.where(stddev == 0, 1, stddev)",
    )


class turned:
    """The sign."""

    MESSAGE = "the wrong way round"
    EDIT = ("(x - mean)", "(mean - x)")


class mean_added:
    """Plus."""

    MESSAGE = "You added the mean"
    EDIT = ("(x - mean)", "(x + mean)")


class at_least_one:
    """A floor of 1."""

    MESSAGE = "where it is above 1"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.maximum(stddev, 1)")


class root_of_sum:
    """np.linalg.norm of the deviations."""

    MESSAGE = "root of the sum of squared"
    EDIT = ("np.nanstd(train, axis=0)", "np.sqrt(np.nansum((train - np.nanmean(train, axis=0)) ** 2, axis=0))")


class much_added:
    """An epsilon that is not small."""

    MESSAGE = "You added 0.001 to the stddev"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "(stddev + 1e-3)")


class as_batch_normalisation:
    """The epsilon of Keras's BatchNormalization."""

    MESSAGE = "You added 0.001 to the variance"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "np.sqrt(stddev**2 + 1e-3)")


class rows_counted:
    """Sums over what is there, divided by all rows."""

    MESSAGE = "but divided by the number of rows"
    EDIT = (
        "mean, stddev = np.nanmean(train, axis=0), np.nanstd(train, axis=0)",
        "n = len(train)\n    mean = np.nansum(train, axis=0) / n\n"
        "    stddev = np.sqrt(np.nansum((train - mean) ** 2, axis=0) / n)",
    )


class rows_counted_in_stddev:
    """The same for the stddev alone."""

    MESSAGE = "Gaps of train count in your stddev"
    EDIT = (
        "np.nanstd(train, axis=0)",
        "np.sqrt(np.nansum((train - np.nanmean(train, axis=0)) ** 2, axis=0) / len(train))",
    )


class spread_of_x_asked:
    """The guard asks x."""

    MESSAGE = "Where x has no spread"
    EDIT = ("np.where(stddev == 0,", "np.where((stddev == 0) | (np.nanstd(x, axis=0) == 0),")


class infinities_replaced:
    """nan_to_num, but for the gaps."""

    MESSAGE = "put the largest number there is"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "return np.where(np.isnan(x), np.nan, np.nan_to_num((x - mean) / stddev))",
    )


class constant_by_mean:
    """A relative deviation."""

    MESSAGE = "is divided by its mean"
    EDIT = ("np.where(stddev == 0, 1,", "np.where(stddev == 0, mean,")


class constant_by_largest:
    """Any stddev will do."""

    MESSAGE = "divided by the largest stddev"
    EDIT = ("np.where(stddev == 0, 1,", "np.where(stddev == 0, stddev.max(),")


class none_divided:
    """One column decides for all."""

    MESSAGE = "As soon as one column"
    EDIT = ("np.where(stddev == 0, 1, stddev)", "(1 if np.any(stddev == 0) else stddev)")


class small_is_none:
    """A threshold that real columns fall below."""

    MESSAGE = "lie close together, but differ"
    EDIT = ("stddev == 0", "stddev < 1e-2")


class type_of_x:
    """np.zeros_like of whole numbers."""

    MESSAGE = "cut to whole numbers"
    EDIT = (
        "return (x - mean) / np.where(stddev == 0, 1, stddev)",
        "result = np.zeros_like(x)\n    result[:] = (x - mean) / np.where(stddev == 0, 1, stddev)\n    return result",
    )
