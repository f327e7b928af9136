"""Wrong answers to 05.3 scale_free_l1 that are a right answer but for a line or two."""


class columns:
    """The lengths of columns."""

    MESSAGE = "are those of the columns. Unit j"
    EDIT = ("ops.sum(decoder_kernel**2, axis=1)", "ops.sum(decoder_kernel**2, axis=0)")


class squared:
    """No root."""

    MESSAGE = "the squares of the lengths. The root is missing"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares")


class sum_of_sizes:
    """The L1 norm of each row."""

    MESSAGE = "You took the sum of a direction's absolute"
    EDIT = (
        ("ops.sum(decoder_kernel**2, axis=1)", "ops.sum(ops.abs(decoder_kernel), axis=1)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
    )


class largest_entry:
    """The maximum norm."""

    MESSAGE = "You took the largest absolute value of a direction"
    EDIT = (
        ("ops.sum(decoder_kernel**2, axis=1)", "ops.max(ops.abs(decoder_kernel), axis=1)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
    )


class mean_square:
    """A mean under the root."""

    MESSAGE = "You took the mean of a direction's squares"
    EDIT = ("ops.sum(decoder_kernel**2, axis=1)", "ops.mean(decoder_kernel**2, axis=1)")


class mean_size:
    """The mean absolute value."""

    MESSAGE = "You took the mean of a direction's absolute"
    EDIT = (
        ("ops.sum(decoder_kernel**2, axis=1)", "ops.mean(ops.abs(decoder_kernel), axis=1)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
    )


class root_twice:
    """Two roots."""

    MESSAGE = "You took the root twice"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "ops.sqrt(ops.sqrt(ops.maximum(squares, 1e-12)))")


class entries_added:
    """Signed numbers are added up."""

    MESSAGE = "You added up the numbers of a direction"
    EDIT = (
        ("ops.sum(decoder_kernel**2, axis=1)", "ops.sum(decoder_kernel, axis=1)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
    )


class plain:
    """Plain L1."""

    MESSAGE = "The lengths of the directions are missing. This is"
    EDIT = (
        "weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "weight * ops.mean(ops.sum(ops.abs(z), axis=1))",
    )


class normalised:
    """The kernel is normalised first, so that all lengths are 1."""

    MESSAGE = "The lengths of the directions are missing. This is"
    EDIT = (
        "ops.sum(decoder_kernel**2, axis=1)",
        "ops.sum((decoder_kernel / ops.norm(decoder_kernel, axis=1, keepdims=True)) ** 2, axis=1)",
    )


class whole_kernel:
    """The norm of the whole kernel."""

    MESSAGE = "You took one length of the whole kernel"
    EDIT = ("ops.sum(decoder_kernel**2, axis=1)", "ops.sum(decoder_kernel**2)")


class mean_length:
    """The mean of the lengths."""

    MESSAGE = "You took the mean of the lengths for all"
    EDIT = (
        "weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "weight * ops.mean(ops.sum(ops.abs(z), axis=1)) * ops.mean(lengths)",
    )


class sum_of_lengths:
    """The sum of the lengths."""

    MESSAGE = "You took the sum of the lengths for all"
    EDIT = (
        "weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "weight * ops.mean(ops.sum(ops.abs(z), axis=1)) * ops.sum(lengths)",
    )


class divided:
    """Divided by the length."""

    MESSAGE = "You divided by the lengths"
    EDIT = ("ops.abs(z) * lengths", "ops.abs(z) / lengths")


class no_absolute:
    """z as it is."""

    MESSAGE = "The absolute value of z is missing"
    EDIT = ("ops.abs(z)", "z")


class z_squared:
    """z squared."""

    MESSAGE = "You squared z. Its absolute"
    EDIT = ("ops.abs(z)", "z**2")


class all_squared:
    """Both are squared: a weight decay on the contributions."""

    MESSAGE = "you took the squares of the lengths, and you squared z"
    EDIT = (
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
        ("ops.abs(z)", "z**2"),
    )


class relu:
    """Negative values are cut off."""

    MESSAGE = "You cut negative values of z off"
    EDIT = ("ops.abs(z)", "ops.relu(z)")


class sum_over_batch:
    """A sum over the batch."""

    MESSAGE = "You summed over the examples. Take the mean"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.sum(ops.abs(z) * lengths)")


class mean_over_units:
    """A mean of everything."""

    MESSAGE = "You took the mean over the units, too"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.mean(ops.abs(z) * lengths)")


class other_way_round:
    """Sum over the batch, mean over the units."""

    MESSAGE = "It is the other way round"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.sum(ops.mean(ops.abs(z) * lengths, axis=1))")


class largest_unit:
    """The largest unit."""

    MESSAGE = "You took the largest unit of each"
    EDIT = ("ops.sum(ops.abs", "ops.max(ops.abs")


class no_weight:
    """The weight is forgotten."""

    MESSAGE = "The weight is missing"
    EDIT = ("weight * ops", "ops")


class weight_twice:
    """The weight twice."""

    MESSAGE = "by the weight twice"
    EDIT = ("weight * ops", "weight**2 * ops")


class weight_divides:
    """Divided by the weight."""

    MESSAGE = "You divided by the weight"
    EDIT = (
        "weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "ops.mean(ops.sum(ops.abs(z) * lengths, axis=1)) / weight",
    )


class weight_added:
    """The weight is added."""

    MESSAGE = "You added the weight"
    EDIT = ("weight * ops", "weight + ops")


class columns_squared:
    """Columns, and no root."""

    MESSAGE = "are those of the columns, and you took the squares"
    EDIT = (
        ("ops.sum(decoder_kernel**2, axis=1)", "ops.sum(decoder_kernel**2, axis=0)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
    )


class squared_and_summed:
    """No root, and a sum over the batch."""

    MESSAGE = "the squares of the lengths, and you summed"
    EDIT = (
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares"),
        ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.sum(ops.abs(z) * lengths)"),
    )


class plain_and_summed:
    """Plain L1, summed over the batch."""

    MESSAGE = "the lengths of the directions are missing, and you summed"
    EDIT = ("weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "weight * ops.sum(ops.abs(z))")


class lengths_added:
    """Weight decay on the lengths beside a plain L1."""

    MESSAGE = "You added the lengths to the code"
    EDIT = (
        "weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "weight * (ops.mean(ops.sum(ops.abs(z), axis=1)) + ops.sum(lengths))",
    )


class length_added_per_unit:
    """A sum for a product."""

    MESSAGE = "You added the lengths to the code"
    EDIT = ("ops.abs(z) * lengths", "ops.abs(z) + lengths")


class reconstruction:
    """The reconstruction is penalised."""

    MESSAGE = "the absolute values of z @ decoder_kernel"
    EDIT = ("ops.abs(z) * lengths", "ops.abs(ops.matmul(z, decoder_kernel))")


class reconstruction_length:
    """The length of the reconstruction is penalised."""

    MESSAGE = "You penalised the length of the reconstruction"
    EDIT = (
        "ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))",
        "ops.mean(ops.norm(ops.matmul(z, decoder_kernel), axis=1))",
    )


class l2:
    """L2 over the units."""

    MESSAGE = "that is L2, which does not make"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.mean(ops.norm(z * lengths, axis=1))")


class mean_first:
    """The mean is taken before the absolute value."""

    MESSAGE = "positive and negative values cancel"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.sum(ops.abs(ops.mean(z, axis=0)) * lengths)")


class half:
    """A factor of a half."""

    MESSAGE = "There is a factor of 1/2"
    EDIT = ("weight * ops", "0.5 * weight * ops")


class per_example:
    """No mean."""

    MESSAGE = "You returned one number for each example. Take"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.sum(ops.abs(z) * lengths, axis=1)")


class per_unit:
    """The mean over the examples, and no sum."""

    MESSAGE = "You returned one number for each unit"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.mean(ops.abs(z) * lengths, axis=0)")


class per_example_and_unit:
    """Neither."""

    MESSAGE = "You returned one number for each example and unit"
    EDIT = ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "ops.abs(z) * lengths")


class coarse:
    """Far too much is added under the root."""

    MESSAGE = "You add about 1e-3 under the root"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "ops.sqrt(squares + 1e-3)")


class coarse_length:
    """Lengths are kept above 0.1."""

    MESSAGE = "You add about 1e-1 to each length"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "ops.maximum(ops.sqrt(ops.maximum(squares, 1e-12)), 0.1)")


class numpy:
    """NumPy in place of keras.ops."""

    MESSAGE = "No gradient reaches z"
    EDIT = (
        ("ops.sum(decoder_kernel", "np.sum(np.array(decoder_kernel)"),
        ("ops.sqrt(ops.maximum(squares, 1e-12))", "np.sqrt(squares)"),
        ("ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))", "np.mean(np.sum(np.abs(np.array(z)) * lengths, axis=1))"),
    )


class numpy_lengths:
    """The lengths come from NumPy."""

    MESSAGE = "No gradient reaches decoder_kernel"
    EDIT = ("ops.sum(decoder_kernel**2, axis=1)", "np.sum(np.array(decoder_kernel) ** 2, axis=1)")


class lengths_held_fixed:
    """The lengths are constants."""

    MESSAGE = "No gradient reaches decoder_kernel"
    EDIT = ("ops.abs(z) * lengths", "ops.abs(z) * ops.stop_gradient(lengths)")


class code_held_fixed:
    """The code is a constant."""

    MESSAGE = "No gradient reaches z"
    EDIT = ("ops.abs(z)", "ops.abs(ops.stop_gradient(z))")


class root_of_zero:
    """Nothing keeps the root away from 0."""

    MESSAGE = "not finite for the row of zeros"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "ops.sqrt(squares)")


class norm:
    """The library's norm, whose root meets 0."""

    MESSAGE = "not finite for the row of zeros"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "ops.norm(decoder_kernel, axis=1)")


class root_of_square:
    """The absolute value by a root."""

    MESSAGE = "not finite where z is exactly 0"
    EDIT = ("ops.abs(z)", "ops.sqrt(z**2)")


class nan_for_dead_rows:
    """A multiplication by the length, in the guise of two divisions by it."""

    MESSAGE = "not finite where a row of the kernel is all zeros"
    EDIT = ("ops.sqrt(ops.maximum(squares, 1e-12))", "squares / ops.sqrt(squares)")
