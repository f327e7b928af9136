"""Wrong answers to 14.5 bits_under_mixture that are a right answer but for a line or two."""


class one_sided:
    """F(z + 1/2) - F(z - 1/2) as it is."""

    MESSAGE = "Far to the right of the means the mass is lost"
    EDIT = ("distance = keras.ops.abs(z[:, :, None] - means)", "distance = means - z[:, :, None]")


class other_sided:
    """The left tail is lost."""

    MESSAGE = "Far to the left of the means the mass is lost"
    EDIT = ("distance = keras.ops.abs(z[:, :, None] - means)", "distance = z[:, :, None] - means")


class in_nats:
    """Nats."""

    MESSAGE = "This is in nats"
    EDIT = (" / np.log(2)", "")


class sign:
    """The sign."""

    MESSAGE = "The sign is wrong"
    EDIT = ("-keras.ops.log(mass)", "keras.ops.log(mass)")


class density:
    """The density."""

    MESSAGE = "You took the density at z"
    EDIT = (
        "mass = keras.ops.sum(weights * (upper - lower), axis=2)",
        (
            "a = distance / scales\n    mass = keras.ops.sum(weights * keras.ops.sigmoid(a) * "
            "keras.ops.sigmoid(-a) / scales, axis=2)"
        ),
    )


class slope:
    """Without 1 / scale."""

    MESSAGE = "but for its factor 1 / scale"
    EDIT = (
        "mass = keras.ops.sum(weights * (upper - lower), axis=2)",
        (
            "a = distance / scales\n    mass = keras.ops.sum(weights * keras.ops.sigmoid(a) * "
            "keras.ops.sigmoid(-a), axis=2)"
        ),
    )


class twice_as_wide:
    """A step to each side."""

    MESSAGE = "twice as wide as a symbol"
    EDIT = ("(0.5, -0.5)", "(1.0, -1.0)")


class half_as_wide:
    """A quarter."""

    MESSAGE = "half as wide as a symbol"
    EDIT = ("(0.5, -0.5)", "(0.25, -0.25)")


class halves_after_scale:
    """Halves after the division."""

    MESSAGE = "added after the division by the scale"
    EDIT = ("(half - distance) / scales", "half - distance / scales")


class mean_of_logs:
    """Mixed bits."""

    MESSAGE = "You averaged the bits of the components"
    EDIT = (
        ("mass = keras.ops.sum(weights * (upper - lower), axis=2)", "mass = upper - lower"),
        (
            "return -keras.ops.log(mass) / np.log(2)",
            "return -keras.ops.sum(weights * keras.ops.log(mass), axis=2) / np.log(2)",
        ),
    )


class sum_of_logs:
    """Logs added."""

    MESSAGE = "You added up the logarithms"
    EDIT = (
        ("mass = keras.ops.sum(weights * (upper - lower), axis=2)", "mass = weights * (upper - lower)"),
        ("return -keras.ops.log(mass) / np.log(2)", "return -keras.ops.sum(keras.ops.log(mass), axis=2) / np.log(2)"),
    )


class weights_forgotten:
    """No weights."""

    MESSAGE = "The weights are missing"
    EDIT = ("weights * (upper", "(upper")


class weights_softmaxed:
    """Softmax."""

    MESSAGE = "softmax of the weights. They"
    EDIT = ("weights * (upper", "keras.ops.softmax(weights, axis=1) * (upper")


class equal_weights:
    """A mean."""

    MESSAGE = "count alike"
    EDIT = ("keras.ops.sum(weights * (upper - lower), axis=2)", "keras.ops.mean(upper - lower, axis=2)")


class scales_exp:
    """exp."""

    MESSAGE = "exp of the scales"
    EDIT = ("/ scales)", "/ keras.ops.exp(scales))")


class scales_multiplied:
    """Multiplied."""

    MESSAGE = "You multiplied by the scale"
    EDIT = ("/ scales)", "* scales)")


class stddev_for_scale:
    """Standard deviation."""

    MESSAGE = "took the scale for the standard deviation"
    EDIT = ("/ scales)", "/ (scales * 0.5513288954217921))")


class summed:
    """Summed over columns."""

    MESSAGE = "You added up the columns"
    EDIT = ("return -keras.ops.log(mass) / np.log(2)", "return -keras.ops.sum(keras.ops.log(mass), axis=1) / np.log(2)")


class mean_of_all:
    """A mean."""

    MESSAGE = "You averaged over everything"
    EDIT = ("return -keras.ops.log(mass) / np.log(2)", "return -keras.ops.mean(keras.ops.log(mass)) / np.log(2)")


class columns_summed:
    """The wrong axis."""

    MESSAGE = "You added up axis 1"
    EDIT = ("(upper - lower), axis=2)", "(upper - lower), axis=1)")


class epsilon_added:
    """A small number."""

    MESSAGE = "kept above a small number"
    EDIT = ("keras.ops.log(mass)", "keras.ops.log(mass + 1e-9)")


class mass_at_least:
    """A lower limit."""

    MESSAGE = "kept above a small number"
    EDIT = ("keras.ops.log(mass)", "keras.ops.log(keras.ops.maximum(mass, 1e-7))")


class one_sided_with_epsilon:
    """Neither symmetry nor zero."""

    MESSAGE = "kept above a small number"
    EDIT = (
        ("distance = keras.ops.abs(z[:, :, None] - means)", "distance = means - z[:, :, None]"),
        ("keras.ops.log(mass)", "keras.ops.log(keras.ops.maximum(mass, 1e-9))"),
    )


class one_sided_with_tiny_epsilon:
    """Neither symmetry nor zero, and less of it."""

    MESSAGE = (
        "Far to the right of the means the mass is lost: there, F(z + 1/2) and F(z - 1/2) are both 1 in "
        "single precision, and so is their difference 0. On the other side of a mean, at the same "
        "distance, the mass is the same. The mass is kept above a small number"
    )
    EDIT = (
        ("distance = keras.ops.abs(z[:, :, None] - means)", "distance = means - z[:, :, None]"),
        ("keras.ops.log(mass)", "keras.ops.log(keras.ops.maximum(mass, 1e-15))"),
    )


class side_of_zero:
    """The side is that of 0."""

    MESSAGE = "You reflect by the sign of z"
    EDIT = (
        "distance = keras.ops.abs(z[:, :, None] - means)",
        "distance = keras.ops.where(z[:, :, None] > 0, 1.0, -1.0) * (z[:, :, None] - means)",
    )


class side_of_centre:
    """The side is that of the mixture's mean."""

    MESSAGE = "by one centre for all components"
    EDIT = (
        "distance = keras.ops.abs(z[:, :, None] - means)",
        (
            "centre = keras.ops.sum(weights * means, axis=1)[:, None]\n    distance = "
            "keras.ops.where(z[:, :, None] > centre, 1.0, -1.0) * (z[:, :, None] - means)"
        ),
    )


class of_tanh:
    """A difference of tanh."""

    MESSAGE = "far away, on both sides, they are not"
    EDIT = (
        "keras.ops.sigmoid((half - distance) / scales)",
        "(1 + keras.ops.tanh((half - distance) / (2 * scales))) / 2",
    )


class branches:
    """Both branches are computed; where is not enough for gradients."""

    MESSAGE = "has infinities or NaN"
    EDIT = (
        (
            ("    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean\n"),
            "    away = z[:, :, None] - means\n",
        ),
        (
            ("    upper, lower = (keras.ops.sigmoid((half - distance) / scales) for half in (0.5, -0.5))\n"),
            (
                "    sides = []\n    for distance in (away, -away):\n        upper, lower = "
                "(keras.ops.sigmoid((half - distance) / scales) for half in (0.5, -0.5))\n        "
                "sides.append(-keras.ops.log(upper - lower) + 0 * upper)\n"
            ),
        ),
        (
            "mass = keras.ops.sum(weights * (upper - lower), axis=2)",
            (
                "logs = -keras.ops.where(away > 0, *sides)\n    mass = keras.ops.sum(weights * "
                "keras.ops.exp(logs), axis=2)"
            ),
        ),
    )


class with_numpy:
    """NumPy."""

    MESSAGE = "no gradient comes back to any argument"
    EDIT = (
        "def bits_under_mixture(z, weights, means, scales):\n",
        (
            "def bits_under_mixture(z, weights, means, scales):\n    z, weights, means, scales = "
            "(np.asarray(each) for each in (z, weights, means, scales))\n"
        ),
    )


class detached_scales:
    """A gradient is stopped."""

    MESSAGE = "no gradient comes back to `scales`"
    EDIT = ("/ scales)", "/ keras.ops.stop_gradient(scales))")


class rounded:
    """The latents are rounded."""

    MESSAGE = "z is rounded"
    EDIT = ("z[:, :, None]", "keras.ops.round(z[:, :, None])")


class mass_returned:
    """No logarithm."""

    MESSAGE = "You returned the mass"
    EDIT = ("return -keras.ops.log(mass) / np.log(2)", "return mass")


class rounded_bits:
    """Rounded up."""

    MESSAGE = "You rounded the bits up"
    EDIT = ("return -keras.ops.log(mass) / np.log(2)", "return keras.ops.ceil(-keras.ops.log(mass) / np.log(2))")


class nats_without_weights:
    """Two things."""

    MESSAGE = "Two things. The weights are missing. This is in nats"
    EDIT = (
        ("weights * (upper", "(upper"),
        (" / np.log(2)", ""),
    )


class one_upper_end:
    """F(z + 1/2) alone."""

    MESSAGE = "You took F(z + 1/2) alone"
    EDIT = (
        ("distance = keras.ops.abs(z[:, :, None] - means)", "distance = means - z[:, :, None]"),
        ("weights * (upper - lower)", "weights * lower * 0 + weights * keras.ops.sigmoid((0.5 - distance) / scales)"),
    )


class absolute_latents:
    """The absolute value of z, not of the distance."""

    MESSAGE = "You took the absolute value of z"
    EDIT = ("keras.ops.abs(z[:, :, None] - means)", "keras.ops.abs(z[:, :, None]) - means")


class upper_end_reflected:
    """The lower end is forgotten after the reflection."""

    MESSAGE = "the upper end of the reflected interval alone"
    EDIT = ("weights * (upper - lower)", "weights * upper")


class one_mean:
    """The distance from the mixture's mean."""

    MESSAGE = "lie around one mean, that of the mixture"
    EDIT = (
        "keras.ops.abs(z[:, :, None] - means)",
        "keras.ops.abs(z[:, :, None] - keras.ops.sum(weights * means, axis=1, keepdims=True))",
    )


class summed_and_kept:
    """A sum over the columns that keeps their axis."""

    MESSAGE = "You added up the columns and kept their axis"
    EDIT = (
        "return -keras.ops.log(mass) / np.log(2)",
        "return keras.ops.sum(-keras.ops.log(mass) / np.log(2), axis=1, keepdims=True)",
    )


class reciprocal:
    """The logarithm of 1 / mass, whose gradient overflows."""

    MESSAGE = "has infinities or NaN"
    EDIT = ("return -keras.ops.log(mass) / np.log(2)", "return keras.ops.log(1 / mass) / np.log(2)")


class sign_of_distance:
    """sign(z - mean), which is 0 on a mean."""

    MESSAGE = "right but where z lies on a mean"
    EDIT = (
        (
            "    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean\n",
            "    away = z[:, :, None] - means\n    side = -keras.ops.sign(away)\n",
        ),
        ("keras.ops.sigmoid((half - distance) / scales)", "keras.ops.sigmoid(side * (away + half) / scales)"),
        ("(upper - lower)", "keras.ops.abs(upper - lower)"),
    )


class sign_of_latent:
    """sign(z), which is 0 at 0."""

    MESSAGE = "right but where z is 0"
    EDIT = (
        (
            "    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean\n",
            "    away = z[:, :, None] - means\n    side = -keras.ops.sign(z[:, :, None])\n",
        ),
        ("keras.ops.sigmoid((half - distance) / scales)", "keras.ops.sigmoid(side * (away + half) / scales)"),
        ("(upper - lower)", "keras.ops.abs(upper - lower)"),
    )


class sign_from_the_centre:
    """sign(z - the mixture's mean)."""

    MESSAGE = "right but where z is the mean of the whole mixture"
    EDIT = (
        (
            "    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean\n",
            "    away = z[:, :, None] - means\n    centre = keras.ops.sum(weights * means, axis=1)[:, None]\n"
            "    side = -keras.ops.sign(z[:, :, None] - centre)\n",
        ),
        ("keras.ops.sigmoid((half - distance) / scales)", "keras.ops.sigmoid(side * (away + half) / scales)"),
        ("(upper - lower)", "keras.ops.abs(upper - lower)"),
    )


class whole_mixture_reflected:
    """Both ends of F reflected by the side of the mixture's mean, and then subtracted."""

    MESSAGE = "by one centre for all components"
    EDIT = (
        (
            "    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean\n",
            "    away = z[:, :, None] - means\n    centre = keras.ops.sum(weights * means, axis=1)[:, None]\n"
            "    side = keras.ops.where(z[:, :, None] > centre, -1.0, 1.0)\n",
        ),
        (
            "(keras.ops.sigmoid((half - distance) / scales) for half in (0.5, -0.5))",
            (
                "(keras.ops.sum(weights * keras.ops.sigmoid(side * (away + half) / scales), axis=2) "
                "for half in (0.5, -0.5))"
            ),
        ),
        ("keras.ops.sum(weights * (upper - lower), axis=2)", "keras.ops.abs(upper - lower)"),
    )


class root_of_square:
    """The absolute value as a root, which has no slope on a mean."""

    MESSAGE = "has infinities or NaN"
    EDIT = ("keras.ops.abs(z[:, :, None] - means)", "keras.ops.sqrt((z[:, :, None] - means) ** 2)")
