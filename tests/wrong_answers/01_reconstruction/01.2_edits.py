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
