"""Wrong answers to 02.5 cured that are a right answer but for a line or two."""


class global_mean:
    """The rival is taken to be one grey value, the mean of everything: digits then seem easy to explain."""

    OF = "closed_form"
    MESSAGE = "around one number"
    EDIT = ("inputs.var(axis=0).mean()", "inputs.var()")


class half_cured:
    """A denoiser for weak noise is taken for a full cure."""

    OF = "closed_form"
    MESSAGE = "Half a cure"
    EDIT = ("stddev=0.5", "stddev=0.18")


class narrow_by_another_door:
    """The code is wide, but a layer of eight units stands in front of it."""

    MESSAGE = "a narrow code by another door"
    EDIT = (
        ("(8, 8, 1), 256, hidden=(256,)", "(8, 8, 1), 256, hidden=(256, 8)"),
        ("_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)", ""),
    )


class narrow_code:
    """The remedy that everybody knows: a code of eight numbers."""

    MESSAGE = "The code is too small"
    EDIT = (
        ("(8, 8, 1), 256,", "(8, 8, 1), 8,"),
        ("dense_decoder(256,", "dense_decoder(8,"),
        ("_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)", ""),
    )


class only_the_mean:
    """The more of a remedy the better: the noise is so strong that hardly anything but the mean image is left."""

    OF = "closed_form"
    MESSAGE = "the digits with it"
    EDIT = ("stddev=0.5", "stddev=3.0")


class own_variance:
    """The error is compared with the variance of the reconstruction."""

    OF = "closed_form"
    MESSAGE = "the variance of the reconstruction"
    EDIT = ("inputs.var(axis=0).mean()", "np.asarray(reconstruct(inputs)).var(axis=0).mean()")


class plain_wide:
    """A wide autoencoder with hidden layers is left to itself: activations are believed to prevent copying."""

    MESSAGE = "Your model copies"
    EDIT = (("ae.DenoisingAutoencoder", "ae.Autoencoder"), ("    ae.corruption.GaussianNoise(0.3),\n", ""))


class share_lost:
    """The error divided by the variance is returned: the share that is lost."""

    OF = "closed_form"
    MESSAGE = "there is a 1 - missing"
    EDIT = ("1 - (rest**2)", "(rest**2)")


class training_digits:
    """The measure looks at the training digits, whatever inputs it is given."""

    OF = "closed_form"
    MESSAGE = "other images than the inputs"
    EDIT = ("    rest =", "    inputs = digits.x_train\n    rest =")
