"""Wrong answers to 01.5 train_linear that are a right answer but for a line or two."""


class borrowed_gradient:
    """The encoder is given the decoder's gradient, transposed, because the shapes fit."""

    MESSAGE = "the decoder's gradient, transposed"
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

    MESSAGE = "both encoder and decoder climb"
    EDIT = (("decoder -=", "decoder +="), ("encoder -=", "encoder +="))


class sum_over_images:
    """The gradient is not divided by the number of images."""

    MESSAGE = "50 times too long"
    EDIT = ("(z @ decoder - inputs) / len(inputs)", "z @ decoder - inputs")


class mean_over_pixels:
    """The gradient is divided by the number of pixels, too."""

    MESSAGE = "too short, by the number of pixels"
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

    MESSAGE = "the decoder climbs"
    EDIT = ("decoder -=", "decoder +=")


class broken_code:
    """train_broken, handed back unchanged."""

    MESSAGE = "one number for each of the"
    EDIT = (
        ("x.mean(axis=0)", "x.mean(axis=1, keepdims=True)"),
        ("(z @ decoder - inputs)", "(z @ decoder - centred[rng.permutation(len(x))[:50]])"),
        ("encoder -= pace * encoder_gradient", "encoder -= 0 * encoder_gradient"),
    )


class first_fifty:
    """Every step takes the first 50 images."""

    MESSAGE = "only the first 50 images"
    EDIT = ("centred[rng.permutation(len(x))[:50]]", "centred[:50]")


class the_same_fifty:
    """Images are chosen at random, once."""

    MESSAGE = "only the same 50 of 90 images"
    EDIT = (
        ("    for step", "    chosen = rng.permutation(len(x))[:50]\n    for step"),
        ("centred[rng.permutation(len(x))[:50]]", "centred[chosen]"),
    )


class mean_of_fifty:
    """The mean, too, is that of 50 images."""

    MESSAGE = "that of the first 50 images"
    EDIT = ("x.mean(axis=0)", "x[:50].mean(axis=0)")


class back_through_the_encoder:
    """The error goes back to the codes by the matrix that made them."""

    MESSAGE = "back through the encoder"
    EDIT = ("error @ decoder.T", "error @ encoder")


class codes_for_the_error:
    """The encoder's gradient has codes where the error belongs."""

    MESSAGE = "follows its own codes"
    EDIT = ("inputs.T @ (error @ decoder.T)", "inputs.T @ z")


class drawings_for_the_error:
    """The decoder's gradient has the drawing where the error belongs."""

    MESSAGE = "The decoder follows the drawings"
    EDIT = ("z.T @ error", "z.T @ (z @ decoder) / len(inputs)")


class slow_encoder:
    """The encoder's gradient is divided by the number of images twice."""

    MESSAGE = "the encoder moves 0.02 times as far"
    EDIT = ("(error @ decoder.T)", "(error @ decoder.T) / len(inputs)")


class not_centred:
    """The mean is returned, but never subtracted."""

    MESSAGE = "never subtracts the mean"
    EDIT = ("centred = x - mean", "centred = x")


class slow:
    """The learning rate is made smaller, to be on the safe side."""

    MESSAGE = "Your steps are 0.03 times"
    EDIT = ("pace = rate", "pace = 0.03 * rate")


class reshaped_decoder:
    """A reshape for the transpose of the decoder."""

    MESSAGE = "You reshaped the decoder"
    EDIT = ("error @ decoder.T", "error @ decoder.reshape(-1, dim)")


class starts_at_zero:
    """Both layers start at zero."""

    MESSAGE = "both start at 0"
    EDIT = (
        ("rng.normal(0, 0.1, (x.shape[1], dim))", "np.zeros((x.shape[1], dim))"),
        ("rng.normal(0, 0.1, (dim, x.shape[1]))", "np.zeros((dim, x.shape[1]))"),
    )


class fewer_steps:
    """A tenth of the steps, by default."""

    MESSAGE = "which are the notebook's defaults"
    EDIT = ("steps=600", "steps=60")


class rate_ignored:
    """A smaller rate, because it must be the rate."""

    MESSAGE = "whatever `rate` is"
    EDIT = ("pace = rate *", "pace = 0.01 *")


class return_in_the_loop:
    """The function returns after its first step."""

    MESSAGE = "does a `return` stand inside the loop"
    EDIT = ("    return mean, encoder, decoder", "        return mean, encoder, decoder")


class uncentred_targets:
    """The targets are images with their mean, which the decoder cannot draw."""

    MESSAGE = "The targets are not centred"
    EDIT = (
        (
            "inputs = centred[rng.permutation(len(x))[:50]]",
            "targets = x[rng.permutation(len(x))[:50]]\n        inputs = targets - mean",
        ),
        ("z @ decoder - inputs", "z @ decoder - targets"),
    )


class mean_at_the_end:
    """The weights first, the mean last."""

    MESSAGE = "stand in another order"
    EDIT = ("return mean, encoder, decoder", "return encoder, decoder, mean")


class pixels_of_the_notebook:
    """64 pixels are written into the code."""

    MESSAGE = "64 pixels are written into your code"
    EDIT = (("(x.shape[1], dim)", "(64, dim)"), ("(dim, x.shape[1])", "(dim, 64)"))


class all_pixels_in_the_gradient:
    """The encoder's gradient lacks the way back through the decoder."""

    MESSAGE = "moved by an array of another shape"
    EDIT = ("inputs.T @ (error @ decoder.T)", "inputs.T @ error")
