"""Wrong answers to 02.3 find_knee that are a right answer but for a line or two."""


class index:
    """argmax is taken for the size, when it is the place of the size in the list."""

    MESSAGE = "the index in the list"
    EDIT = ("dims[np.argmax(line - val_mse)]", "np.argmax(line - val_mse)")


class largest_drop:
    """The knee is taken for the size that brought the largest improvement over the one before."""

    MESSAGE = "the largest drop"
    EDIT = ("np.argmax(line - val_mse)", "1 + np.argmax(-np.diff(val_mse))")


class linear_axis:
    """The curve and the result are repaired, but the sizes still stand on a linear axis."""

    MESSAGE = "on a linear axis"
    EDIT = ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "(dims - dims[0]) / (dims[-1] - dims[0])")


class log_log:
    """Logarithms are taken of both axes, as in plots of losses."""

    MESSAGE = "logarithms of the errors, too"
    EDIT = ("    line =", "    val_mse = np.log(val_mse)\n    line =")


class lowest_error:
    """The knee is taken for the minimum of the validation curve."""

    MESSAGE = "the smallest validation error"
    EDIT = ("np.argmax(line - val_mse)", "np.argmin(val_mse)")


class one_fault_seen:
    """Only the fault that shows, an answer that is no size, is repaired; the two silent ones stay."""

    MESSAGE = "More than one fault"
    EDIT = (
        ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "(dims - dims[0]) / (dims[-1] - dims[0])"),
        ("    line =", "    val_mse = train_mse\n    line ="),
    )


class training_curve:
    """The axis and the result are repaired, but the choice is still made on the training curve."""

    MESSAGE = "off the training curve"
    EDIT = ("    line =", "    val_mse = train_mse\n    line =")


class wrong_side:
    """The sign is turned round: the point farthest above the line is taken."""

    MESSAGE = "highest above the straight line"
    EDIT = ("line - val_mse", "val_mse - line")


class absolute_distance:
    """The distance from the line counts on both sides of it."""

    MESSAGE = "a point above it can win"
    EDIT = ("line - val_mse", "np.abs(line - val_mse)")


class squared_distance:
    """The squared distance, as in a fit: points above the line count as well."""

    MESSAGE = "a point above it can win"
    EDIT = ("line - val_mse", "(line - val_mse) ** 2")


class first_size_left_on:
    """log(size) / log(last size) is believed to run from 0 to 1: it does if the first size is 1, as in the notebook."""

    MESSAGE = "The first size then stands at 0 only if it is 1"
    EDIT = ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "np.log2(dims) / np.log2(dims[-1])")


class log1p:
    """np.log1p is taken for a safer np.log."""

    MESSAGE = "log(1 + size)"
    EDIT = (
        "np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])",
        "(np.log1p(dims) - np.log1p(dims[0])) / (np.log1p(dims[-1]) - np.log1p(dims[0]))",
    )


class square_roots:
    """Square roots are believed to be as good as logarithms: either spreads the small sizes."""

    MESSAGE = "square root of the sizes"
    EDIT = (
        "np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])",
        "(dims**0.5 - dims[0] ** 0.5) / (dims[-1] ** 0.5 - dims[0] ** 0.5)",
    )


class line_to_the_minimum:
    """The line ends at the lowest error, as if the curve stopped there."""

    MESSAGE = "ends at the lowest validation error"
    EDIT = ("(val_mse[-1] - val_mse[0])", "(val_mse.min() - val_mse[0])")


class line_from_maximum_to_minimum:
    """The curve is scaled to [0, 1] by its largest and smallest value, which are not always its ends."""

    MESSAGE = "from the highest to the lowest validation error"
    EDIT = ("val_mse[0] + x * (val_mse[-1] - val_mse[0])", "val_mse.max() + x * (val_mse.min() - val_mse.max())")


class mean_of_both_curves:
    """Training and validation error are averaged, so that neither is ignored."""

    MESSAGE = "You averaged training and validation error"
    EDIT = ("    line =", "    val_mse = (train_mse + val_mse) / 2\n    line =")


class distance_from_the_training_curve:
    """One of the three lines of choose_broken still has the training curve: the last."""

    MESSAGE = "the distances from the training curve"
    EDIT = ("line - val_mse", "line - train_mse")


class line_of_the_training_curve:
    """One of the three lines of choose_broken still has the training curve: the straight line."""

    MESSAGE = "the line from the training curve"
    EDIT = ("val_mse[0] + x * (val_mse[-1] - val_mse[0])", "train_mse[0] + x * (train_mse[-1] - train_mse[0])")


class smallest_gap:
    """The knee is taken for the size at which the two curves lie closest together."""

    MESSAGE = "the smallest gap between the two curves"
    EDIT = ("np.argmax(line - val_mse)", "np.argmin(np.abs(val_mse - train_mse))")


class widest_gap:
    """The knee is taken for the size at which the two curves lie farthest apart."""

    MESSAGE = "the widest gap between the two curves"
    EDIT = ("np.argmax(line - val_mse)", "np.argmax(val_mse - train_mse)")


class second_difference:
    """The knee is taken for the place where the curve bends most."""

    MESSAGE = "the sharpest bend"
    EDIT = ("np.argmax(line - val_mse)", "1 + np.argmax(np.diff(val_mse, 2))")


class notebooks_sizes:
    """The notebook's sizes stand in the code in place of the argument."""

    MESSAGE = "the notebook's sizes"
    EDIT = ("    x =", "    dims = np.array([1, 2, 4, 6, 8, 10, 12, 14, 16])[: len(val_mse)]\n    x =")


class off_by_one:
    """The size before the knee: the first point was taken off before the search, and not put back."""

    MESSAGE = "the size before the knee"
    EDIT = ("np.argmax(line - val_mse)", "np.argmax((line - val_mse)[1:])")


class logarithm_of_the_size:
    """The place on the axis is returned, a logarithm, not the size."""

    MESSAGE = "the logarithm of the knee"
    EDIT = ("dims[np.argmax(line - val_mse)]", "np.log(dims[np.argmax(line - val_mse)])")


class logarithm_on_the_wrong_axis:
    """The logarithm is taken of the errors, not of the sizes."""

    MESSAGE = "of the errors, but not of the sizes"
    EDIT = (
        ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "(dims - dims[0]) / (dims[-1] - dims[0])"),
        ("    line =", "    val_mse = np.log(val_mse)\n    line ="),
    )


class broken_code:
    """choose_broken, handed back unchanged."""

    MESSAGE = "More than one fault"
    EDIT = (
        ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "(dims - dims[0]) / (dims[-1] - dims[0])"),
        ("    line =", "    val_mse = train_mse\n    line ="),
        ("dims[np.argmax(line - val_mse)]", "np.argmax(line - val_mse)"),
    )


class equal_steps:
    """The sizes stand at equal steps, as the list has them."""

    MESSAGE = "at equal steps, one for each place"
    EDIT = ("x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "x = np.arange(len(dims)) / (len(dims) - 1)")


class first_below_the_line:
    """The first size below the line is taken."""

    MESSAGE = "the first size whose point lies below"
    EDIT = ("return dims[np.argmax(line - val_mse)]", "return dims[np.argmax(line > val_mse)]")


class middle_of_the_list:
    """The size in the middle."""

    MESSAGE = "in the middle of the list"
    EDIT = ("return dims[np.argmax(line - val_mse)]", "return dims[len(dims) // 2]")


class within_five_per_cent:
    """The first size within 5 % of the best error."""

    MESSAGE = "within 5% of the lowest"
    EDIT = ("return dims[np.argmax(line - val_mse)]", "return dims[np.argmax(val_mse <= 1.05 * val_mse.min())]")


class array_of_one:
    """All places that fit are taken, which is an array even if there is one."""

    MESSAGE = "holds one: np.where"
    EDIT = ("np.argmax(line - val_mse)", "np.where(line - val_mse == np.max(line - val_mse))[0]")


class not_between_0_and_1:
    """The logarithm itself is taken for the place along the line."""

    MESSAGE = "log(size) itself for the place along"
    EDIT = ("np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])", "np.log(dims)")


class next_saves_little:
    """The first size after which the next saves less than 10 %."""

    MESSAGE = "saves less than 10%"
    EDIT = (
        "return dims[np.argmax(line - val_mse)]",
        "return next((d for d, a, b in zip(dims, val_mse, val_mse[1:]) if b > 0.9 * a), dims[-1])",
    )


class always_the_same:
    """A size is written into the code."""

    MESSAGE = "for every sweep, whatever the arguments are"
    EDIT = ("return dims[np.argmax(line - val_mse)]", "return 12")


class cut_at_the_minimum:
    """What comes after the lowest error is cut off, since nobody would choose it."""

    MESSAGE = "You cut the validation curve off at its minimum, so"
    EDIT = (
        "    x = np.log",
        "    end = np.argmin(val_mse) + 1\n"
        "    if end > 1:\n"
        "        dims, val_mse = dims[:end], val_mse[:end]\n"
        "    x = np.log",
    )
