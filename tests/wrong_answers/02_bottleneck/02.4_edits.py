"""Wrong answers to 02.4 is_copier that are a right answer but for a line or two."""


class error_looks_small:
    """An error below 0.5 is taken for small, without a look at how large the error of a constant image would be."""

    MESSAGE = "draws the same image whatever"
    EDIT = (("x.min(axis=0), x.max(axis=0)", "0, 1"), ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "0.5"))


class exactly_equal:
    """A copier returns exactly its input, so anything less is no copy."""

    MESSAGE = "asks for equality"
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

    MESSAGE = "nothing but white"
    EDIT = (
        ("np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)", "np.ones((10, x.shape[1]))"),
        ("0.5 * np.mean((noise - noise.mean(axis=0)) ** 2)", "0.15"),
    )
