"""Wrong answers to 09.2 dial_report that are a right answer but for a line or two."""


class unchanged:
    """All three faults are left."""

    MESSAGE = "Faults still left: where beta stands, the pixels, the ELBO."
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.mean(log_likelihood, axis=(1, 2, 3))"),
        ("np.mean(reconstruction + beta * kl)", "np.mean(beta * reconstruction + kl)"),
        ("np.mean(-reconstruction - kl)", "-np.mean(beta * reconstruction + kl)"),
    )


class form_left:
    """beta on the wrong term, the rest repaired."""

    MESSAGE = "Faults still left: where beta stands."
    EDIT = ("np.mean(reconstruction + beta * kl)", "np.mean(beta * reconstruction + kl)")


class pixels_left:
    """A mean over pixels, the rest repaired."""

    MESSAGE = "Faults still left: the pixels."
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.mean(log_likelihood, axis=(1, 2, 3))")


class elbo_left:
    """The ELBO is minus the loss, the rest repaired."""

    MESSAGE = "Faults still left: the ELBO."
    EDIT = ("np.mean(-reconstruction - kl)", "-np.mean(reconstruction + beta * kl)")


class form_and_pixels_left:
    """Only the ELBO is repaired."""

    MESSAGE = "Faults still left: where beta stands, the pixels."
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.mean(log_likelihood, axis=(1, 2, 3))"),
        ("np.mean(reconstruction + beta * kl)", "np.mean(beta * reconstruction + kl)"),
    )


class form_and_elbo_left:
    """Only the pixels are repaired."""

    MESSAGE = "Faults still left: where beta stands, the ELBO."
    EDIT = (
        ("np.mean(reconstruction + beta * kl)", "np.mean(beta * reconstruction + kl)"),
        ("np.mean(-reconstruction - kl)", "-np.mean(beta * reconstruction + kl)"),
    )


class pixels_and_elbo_left:
    """Only the place of beta is repaired."""

    MESSAGE = "Faults still left: the pixels, the ELBO."
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.mean(log_likelihood, axis=(1, 2, 3))"),
        ("np.mean(-reconstruction - kl)", "-np.mean(reconstruction + beta * kl)"),
    )


class wrong_dial_in_elbo:
    """The loss is repaired, the ELBO still has beta on the reconstruction."""

    MESSAGE = "beta multiplies the reconstruction in your ELBO"
    EDIT = ("np.mean(-reconstruction - kl)", "-np.mean(beta * reconstruction + kl)")


class beta_on_both:
    """beta multiplies everything."""

    MESSAGE = "beta multiplies both terms of your loss"
    EDIT = ("reconstruction + beta * kl", "beta * (reconstruction + kl)")


class no_beta:
    """The loss is minus the ELBO."""

    MESSAGE = "beta is not in your loss"
    EDIT = ("reconstruction + beta * kl", "reconstruction + kl")


class mixture:
    """A weighted mean of the two terms."""

    MESSAGE = "with 1 - beta and beta"
    EDIT = ("reconstruction + beta * kl", "(1 - beta) * reconstruction + beta * kl")


class divided:
    """beta divides."""

    MESSAGE = "The KL is divided by beta in your loss"
    EDIT = ("reconstruction + beta * kl", "reconstruction + np.divide(kl, beta)")


class channels_averaged:
    """A sum over places, a mean over channels."""

    MESSAGE = "The channels are averaged in your code"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.sum(np.mean(log_likelihood, axis=3), axis=(1, 2))")


class notebook_size:
    """The mean times the number of pixels of the notebook."""

    MESSAGE = "You multiplied the mean over pixels by 64"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-64 * np.mean(log_likelihood, axis=(1, 2, 3))")


class kl_mean:
    """The KL is averaged over the latents."""

    MESSAGE = "You averaged the KL over the latents"
    EDIT = ("kl = np.sum(kl, axis=1)", "kl = np.mean(kl, axis=1)")


class kl_mean_and_elbo:
    """A fault is left, and the KL is averaged over the latents."""

    MESSAGE = (
        "Faults still left: the ELBO.\nIn the ELBO: -loss is the ELBO at beta = 1 only. The bound on log p(x) is "
        "log p(x|z) - KL, and knows no beta: only then can models trained with different betas be compared.\n"
        "And another thing. You averaged the KL over the latents"
    )
    EDIT = (
        ("kl = np.sum(kl, axis=1)", "kl = np.mean(kl, axis=1)"),
        ("np.mean(-reconstruction - kl)", "-np.mean(reconstruction + beta * kl)"),
    )


class weighted_kl:
    """The KL is reported with its price."""

    MESSAGE = 'Your "kl" is beta times the KL'
    EDIT = ('"kl": np.mean(kl)', '"kl": np.mean(beta * kl)')


class log_p_reported:
    """log p(x|z) for the cost, in the report alone."""

    MESSAGE = 'Your "reconstruction" is log p(x|z)'
    EDIT = ('"reconstruction": np.mean(reconstruction)', '"reconstruction": np.mean(-reconstruction)')


class wrong_sign:
    """log p(x|z) for the cost, everywhere."""

    MESSAGE = "The reconstruction has the wrong sign throughout"
    EDIT = ("-np.sum(log_likelihood", "np.sum(log_likelihood")


class negative_elbo:
    """The negative ELBO."""

    MESSAGE = "Your ELBO has the wrong sign"
    EDIT = ("np.mean(-reconstruction - kl)", "np.mean(reconstruction + kl)")


class elbo_adds_kl:
    """The KL improves the bound."""

    MESSAGE = "The KL is added in your ELBO"
    EDIT = ("np.mean(-reconstruction - kl)", "np.mean(-reconstruction + kl)")


class elbo_without_kl:
    """log p(x|z) alone."""

    MESSAGE = "The KL is missing from your ELBO"
    EDIT = ("np.mean(-reconstruction - kl)", "np.mean(-reconstruction)")


class batch_summed:
    """Sums over the batch."""

    MESSAGE = "You summed over the batch. Report means"
    EDIT = (
        ("np.mean(reconstruction + beta * kl)", "np.sum(reconstruction + beta * kl)"),
        ("np.mean(reconstruction),", "np.sum(reconstruction),"),
        ("np.mean(kl)", "np.sum(kl)"),
        ("np.mean(-reconstruction - kl)", "np.sum(-reconstruction - kl)"),
    )


class images_apart:
    """A number for each image."""

    MESSAGE = '"elbo" holds 5 numbers, one for each image'
    EDIT = ("np.mean(-reconstruction - kl)", "-reconstruction - kl")


class no_axis_for_pixels:
    """log_likelihood is summed over the whole batch."""

    MESSAGE = "You summed log_likelihood over the whole batch"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.sum(log_likelihood)")


class constant:
    """The numbers of the notebook's own arrays."""

    MESSAGE = "Your result is the same each time"
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "np.array([38.75])"),
        ("kl = np.sum(kl, axis=1)", "kl, beta = np.array([7.86]), 4"),
    )


class in_place:
    """The argument is changed."""

    MESSAGE = "in place"
    EDIT = ("kl = np.sum(kl, axis=1)", "kl *= 1.5; kl = np.sum(kl, axis=1)")


class sign_but_elbo:
    """The reconstruction is log p(x|z), and the ELBO takes it so."""

    MESSAGE = "The reconstruction has the wrong sign in your report and in your loss"
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "np.sum(log_likelihood, axis=(1, 2, 3))"),
        ("-reconstruction - kl", "reconstruction - kl"),
    )


class absolute:
    """A cost is thought to be positive."""

    MESSAGE = "You took absolute values of log_likelihood"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "np.abs(log_likelihood).sum(axis=(1, 2, 3))")


class pixels_cut:
    """Densities are forgotten."""

    MESSAGE = "You cut log_likelihood at 0"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.minimum(log_likelihood, 0).sum(axis=(1, 2, 3))")


class reconstruction_cut:
    """A cost is thought to be positive, image by image."""

    MESSAGE = "You cut the reconstruction at 0"
    EDIT = ("-np.sum(log_likelihood, axis=(1, 2, 3))", "np.maximum(-np.sum(log_likelihood, axis=(1, 2, 3)), 0)")


class elbo_cut:
    """A log-probability is thought to be below 0."""

    MESSAGE = "You cut the ELBO at 0"
    EDIT = ("np.mean(-reconstruction - kl)", "min(np.mean(-reconstruction - kl), 0)")


class beta_or_one:
    """0 is taken for a missing argument."""

    MESSAGE = "For beta = 0 you took 1"
    EDIT = ("reconstruction + beta * kl", "reconstruction + (beta or 1) * kl")


class whole_beta:
    """beta becomes an integer."""

    MESSAGE = "You cut beta to a whole number"
    EDIT = ("reconstruction + beta * kl", "reconstruction + int(beta) * kl")


class bound_below:
    """Another bound."""

    MESSAGE = "The KL in your ELBO is multiplied by beta where beta is above 1"
    EDIT = ("np.mean(-reconstruction - kl)", "np.mean(-reconstruction - max(beta, 1) * kl)")


class divided_by_beta:
    """The same optimum, in other units."""

    MESSAGE = "The reconstruction is divided by beta in your loss"
    EDIT = ("reconstruction + beta * kl", "reconstruction / beta + kl")


class bits:
    """Bits per image."""

    MESSAGE = "Your numbers are in bits"
    EDIT = (
        ("-np.sum(log_likelihood, axis=(1, 2, 3))", "-np.sum(log_likelihood, axis=(1, 2, 3)) / np.log(2)"),
        ("kl = np.sum(kl, axis=1)", "kl = np.sum(kl, axis=1) / np.log(2)"),
    )


class batch_of_100:
    """The notebook's batch size."""

    MESSAGE = "You divided by 100"
    EDIT = (
        ("np.mean(reconstruction + beta * kl)", "np.sum(reconstruction + beta * kl) / 100"),
        ("np.mean(reconstruction)", "np.sum(reconstruction) / 100"),
        ("np.mean(kl)", "np.sum(kl) / 100"),
        ("np.mean(-reconstruction - kl)", "np.sum(-reconstruction - kl) / 100"),
    )


class squeezed:
    """A batch of one is lost."""

    MESSAGE = "A batch of one image is a batch"
    EDIT = ("kl = np.sum(kl, axis=1)", "kl = np.sum(np.squeeze(kl), axis=1)")
