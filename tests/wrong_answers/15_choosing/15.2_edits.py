"""Wrong answers to 15.2 gan_losses that are a right answer but for a line or two."""


class saturating:
    """The generator's loss of the minimax game."""

    MESSAGE = "it saturates where fakes fool nobody"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, -np.mean(softplus(fake_logits))",
    )


class helps_the_discriminator:
    """The generator pays for fakes that are believed."""

    MESSAGE = "it would help the discriminator"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, np.mean(softplus(fake_logits))",
    )


class generator_sign:
    """A likelihood for a loss."""

    MESSAGE = "The generator's loss has the wrong sign"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, -np.mean(softplus(-fake_logits))",
    )


class minus_discriminator:
    """Zero-sum, as in the paper's first equation."""

    MESSAGE = "minus the discriminator's: that is the minimax game"
    EDIT = ("return discriminator, np.mean(softplus(-fake_logits))", "return discriminator, -discriminator")


class generator_with_real:
    """Real images in the generator's loss."""

    MESSAGE = "contains the cost of the real images"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, np.mean(softplus(-real_logits)) + np.mean(softplus(-fake_logits))",
    )


class generator_all_exchanged:
    """The discriminator's loss with exchanged labels."""

    MESSAGE = "is the discriminator's with the labels exchanged"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, np.mean(softplus(real_logits)) + np.mean(softplus(-fake_logits))",
    )


class generator_of_real:
    """The wrong logits."""

    MESSAGE = "is computed from the real logits, on which it has no influence."
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator, np.mean(softplus(-real_logits))",
    )


class labels_exchanged:
    """1 stands for fake."""

    MESSAGE = "The discriminator's labels are exchanged"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "np.mean(softplus(real_logits)) + np.mean(softplus(-fake_logits))",
    )


class labels_exchanged_everywhere:
    """1 stands for fake, throughout."""

    MESSAGE = (
        "Two things. The discriminator's labels are exchanged: it pays for real images that it "
        "takes for real, and for fakes that it takes for fakes. The generator pays for fakes that "
        "are taken for real: it would help the discriminator. It wants high logits for them."
    )
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "np.mean(softplus(real_logits)) + np.mean(softplus(-fake_logits))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, np.mean(softplus(fake_logits))",
        ),
    )


class likelihoods:
    """Both are log-likelihoods."""

    MESSAGE = (
        "Two things. The discriminator's loss has the wrong sign: it is the log-likelihood, which "
        "is to be made large. A loss is made small. The generator's loss has the wrong sign: it "
        "would grow more negative the less it fools anyone."
    )
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(softplus(-real_logits)) - np.mean(softplus(fake_logits))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(softplus(-fake_logits))",
        ),
    )


class half:
    """The average of the two means."""

    MESSAGE = "half of what was asked for: add"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "(np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))) / 2",
    )


class all_together:
    """One mean over all images."""

    MESSAGE = "one mean over all images, real and fake together"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "np.mean(np.concatenate([softplus(-real_logits), softplus(fake_logits)]))",
    )


class no_fakes:
    """Real images alone."""

    MESSAGE = "lacks the fake images"
    EDIT = ("np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))", "np.mean(softplus(-real_logits))")


class subtracted:
    """The two means are subtracted."""

    MESSAGE = "the two means are subtracted"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "np.mean(softplus(-real_logits)) - np.mean(softplus(fake_logits))",
    )


class sums:
    """Sums over the images."""

    MESSAGE = "You took sums over the images"
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "np.sum(softplus(-real_logits)) + np.sum(softplus(fake_logits))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, np.sum(softplus(-fake_logits))",
        ),
    )


class no_mean:
    """Losses per image."""

    MESSAGE = "a number for each image"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "softplus(-real_logits).mean() + softplus(fake_logits)",
    )


class as_written:
    """log(1 + e^a) as it is written."""

    MESSAGE = "You computed log(1 + e^a) as it is written"
    EDIT = ("return np.logaddexp(0, a)", "return np.log(1 + np.exp(a))")


class log1p:
    """log1p helps for small numbers alone."""

    MESSAGE = "You computed log(1 + e^a) as it is written"
    EDIT = ("return np.logaddexp(0, a)", "return np.log1p(np.exp(a))")


class log_of_sigmoid:
    """Sigmoid, then a logarithm."""

    MESSAGE = "You took the logarithm of a probability"
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            ("    def p(a):\n        return 1 / (1 + np.exp(-a))\n"),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits)))",
        ),
    )


class log_of_quotient:
    """The sigmoid as e^a / (1 + e^a)."""

    MESSAGE = "You took the logarithm of a probability"
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            ("    def p(a):\n        return np.exp(a) / (1 + np.exp(a))\n"),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits)))",
        ),
    )


class log_of_expit:
    """SciPy's sigmoid, then a logarithm."""

    MESSAGE = "You took the logarithm of a probability"
    EDIT = (
        (("    def softplus(a):\n        return np.logaddexp(0, a)\n"), "    from scipy.special import expit as p\n"),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits)))",
        ),
    )


class log_of_sigmoid_keras:
    """Keras's sigmoid, then a logarithm."""

    MESSAGE = "as the formula has it, and in single precision"
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            (
                "    from keras import ops\n"
                "\n"
                "    def p(a):\n"
                "        return ops.convert_to_numpy(ops.sigmoid(ops.cast(a, 'float32')))\n"
            ),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits)))",
        ),
    )


class tiny_number:
    """A tiny number inside the logarithm."""

    MESSAGE = "You keep probabilities away from 0 and 1"
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            ("    def p(a):\n        return np.clip(1 / (1 + np.exp(-a)), 1e-7, 1 - 1e-7)\n"),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits)))",
        ),
    )


class tiny_number_added:
    """1e-8 is added inside the logarithm."""

    MESSAGE = "You keep probabilities away from 0 and 1"
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            ("    def p(a):\n        return 1 / (1 + np.exp(-a))\n"),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits) + 1e-8)) - np.mean(np.log(1 - p(fake_logits) + 1e-8))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(np.log(p(fake_logits) + 1e-8))",
        ),
    )


class not_from_logits:
    """A cross-entropy that takes logits for probabilities."""

    OF = "keras"
    MESSAGE = "not told from_logits=True"
    EDIT = ("from_logits=True", "from_logits=False")


class clipped_logits:
    """Logits are kept within bounds."""

    MESSAGE = "You clip logits at ±20"
    EDIT = ("return np.logaddexp(0, a)", "return np.logaddexp(0, np.clip(a, -20, 20))")


class of_probabilities:
    """A sigmoid before the softplus."""

    MESSAGE = "You took the softplus of probabilities"
    EDIT = (
        "    discriminator =",
        (
            "    real_logits, fake_logits = (1 / (1 + np.exp(-a)) for a in (real_logits, fake_logits))\n"
            "    discriminator ="
        ),
    )


class relu:
    """max(0, a) for softplus."""

    MESSAGE = "You took max(0, a) for softplus(a)"
    EDIT = ("return np.logaddexp(0, a)", "return np.maximum(0, a)")


class wasserstein:
    """The losses of a Wasserstein GAN."""

    MESSAGE = "these are the losses of a Wasserstein GAN"
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "np.mean(fake_logits) - np.mean(real_logits)",
        ),
        ("return discriminator, np.mean(softplus(-fake_logits))", "return discriminator, -np.mean(fake_logits)"),
    )


class hinge:
    """The hinge loss."""

    MESSAGE = "The discriminator's loss is a hinge loss"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "np.mean(np.maximum(0, 1 - real_logits)) + np.mean(np.maximum(0, 1 + fake_logits))",
    )


class exchanged:
    """The generator's loss first."""

    MESSAGE = "The two losses are exchanged"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return np.mean(softplus(-fake_logits)), discriminator",
    )


class a_dict:
    """A dict of losses."""

    MESSAGE = "You returned a dict"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        'return {"discriminator": discriminator, "generator": np.mean(softplus(-fake_logits))}',
    )


class one_number:
    """Both in one number."""

    MESSAGE = "generator's loss). Received"
    EDIT = (
        "return discriminator, np.mean(softplus(-fake_logits))",
        "return discriminator + np.mean(softplus(-fake_logits))",
    )


class smoothed:
    """Smoothed labels."""

    MESSAGE = "has smoothed labels"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        ("np.mean(0.9 * softplus(-real_logits) + 0.1 * softplus(real_logits)) + np.mean(softplus(fake_logits))"),
    )


class in_bits:
    """Bits."""

    MESSAGE = "Your losses are in bits"
    EDIT = ("return np.logaddexp(0, a)", "return np.logaddexp(0, a) / np.log(2)")


class half_and_saturating:
    """Two mistakes."""

    MESSAGE = (
        "Two things. The discriminator's loss is half of what was asked for: add the two means, do "
        "not average them. The generator's loss is that of the minimax game, mean log(1 - "
        "sigmoid(fake)): it saturates where fakes fool nobody. The non-saturating one is the cost "
        "of taking fakes for real."
    )
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "(np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))) / 2",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.mean(softplus(fake_logits))",
        ),
    )


class sums_and_saturating:
    """Two mistakes."""

    MESSAGE = (
        "Two things. The generator's loss is that of the minimax game, mean log(1 - "
        "sigmoid(fake)): it saturates where fakes fool nobody. The non-saturating one is the cost "
        "of taking fakes for real. You took sums over the images where means were asked for."
    )
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "np.sum(softplus(-real_logits)) + np.sum(softplus(fake_logits))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, -np.sum(softplus(fake_logits))",
        ),
    )


class infinite_and_saturating:
    """The minimax game, by sigmoids."""

    MESSAGE = (
        "Two things. The generator's loss is that of the minimax game, mean log(1 - "
        "sigmoid(fake)): it saturates where fakes fool nobody. The non-saturating one is the cost "
        "of taking fakes for real. You took the logarithm of a probability, which is 0 to a "
        "computer where the logit is large: its logarithm is minus infinity, and the loss inf or "
        "nan. Stay with logits: np.logaddexp(0, a) is softplus(a) for any a."
    )
    EDIT = (
        (
            ("    def softplus(a):\n        return np.logaddexp(0, a)\n"),
            ("    def p(a):\n        return 1 / (1 + np.exp(-a))\n"),
        ),
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "-np.mean(np.log(p(real_logits))) - np.mean(np.log(1 - p(fake_logits)))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, np.mean(np.log(1 - p(fake_logits)))",
        ),
    )


class zeros:
    """Nothing is computed."""

    MESSAGE = "Your result is the same each time"
    EDIT = ("return discriminator, np.mean(softplus(-fake_logits))", "return 0.0, 0.0")


class mean_logit:
    """The mean comes first."""

    MESSAGE = "You took the softplus of the mean logit"
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "softplus(-np.mean(real_logits)) + softplus(np.mean(fake_logits))",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, softplus(-np.mean(fake_logits))",
        ),
    )


class powers_of_two:
    """logaddexp2."""

    MESSAGE = "You took logaddexp2"
    EDIT = ("return np.logaddexp(0, a)", "return np.logaddexp2(0, a)")


class zipped:
    """Real and fake images in pairs."""

    MESSAGE = "pairs each real image with a fake one"
    EDIT = (
        "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
        "np.mean([softplus(-r) + softplus(f) for r, f in zip(real_logits, fake_logits, strict=False)])",
    )


class one_batch_size:
    """One batch size for both."""

    MESSAGE = (
        "Two things. In the discriminator's loss both sums are divided by the number of real "
        "images. There may be more fakes, or fewer. The generator's loss is divided by the number "
        "of real images, which may be larger or smaller."
    )
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "(np.sum(softplus(-real_logits)) + np.sum(softplus(fake_logits))) / len(real_logits)",
        ),
        (
            "return discriminator, np.mean(softplus(-fake_logits))",
            "return discriminator, np.sum(softplus(-fake_logits)) / len(real_logits)",
        ),
    )


class hinge_of_both:
    """Both players pay by a hinge."""

    MESSAGE = "You took hinge losses"
    EDIT = ("return np.logaddexp(0, a)", "return np.maximum(0, 1 + a)")


class one_half_of_the_stable_formula:
    """max(0, a) is forgotten."""

    MESSAGE = "with the absolute value of the logit"
    EDIT = ("return np.logaddexp(0, a)", "return np.log1p(np.exp(-np.abs(a)))")


class against_one:
    """e^0 is 1, but logaddexp takes exponents."""

    MESSAGE = "You took logaddexp(1, a)"
    EDIT = ("return np.logaddexp(0, a)", "return np.logaddexp(1, a)")


class whole_logits:
    """Logits as integers."""

    MESSAGE = "You cut the logits to integers"
    EDIT = ("return np.logaddexp(0, a)", "return np.logaddexp(0, a.astype(int))")


class zero_for_infinity:
    """What overflows counts as nothing."""

    MESSAGE = "You put 0 where e^a is infinite"
    EDIT = (
        "return np.logaddexp(0, a)",
        "costs = np.log1p(np.exp(a))\n        return np.where(np.isfinite(costs), costs, 0)",
    )


class cut_to_the_shorter:
    """As many real images as fakes."""

    MESSAGE = "You cut real and fake logits to the smaller number"
    EDIT = (
        "    def softplus(a):",
        "    n = min(len(real_logits), len(fake_logits))\n    real_logits, fake_logits = real_logits[:n], "
        "fake_logits[:n]\n\n    def softplus(a):",
    )


class mean_over_the_batch_axis:
    """The second axis is left."""

    MESSAGE = "loss is an array of shape (1,). A mean without `axis` is a number."
    EDIT = (
        (
            "np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))",
            "np.mean(softplus(-real_logits), axis=0) + np.mean(softplus(fake_logits), axis=0)",
        ),
        ("np.mean(softplus(-fake_logits))", "np.mean(softplus(-fake_logits), axis=0)"),
    )
