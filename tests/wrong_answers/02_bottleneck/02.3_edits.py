"""Wrong answers to 02.3 find_knee that are a right answer but for a line or two."""


class index:
    """argmax is taken for the size, when it is the place of the size in the list."""

    MESSAGE = "the place in the list"
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
