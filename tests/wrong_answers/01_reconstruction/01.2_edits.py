"""Wrong answers to 01.2 reconstruction_loss that are a right answer but for a line or two."""


class absolute:
    """The absolute error is as good as the squared one."""

    MESSAGE = "absolute error"
    EDIT = ("(x - reconstruction) ** 2", "np.abs(x - reconstruction)")


class axis_zero:
    """Axis 0 is averaged: an error for each pixel instead of each image."""

    MESSAGE = "an error for each pixel"
    EDIT = ("axis=(1, 2, 3)", "axis=0")


class broadcasting:
    """Averaged axes are kept, which broadcasting later turns into a table of all pairs of images."""

    MESSAGE = "axes of length 1"
    EDIT = ("axis=(1, 2, 3)", "axis=(1, 2, 3), keepdims=True")


class channels_left:
    """Height and width are averaged, the channels forgotten."""

    MESSAGE = "one number for each of its channels"
    EDIT = ("axis=(1, 2, 3)", "axis=(1, 2)")


class channels_not_counted:
    """A sum over the whole image, divided by height times width: the channels are not counted."""

    MESSAGE = "divided by height times width"
    EDIT = (("np.mean", "np.sum"), ("(1, 2, 3))", "(1, 2, 3)) / (x.shape[1] * x.shape[2])"))


class halved:
    """Half the squared error, as in books that want a gradient without a 2."""

    MESSAGE = "You halved it"
    EDIT = ("(1, 2, 3))", "(1, 2, 3)) / 2")


class last_axis:
    """axis=-1 is believed to be "the features", as it would be for flat data."""

    MESSAGE = "the last axis alone"
    EDIT = ("axis=(1, 2, 3)", "axis=-1")


class mean_over_images:
    """One mean over everything: the images' errors are mixed into one number."""

    MESSAGE = "averaged over the images"
    EDIT = (", axis=(1, 2, 3)", "")


class mixed_images:
    """The batch becomes the last axis by reshaping, which mixes pixels of different images."""

    MESSAGE = "pixels of different images"
    EDIT = (
        "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "((x - reconstruction) ** 2).reshape(-1, len(x)).mean(axis=0)",
    )


class of_784_pixels:
    """The formula of the lesson, with its 784 pixels for images of any size."""

    MESSAGE = "divided by 784"
    EDIT = (("np.mean", "np.sum"), ("(1, 2, 3))", "(1, 2, 3)) / 784"))


class root:
    """The root of the mean squared error is taken for it."""

    MESSAGE = "You took the root"
    EDIT = (("np.mean(", "np.sqrt(np.mean("), ("(1, 2, 3))", "(1, 2, 3)))"))


class squared_too_late:
    """The square of the mean is taken for the mean of the squares."""

    MESSAGE = "averaged before squaring"
    EDIT = ((" ** 2", ""), ("(1, 2, 3))", "(1, 2, 3)) ** 2"))


class sum_over_pixels:
    """A sum over pixels in place of a mean."""

    MESSAGE = "sum over pixels"
    EDIT = ("np.mean", "np.sum")


class divided_by_the_images:
    """len(x) is taken for the number of pixels."""

    MESSAGE = "divided by the number of images, not"
    EDIT = (("np.mean", "np.sum"), ("(1, 2, 3))", "(1, 2, 3)) / len(x)"))


class divided_by_the_batch:
    """The size of the whole array is taken for that of an image."""

    MESSAGE = "divided by the size of the whole batch"
    EDIT = (("np.mean", "np.sum"), ("(1, 2, 3))", "(1, 2, 3)) / x.size"))


class divided_by_a_square:
    """Images are believed to be square."""

    MESSAGE = "divided by the height squared"
    EDIT = (("np.mean", "np.sum"), ("(1, 2, 3))", "(1, 2, 3)) / (x.shape[1] ** 2 * x.shape[3])"))


class rows_of_784:
    """The notebook's images have 784 pixels, and so has every row."""

    MESSAGE = "works for 28 x 28 pixels"
    EDIT = (
        "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "np.mean((x - reconstruction).reshape(len(x), 784) ** 2, axis=1)",
    )


class loop_over_28:
    """Loops run over the notebook's 28 rows and columns."""

    MESSAGE = "works for 28 x 28 pixels"
    EDIT = (
        "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "sum((x - reconstruction)[:, i, j, 0] ** 2 for i in range(28) for j in range(28)) / 784",
    )


class difference_of_squares:
    """Squares are taken first and subtracted then."""

    MESSAGE = "a difference of the squares"
    EDIT = ("(x - reconstruction) ** 2", "x**2 - reconstruction**2")


class norm_by_pixels:
    """NumPy's norm, divided by the number of pixels: the root stays."""

    MESSAGE = "and divided that by the number of pixels"
    EDIT = (
        "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "np.linalg.norm((x - reconstruction).reshape(len(x), -1), axis=1) / x[0].size",
    )


class norm:
    """NumPy's norm of the difference."""

    MESSAGE = "You returned the norm"
    EDIT = (
        "np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "np.linalg.norm((x - reconstruction).reshape(len(x), -1), axis=1)",
    )


class variance:
    """np.var of the difference, which takes off its mean."""

    MESSAGE = "the variance of the difference"
    EDIT = ("np.mean((x - reconstruction) ** 2,", "np.var(x - reconstruction,")


class median:
    """The median, which outliers cannot spoil."""

    MESSAGE = "the median over the pixels"
    EDIT = ("np.mean", "np.median")


class relative_to_the_image:
    """A relative error, divided by the energy of the image."""

    MESSAGE = "divided by the mean of x^2"
    EDIT = ("(1, 2, 3))", "(1, 2, 3)) / np.mean(x**2, axis=(1, 2, 3))")


class scaled_by_the_largest_pixel:
    """Both are divided by the largest pixel of x first, so that they lie in [0, 1]."""

    MESSAGE = "by the largest value of x"
    EDIT = ("(x - reconstruction)", "((x - reconstruction) / x.max())")


class clipped:
    """Drawings are clipped to [0, 1], since pixels lie there."""

    MESSAGE = "You clipped the drawings"
    EDIT = ("(x - reconstruction)", "(x - np.clip(reconstruction, 0, 1))")


class whole_numbers:
    """Pixels become uint8 as in an image file, where differences wrap around."""

    MESSAGE = "8-bit integers"
    EDIT = (
        (
            "    return",
            "    x, reconstruction = (255 * x).astype(np.uint8), (255 * reconstruction).astype(np.uint8)\n    return",
        ),
        ("(1, 2, 3))", "(1, 2, 3)) / 255**2"),
    )


class negative:
    """The sign of a score, which is to be large where the drawing is good."""

    MESSAGE = "The sign is wrong"
    EDIT = ("return np.mean", "return -np.mean")


class first_channel_alone:
    """Only the first channel is compared, for grey images have one."""

    MESSAGE = "first channel only"
    EDIT = (
        "return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "return np.mean((x - reconstruction)[..., 0] ** 2, axis=(1, 2))",
    )


class one_less:
    """The sum is divided as for an unbiased variance."""

    MESSAGE = "one less than the number"
    EDIT = (
        "return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "return np.sum((x - reconstruction) ** 2, axis=(1, 2, 3)) / (x[0].size - 1)",
    )


class per_cent:
    """The loss in per cent."""

    MESSAGE = "You gave a percentage"
    EDIT = (
        "return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "return 100 * np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
    )


class squeezed:
    """np.squeeze tidies up, and drops the axis of a batch of one."""

    MESSAGE = "no axis for the images"
    EDIT = (
        "return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))",
        "return np.squeeze(np.mean((x - reconstruction) ** 2, axis=(1, 2, 3)))",
    )


class rounded:
    """The result is rounded, as it would be for a table."""

    MESSAGE = "rounded the result to 2 decimals"
    EDIT = ("axis=(1, 2, 3))", "axis=(1, 2, 3)).round(2)")


class doubled:
    """The 2 of the square comes in front."""

    MESSAGE = "You doubled it"
    EDIT = ("return np.mean", "return 2 * np.mean")


class one_number_for_all:
    """The mean over the batch, repeated so that the shape is right."""

    MESSAGE = "each image the same number"
    EDIT = ("np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))", "np.full(len(x), np.mean((x - reconstruction) ** 2))")


class images_of_the_notebook:
    """The notebook's images are compared, whatever the arguments are."""

    MESSAGE = "as many as the notebook has test images"
    EDIT = ("(x - reconstruction) ** 2", "np.full((2000, 28, 28, 1), 0.02)")  # the notebook's (x_test - drawings) ** 2
