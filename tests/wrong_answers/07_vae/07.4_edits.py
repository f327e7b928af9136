"""Wrong answers to 07.4 sampled_elbo that are a right answer but for a line or two."""


class drawn_from_the_prior:
    """KL computed from samples of the wrong distribution: z is drawn from the prior, not from q."""

    MESSAGE = "You drew z from the prior"
    EDIT = ("z = mean + stddev * epsilon", "z = epsilon")


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

    MESSAGE = "You put in the KL by formula"
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

    MESSAGE = "Of the three faults, left: the draw, log p(x|z)."
    EDIT = (("stddev * epsilon", "stddev**2 * epsilon"), ("np.sum(x * logits", "np.mean(x * logits"))


class only_the_stddev_repaired:
    """Only the standard deviation is repaired."""

    MESSAGE = "Of the three faults, left: log q, log p(x|z)."
    EDIT = (
        ("np.sum(x * logits", "np.mean(x * logits"),
        ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)"),
    )


class only_the_sum_repaired:
    """Only the sum over pixels is repaired."""

    MESSAGE = "Of the three faults, left: the draw, log q."
    EDIT = (
        ("stddev * epsilon", "stddev**2 * epsilon"),
        ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)"),
    )


class pixel_mean_left:
    """Two faults repaired; log p(x|z) is still a mean over pixels."""

    MESSAGE = "Of the three faults, left: log p(x|z)."
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

    MESSAGE = "Of the three faults, left: the draw, log q, log p(x|z)."
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

    MESSAGE = "Of the three faults, left: the draw."
    EDIT = ("stddev * epsilon", "stddev**2 * epsilon")


class wrong_distribution_left:
    """Two faults repaired; log q is still that of epsilon under N(0, 1), which is no density of z."""

    MESSAGE = "Of the three faults, left: log q."
    EDIT = ("- log_density(z, mean, stddev)", "- log_density(epsilon, 0, 1)")
