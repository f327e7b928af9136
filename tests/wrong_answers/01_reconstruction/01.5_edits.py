"""Wrong answers to 01.5 train_linear that are a right answer but for a line or two."""


class borrowed_gradient:
    """The encoder is given the decoder's gradient, transposed, because the shapes fit."""

    MESSAGE = "is each gradient that of the loss"
    EDIT = ("inputs.T @ (error @ decoder.T)", "(z.T @ error).T")


class encoder_stands_still:
    """The encoder never moves: the second fault is left, and the decoder learns to draw from random descriptions."""

    MESSAGE = "The encoder has not moved"
    EDIT = ("encoder -= pace * encoder_gradient", "encoder -= 0 * encoder_gradient")


class mean_of_each_image:
    """The mean over the pixels of each image, not over the images: the first fault is left."""

    MESSAGE = "one number for each of the"
    EDIT = ("x.mean(axis=0)", "x.mean(axis=1, keepdims=True)")


class mean_of_everything:
    """One mean for all pixels: the wrong axis was repaired by having none."""

    MESSAGE = "A single number"
    EDIT = ("x.mean(axis=0)", "x.mean()")


class no_mean:
    """The data are not centred and a mean of zeros is returned: the mean is thought to be of no consequence."""

    MESSAGE = "not the mean image of x"
    EDIT = ("x.mean(axis=0)", "np.zeros(x.shape[1])")


class other_images_as_targets:
    """Inputs and targets are shuffled separately: the third fault is left."""

    MESSAGE = "say nothing about its targets"
    EDIT = ("(z @ decoder - inputs)", "(z @ decoder - centred[rng.permutation(len(x))[:50]])")


class uphill:
    """Gradients are added: the training climbs."""

    MESSAGE = "with a negative rate your code trains well"
    EDIT = (("decoder -=", "decoder +="), ("encoder -=", "encoder +="))


class sum_over_images:
    """The gradient is not divided by the number of images."""

    MESSAGE = "50 times too long"
    EDIT = ("(z @ decoder - inputs) / len(inputs)", "z @ decoder - inputs")


class mean_over_pixels:
    """The gradient is divided by the number of pixels, too."""

    MESSAGE = "times too short"
    EDIT = ("(z @ decoder - inputs) / len(inputs)", "(z @ decoder - inputs) / inputs.size")


class standardised:
    """Pixels are standardised first, as in most recipes."""

    MESSAGE = "You standardised the pixels"
    EDIT = (("centred = x - mean", "centred = (x - mean) / x.std(axis=0)"), ("rate * (1", "0.1 * rate * (1"))


class digits_of_the_notebook:
    """The notebook's digits are trained on, whatever x is."""

    MESSAGE = "that of the notebook's digits"
    EDIT = ("    rng =", '    x = ae.data.load("digits").x_train.reshape(-1, 64)\n    rng =')


class decoder_climbs:
    """The decoder's gradient is added, the encoder's subtracted."""

    MESSAGE = "say nothing about its targets"
    EDIT = ("decoder -=", "decoder +=")


class broken_code:
    """train_broken, handed back unchanged."""

    MESSAGE = "one number for each of the"
    EDIT = (
        ("x.mean(axis=0)", "x.mean(axis=1, keepdims=True)"),
        ("(z @ decoder - inputs)", "(z @ decoder - centred[rng.permutation(len(x))[:50]])"),
        ("encoder -= pace * encoder_gradient", "encoder -= 0 * encoder_gradient"),
    )
