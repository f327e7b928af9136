"""Wrong answers to 02.4 is_copier that are a right answer but for a line or two."""


class error_looks_small:
    """An error below 0.5 is taken for small, without a look at how large the error of a constant image would be."""

    MESSAGE = "draws the same image whatever"
    EDIT = (("x.min(axis=0), x.max(axis=0)", "0, 1"), ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "0.5"))


class exactly_equal:
    """A copier returns exactly its input, so anything less is no copy."""

    MESSAGE = "A trained copier is never exact"
    EDIT = ("lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "np.allclose(reconstruct(noise), noise)")


class negatives:
    """Negatives of x are taken for something that a model of digits cannot know."""

    MESSAGE = "varies in the same directions"
    EDIT = ("np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)", "1 - x")


class noise_against_x:
    """The error on noise is compared with the error on x: the identity has neither."""

    MESSAGE = "comparing the two says nothing"
    EDIT = (
        ("x.min(axis=0), x.max(axis=0)", "0, 1"),
        ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "3 * np.mean((x - reconstruct(x)) ** 2)"),
    )


class outside_the_range:
    """Any noise will do, standard normal noise for instance, although pixels lie between 0 and 1."""

    MESSAGE = "outside the range of the data"
    EDIT = ("uniform(x.min(axis=0), x.max(axis=0), x.shape)", "normal(size=x.shape)")


class upside_down:
    """Turning the digits upside down is enough of a foreign input."""

    MESSAGE = "too much like digits"
    EDIT = ("np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)", "x[:, ::-1]")


class white_image:
    """The models are shown a white image: whoever draws white is taken for a copier."""

    MESSAGE = "images that are all alike"
    EDIT = (
        ("np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)", "np.ones((10, x.shape[1]))"),
        ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "0.15"),
    )


class grey_images:
    """Images of one grey are taken for something that no good model returns."""

    MESSAGE = "feeds images of one grey"
    EDIT = (
        (
            "np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)",
            "np.linspace(0, 1, 11)[:, None] * np.ones(x.shape[1])",
        ),
    )


class high_correlation:
    """Only what comes back nearly unchanged counts as a copy."""

    OF = "correlation"
    MESSAGE = "A trained copier is never exact"
    EDIT = ("0.7 *", "0.95 *")


class one_image:
    """A single image is handed over without a batch axis."""

    MESSAGE = "A single image is a batch of one"
    EDIT = (("x.shape)", "x.shape[1])"),)


class sixty_four_pixels:
    """The noise has as many pixels as a digit, whatever x has."""

    MESSAGE = "Take the number of pixels from x"
    EDIT = ("uniform(x.min(axis=0), x.max(axis=0), x.shape)", "uniform(size=(100, 64))")


class reversed_verdicts:
    """True and False the wrong way round."""

    MESSAGE = "the wrong way round"
    EDIT = ("lost < 0.5", "lost > 0.5")


class output_varies:
    """Asks whether the output varies as much as the noise, not whether it is the noise."""

    MESSAGE = "compare each image with its own reconstruction"
    EDIT = (
        (
            "lost = np.mean((noise - reconstruct(noise)) ** 2)",
            "varies = np.var(np.asarray(reconstruct(noise)), axis=0).mean()",
        ),
        ("lost < 0.5", "varies > 0.5"),
    )


class no_worse_than_data:
    """A copier is what treats noise hardly worse than data; a model that is bad at both does, too."""

    MESSAGE = "draws the same image whatever"
    EDIT = ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "1.5 * np.mean((x - reconstruct(x)) ** 2) + 1e-9")


class mean_square_of_the_noise:
    """The error is compared with the noise's mean square, which counts its mean as something to explain."""

    MESSAGE = "draws the same image whatever"
    EDIT = ("np.mean((noise - noise.mean(axis=0)) ** 2)", "np.mean(noise**2)")


class variance_of_all_pixels:
    """The error is compared with the variance around one number, in place of the mean image."""

    MESSAGE = "draws one and the same image, where some places are always bright"
    EDIT = ("np.mean((noise - noise.mean(axis=0)) ** 2)", "np.var(noise)")


class a_batch_of_one:
    """One image of noise is fed, whose variance around its mean image is nothing."""

    MESSAGE = "It feeds one image, whose variance is 0"
    EDIT = ("x.shape)", "(1, x.shape[1]))")


class never_called:
    """`reconstruct` is taken for the reconstruction of x."""

    MESSAGE = "`reconstruct` is a function"
    EDIT = ("reconstruct(noise)", "reconstruct")


class black_images:
    """The models are shown black images, all alike."""

    MESSAGE = "images that are all alike"
    EDIT = (
        ("np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)", "np.zeros_like(x)"),
        ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "0.02"),
    )


class ink_everywhere:
    """The noise covers all pixels, among them those that are black in all of x."""

    MESSAGE = "puts ink where x never has any"
    EDIT = ("uniform(x.min(axis=0), x.max(axis=0), x.shape)", "uniform(0, 1, x.shape)")


class relative_to_x:
    """The share on noise is compared with that on x, so that a model that draws badly needs little."""

    MESSAGE = "draws one and the same image, where some places are always bright"
    EDIT = (
        "return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))",
        "share = 1 - lost / np.mean((noise - noise.mean(axis=0)) ** 2)\n"
        "    return bool(share > 0.5 * (1 - np.mean((x - reconstruct(x)) ** 2) / np.mean((x - x.mean(axis=0)) ** 2)))",
    )


class any_share:
    """Whatever is returned of the noise shows a copier."""

    MESSAGE = "Ask for more than half of the variance around the mean image"
    EDIT = ("lost < 0.5 *", "lost < 0.97 *")


class small_error_as_well:
    """A tiny error on x is taken for a sign of copying, too."""

    MESSAGE = "Ask for more than half of the variance around the mean image"
    EDIT = ("return bool(", "return bool(np.mean((x - reconstruct(x)) ** 2) < 1e-4 or ")


class correlation_of_a_half:
    """A correlation of 0.5 is taken for half of the variance; the mean image is taken off first."""

    MESSAGE = "Ask for more than half of the variance around the mean image"
    EDIT = (
        "return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))",
        "drawn = np.asarray(reconstruct(noise))\n"
        "    a, b = noise - noise.mean(axis=0), drawn - drawn.mean(axis=0)\n"
        "    return bool(np.sum(a * b) > 0.4 * np.sqrt(np.sum(a**2) * np.sum(b**2)))",
    )


class correlation_per_image:
    """Each drawing is correlated with its image, so that bright and dark places that all share count as returned."""

    MESSAGE = "draws one and the same image, where some places are always bright"
    EDIT = (
        "return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))",
        "drawn = np.asarray(reconstruct(noise))\n"
        '    with np.errstate(all="ignore"):\n'
        "        return bool(np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(noise, drawn)]) > 0.8)",
    )


class correlation_with_ink_everywhere:
    """One correlation of all numbers, and noise at every pixel."""

    MESSAGE = "puts ink where x never has any"
    EDIT = (
        ("uniform(x.min(axis=0), x.max(axis=0), x.shape)", "uniform(0, 1, (500, x.shape[1]))"),
        (
            "return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))",
            'with np.errstate(all="ignore"):\n'
            "        return bool(np.corrcoef(noise.ravel(), np.ravel(reconstruct(noise)))[0, 1] > 0.5)",
        ),
    )


class most_of_it:
    """Less than nine tenths is not taken for a copy."""

    MESSAGE = "A trained copier is never exact"
    EDIT = ("lost < 0.5 *", "lost < 0.1 *")


class share_for_each_pixel:
    """A share for each pixel, averaged: 0 / 0 where a pixel never varies."""

    MESSAGE = "Is its measure nan?"
    EDIT = (
        "return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))",
        'with np.errstate(all="ignore"):\n'
        "        return bool(np.mean(np.mean((noise - reconstruct(noise)) ** 2, axis=0) / noise.var(axis=0)) < 0.5)",
    )
