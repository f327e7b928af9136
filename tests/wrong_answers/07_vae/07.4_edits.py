"""Wrong answers to 07.4 sampled_elbo that are a right answer but for a line or two."""


class drawn_from_the_prior:
    """KL computed from samples of the wrong distribution: z is drawn from the prior, not from q."""

    MESSAGE = "You drew z from the prior"
    EDIT = ("z = mean + stddev * epsilon", "z = epsilon")


class root_of_a_logarithm:
    """The square root of the log-variance, as if it were a variance."""

    MESSAGE = "You took the square root of log_variance. It is a logarithm"
    EDIT = ("np.exp(log_variance / 2)", "np.sqrt(log_variance)")


class half_a_logarithm:
    """The exponential is forgotten."""

    MESSAGE = "You took half of log_variance for stddev"
    EDIT = ("np.exp(log_variance / 2)", "log_variance / 2")


class logarithm_for_the_width_of_q:
    """The draw is right, but log q gets the log-variance."""

    MESSAGE = "You took log_variance for the width of log q"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(z, mean, log_variance)")


class root_for_the_width_of_q:
    """The draw is right, but log q gets the root of the log-variance."""

    MESSAGE = "You took the square root of log_variance for the width of log q"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(z, mean, np.sqrt(log_variance))")


class half_for_the_width_of_q:
    """The draw is right, but log q gets log stddev."""

    MESSAGE = "You took half of log_variance for the width of log q"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(z, mean, log_variance / 2)")


class logarithm_for_a_width:
    """The log-variance is taken for the standard deviation."""

    MESSAGE = "You took log_variance for stddev"
    EDIT = ("np.exp(log_variance / 2)", "log_variance")


class exponent_negative:
    """1 / stddev for stddev."""

    MESSAGE = "The exponent has the wrong sign"
    EDIT = ("np.exp(log_variance / 2)", "np.exp(-log_variance / 2)")


class first_draw:
    """One draw is used, as in a training loop."""

    MESSAGE = "You used the first draw only"
    EDIT = ("stddev * epsilon", "stddev * epsilon[:1]")


class importance_weighted:
    """The weights are averaged before the logarithm."""

    MESSAGE = "You averaged the weights before the logarithm"
    EDIT = (
        ("np.mean(log_likelihood", "np.log(np.mean(np.exp(log_likelihood"),
        ("stddev), axis=0)", "stddev)), axis=0))"),
    )


class kl_by_formula:
    """The KL by formula in place of two of the three terms."""

    MESSAGE = "You used the formula of the KL"
    EDIT = (
        "+ log_density(z, 0, 1) - log_density(z, mean, stddev)",
        "- 0.5 * np.sum(mean**2 + stddev**2 - log_variance - 1, axis=-1)",
    )


class kl_sign:
    """log p(z) and log q(z|x) change places: the KL is added."""

    MESSAGE = "have changed places"
    EDIT = (
        "+ log_density(z, 0, 1) - log_density(z, mean, stddev)",
        "- log_density(z, 0, 1) + log_density(z, mean, stddev)",
    )


class negative:
    """The loss, as it is minimised."""

    MESSAGE = "This is -ELBO"
    EDIT = ("return np.mean", "return -np.mean")


class no_prior:
    """log p(z) is left out."""

    MESSAGE = "log p(z) is missing"
    EDIT = (" + log_density(z, 0, 1)", "")


class only_q_repaired:
    """Only log q is repaired."""

    MESSAGE = "Faults still left: the draw, log p(x|z)."
    EDIT = (("stddev * epsilon", "stddev**2 * epsilon"), ("np.sum(x * logits", "np.mean(x * logits"))


class only_the_stddev_repaired:
    """Only the standard deviation is repaired."""

    MESSAGE = "Faults still left: log q, log p(x|z)."
    EDIT = (
        ("np.sum(x * logits", "np.mean(x * logits"),
        ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)"),
    )


class only_the_sum_repaired:
    """Only the sum over pixels is repaired."""

    MESSAGE = "Faults still left: the draw, log q."
    EDIT = (
        ("stddev * epsilon", "stddev**2 * epsilon"),
        ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)"),
    )


class pixel_mean_left:
    """Two faults repaired; log p(x|z) is still a mean over pixels."""

    MESSAGE = "Faults still left: log p(x|z)."
    EDIT = ("np.sum(x * logits", "np.mean(x * logits")


class prior_at_epsilon:
    """The prior is asked about epsilon, which has a standard normal distribution after all."""

    MESSAGE = "log p(z) is evaluated at epsilon"
    EDIT = ("log_density(z, 0, 1)", "log_density(epsilon, 0, 1)")


class q_added:
    """log q is added like the other two."""

    MESSAGE = "You add log q"
    EDIT = ("- log_density(z, mean, stddev)", "+ log_density(z, mean, stddev)")


class summed_over_samples:
    """A sum over the samples in place of their mean."""

    MESSAGE = "You summed over the samples"
    EDIT = ("np.mean(log_likelihood", "np.sum(log_likelihood")


class unchanged:
    """The broken code under another name."""

    MESSAGE = "Faults still left: the draw, log q, log p(x|z)."
    EDIT = (
        ("stddev * epsilon", "stddev**2 * epsilon"),
        ("np.sum(x * logits", "np.mean(x * logits"),
        ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)"),
    )


class variance_in_q_and_pixel_mean:
    """log q is repaired with the stddev of the broken code, and the mean over pixels is left."""

    MESSAGE = "left: the draw, and log q with it, log p(x|z)."
    EDIT = (("log_variance / 2", "log_variance"), ("np.sum(x * logits", "np.mean(x * logits"))


class variance_in_q_too:
    """log q is repaired with the stddev of the broken code, which is the variance."""

    MESSAGE = "left: the draw, and log q with it."
    EDIT = ("log_variance / 2", "log_variance")


class variance_left:
    """Two faults repaired; z is still drawn with the variance for the standard deviation."""

    MESSAGE = "Faults still left: the draw."
    EDIT = ("stddev * epsilon", "stddev**2 * epsilon")


class wrong_distribution_left:
    """Two faults repaired; log q is still that of epsilon under N(0, 1), which is no density of z."""

    MESSAGE = "Faults still left: log q."
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)")


class mean_over_latents:
    """Densities averaged over the latents."""

    MESSAGE = "You averaged the densities over the latents"
    EDIT = ("return np.sum(-0.5", "return np.mean(-0.5")


class constant_in_one:
    """log q has no constant, the prior has one."""

    MESSAGE = "The constant with 2 pi is missing from log q"
    EDIT = (
        "- log_density(z, mean, stddev)",
        "- log_density(z, mean, stddev) - 0.5 * mean.shape[-1] * np.log(2 * np.pi)",
    )


class own_draws:
    """Draws its own noise and leaves epsilon alone."""

    MESSAGE = "it draws noise of its own"
    EDIT = ("z = mean + stddev * epsilon", "z = mean + stddev * np.random.normal(size=epsilon.shape)")


class probabilities:
    """Takes what decode returns for probabilities."""

    MESSAGE = "You took what decode returns for probabilities"
    EDIT = (
        ("logits = decode(z)", "p = np.clip(decode(z), 1e-7, 1 - 1e-7)"),
        (
            "np.sum(x * logits - np.logaddexp(0, logits), axis=-1)",
            "np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=-1)",
        ),
    )


class q_at_epsilon:
    """The density of q is asked at epsilon."""

    MESSAGE = "log q is evaluated at epsilon"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(epsilon, mean, stddev)")


class stddev_of_batch:
    """log q sums the log of the stddev over the batch as well."""

    MESSAGE = "You added up log stddev over the batch as well"
    EDIT = (
        "- log_density(z, mean, stddev)",
        "- log_density(z, mean, stddev) + np.sum(np.log(stddev)) - np.sum(np.log(stddev), axis=-1)",
    )


class variance_in_q_alone:
    """The draw is right; log q has the variance for its width."""

    MESSAGE = "log q has the variance for its width"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(z, mean, stddev**2)")


class prior_subtracted:
    """log p(z) is subtracted."""

    MESSAGE = "log p(z) has the wrong sign"
    EDIT = ("+ log_density(z, 0, 1)", "- log_density(z, 0, 1)")


class q_centred:
    """log q is centred at the prior."""

    MESSAGE = "log q is centred at 0"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(z, 0, stddev)")


class no_q:
    """log q is left out."""

    MESSAGE = "log q is missing"
    EDIT = (" - log_density(z, mean, stddev)", "")


class sigmoid_twice:
    """Probabilities are given to a formula for logits."""

    MESSAGE = "and gave it to a formula that wants logits"
    EDIT = ("logits = decode(z)", "logits = 1 / (1 + np.exp(-decode(z)))")


class mean_decoded:
    """The decoder sees the mean."""

    MESSAGE = "You decoded the mean"
    EDIT = ("decode(z)", "decode(mean)")


class best_sample:
    """The best of the samples."""

    MESSAGE = "the best of the samples"
    EDIT = ("np.mean(log_likelihood", "np.max(log_likelihood")


class beta_of_two:
    """The KL counts twice."""

    MESSAGE = "as with beta = 2"
    EDIT = (
        "+ log_density(z, 0, 1) - log_density(z, mean, stddev)",
        "+ 2 * (log_density(z, 0, 1) - log_density(z, mean, stddev))",
    )


class prior_at_the_mean:
    """The prior is centred at the mean of q."""

    MESSAGE = "log p(z) is centred at"
    EDIT = ("log_density(z, 0, 1)", "log_density(z, mean, 1)")


class squeezed:
    """np.squeeze tidies up, and drops the axis of a batch of one."""

    MESSAGE = "no axis for the images"
    EDIT = (("return np.mean(", "return np.squeeze(np.mean("), ("stddev), axis=0)", "stddev), axis=0))"))


class log_stddev_added:
    """The change of variables has the wrong sign."""

    MESSAGE = "log q has log stddev with the wrong sign"
    EDIT = (
        "- log_density(z, mean, stddev)",
        "- log_density(epsilon, 0, 1) - np.sum(np.log(stddev), axis=-1)",
    )


class mean_of_all:
    """np.mean without its axis."""

    MESSAGE = "You averaged over the images as well"
    EDIT = ("stddev), axis=0)", "stddev))")


class mean_over_images:
    """np.mean over the axis of the images."""

    MESSAGE = "You averaged over the images, axis 1"
    EDIT = ("stddev), axis=0)", "stddev), axis=1)")


class decoder_of_the_notebook:
    """A decoder of the notebook in place of the argument."""

    MESSAGE = "Your code never calls its argument decode"
    EDIT = ("decode(z)", "z @ np.linspace(-1, 1, 12)[None]")


class positive_by_abs:
    """Logits are taken for probabilities, and made positive."""

    MESSAGE = "You made what decode returns positive by abs"
    EDIT = (
        ("logits = decode(z)", "p = decode(z)"),
        (
            "np.sum(x * logits - np.logaddexp(0, logits), axis=-1)",
            "np.sum(x * np.log(abs(p) + 1e-9) + (1 - x) * np.log(abs(1 - p) + 1e-9), axis=-1)",
        ),
    )


class mean_forgotten:
    """z has no mean."""

    MESSAGE = "The mean is missing from z"
    EDIT = ("mean + stddev * epsilon", "stddev * epsilon")


class no_noise:
    """The draws are multiplied by 0."""

    MESSAGE = "z is the mean alone: the draws are not used"
    EDIT = ("stddev * epsilon", "0 * epsilon")


class code_is_the_mean:
    """The mean is the code."""

    MESSAGE = "so that axis 0 of your terms counts images"
    EDIT = ("mean + stddev * epsilon", "mean")


class reconstruction_alone:
    """Only log p(x|z)."""

    MESSAGE = "this is the reconstruction alone"
    EDIT = (
        "return np.mean(log_likelihood + log_density(z, 0, 1) - log_density(z, mean, stddev), axis=0)",
        "return np.mean(log_likelihood, axis=0)",
    )


class epsilon_decoded:
    """The decoder sees the noise."""

    MESSAGE = "You decoded epsilon"
    EDIT = ("decode(z)", "decode(epsilon)")


class ink_is_black:
    """White and black are exchanged."""

    MESSAGE = "White and black are exchanged"
    EDIT = ("x * logits", "(1 - x) * logits")


class no_softplus:
    """The normaliser of the coin is left out."""

    MESSAGE = "is missing from log p(x|z)"
    EDIT = ("x * logits - np.logaddexp(0, logits)", "x * logits")


class softplus_alone:
    """x does not appear."""

    MESSAGE = "x * logits is missing"
    EDIT = ("x * logits - np.logaddexp(0, logits)", "-np.logaddexp(0, logits)")


class softplus_of_the_other_sign:
    """The softplus of one form, the product of the other."""

    MESSAGE = "you mixed the two"
    EDIT = ("np.logaddexp(0, logits)", "np.logaddexp(0, -logits)")


class white_pixels_only:
    """Black pixels are not scored."""

    MESSAGE = "Black pixels are left out"
    EDIT = ("x * logits - np.logaddexp(0, logits)", "-x * np.logaddexp(0, -logits)")


class log_variance_for_log_stddev:
    """The change of variables has log_variance."""

    MESSAGE = "log q has log_variance where"
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1) + np.sum(log_variance, axis=-1)")


class variance_squared:
    """exp(2 log_variance)."""

    MESSAGE = "the variance squared"
    EDIT = ("log_variance / 2", "2 * log_variance")


class half_of_the_variance:
    """The half is outside the exponential."""

    MESSAGE = "half of the variance"
    EDIT = ("np.exp(log_variance / 2)", "np.exp(log_variance) / 2")


class root_of_abs:
    """The root of log_variance, which abs makes possible."""

    MESSAGE = "the root of the absolute value"
    EDIT = ("np.exp(log_variance / 2)", "np.sqrt(np.abs(log_variance))")


class width_of_one:
    """The width of the prior."""

    MESSAGE = "1, as for the prior"
    EDIT = ("np.exp(log_variance / 2)", "np.ones_like(mean)")


class first_draw_of_the_likelihood:
    """log p(x|z) of one draw."""

    MESSAGE = "log p(x|z) is that of the first draw alone"
    EDIT = ("np.mean(log_likelihood +", "np.mean(log_likelihood[0] +")


class first_draw_of_the_kl:
    """log p(z) - log q of one draw."""

    MESSAGE = "log p(z) - log q is that of the first draw alone"
    EDIT = (
        "return np.mean(log_likelihood + log_density(z, 0, 1) - log_density(z, mean, stddev), axis=0)",
        "return np.mean(log_likelihood + (log_density(z, 0, 1) - log_density(z, mean, stddev))[0], axis=0)",
    )


class last_draw:
    """A loop keeps the last draw."""

    MESSAGE = "This is the last draw alone"
    EDIT = ("stddev * epsilon", "stddev * epsilon[-1:]")


class twelve_pixels:
    """The notebook's number of pixels makes a sum of the mean."""

    MESSAGE = "12 is written into your code"
    EDIT = (
        "np.sum(x * logits - np.logaddexp(0, logits), axis=-1)",
        "12 * np.mean(x * logits - np.logaddexp(0, logits), axis=-1)",
    )


class first_latent:
    """The densities have one latent."""

    MESSAGE = "have the first latent only"
    EDIT = (
        "- np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)",
        "- np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1, where=np.arange(z.shape[-1]) < 1)",
    )


class pixels_of_all:
    """The sum over pixels has no axis."""

    MESSAGE = "You summed log p(x|z) over samples and images"
    EDIT = ("logits), axis=-1)", "logits))")


class mean_of_all_pixels:
    """A mean without an axis."""

    MESSAGE = "You averaged log p(x|z) over samples, images and pixels"
    EDIT = ("np.sum(x * logits - np.logaddexp(0, logits), axis=-1)", "np.mean(x * logits - np.logaddexp(0, logits))")


class squared_error:
    """A squared error of the probabilities."""

    MESSAGE = "log p(x|z) is a squared error"
    EDIT = (
        "np.sum(x * logits - np.logaddexp(0, logits), axis=-1)",
        "-np.sum((x - 1 / (1 + np.exp(-logits))) ** 2, axis=-1)",
    )


class half_a_squared_error:
    """The Gaussian log-density of the probabilities."""

    MESSAGE = "log p(x|z) is half a squared error"
    EDIT = (
        "np.sum(x * logits - np.logaddexp(0, logits), axis=-1)",
        "-0.5 * np.sum((x - 1 / (1 + np.exp(-logits))) ** 2, axis=-1)",
    )


class own_seeded_draws:
    """Draws of its own, the same each time."""

    MESSAGE = "With another epsilon, your result is the same"
    EDIT = ("    logits =", "    z = mean + stddev * np.random.default_rng(0).normal(size=epsilon.shape)\n    logits =")


class images_first:
    """epsilon[i] is taken for the draws of image i."""

    MESSAGE = "You took axis 0 of epsilon for the images"
    EDIT = ("    stddev =", "    epsilon = np.swapaxes(epsilon[: len(x)], 0, 1)\n    stddev =")


class centred_draws:
    """The draws are centred."""

    MESSAGE = "You subtracted the average of epsilon"
    EDIT = ("stddev * epsilon", "stddev * (epsilon - np.mean(epsilon, axis=0))")


class mirrored_draws:
    """Mirrored draws are added."""

    MESSAGE = "You added mirrored draws"
    EDIT = ("stddev * epsilon", "stddev * np.concatenate([epsilon, -epsilon])")
