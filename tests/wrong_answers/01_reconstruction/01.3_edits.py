"""Wrong answers to 01.3 pca_as_layers that are a right answer but for a line or two."""


class bias_is_an_image:
    """The encoder's bias is minus the mean image, as if it were added to x and not to the code."""

    MESSAGE = "what is the code of the mean image"
    EDIT = ("-mean @ components.T", "-mean")


class kernels_transposed:
    """Kernels are taken for (outputs, inputs), as in W x."""

    MESSAGE = "(inputs, outputs)"
    EDIT = (
        "components.T, -mean @ components.T, components, mean",
        "components, -components @ mean, components.T, mean",
    )


class mean_not_put_back:
    """The decoder has no bias: the mean comes off and never returns."""

    MESSAGE = "does not add it back"
    EDIT = ("components, mean", "components, np.zeros(len(mean))")


class mean_not_taken_off:
    """The encoder has no bias: the mean is added back, but was never taken off."""

    MESSAGE = "never subtracted"
    EDIT = ("-mean @ components.T", "np.zeros(len(components))")


class no_bias:
    """PCA is taken for two matrices without any bias."""

    MESSAGE = "The mean is missing"
    EDIT = ("-mean @ components.T, components, mean", "np.zeros(len(components)), components, np.zeros(len(mean))")


class sign:
    """The code of the mean is added where it should be subtracted."""

    MESSAGE = "wrong sign"
    EDIT = ("-mean @", "mean @")


class standardised_code:
    """The encoder rescales its code, as whitening does, and the decoder is not told."""

    MESSAGE = "does not undo the encoder"
    EDIT = (
        "return components.T, -mean @ components.T",
        "kernel = components.T / components.std(axis=1)\n    return kernel, -mean @ kernel",
    )


class twice:
    """Both layers make up for the mean: one by its bias, the other by adding what the projection leaves out."""

    MESSAGE = "one correction too many"
    EDIT = ("components, mean", "components, mean - mean @ components.T @ components")


class reshaped_kernel:
    """A reshape is taken for a transpose, because the shape is right."""

    MESSAGE = "encoder_kernel is a reshape where"
    EDIT = ("return components.T", "return components.reshape(len(mean), -1)")


class of_eight_numbers:
    """The notebook's eight numbers are written into a loop."""

    MESSAGE = "works for a code of 8 numbers"
    EDIT = ("-mean @ components.T, components", "np.array([-mean @ components[i] for i in range(8)]), components")


class mean_of_the_mean:
    """The encoder takes off the average brightness, one number."""

    MESSAGE = "the mean of the mean image"
    EDIT = ("-mean @ components.T", "np.full(len(components), -mean.mean())")


class components_not_used:
    """Any matrix with rows at right angles is believed to do."""

    MESSAGE = "in other directions than PCA"
    EDIT = (
        "    return",
        "    components = np.linalg.qr(np.random.default_rng(0).normal(size=components.T.shape))[0].T\n    return",
    )


class decoder_takes_off_twice:
    """The decoder's bias has the wrong sign."""

    MESSAGE = "subtracts the mean a second time"
    EDIT = ("components, mean", "components, -mean")


class kernels_first:
    """Both kernels, then both biases."""

    MESSAGE = "stand in another order"
    EDIT = (
        "return components.T, -mean @ components.T, components, mean",
        "return components.T, components, -mean @ components.T, mean",
    )


class all_pixels:
    """The encoder does all of it, and its code is a drawing."""

    MESSAGE = "pixels is no code"
    EDIT = (
        "return components.T, -mean @ components.T, components, mean",
        "return components.T @ components, mean - mean @ components.T @ components, np.eye(len(mean)), 0 * mean",
    )


class star:
    """`*` for the matrix product."""

    MESSAGE = "made with `*`"
    EDIT = ("-mean @ components.T, components", "-mean * components, components")


class mean_against_the_shapes:
    """The mean is multiplied with components as they are."""

    MESSAGE = "The sizes of a matrix product do not fit"
    EDIT = ("-mean @ components.T", "-mean @ components")


class sign_in_the_decoder:
    """The mean is left to the decoder, whose bias adds what it should subtract."""

    MESSAGE = "a sign is wrong in one of the biases"
    EDIT = (
        "return components.T, -mean @ components.T, components, mean",
        "return components.T, np.zeros(len(components)), components, mean + mean @ components.T @ components",
    )
