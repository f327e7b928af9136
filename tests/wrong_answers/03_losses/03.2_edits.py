"""Wrong answers to 03.2 grey_nll that are a right answer but for a line or two."""


class bernoulli:
    """Binary cross-entropy, as in most code."""

    MESSAGE = "This is Bernoulli's cost"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.sum(np.logaddexp(0, logits) - logits * x, axis=(1, 2, 3))",
    )


class bernoulli_mean:
    """Keras's binary cross-entropy averages."""

    MESSAGE = "binary cross-entropy averaged"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.mean(np.logaddexp(0, logits) - logits * x, axis=(1, 2, 3))",
    )


class mean_over_pixels:
    """A mean over pixels, as in a mean squared error."""

    MESSAGE = "You averaged over the pixels"
    EDIT = ("np.sum(log_z", "np.mean(log_z")


class merged:
    """One number for the batch."""

    MESSAGE = "one number for each image"
    EDIT = ("logits * x, axis=(1, 2, 3))", "logits * x)")


class sign:
    """log p, not -log p."""

    MESSAGE = "The sign is wrong"
    EDIT = ("return np.sum", "return -np.sum")


class upside_down:
    """The normaliser on the wrong side."""

    MESSAGE = "upside down"
    EDIT = ("np.sum(log_z -", "np.sum(-log_z -")


class plus:
    """The logit's sign."""

    MESSAGE = "You gave log Z + l x"
    EDIT = ("log_z - logits", "log_z + logits")


class symmetric:
    """|l| for l."""

    MESSAGE = "You took |l| for l"
    EDIT = ("np.maximum(logits, 0)", "np.abs(logits)")


class not_put_back:
    """What was taken out of the bracket is not put back."""

    MESSAGE = "max(l, 0), is missing"
    EDIT = ("np.maximum(logits, 0) + rest", "rest")


class not_divided:
    """The integral without its 1 / l."""

    MESSAGE = "You forgot to divide by l"
    EDIT = ("np.log(-np.expm1(-safe) / safe)", "np.log(-np.expm1(-safe))")


class after_a_sigmoid:
    """The sigmoid of the logits for the logits."""

    MESSAGE = "You took the sigmoid of the logits"
    EDIT = ("    size =", "    logits = 1 / (1 + np.exp(-logits))\n    size =")


class binarised:
    """Grey pixels are rounded."""

    MESSAGE = "You rounded the pixels"
    EDIT = ("logits * x", "logits * np.round(x)")


class first_channel:
    """Grey images have one channel."""

    MESSAGE = "first channel only"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.sum((log_z - logits * x)[..., 0], axis=(1, 2))",
    )


class squeezed:
    """A batch of one loses its axis."""

    MESSAGE = "no axis for the images"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.squeeze(np.sum(log_z - logits * x, axis=(1, 2, 3)))",
    )


class overflow:
    """The formula as it stands."""

    MESSAGE = "exp(l) is infinite from l = 710"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        "log_z = np.where(near_zero, logits / 2, np.log(np.expm1(logits) / logits))",
    )


class zero_by_zero:
    """Stable for large logits, but 0 / 0 at zero."""

    MESSAGE = "0 / 0"
    EDIT = ("near_zero = size < 1e-3", "near_zero = size < -1")


class cancelled:
    """exp(l) - 1 in place of expm1, down to tiny logits."""

    MESSAGE = "rounding errors of exp(l) - 1"
    EDIT = (("size < 1e-3", "size == 0"), ("-np.expm1(-safe)", "(1 - np.exp(-safe))"))


class clipped:
    """Logits are clipped, to be on the safe side."""

    MESSAGE = "You keep logits from exceeding 700"
    EDIT = ("    size =", "    logits = np.clip(logits, -700, 700)\n    size =")


class an_if:
    """One decision for the whole array."""

    MESSAGE = "An `if` decides once"
    EDIT = ("    size =", "    if logits > 500:\n        return logits\n    size =")


class flat_at_zero:
    """Z is 1 at 0, so it is taken to be 1 near 0."""

    MESSAGE = "you take log Z for 0"
    EDIT = (("size < 1e-3", "size < 1e-2"), ("size**2 / 24 - size / 2", "-np.maximum(logits, 0)"))


class in_bits:
    """Nats are taken for bits."""

    MESSAGE = "This is in bits"
    EDIT = ("axis=(1, 2, 3))", "axis=(1, 2, 3)) / np.log(2)")


class logits_as_data:
    """x and logits are exchanged."""

    MESSAGE = "You exchanged x and logits"
    EDIT = ("    size = np.abs(logits)", "    x, logits = logits, x\n    size = np.abs(logits)")


class through_p:
    """The constant C of the paper, which is a function of p."""

    MESSAGE = "exp(l) is infinite from l = 710"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        (
            "p = 1 / (1 + np.exp(-logits))\n"
            "    log_c = np.log(2 * np.arctanh(1 - 2 * p) / (1 - 2 * p))\n"
            "    return np.sum(-x * np.log(p) - (1 - x) * np.log(1 - p) - log_c, axis=(1, 2, 3))"
        ),
    )


class through_clipped_p:
    """The same, with p clipped."""

    MESSAGE = "away from 1, as if"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        (
            "p = np.clip(1 / (1 + np.exp(-logits)), 1e-6, 1 - 1e-6)\n"
            "    log_c = np.log(2 * np.arctanh(1 - 2 * p) / (1 - 2 * p))\n"
            "    return np.sum(-x * np.log(p) - (1 - x) * np.log(1 - p) - log_c, axis=(1, 2, 3))"
        ),
    )


class an_if_for_the_batch:
    """One formula for the whole array, by its largest logit."""

    MESSAGE = "An `if` decides once"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        (
            "if size.max() > 30:\n"
            "        log_z = np.maximum(logits, 0) - np.log(size)\n"
            "    return np.sum(log_z - logits * x, axis=(1, 2, 3))"
        ),
    )


class an_if_for_each_image:
    """One formula for each image, by its largest logit."""

    MESSAGE = "An `if` decides once"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        (
            "for i in range(len(x)):\n"
            "        if size[i].max() > 30:\n"
            "            log_z[i] = np.maximum(logits[i], 0) - np.log(size[i])\n"
            "    return np.sum(log_z - logits * x, axis=(1, 2, 3))"
        ),
    )


class never_negative:
    """A loss is thought to be positive."""

    MESSAGE = "You let no result be below 0"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.maximum(np.sum(log_z - logits * x, axis=(1, 2, 3)), 0)",
    )


class absolute:
    """The sign is thought to be wrong, and dropped."""

    MESSAGE = "You let no result be below 0"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.abs(np.sum(log_z - logits * x, axis=(1, 2, 3)))",
    )


class epsilon_in_z:
    """A small number is added to l in Z, against 0 / 0."""

    MESSAGE = "your log Z is that of 1e-6"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        ("l = logits + 1e-6\n    log_z = np.maximum(l, 0) + np.log(-np.expm1(-np.abs(l)) / np.abs(l))"),
    )


class epsilon_in_logits:
    """A small number is added to l, against 0 / 0."""

    MESSAGE = "your logits are 1e-5"
    EDIT = ("    size =", ("    logits = logits + 1e-5\n    size ="))


class floor_of_logits:
    """Small logits are replaced by a larger one, against 0 / 0."""

    MESSAGE = "your log Z is that of 1e-4"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        (
            "l = np.where(size < 1e-4, 1e-4, logits)\n"
            "    log_z = np.maximum(l, 0) + np.log(-np.expm1(-np.abs(l)) / np.abs(l))"
        ),
    )


class undivided_when_large:
    """For large l, log Z is nearly l."""

    MESSAGE = "you took max(l, 0) for log Z"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        "log_z = np.where(size > 100, np.maximum(logits, 0), np.maximum(logits, 0) + rest)",
    )


class exponential_clipped:
    """Only the l in exp(l) is clipped."""

    MESSAGE = "You keep the l in exp(l)"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        (
            "log_z = np.where(near_zero, logits / 2, np.log(np.expm1(np.clip(logits, -700, 700)) / "
            "np.where(near_zero, 1.0, logits)))"
        ),
    )


class infinity_replaced:
    """nan_to_num, which hides the overflow."""

    MESSAGE = "Where exp(l) is infinite"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        (
            "log_z = np.where(near_zero, logits / 2, np.nan_to_num(np.log(np.expm1(logits) / "
            "np.where(near_zero, 1.0, logits)), posinf=0))"
        ),
    )


class linear_too_far:
    """log Z is taken for l / 2 up to 1."""

    MESSAGE = "too far from 0"
    EDIT = (("size < 1e-3", "size < 1"), ("size**2 / 24 - size / 2", "-size / 2"))


class flat_below_1e_5:
    """Z is taken for 1 below 0.00001."""

    MESSAGE = "you take log Z for 0"
    EDIT = (("size < 1e-3", "size < 1e-5"), ("size**2 / 24 - size / 2", "-np.maximum(logits, 0)"))


class absolute_near_zero:
    """The sign of small logits is lost."""

    MESSAGE = "Near 0 you take |l|"
    EDIT = (
        "log_z = np.maximum(logits, 0) + rest",
        "log_z = np.where(near_zero, size / 2, np.maximum(logits, 0) + rest)",
    )


class logarithm_of_negative:
    """The logarithms of numerator and denominator apart."""

    MESSAGE = "from -4 to -1 it is not"
    EDIT = ("log_z = np.maximum(logits, 0) + rest", "log_z = np.log(np.expm1(logits)) - np.log(logits)")


class keras_binary_crossentropy:
    """Keras's loss, which averages over the last axis."""

    MESSAGE = "This is Keras's"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.mean(np.logaddexp(0, logits) - logits * x, axis=3).sum(axis=(1, 2))",
    )


class repeated:
    """The batch's mean for each image."""

    MESSAGE = "the mean over all images"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.full(len(x), np.sum(log_z - logits * x, axis=(1, 2, 3)).mean())",
    )


class constant_two:
    """C at l = 0 for all l."""

    MESSAGE = "You took 2 for the normalising"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.sum(np.logaddexp(0, logits) - np.log(2) - logits * x, axis=(1, 2, 3))",
    )


class log_c_added:
    """log C is added to Bernoulli's cost."""

    MESSAGE = "The sign of the term that you added"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return np.sum(2 * np.logaddexp(0, logits) - log_z - logits * x, axis=(1, 2, 3))",
    )


class scaled_again:
    """Pixels are divided by 255, as those from 0 to 255."""

    MESSAGE = "You divided x by 255"
    EDIT = ("logits * x", "logits * x / 255")


class densities_added:
    """Densities are added, then the logarithm."""

    MESSAGE = "densities before the logarithm"
    EDIT = (
        "return np.sum(log_z - logits * x, axis=(1, 2, 3))",
        "return -np.log(np.sum(np.exp(logits * x - log_z), axis=(1, 2, 3)))",
    )


class half_of_l_squared:
    """A term of the series is wrong: l^2 / 12 for l^2 / 24."""

    MESSAGE = "With logits of 0, and others within 0.5 of it, grey_nll"
    EDIT = (("size < 1e-3", "size < 1"), ("size**2 / 24", "size**2 / 12"))
