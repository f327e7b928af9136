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

    MESSAGE = "exp(l) leaves float64 at 710"
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

    MESSAGE = "With logits between -1e-12 and 1e-12"
    EDIT = (("size < 1e-3", "size == 0"), ("-np.expm1(-safe)", "(1 - np.exp(-safe))"))


class clipped:
    """Logits are clipped, to be on the safe side."""

    MESSAGE = "You clip the logits to [-700, 700]"
    EDIT = ("    size =", "    logits = np.clip(logits, -700, 700)\n    size =")


class an_if:
    """One decision for the whole array."""

    MESSAGE = "An `if` decides once"
    EDIT = ("    size =", "    if logits > 500:\n        return logits\n    size =")


class flat_at_zero:
    """Z is 1 at 0, so it is taken to be 1 near 0."""

    MESSAGE = "With logits of 0.00001 to 0.01"
    EDIT = (("size < 1e-3", "size < 1e-2"), ("size**2 / 24 - size / 2", "-np.maximum(logits, 0)"))


class in_bits:
    """Nats are taken for bits."""

    MESSAGE = "This is in bits"
    EDIT = ("axis=(1, 2, 3))", "axis=(1, 2, 3)) / np.log(2)")


class logits_as_data:
    """x and logits are exchanged."""

    MESSAGE = "You exchanged x and logits"
    EDIT = ("    size = np.abs(logits)", "    x, logits = logits, x\n    size = np.abs(logits)")
