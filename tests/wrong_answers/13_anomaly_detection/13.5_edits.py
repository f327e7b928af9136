"""Wrong answers to 13.5 blame that are a right answer but for a line or two."""


class largest_error:
    """The largest error."""

    MESSAGE = "You blame the metric with the largest error"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2")


class absolute_error:
    """The largest absolute error."""

    MESSAGE = "You blame the metric with the largest error"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "np.abs(residual)")


class twice:
    """Divided twice."""

    MESSAGE = "You divide the residual by C_jj without squaring it, or before"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "(residual / np.where(can_be, diagonal, 1)) ** 2")


class leverage:
    """Divided by the leverage."""

    MESSAGE = "You divide by 1 - C_jj, the leverage"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2 / (1 - diagonal)")


class multiplied:
    """Multiplied."""

    MESSAGE = "You multiply by C_jj"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2 * diagonal")


class root:
    """The root below."""

    MESSAGE = "by the root of C_jj, or the residual"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2 / np.sqrt(np.where(can_be, diagonal, 1))")


class signed:
    """Signed residuals."""

    MESSAGE = "You neither square the residual"
    EDIT = (
        ("residual**2 / np.where(can_be, diagonal, 1)", "residual / np.where(can_be, diagonal, 1)"),
        (", -1)", ", -np.inf)"),
    )


class signed_root:
    """Signed residuals by the root."""

    MESSAGE = "You divide the signed residual by the root"
    EDIT = (
        ("residual**2 / np.where(can_be, diagonal, 1)", "residual / np.sqrt(np.where(can_be, diagonal, 1))"),
        (", -1)", ", -np.inf)"),
    )


class farthest:
    """Without PCA."""

    MESSAGE = "farthest from its mean, without PCA"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "x**2")


class variance:
    """The variance of the rows."""

    MESSAGE = "by the residual's variance in these rows"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2 / residual.var(axis=0)")


class added:
    """A number added to C_jj."""

    MESSAGE = "You add a number to C_jj"
    EDIT = ("np.where(can_be, diagonal, 1)", "(diagonal + 0.01)")


class component:
    """The component."""

    MESSAGE = "the number of the component with the largest code"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argmax(np.abs(x @ components), axis=1)")


class x_for_residual:
    """x in place of C x."""

    MESSAGE = "You put x itself in the place"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "x**2 / np.where(can_be, diagonal, 1)")


class partial:
    """Residual times x."""

    MESSAGE = "You multiply the residual with x and divide"
    EDIT = (
        ("residual**2 / np.where(can_be, diagonal, 1)", "residual * x / np.where(can_be, diagonal, 1)"),
        (", -1)", ", -np.inf)"),
    )


class in_plane:
    """The part in the plane."""

    MESSAGE = "You took the part of x that lies in the plane"
    EDIT = ("x - x @ components @ components.T", "x @ components @ components.T")


class centred:
    """Centred again."""

    MESSAGE = "You centred x again"
    EDIT = ("residual = x - x", "x = x - x.mean(axis=0)\n    residual = x - x")


class standardised:
    """Standardised again."""

    MESSAGE = "You standardised x again"
    EDIT = (
        "residual = x - x",
        ("x = (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)\n    residual = x - x"),
    )


class no_square:
    """Without squares in C_jj."""

    MESSAGE = "without the square"
    EDIT = ("np.sum(components**2, axis=1)", "np.sum(components, axis=1)")


class first_component:
    """One component in C_jj."""

    MESSAGE = "the first component alone"
    EDIT = ("np.sum(components**2, axis=1)", "components[:, 0] ** 2")


class zero_by_zero:
    """0 / 0."""

    MESSAGE = "0 / 0 is nan, which np.argmax takes"
    EDIT = ("np.where(can_be, residual**2 / np.where(can_be, diagonal, 1), -1)", "residual**2 / diagonal")


class always_blamed:
    """Metrics in the plane come first."""

    MESSAGE = "comes before all others, as infinity"
    EDIT = (", -1)", ", np.inf)")


class one_for_guard:
    """A contribution of 1."""

    MESSAGE = "In a quiet row you blame a metric"
    EDIT = (", -1)", ", 1)")


class left_out:
    """Counted among the others."""

    MESSAGE = "and then counted among those that remain"
    EDIT = (
        "np.where(can_be, residual**2 / np.where(can_be, diagonal, 1), -1)",
        "(residual**2 / np.where(can_be, diagonal, 1))[:, can_be]",
    )


class over_rows:
    """The wrong axis."""

    MESSAGE = "You took the largest over the rows"
    EDIT = ("argmax(contribution, axis=1)", "argmax(contribution, axis=0)")


class one_place:
    """No axis."""

    MESSAGE = "one place in the whole array"
    EDIT = ("argmax(contribution, axis=1)", "argmax(contribution)")


class averaged:
    """One metric for all rows."""

    MESSAGE = "averaged over the rows and blamed one metric. Each"
    EDIT = ("argmax(contribution, axis=1)", "argmax(contribution.mean(axis=0))")


class from_one:
    """Counted from 1."""

    MESSAGE = "Your metrics count from 1"
    EDIT = ("argmax(contribution, axis=1)", "argmax(contribution, axis=1) + 1")


class value:
    """The contribution itself."""

    MESSAGE = "You returned the largest contribution itself"
    EDIT = ("np.argmax(contribution, axis=1)", "np.max(contribution, axis=1)")


class ranking:
    """All metrics in order."""

    MESSAGE = "You returned all metrics in order"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argsort(-contribution, axis=1)")


class smallest:
    """The smallest."""

    MESSAGE = "the smallest contribution. Take"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argmin(np.where(can_be, contribution, np.inf), axis=1)")


class transposed:
    """scikit-learn's orientation."""

    MESSAGE = "the way scikit-learn's"
    EDIT = ("    residual = x", "    components = components.T\n    residual = x")


class lost_axis:
    """A batch of one."""

    MESSAGE = "A batch of one row lost its axis"
    EDIT = ("np.argmax(contribution, axis=1)", "np.squeeze(np.argmax(contribution, axis=1))")


class error_and_centred:
    """Two at a time."""

    MESSAGE = (
        "Two things. You blame the metric with the largest error. An error is smeared over other "
        "metrics, and the metric that caused it keeps only C_jj of it: divide the squared residual by "
        "C_jj. You centred x again, by the mean of these rows. It is standardised already, and a shift "
        "that lasts would vanish."
    )
    EDIT = (
        ("residual**2 / np.where(can_be, diagonal, 1)", "residual**2"),
        ("residual = x - x", "x = x - x.mean(axis=0)\n    residual = x - x"),
    )


class contributions_with_guard:
    """The contributions."""

    MESSAGE = "You returned the contributions"
    EDIT = ("np.argmax(contribution, axis=1)", "contribution")


class ranking_reversed:
    """All metrics in order."""

    MESSAGE = "You returned all metrics in order"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argsort(contribution, axis=1)[:, ::-1]")


class second:
    """The second largest."""

    MESSAGE = "the second largest contribution"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argsort(contribution, axis=1)[:, -2]")


class wide_guard:
    """More metrics are left out than should be."""

    MESSAGE = "You add a number to C_jj"
    EDIT = ("1e-9", "1e-3")


class small_added:
    """A thousandth is added."""

    MESSAGE = "You add a number to C_jj"
    EDIT = ("np.where(can_be, diagonal, 1)", "(diagonal + 1e-3)")


class absolute_divided:
    """Divided, not squared."""

    MESSAGE = "You divide the residual by C_jj without squaring it, or before"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "np.abs(residual) / np.where(can_be, diagonal, 1)")


class value_without_guard:
    """The largest absolute value, with no C_jj at all."""

    MESSAGE = "farthest from its mean, without PCA"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argmax(np.abs(x), axis=1)")


class value_divided:
    """x divided by C_jj."""

    MESSAGE = "You divide x itself by C_jj"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "np.abs(x) / np.where(can_be, diagonal, 1)")


class square_of_sum:
    """The square of the sum."""

    MESSAGE = "Your C_jj is 1 minus the square of the sum"
    EDIT = ("np.sum(components**2, axis=1)", "np.sum(components, axis=1) ** 2")


class whole_x:
    """Whole numbers of x."""

    MESSAGE = "You cut x to whole numbers"
    EDIT = ("    residual = x - x", "    x = x.astype(int)\n    residual = x - x")


class whole_residual:
    """Whole numbers of the residual."""

    MESSAGE = "You cut the residual to whole numbers"
    EDIT = ("residual**2 / np.where(can_be, diagonal, 1)", "residual.astype(int) ** 2 / np.where(can_be, diagonal, 1)")


class type_of_x:
    """An array like x for the contributions."""

    MESSAGE = "an array like x has its type"
    EDIT = (
        "    return np.argmax(contribution",
        "    kept = np.zeros_like(x)\n    kept[:] = contribution\n    return np.argmax(kept",
    )


class first_row:
    """The first row alone."""

    MESSAGE = "You returned the metric of the first row alone"
    EDIT = ("np.argmax(contribution, axis=1)", "np.argmax(contribution[0])")


class residual_of_type:
    """An array like x for the residual."""

    MESSAGE = "it is in an array that has the type of x"
    EDIT = ("    diagonal = ", "    residual = residual.astype(x.dtype)\n    diagonal = ")
