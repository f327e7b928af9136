"""Wrong answers to 07.2 gaussian_kl that are a right answer but for a line or two."""


class averaged_over_latents:
    """The mean over latents in place of their sum, so that the term does not depend on latent_dim."""

    MESSAGE = "You averaged over the latents"
    EDIT = ("np.sum", "np.mean")


class axis_lost:
    """Axes of length 1 are squeezed away, and with one image that is the batch."""

    MESSAGE = "no axis for the images"
    EDIT = (("0.5 * np.sum", "np.squeeze(0.5 * np.sum"), ("axis=1)", "axis=1))"))


class batch_mean:
    """The mean over the batch, as a training loop takes it later."""

    MESSAGE = "You averaged over the batch as well"
    EDIT = (("0.5 * np.sum", "np.mean(0.5 * np.sum"), ("axis=1)", "axis=1))"))


class clipped:
    """The log-variance is clipped for safety."""

    MESSAGE = "You clip log_variance to [-20, 20]"
    EDIT = ("    return", "    log_variance = np.clip(log_variance, -20, 20)\n    return")


class each_latent:
    """The formula without its sum."""

    MESSAGE = "one number for each latent"
    EDIT = (("np.sum(", "("), (", axis=1", ""))


class in_bits:
    """Divided by log 2, as one does to read a KL in bits."""

    MESSAGE = "This is in bits"
    EDIT = ("axis=1)", "axis=1) / np.log(2)")


class log_of_exp:
    """The variance is computed, and then its logarithm, which is lost where the variance is 0 in float32."""

    MESSAGE = "Do not take the logarithm of exp(log_variance)"
    EDIT = ("- log_variance", "- np.log(np.exp(log_variance))")


class log_of_log_variance:
    """The logarithm in the formula is taken of log_variance."""

    MESSAGE = "You took the logarithm of log_variance"
    EDIT = ("- log_variance", "- np.log(log_variance)")


class log_of_the_stddev:
    """log_variance is read as the logarithm of the standard deviation."""

    MESSAGE = "You read log_variance as the logarithm of the standard deviation"
    EDIT = ("np.exp(log_variance) - log_variance", "np.exp(2 * log_variance) - 2 * log_variance")


class log_stddev_term:
    """log v is taken for the logarithm of the standard deviation."""

    MESSAGE = "You put in the logarithm of the standard deviation"
    EDIT = ("- log_variance", "- 0.5 * log_variance")


class log_variance_added:
    """The log-variance is added: a wide q would cost more than a narrow one."""

    MESSAGE = "The sign of the log-variance is wrong"
    EDIT = ("- log_variance", "+ log_variance")


class mean_not_squared:
    """The mean enters without its square."""

    MESSAGE = "The mean is not squared"
    EDIT = ("mean**2", "mean")


class no_half:
    """The factor 1/2 is forgotten."""

    MESSAGE = "The factor 1/2 is missing"
    EDIT = ("0.5 * ", "")


class no_minus_one:
    """The - 1 is dropped, as a constant that does not change the gradient."""

    MESSAGE = "The - 1 is missing"
    EDIT = (" - 1", "")


class reversed:
    """KL( p || q ): the two distributions change places."""

    MESSAGE = "the wrong way round"
    EDIT = (
        "mean**2 + np.exp(log_variance) - log_variance - 1",
        "(1 + mean**2) / np.exp(np.float64(log_variance)) - 1 + log_variance",
    )


class sign:
    """The sign of the formula in the paper, which is that of minus KL."""

    MESSAGE = "a KL divergence is never negative"
    EDIT = ("0.5 *", "-0.5 *")


class stddev_and_its_logarithm:
    """Variance and log-variance are both halved: the standard deviation and its logarithm."""

    MESSAGE = "You took the standard deviation and its logarithm"
    EDIT = ("np.exp(log_variance) - log_variance", "np.exp(log_variance / 2) - log_variance / 2")


class stddev_for_variance:
    """The formula is fed with the standard deviation."""

    MESSAGE = "You took the standard deviation, exp(log_variance / 2)"
    EDIT = ("np.exp(log_variance)", "np.exp(log_variance / 2)")


class between_images:
    """The average over the batch is taken off the means first."""

    MESSAGE = "centred at 0, not at the batch's average"
    EDIT = ("    return", "    mean = mean - mean.mean(axis=0)\n    return")


class four_latents:
    """Four latents, as in the notebook."""

    MESSAGE = "You used the first 4 of"
    EDIT = (
        "    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "    kl = 0\n"
        "    for j in range(4):\n"
        "        kl = kl + 0.5 * (mean[:, j] ** 2 + np.exp(log_variance[:, j]) - log_variance[:, j] - 1)\n"
        "    return kl",
    )


class reshaped_to_four:
    """The arrays are given the notebook's shape."""

    MESSAGE = "works for 4 latents, as in the notebook"
    EDIT = ("np.exp(log_variance) - log", "np.exp(log_variance.reshape(len(mean), 4)) - log")


class capped:
    """The KL of each latent is kept below 50."""

    MESSAGE = "your KL has an upper limit"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "np.sum(np.minimum(0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1), 50), axis=1)",
    )


class clipped_below:
    """The log-variance has a lower limit."""

    MESSAGE = "You clip log_variance at -10."
    EDIT = ("    return", "    log_variance = np.maximum(log_variance, -10)\n    return")


class clipped_above:
    """The log-variance has an upper limit."""

    MESSAGE = "You clip log_variance at 10."
    EDIT = ("    return", "    log_variance = np.minimum(log_variance, 10)\n    return")


class constant_in_the_logarithm:
    """A small number stands inside the logarithm."""

    MESSAGE = "You add 1e-8 to the variance"
    EDIT = ("- log_variance", "- np.log(np.exp(log_variance) + 1e-8)")


class one_outside:
    """The 1 is subtracted once, not for each latent."""

    MESSAGE = "once for each latent"
    EDIT = ("log_variance - 1, axis=1)", "log_variance, axis=1) - 0.5")


class axis_kept:
    """The sum keeps its axis."""

    MESSAGE = "You kept the axis of the latents"
    EDIT = ("axis=1", "axis=1, keepdims=True")


class half_of_two_terms:
    """The half is multiplied into the first two terms."""

    MESSAGE = "only the first two terms"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) -",
        "np.sum(0.5 * (mean**2 + np.exp(log_variance)) -",
    )


class variance_squared:
    """exp(log_variance) is taken for the standard deviation, and squared."""

    MESSAGE = "The variance is squared in your code"
    EDIT = ("np.exp(log_variance)", "np.exp(log_variance) ** 2")


class mean_square_subtracted:
    """The sign of the mean's square is that of the formula for the ELBO."""

    MESSAGE = "The square of the mean is subtracted"
    EDIT = ("mean**2", "-(mean**2)")


class cut_off_at_zero:
    """The sign is wrong; as a KL is never negative, what is below 0 is cut off, which leaves nothing."""

    MESSAGE = "cut off at 0"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "np.maximum(0, -0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1))",
    )


class variance_for_its_logarithm:
    """The logarithm of exp(log_variance) is forgotten: the variance stands in both places."""

    MESSAGE = "The variance and its logarithm cancel in your code"
    EDIT = ("np.exp(log_variance) - log_variance - 1", "np.exp(log_variance) - np.exp(log_variance) - 1")


class exp_twice:
    """The variance is taken for its logarithm once more."""

    MESSAGE = "You took exp twice"
    EDIT = (
        "np.exp(log_variance) - log_variance - 1, axis=1)",
        "np.exp(np.exp(log_variance)) - np.exp(log_variance) - 1, axis=1)",
    )


class estimated:
    """Estimated with draws from q, as the ELBO is."""

    MESSAGE = "it estimates the KL from random draws"
    EDIT = (
        "    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "    epsilon = np.random.normal(size=(2000, *mean.shape))\n"
        "    z = mean + np.exp(log_variance / 2) * epsilon\n"
        "    return np.mean(np.sum(z**2 - epsilon**2 - log_variance, axis=-1) / 2, axis=0)",
    )


class exponent_negative:
    """The sign of the exponent is that of a precision."""

    MESSAGE = "exp(-log_variance) is 1 / variance"
    EDIT = ("np.exp(log_variance)", "np.exp(-log_variance)")


class half_of_the_mean:
    """The factor 1/2 is multiplied into mean^2 alone."""

    MESSAGE = "multiplies mean^2 alone"
    EDIT = ("0.5 * np.sum(mean**2", "np.sum(0.5 * mean**2")


class half_of_all_but_the_mean:
    """The factor 1/2 stands behind mean^2."""

    MESSAGE = "Your mean^2 lacks the factor"
    EDIT = (
        "0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)",
        "np.sum(mean**2 + 0.5 * (np.exp(log_variance) - log_variance - 1), axis=1)",
    )


class changed_places:
    """The variance and its logarithm are exchanged."""

    MESSAGE = "the variance is added, its logarithm subtracted"
    EDIT = ("np.exp(log_variance) - log_variance", "log_variance - np.exp(log_variance)")


class mean_without_half:
    """A mean over latents, without the factor 1/2."""

    MESSAGE = "This is a mean over latents, without the 1/2"
    EDIT = ("0.5 * np.sum", "np.mean")


class arguments_exchanged:
    """The arguments in another order."""

    MESSAGE = "mean and log_variance have changed places"
    EDIT = ("(mean**2 + np.exp(log_variance) - log_variance", "(log_variance**2 + np.exp(mean) - mean")


class logarithm_of_abs:
    """log_variance is taken for the variance, and abs keeps its logarithm from failing."""

    MESSAGE = "the logarithm of its absolute value"
    EDIT = ("np.exp(log_variance) - log_variance", "log_variance - np.log(np.abs(log_variance))")


class constant_left:
    """The constant of a single density."""

    MESSAGE = "A constant with 2 pi is left"
    EDIT = ("axis=1)", "axis=1) + 0.5 * mean.shape[1] * np.log(2 * np.pi)")


class capped_sum:
    """The KL of an image is kept below 100."""

    MESSAGE = "your KL has an upper limit"
    EDIT = (("0.5 * np.sum", "np.minimum(0.5 * np.sum"), ("axis=1)", "axis=1), 100)"))


class clipped_below_at_fifty:
    """A lower limit that looks like a symmetric one where nothing is above it."""

    MESSAGE = "You clip log_variance at -50."
    EDIT = ("    return", "    log_variance = np.maximum(log_variance, -50)\n    return")
