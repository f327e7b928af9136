"""Wrong answers to 04.5 score_of_noisy that are a right answer but for a line or two."""


class sign:
    """noisy - denoised."""

    MESSAGE = "The sign is reversed: your score"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (noisy - denoised) / stddev**2")


class stddev:
    """Not squared."""

    MESSAGE = "You divided by noise_stddev, without the square"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / stddev")


class sign_and_stddev:
    """noisy - denoised, and not squared."""

    MESSAGE = "The sign is reversed, and noise_stddev is not squared"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (noisy - denoised) / stddev")


class no_noise_level:
    """The residual alone."""

    MESSAGE = "noise_stddev is not used: this is denoised - noisy"
    EDIT = ("return (denoised - noisy) / stddev**2", "return denoised - noisy")


class noise_found:
    """The noise that the denoiser found."""

    MESSAGE = "this is noisy - denoised, the noise"
    EDIT = ("return (denoised - noisy) / stddev**2", "return noisy - denoised")


class multiplied:
    """Multiplied by the variance, as in Tweedie's formula the other way round."""

    MESSAGE = "You multiplied by noise_stddev^2"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) * stddev**2")


class multiplied_by_stddev:
    """Multiplied by the stddev."""

    MESSAGE = "You multiplied by noise_stddev. Its"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) * stddev")


class two_of_the_density:
    """The 2 of the density is kept."""

    MESSAGE = "You divided by 2 noise_stddev^2. The 2"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / (2 * stddev**2)")


class two_inside:
    """(2 noise_stddev)^2."""

    MESSAGE = "You divided by (2 noise_stddev)^2"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / (2 * stddev) ** 2")


class twice:
    """The gradient of a square, without its half."""

    MESSAGE = "The result is twice what it should be"
    EDIT = ("return (denoised - noisy) / stddev**2", "return 2 * (denoised - noisy) / stddev**2")


class two_and_sign:
    """The 2 of the density is kept, and the sign reversed."""

    MESSAGE = "You divided by 2 noise_stddev^2, and the sign"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (noisy - denoised) / (2 * stddev**2)")


class squared_twice:
    """Squared twice."""

    MESSAGE = "You squared noise_stddev twice"
    EDIT = (
        "return (denoised - noisy) / stddev**2",
        "variance = stddev**2\n    return (denoised - noisy) / variance**2",
    )


class root:
    """The root."""

    MESSAGE = "You took the root of noise_stddev"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / np.sqrt(stddev)")


class doubled:
    """* 2 for ** 2."""

    MESSAGE = "You multiplied noise_stddev by 2"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / (stddev * 2)")


class left_to_numpy:
    """Left to NumPy's broadcasting."""

    MESSAGE = "In yours it goes along the last one, as NumPy has it. Where"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = stddev + 0",
    )


class left_to_numpy_not_squared:
    """Left to NumPy's broadcasting, and squared for numbers alone."""

    MESSAGE = "as NumPy has it, and it is not squared"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "return (denoised - noisy) / stddev",
    )


class second_axis:
    """One axis too few is added."""

    MESSAGE = "In yours it goes along the second one"
    EDIT = ("(np.ndim(noisy) - 1)", "(np.ndim(noisy) - 2)")


class first_for_all:
    """The first stddev for all."""

    MESSAGE = "You took the first of them for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = stddev[0]",
    )


class mean_for_all:
    """The mean stddev for all."""

    MESSAGE = "You took their mean for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = stddev.mean()",
    )


class mean_square_for_all:
    """The mean variance for all."""

    MESSAGE = "You took the mean of their squares for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = np.sqrt(np.mean(stddev**2))",
    )


class largest_for_all:
    """The largest for all."""

    MESSAGE = "You took the largest for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = stddev.max()",
    )


class smallest_for_all:
    """The smallest for all."""

    MESSAGE = "You took the smallest for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = stddev.min()",
    )


class norm_for_all:
    """The norm of the stddevs for all."""

    MESSAGE = "You took the sum of their squares for all"
    EDIT = (
        "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
        "stddev = np.linalg.norm(stddev)",
    )


class denoised_forgotten:
    """-noisy / variance."""

    MESSAGE = "denoised is missing"
    EDIT = ("return (denoised - noisy) / stddev**2", "return -noisy / stddev**2")


class noisy_forgotten:
    """denoised / variance."""

    MESSAGE = "noisy is missing"
    EDIT = ("return (denoised - noisy) / stddev**2", "return denoised / stddev**2")


class added:
    """A plus for the minus."""

    MESSAGE = "You added noisy and denoised"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised + noisy) / stddev**2")


class brackets:
    """No brackets."""

    MESSAGE = "only noisy is divided"
    EDIT = ("return (denoised - noisy) / stddev**2", "return denoised - noisy / stddev**2")


class denoised_divided:
    """Only denoised is divided."""

    MESSAGE = "Only denoised is divided"
    EDIT = ("return (denoised - noisy) / stddev**2", "return denoised / stddev**2 - noisy")


class squared_difference:
    """The squared difference."""

    MESSAGE = "You squared the difference"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) ** 2 / stddev**2")


class absolute:
    """The absolute difference."""

    MESSAGE = "You took the absolute value"
    EDIT = ("return (denoised - noisy) / stddev**2", "return np.abs(denoised - noisy) / stddev**2")


class signs:
    """The sign alone."""

    MESSAGE = "You returned the sign of the score"
    EDIT = ("return (denoised - noisy) / stddev**2", "return np.sign(denoised - noisy)")


class unit:
    """Length 1."""

    MESSAGE = "You scaled each score to length 1"
    EDIT = (
        "return (denoised - noisy) / stddev**2",
        "residual = (denoised - noisy).reshape(len(noisy), -1)\n"
        "    return (residual / np.linalg.norm(residual, axis=1, keepdims=True)).reshape(noisy.shape)",
    )


class measured:
    """The residual's own variance."""

    MESSAGE = "You measured the variance of denoised - noisy"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / np.var(denoised - noisy)")


class per_pixel:
    """A mean over pixels."""

    MESSAGE = "You divided by the number of pixels as well"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / stddev**2 / noisy[0].size")


class denoised_returned:
    """The denoised examples."""

    MESSAGE = "You returned the denoised examples"
    EDIT = ("return (denoised - noisy) / stddev**2", "return denoised")


class step_taken:
    """A step along the score."""

    MESSAGE = "You added the score to the noisy examples"
    EDIT = ("return (denoised - noisy) / stddev**2", "return noisy + (denoised - noisy) / stddev**2")


class rounded:
    """Rounded."""

    MESSAGE = "You rounded the result to whole numbers"
    EDIT = ("return (denoised - noisy) / stddev**2", "return np.round((denoised - noisy) / stddev**2)")


class floor_division:
    """// for /."""

    MESSAGE = "You divided with //"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) // stddev**2")


class of_the_notebook:
    """The notebook's 0.4."""

    MESSAGE = "you divided by 0.4 squared"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / 0.4**2")


class guarded:
    """A small number is added."""

    MESSAGE = "You add 1e-8 to the variance"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / (stddev**2 + 1e-8)")


class kept_from_zero:
    """noise_stddev is kept from being small."""

    MESSAGE = "You keep noise_stddev from being smaller than 1e-3"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / np.maximum(stddev, 1e-3) ** 2")


class four_axes:
    """Four axes, as the notebook's images have."""

    MESSAGE = "with one number as noise_stddev, but not with an array"
    EDIT = (
        (
            "stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis",
            "stddev = stddev[:, None, None, None]",
        ),
        (
            "return (denoised - noisy) / stddev**2",
            "return (denoised - noisy) / np.broadcast_to(stddev, noisy.shape) ** 2",
        ),
    )


class rows:
    """Rows are returned."""

    MESSAGE = "The examples have become rows"
    EDIT = ("return (denoised - noisy) / stddev**2", "return ((denoised - noisy) / stddev**2).reshape(len(noisy), -1)")


class flat:
    """All in one row."""

    MESSAGE = "All examples have become one row"
    EDIT = ("return (denoised - noisy) / stddev**2", "return ((denoised - noisy) / stddev**2).ravel()")


class summed:
    """Summed over pixels."""

    MESSAGE = "That is one number for each example"
    EDIT = (
        "return (denoised - noisy) / stddev**2",
        "return ((denoised - noisy) / stddev**2).reshape(len(noisy), -1).sum(axis=1)",
    )


class mean_of_all:
    """One number."""

    MESSAGE = "That is a single number"
    EDIT = ("return (denoised - noisy) / stddev**2", "return np.mean((denoised - noisy) / stddev**2)")


class squeezed:
    """Axes of length 1 are dropped."""

    MESSAGE = "The axis of the examples is lost"
    EDIT = ("return (denoised - noisy) / stddev**2", "return np.squeeze((denoised - noisy) / stddev**2)")


class of_four_axes:
    """Examples are taken to be images."""

    MESSAGE = "in it, as for images"
    EDIT = (
        ("stddev = np.asarray(noise_stddev, float)\n", "stddev = np.reshape(noise_stddev, (-1, 1, 1, 1))\n"),
        ("if stddev.ndim:", "if stddev.ndim == 1:"),
    )


class transposed_back:
    """Transposed, so that the stddevs fit, and left so."""

    MESSAGE = "in reverse, as .T leaves them"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy).T / np.asarray(noise_stddev) ** 2")


class last_where_it_fits:
    """The stddevs go along the last axis if they can."""

    MESSAGE = "along the last one where that has the length n"
    EDIT = ("if stddev.ndim:", "if stddev.ndim and len(stddev) != noisy.shape[-1]:")


class one_length:
    """All scores together have length 1."""

    MESSAGE = "You scaled all scores together"
    EDIT = (
        "return (denoised - noisy) / stddev**2",
        "score = (denoised - noisy) / stddev**2\n    return score / np.linalg.norm(score)",
    )


class exponent:
    """The logarithm of a normal density in place of its gradient."""

    MESSAGE = "This is the exponent of a normal density"
    EDIT = ("return (denoised - noisy) / stddev**2", "return -((denoised - noisy) ** 2) / (2 * stddev**2)")


class one_plus_variance:
    """The variance of clean images is taken to be 1, and added."""

    MESSAGE = "You divided by 1 + noise_stddev^2"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / (1 + stddev**2)")


class cut_off:
    """The result takes the dtype of noisy."""

    MESSAGE = "cut off to whole numbers"
    EDIT = ("return (denoised - noisy) / stddev**2", "return ((denoised - noisy) / stddev**2).astype(noisy.dtype)")


class not_a_float:
    """A number is told from an array by being a float."""

    MESSAGE = "whole numbers are numbers, too"
    EDIT = (
        ("    if stddev.ndim:\n", "    if not isinstance(noise_stddev, float):\n"),
        ("reshape(-1,", "reshape(len(noisy),"),
    )


class negative_power:
    """A power that integers do not have."""

    MESSAGE = "whole numbers are numbers, too"
    EDIT = (
        ("stddev = np.asarray(noise_stddev, float)", "stddev = np.asarray(noise_stddev)"),
        ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) * stddev**-2"),
    )


class length_of_a_number:
    """A number has no length."""

    MESSAGE = "but not with one number for all"
    EDIT = ("    if stddev.ndim:\n", "    if len(noise_stddev) > 0:\n")


class images_alone:
    """Only images get a shape for it."""

    MESSAGE = "only if noisy has 4 axes"
    EDIT = ("    if stddev.ndim:\n", "    if stddev.ndim and noisy.ndim == 4:\n")


class vectors_alone:
    """Only vectors get a shape for it."""

    MESSAGE = "only if noisy has 2 axes"
    EDIT = ("    if stddev.ndim:\n", "    if stddev.ndim and noisy.ndim == 2:\n")


class reversed_stddevs:
    """The stddevs are turned round."""

    MESSAGE = "The stddevs are in reverse order"
    EDIT = ("stddev.reshape(", "stddev[::-1].reshape(")


class whole_stddev:
    """The stddev is an int."""

    MESSAGE = "You cut noise_stddev off"
    EDIT = ("np.asarray(noise_stddev, float)", "np.asarray(noise_stddev, int)")


class cubed:
    """The third power."""

    MESSAGE = "to the third power"
    EDIT = ("return (denoised - noisy) / stddev**2", "return (denoised - noisy) / stddev**3")


class two_decimals:
    """Rounded to two decimals."""

    MESSAGE = "to 2 decimal(s)"
    EDIT = ("return (denoised - noisy) / stddev**2", "return ((denoised - noisy) / stddev**2).round(2)")
