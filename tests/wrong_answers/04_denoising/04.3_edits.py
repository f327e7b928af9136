"""Wrong answers to 04.3 posterior_mean that are a right answer but for a line or two."""


class two_forgotten:
    """The 2 is forgotten."""

    MESSAGE = "The 2 is missing: the squared distance"
    EDIT = ("(2 * noise_stddev**2)", "noise_stddev**2")


class not_squared:
    """noise_stddev is not squared."""

    MESSAGE = "You divided by 2 noise_stddev. It"
    EDIT = ("(2 * noise_stddev**2)", "(2 * noise_stddev)")


class plain_stddev:
    """Neither 2 nor square."""

    MESSAGE = "without the square and without the 2"
    EDIT = ("(2 * noise_stddev**2)", "noise_stddev")


class two_squared:
    """The 2 is squared as well."""

    MESSAGE = "You squared the 2 as well"
    EDIT = ("(2 * noise_stddev**2)", "(2 * noise_stddev) ** 2")


class squared_twice:
    """noise_stddev is taken for the root of what it is the root of: squared twice."""

    MESSAGE = "You squared noise_stddev twice"
    EDIT = (
        ("log_weights = -squared", "variance = noise_stddev**2\n    log_weights = -squared"),
        ("(2 * noise_stddev**2)", "(2 * variance**2)"),
    )


class mean_over_pixels:
    """The squared distance is a mean."""

    MESSAGE = "is a mean over pixels and channels. ||"
    EDIT = ("np.sum((noisy", "np.mean((noisy")


class mean_without_two:
    """The squared distance is a mean, and the 2 is forgotten."""

    MESSAGE = "is a mean over pixels and channels, and not divided by 2"
    EDIT = (("np.sum((noisy", "np.mean((noisy"), ("(2 * noise_stddev**2)", "noise_stddev**2"))


class mean_and_stddev:
    """The squared distance is a mean, and noise_stddev is not squared."""

    MESSAGE = "is a mean over pixels, and noise_stddev"
    EDIT = (("np.sum((noisy", "np.mean((noisy"), ("(2 * noise_stddev**2)", "(2 * noise_stddev)"))


class no_noise_level:
    """noise_stddev is not used."""

    MESSAGE = "your weights are exp(-||noisy - x_i||^2)."
    EDIT = ("-squared / (2 * noise_stddev**2)", "-squared")


class no_noise_level_half:
    """noise_stddev is not used, the 2 is."""

    MESSAGE = "exp(-||noisy - x_i||^2 / 2)"
    EDIT = ("-squared / (2 * noise_stddev**2)", "-squared / 2")


class no_noise_level_mean:
    """noise_stddev is not used, and a mean over pixels."""

    MESSAGE = "where d is the mean of squares"
    EDIT = (("np.sum((noisy", "np.mean((noisy"), ("-squared / (2 * noise_stddev**2)", "-squared"))


class multiplied:
    """Multiplied in place of divided."""

    MESSAGE = "You multiplied by 2 noise_stddev^2"
    EDIT = ("-squared / (2 * noise_stddev**2)", "-squared * (2 * noise_stddev**2)")


class half_multiplied:
    """The brackets are forgotten: divided by 2, then multiplied."""

    MESSAGE = "You multiplied by noise_stddev^2 after dividing"
    EDIT = ("-squared / (2 * noise_stddev**2)", "-squared / 2 * noise_stddev**2")


class of_the_notebook:
    """The notebook's 0.5 is written into the code."""

    MESSAGE = "You used the notebook's 0.5"
    EDIT = ("(2 * noise_stddev**2)", "(2 * 0.5**2)")


class rooted:
    """The distance is not squared."""

    MESSAGE = "drop the root.\n"
    EDIT = (
        "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
        "np.sqrt(np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4)))",
    )


class rooted_without_two:
    """The distance is not squared, and the 2 is forgotten."""

    MESSAGE = "And the 2 is missing."
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sqrt(np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4)))",
        ),
        ("(2 * noise_stddev**2)", "noise_stddev**2"),
    )


class rooted_and_stddev:
    """Neither distance nor noise_stddev is squared."""

    MESSAGE = "drop the root. And noise_stddev is not squared"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sqrt(np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4)))",
        ),
        ("(2 * noise_stddev**2)", "(2 * noise_stddev)"),
    )


class rooted_plain:
    """Neither is squared, and no 2."""

    MESSAGE = "Nor is noise_stddev squared"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sqrt(np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4)))",
        ),
        ("(2 * noise_stddev**2)", "noise_stddev"),
    )


class absolute:
    """Absolute differences."""

    MESSAGE = "stands.\nFor noisy"
    EDIT = (
        "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
        "np.sum(np.abs(noisy[:, None] - train[None]), axis=(2, 3, 4))",
    )


class absolute_and_stddev:
    """A Laplace density."""

    MESSAGE = "stands. And noise_stddev"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum(np.abs(noisy[:, None] - train[None]), axis=(2, 3, 4))",
        ),
        ("(2 * noise_stddev**2)", "noise_stddev"),
    )


class each_number:
    """Each pixel and channel has a posterior of its own."""

    MESSAGE = "Each pixel and channel gets weights of its own"
    EDIT = (
        ("np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))", "(noisy[:, None] - train[None]) ** 2"),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class each_pixel:
    """Summed over the last axis alone."""

    MESSAGE = "You summed over the last axis alone"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=-1, keepdims=True)",
        ),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class each_channel:
    """Summed over height and width."""

    MESSAGE = "each channel gets weights"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3), keepdims=True)",
        ),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class each_row:
    """Summed over the last two axes."""

    MESSAGE = "each row gets weights"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(-2, -1), keepdims=True)",
        ),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class height_alone:
    """Summed over axis 2."""

    MESSAGE = "one axis of the image, its height"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=2, keepdims=True)",
        ),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class width_alone:
    """Summed over axis 3."""

    MESSAGE = "one axis of the image, its width"
    EDIT = (
        (
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
            "np.sum((noisy[:, None] - train[None]) ** 2, axis=3, keepdims=True)",
        ),
        ("return np.tensordot(weights, train, axes=1)", "return np.sum(weights * train[None], axis=1)"),
    )


class over_noisy:
    """Weights are normalised along the wrong axis."""

    MESSAGE = "add up to 1 over the noisy images"
    EDIT = (
        (
            "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
            "np.exp(log_weights - log_weights.max(axis=0, keepdims=True))",
        ),
        ("weights.sum(axis=1", "weights.sum(axis=0"),
    )


class over_all:
    """Weights are normalised over the whole table."""

    MESSAGE = "over the whole table"
    EDIT = (
        (
            "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
            "np.exp(log_weights - log_weights.max())",
        ),
        ("weights.sum(axis=1, keepdims=True)", "weights.sum()"),
    )


class not_normalised:
    """The sum of the weights is forgotten."""

    MESSAGE = "Your weights are not normalised"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "np.exp(log_weights)"),
        ("    weights = weights / weights.sum(axis=1, keepdims=True)\n", ""),
    )


class over_number:
    """Divided by the number of images."""

    MESSAGE = "You divided by the number of training images, not"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "np.exp(log_weights)"),
        ("weights.sum(axis=1, keepdims=True)", "len(train)"),
    )


class mean_of_weighted:
    """A mean of weighted images in place of a sum."""

    MESSAGE = "(a mean in place of a sum)"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1) / len(train)")


class largest_is_one:
    """Shifted, and not normalised."""

    MESSAGE = "The largest weight of each noisy image is 1"
    EDIT = ("    weights = weights / weights.sum(axis=1, keepdims=True)\n", "")


class length_one:
    """The weights have length 1."""

    MESSAGE = "have length 1 as a vector"
    EDIT = ("weights.sum(axis=1, keepdims=True)", "np.linalg.norm(weights, axis=1, keepdims=True)")


class nearest:
    """The nearest training image."""

    MESSAGE = "You returned the nearest training image"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return train[squared.argmin(axis=1)]")


class farthest:
    """The farthest training image: argmax of a distance."""

    MESSAGE = "You returned the farthest training image"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return train[squared.argmax(axis=1)]")


class plus:
    """The minus sign is forgotten."""

    MESSAGE = "training images far away get the largest"
    EDIT = ("-squared", "squared")


class inverse:
    """Weights are inverse squared distances."""

    MESSAGE = "The weights are 1 / ||noisy"
    EDIT = ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "-1 / log_weights")


class first_for_all:
    """The weights of the first noisy image serve all."""

    MESSAGE = "The weights are those of the first noisy image"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "return np.tensordot(np.repeat(weights[:1], len(noisy), axis=0), train, axes=1)",
    )


class softmax_twice:
    """A softmax of the softmax."""

    MESSAGE = "You took the softmax twice"
    EDIT = (
        "    weights = weights / weights.sum(axis=1, keepdims=True)\n",
        "    weights = weights / weights.sum(axis=1, keepdims=True)\n"
        "    weights = np.exp(weights) / np.exp(weights).sum(axis=1, keepdims=True)\n",
    )


class root_of_weights:
    """The root of the weights."""

    MESSAGE = "You took the root of the weights"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(np.sqrt(weights), train, axes=1)")


class average_image:
    """The average of all training images."""

    MESSAGE = "This is the average training image"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.broadcast_to(train.mean(axis=0), noisy.shape)")


class untouched:
    """The noisy images come back."""

    MESSAGE = "You returned the noisy images as they are"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return noisy")


class residual:
    """The noise is returned."""

    MESSAGE = "noisy - restored"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return noisy - np.tensordot(weights, train, axes=1)")


class difference:
    """The change is returned."""

    MESSAGE = "You returned restored - noisy"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1) - noisy")


class clipped:
    """The restored images are clipped."""

    MESSAGE = "You clipped the restored images"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.clip(np.tensordot(weights, train, axes=1), 0, 1)")


class noisy_clipped:
    """The noisy images are clipped first."""

    MESSAGE = "You clipped the noisy images"
    EDIT = ("squared = ", "noisy = np.clip(noisy, 0, 1)\n    squared = ")


class median:
    """The weighted median of each pixel."""

    MESSAGE = "You took the median of each pixel"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "order = np.argsort(train, axis=0)\n"
        "    ranked = np.take_along_axis(train, order, axis=0)\n"
        "    sums = [np.cumsum(row[order], axis=0) >= 0.5 for row in weights]\n"
        "    return np.stack([np.take_along_axis(ranked, s.argmax(axis=0)[None], axis=0)[0] for s in sums])",
    )


class rounded:
    """Whole numbers are returned."""

    MESSAGE = "restored images to whole numbers.\nFor"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1).round()")


class dtype_of_train:
    """The result is stored in the dtype of train."""

    MESSAGE = "cut the restored images off to whole numbers"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "return np.tensordot(weights, train, axes=1).astype(train.dtype)",
    )


class underflow:
    """exp of the exponents as they are."""

    MESSAGE = "In exactly those all weights are 0"
    EDIT = ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "np.exp(log_weights)")


class one_shift:
    """One shift for all noisy images."""

    MESSAGE = "as if one number were subtracted"
    EDIT = ("log_weights.max(axis=1, keepdims=True)", "log_weights.max()")


class guarded:
    """A small number keeps the sum from being zero."""

    MESSAGE = "your restored image is 0 everywhere"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "np.exp(log_weights)"),
        ("weights.sum(axis=1, keepdims=True)", "(weights.sum(axis=1, keepdims=True) + 1e-12)"),
    )


class floored:
    """A small number is added to each weight."""

    MESSAGE = "all training images get the same weight from you"
    EDIT = (
        "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
        "np.exp(log_weights) + 1e-300",
    )


class limited:
    """The exponent is limited."""

    MESSAGE = "all training images get the same weight from you"
    EDIT = (
        "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
        "np.exp(np.maximum(log_weights, -700))",
    )


class weights_returned:
    """The weights are returned."""

    MESSAGE = "such as the weights"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return weights")


class rows_returned:
    """Rows of pixels are returned."""

    MESSAGE = "a row for each image"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return weights @ train.reshape(len(train), -1)")


class summed_over_noisy:
    """The axis of the noisy images is lost."""

    MESSAGE = "the first noisy image alone"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1)[0]")


class not_summed:
    """The weighted images are not added up."""

    MESSAGE = "Add them up over the training images"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return weights[:, :, None, None, None] * train")


class eight_by_eight:
    """The notebook's size is written into the code."""

    MESSAGE = "works for images of 8 x 8 pixels"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "return (weights @ train.reshape(-1, 64)).reshape(-1, 8, 8, 1)",
    )


class nan_to_zero:
    """nan is replaced by 0."""

    MESSAGE = "your restored image is 0 everywhere"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "np.exp(log_weights)"),
        ("return np.tensordot(weights, train, axes=1)", "return np.nan_to_num(np.tensordot(weights, train, axes=1))"),
    )


class shift_by_column:
    """The largest exponent along the wrong axis."""

    MESSAGE = "You subtract the largest exponent of each training image"
    EDIT = ("log_weights.max(axis=1, keepdims=True)", "log_weights.max(axis=0, keepdims=True)")


class sum_by_column:
    """The sum along the wrong axis."""

    MESSAGE = "You divided each weight by the sum over the noisy images"
    EDIT = ("weights.sum(axis=1, keepdims=True)", "weights.sum(axis=0, keepdims=True)")


class first_channel:
    """Images are taken to be grey."""

    MESSAGE = "You compared the first channel alone"
    EDIT = (
        "np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))",
        "np.sum((noisy[:, None] - train[None])[..., 0] ** 2, axis=(2, 3))",
    )


class average_of_noisy:
    """The noisy images take the place of the training images."""

    MESSAGE = "You averaged the noisy images"
    EDIT = (
        ("noisy[:, None] - train[None]", "noisy[:, None] - noisy[None]"),
        ("np.tensordot(weights, train, axes=1)", "np.tensordot(weights, noisy, axes=1)"),
    )


class shrunk:
    """A Wiener filter of one pixel."""

    MESSAGE = "weighted by their variances"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "v = train.var()\n    return (v * noisy + noise_stddev**2 * train.mean(0)) / (v + noise_stddev**2)",
    )


class ten_nearest:
    """The others hardly count, it is thought."""

    MESSAGE = "Only the 10 nearest"
    EDIT = (
        "    log_weights = -squared / (2 * noise_stddev**2)",
        "    ranks = squared.argsort(axis=1).argsort(axis=1)\n"
        "    log_weights = np.where(ranks < 10, -squared / (2 * noise_stddev**2), -np.inf)",
    )


class root_of_stddev:
    """noise_stddev is taken for a variance, and its root is taken."""

    MESSAGE = "You took the root of noise_stddev"
    EDIT = ("noise_stddev**2", "noise_stddev**0.5")


class two_decimals:
    """Rounded."""

    MESSAGE = "to 2 decimal(s)"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.round(np.tensordot(weights, train, axes=1), 2)")


class guarded_variance:
    """A small number keeps the denominator from being zero."""

    MESSAGE = "You add 1e-8 to 2 noise_stddev^2"
    EDIT = ("(2 * noise_stddev**2)", "(2 * noise_stddev**2 + 1e-8)")


class height_and_width:
    """Height and width are exchanged in a reshape."""

    MESSAGE = "height and width, which are exchanged"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "return np.swapaxes(np.tensordot(weights, train, axes=1), 1, 2)",
    )


class all_added_up:
    """The restored images are added up."""

    MESSAGE = "without the axis of the noisy images"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1).sum(axis=0)")


class smallest_subtracted:
    """The smallest exponent is subtracted."""

    MESSAGE = "inf / inf is nan"
    EDIT = ("log_weights.max(", "log_weights.min(")


class largest_distance:
    """The largest distance is subtracted."""

    MESSAGE = "inf / inf is nan"
    EDIT = (
        "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
        "np.exp(log_weights + squared.max(axis=1, keepdims=True) / (2 * noise_stddev**2))",
    )


class one_sum:
    """All weights of the table are added up."""

    MESSAGE = "the sum of all weights in the table"
    EDIT = ("weights.sum(axis=1, keepdims=True)", "weights.sum()")


class one_weight_for_all:
    """The squares are summed over the noisy images, too."""

    MESSAGE = "one weight for each training image"
    EDIT = ("axis=(2, 3, 4))  # (m, n)", "axis=(0, 2, 3, 4))[None].repeat(len(noisy), 0)")


class no_exp_normalised:
    """Exponents in place of weights, normalised."""

    MESSAGE = "the exponents, normalised"
    EDIT = ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "log_weights")


class no_exp:
    """Exponents in place of weights."""

    MESSAGE = "the exponents themselves"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "log_weights"),
        ("    weights = weights / weights.sum(axis=1, keepdims=True)\n", ""),
    )


class no_exp_scaled:
    """Exponents, divided by the largest."""

    MESSAGE = "divided by the largest of them"
    EDIT = (
        ("np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1", "log_weights"),
        ("weights.sum(axis=1, keepdims=True)", "abs(weights).max()"),
    )


class nearest_if_lost:
    """The nearest image where all weights are 0."""

    MESSAGE = "you return the nearest training image. Others"
    EDIT = (
        (
            "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
            "np.exp(log_weights)\n    bad = weights.sum(axis=1) == 0\n"
            "    weights[bad] = np.eye(len(train))[squared[bad].argmin(axis=1)]",
        ),
    )


class same_left_out:
    """An exponent of 0 is taken for one of no image."""

    MESSAGE = "equal to the noisy one gets no weight"
    EDIT = ("    weights = np.exp(", "    log_weights[log_weights == 0] = -1e9\n    weights = np.exp(")


class fortran:
    """Rows made into images in another order."""

    MESSAGE = "with order='F'"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "return (weights @ train.reshape(len(train), -1)).reshape(noisy.shape, order='F')",
    )


class sampled:
    """A training image is drawn by the weights."""

    MESSAGE = "Each of your restored images is a training image"
    EDIT = (
        "return np.tensordot(weights, train, axes=1)",
        "rng = np.random.default_rng(0)\n    return train[[rng.choice(len(train), p=row) for row in weights]]",
    )


class least_stddev:
    """The stddev is kept from being too small."""

    MESSAGE = "smaller than 1e-3"
    EDIT = ("(2 * noise_stddev**2)", "(2 * max(noise_stddev, 1e-3) ** 2)")


class long_double:
    """More digits and a larger range."""

    MESSAGE = "In exactly those all weights are 0"
    EDIT = (
        "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
        "np.exp(log_weights.astype(np.longdouble))",
    )


class guarded_variance_more:
    """A larger number keeps the denominator from being zero."""

    MESSAGE = "You add 1e-6 to noise_stddev^2"
    EDIT = ("(2 * noise_stddev**2)", "(2 * (noise_stddev**2 + 1e-6))")


class guarded_variance_less:
    """A smaller number keeps the denominator from being zero."""

    MESSAGE = "You add 1e-12 to 2 noise_stddev^2"
    EDIT = ("(2 * noise_stddev**2)", "(2 * noise_stddev**2 + 1e-12)")


class first_of_all:
    """The first image alone, with its axis."""

    MESSAGE = "the first noisy image alone"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return np.tensordot(weights, train, axes=1)[:1]")


class power:
    """exp first, the noise as a power."""

    MESSAGE = "raised it to the power"
    EDIT = (
        "np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1",
        "np.exp(squared.min(axis=1, keepdims=True) - squared) ** (1 / (2 * noise_stddev**2))",
    )


class half_noisy:
    """Half of it is left noisy."""

    MESSAGE = "the average of the noisy and the restored"
    EDIT = ("return np.tensordot(weights, train, axes=1)", "return (noisy + np.tensordot(weights, train, axes=1)) / 2")
