"""Wrong answers to 07.3 negative_elbo that are a right answer but for a line or two."""


class pixels_of_all_images:
    """The pixels are summed without an axis."""

    MESSAGE = "You summed the pixels of all images of the batch"
    EDIT = ("logits, axis=(1, 2, 3))", "logits)")


class batch_mean:
    """One number for the batch."""

    MESSAGE = "You averaged over the batch: one number"
    EDIT = ("reconstruction + kl", "np.mean(reconstruction + kl)")


class kl_alone:
    """Only the second term."""

    MESSAGE = "This is the KL alone"
    EDIT = ("reconstruction + kl", "kl")


class kl_averaged:
    """The KL is averaged over the latents."""

    MESSAGE = "In your KL: You averaged over the latents"
    EDIT = ("0.5 * np.sum", "0.5 * np.mean")


class kl_batch_mean:
    """The KL is averaged over the batch before it is added."""

    MESSAGE = "In your KL: You averaged over the batch as well"
    EDIT = ("reconstruction + kl", "reconstruction + np.mean(kl)")


class kl_sign:
    """The KL is subtracted, as it is in the ELBO, although everything else has changed its sign."""

    MESSAGE = "The KL has the wrong sign"
    EDIT = ("reconstruction + kl", "reconstruction - kl")


class kl_without_the_half:
    """The factor 1/2 of the KL is forgotten."""

    MESSAGE = "In your KL: The factor 1/2 is missing"
    EDIT = ("0.5 * ", "")


class log_of_the_logits:
    """The logits are taken for probabilities."""

    MESSAGE = "They are not probabilities"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "-x * np.log(logits) - (1 - x) * np.log(1 - logits)")


class log_variance_is_log_stddev:
    """log_variance is read as the logarithm of the standard deviation."""

    MESSAGE = "In your KL: You read log_variance as the logarithm of the standard deviation"
    EDIT = ("np.exp(log_variance) - log_variance", "np.exp(2 * log_variance) - 2 * log_variance")


class mean_over_pixels:
    """The mean over pixels, as Keras's losses take it."""

    MESSAGE = "You averaged over the pixels"
    EDIT = ("np.sum(np.logaddexp", "np.mean(np.logaddexp")


class no_kl:
    """The reconstruction alone."""

    MESSAGE = "The KL is missing"
    EDIT = ("reconstruction + kl", "reconstruction")


class sigmoid_twice:
    """Probabilities are given to a formula for logits."""

    MESSAGE = "You took the sigmoid twice"
    EDIT = ("    reconstruction =", "    logits = 1 / (1 + np.exp(-logits))\n    reconstruction =")


class squared_error:
    """The squared error of the probabilities, as in lesson 1."""

    MESSAGE = "This is the squared error"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "(x - 1 / (1 + np.exp(-logits))) ** 2")


class stddev_for_variance:
    """The KL is fed with the standard deviation."""

    MESSAGE = "In your KL: You took the standard deviation"
    EDIT = ("np.exp(log_variance)", "np.exp(log_variance / 2)")


class the_elbo_itself:
    """The ELBO, which is to be maximised."""

    MESSAGE = "This is the ELBO itself"
    EDIT = ("reconstruction + kl", "-(reconstruction + kl)")


class white_pixels_only:
    """Only white pixels are scored: the second half of the coin's log-probability is forgotten."""

    MESSAGE = "Black pixels cost nothing"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "x * np.logaddexp(0, -logits)")


class absolute_value_forgotten:
    """The stable formula without its absolute value."""

    MESSAGE = "you forgot the absolute value"
    EDIT = (
        "np.logaddexp(0, logits) - x * logits",
        "np.maximum(logits, 0) - x * logits + np.log1p(np.exp(-logits))",
    )


class exponential_overflows:
    """The formula as it stands, whose exponential overflows."""

    MESSAGE = "exp(200) is infinite in float32"
    EDIT = ("np.logaddexp(0, logits)", "np.log1p(np.exp(logits))")


class both_means:
    """Both terms are means."""

    MESSAGE = "Both terms are means in your code"
    EDIT = (("np.sum(np.logaddexp", "np.mean(np.logaddexp"), ("0.5 * np.sum", "0.5 * np.mean"))


class mean_of_channels:
    """Keras's loss averages over the last axis."""

    MESSAGE = "You averaged over the channels"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "np.sum(np.array(keras.losses.binary_crossentropy(x, logits, from_logits=True)), axis=(1, 2))",
    )


class mean_of_rows_and_columns:
    """The channels are summed, the pixels averaged."""

    MESSAGE = "You averaged over rows and columns"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "np.mean(np.sum(np.logaddexp(0, logits) - x * logits, axis=-1), axis=(1, 2))",
    )


class kl_clipped:
    """The log-variance is clipped in the KL."""

    MESSAGE = "In your KL: You clip log_variance to [-10, 10]"
    EDIT = ("    kl =", "    log_variance = np.clip(log_variance, -10, 10)\n    kl =")


class sixty_four_pixels:
    """The images are flattened to the notebook's 64 pixels."""

    MESSAGE = "works for images of 8 x 8 x 1 and 4 latents"
    EDIT = (
        ("    reconstruction =", "    x, logits = x.reshape(-1, 64), logits.reshape(-1, 64)\n    reconstruction ="),
        ("axis=(1, 2, 3)", "axis=1"),
    )


class batch_summed:
    """The sum runs over the batch and not over the channels."""

    MESSAGE = "You summed over axes 0, 1 and 2"
    EDIT = ("axis=(1, 2, 3)", "axis=(0, 1, 2)")


class channels_apart:
    """The sum does not run over the channels."""

    MESSAGE = "You kept the channels apart"
    EDIT = ("axis=(1, 2, 3)", "axis=(1, 2)")


class reconstruction_sign:
    """log p(x|z) is added."""

    MESSAGE = "The reconstruction has the wrong sign"
    EDIT = ("return reconstruction", "return -reconstruction")


class ink_is_black:
    """A white pixel is taken for a zero."""

    MESSAGE = "White and black are exchanged"
    EDIT = ("x * logits", "(1 - x) * logits")


class bits:
    """The logarithms are binary."""

    MESSAGE = "This is in bits"
    EDIT = ("return reconstruction + kl", "return (reconstruction + kl) / np.log(2)")


class logits_clipped:
    """Logits are clipped before the exponential."""

    MESSAGE = "You clip the logits at 30"
    EDIT = ("    reconstruction =", "    logits = np.clip(logits, -30, 30)\n    reconstruction =")


class log_of_log_variance:
    """The KL has the logarithm of log_variance."""

    MESSAGE = "In your KL: You took the logarithm of log_variance"
    EDIT = ("- log_variance", "- np.log(log_variance)")


class without_from_logits:
    """Keras's crossentropy, which wants probabilities unless it is told otherwise."""

    MESSAGE = "You took logits for probabilities, clipped at 1e-7"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "np.array(keras.ops.binary_crossentropy(x, logits))")


class loss_without_from_logits:
    """Keras's loss, which also averages over the channels."""

    MESSAGE = "You averaged over the last axis"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "np.sum(np.array(keras.losses.binary_crossentropy(x, logits)), axis=(1, 2))",
    )


class logits_clipped_to_probabilities:
    """The logits are clipped until the logarithm is happy."""

    MESSAGE = "You took logits for probabilities, clipped at 1e-6"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "-np.sum(np.log(np.where(x == 1, np.clip(logits, 1e-6, 1), 1 - np.clip(logits, 0, 1 - 1e-6))), axis=(1, 2, 3))",
    )


class hard_softplus:
    """max(0, l) in place of log(1 + exp(l)), which it is for large logits."""

    MESSAGE = "You took max(0, logits) for log(1 + exp(logits))"
    EDIT = ("np.logaddexp(0, logits)", "np.maximum(0, logits)")


class last_axis:
    """Pixels are summed over the last axis, as latents are."""

    MESSAGE = "You summed over axis 3 alone"
    EDIT = ("logits, axis=(1, 2, 3))", "logits, axis=-1)")


class rows_and_columns_of_channels:
    """The height is left out of the sum."""

    MESSAGE = "You summed over axes 2 and 3 alone"
    EDIT = ("logits, axis=(1, 2, 3))", "logits, axis=(-1, -2))")


class first_axis_of_the_image:
    """Pixels are summed over the height alone."""

    MESSAGE = "You summed over axis 1 alone"
    EDIT = ("logits, axis=(1, 2, 3))", "logits, axis=1)")


class kl_over_images:
    """The KL is summed over axis 0."""

    MESSAGE = "In your KL: You summed over axis 0"
    EDIT = ("log_variance - 1, axis=1)", "log_variance - 1, axis=0)")


class kl_drawn:
    """The KL is estimated with one draw."""

    MESSAGE = "it draws random numbers"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "np.sum(0.5 * (mean + np.exp(log_variance / 2) * (e := np.random.normal(size=mean.shape))) ** 2"
        " - 0.5 * e**2 - log_variance / 2, axis=1)",
    )


class kl_exchanged:
    """mean and log_variance are exchanged."""

    MESSAGE = "In your KL: mean and log_variance have changed places"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance",
        "0.5 * np.sum(log_variance**2 + np.exp(mean) - mean",
    )


class per_pixel:
    """Both terms are divided by the number of pixels."""

    MESSAGE = "Both terms are divided by the number of pixels"
    EDIT = ("return reconstruction + kl", "return (reconstruction + kl) / x[0].size")


class mean_times_64:
    """The notebook's number of pixels makes a sum of the mean."""

    MESSAGE = "64 is written into your code"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "64 * np.mean(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
    )


class loss_object:
    """Keras's loss object, which averages over everything."""

    MESSAGE = "the mean over all its pixels, as keras.losses.BinaryCrossentropy"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "float(keras.losses.BinaryCrossentropy(from_logits=True)(x, logits))",
    )


class loss_object_sum:
    """Keras's loss object, which sums over the batch and averages over channels."""

    MESSAGE = 'does with reduction="sum"'
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        'float(keras.losses.BinaryCrossentropy(from_logits=True, reduction="sum")(x, logits))',
    )


class squared_error_of_logits:
    """The squared error of the logits."""

    MESSAGE = "A pixel costs (x - logits)^2"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "(x - logits) ** 2")


class kl_constant:
    """The constant of a single density is left in the KL."""

    MESSAGE = "In your KL: A constant with 2 pi is left"
    EDIT = ("log_variance - 1, axis=1)", "log_variance - 1, axis=1) + 0.5 * mean.shape[1] * np.log(2 * np.pi)")


class product_of_probabilities:
    """The probability of an image first, then its logarithm."""

    MESSAGE = "A product of many probabilities is 0 to a computer"
    EDIT = (
        "np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))",
        "-np.log(np.prod(np.where(x > 0, 1 / (1 + np.exp(-logits)), 1 / (1 + np.exp(logits))), axis=(1, 2, 3)))",
    )


class kl_logarithm_of_abs:
    """log_variance is taken for a variance."""

    MESSAGE = "In your KL: You took log_variance for the variance"
    EDIT = ("np.exp(log_variance) - log_variance", "log_variance - np.log(np.abs(log_variance))")


class positive_by_abs:
    """Logits are taken for probabilities and made positive."""

    MESSAGE = "their absolute values where they are negative"
    EDIT = (
        "np.logaddexp(0, logits) - x * logits",
        "-x * np.log(np.abs(logits) + 1e-9) - (1 - x) * np.log(np.abs(1 - logits) + 1e-9)",
    )


class whole_numbers:
    """The nats are rounded."""

    MESSAGE = "Your result is in whole numbers"
    EDIT = ("return reconstruction + kl", "return np.round(reconstruction + kl)")


class whole_numbers_by_type:
    """The nats are made integers."""

    MESSAGE = "Your result is in whole numbers"
    EDIT = ("return reconstruction + kl", "return (reconstruction + kl).astype(int)")


class softplus_of_the_other_sign:
    """The softplus of one form, the product of the other."""

    MESSAGE = "you mixed the two"
    EDIT = ("np.logaddexp(0, logits)", "np.logaddexp(0, -logits)")


class softplus_without_its_maximum:
    """The stable formula without its maximum."""

    MESSAGE = "max(logits, 0) belongs to it"
    EDIT = ("np.logaddexp(0, logits)", "np.log1p(np.exp(-np.abs(logits)))")


class no_softplus:
    """Only the product is left."""

    MESSAGE = "x * logits alone is not"
    EDIT = ("np.logaddexp(0, logits) - x * logits", "-x * logits")


class order_of_the_lesson:
    """The arguments of the lesson's function of this name."""

    MESSAGE = "the order of the lesson's function"
    EDIT = ("(x, logits, mean, log_variance)", "(x, mean, log_variance, logits)")


class kl_in_sixteen_bits:
    """A wide q is infinite."""

    MESSAGE = "exp(30) is about 1e13"
    EDIT = ("np.exp(log_variance)", "np.where(log_variance > 11, np.inf, np.exp(log_variance))")


class kl_of_a_lost_variance:
    """The logarithm of the variance, which is 0 to 32 bits for a narrow q."""

    MESSAGE = "Do not take the logarithm of exp(log_variance)"
    EDIT = ("- log_variance - 1", "- np.log(np.exp(log_variance)) - 1")
