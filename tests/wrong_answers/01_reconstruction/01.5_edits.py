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

    MESSAGE = "ran off to infinity"
    EDIT = (("decoder -=", "decoder +="), ("encoder -=", "encoder +="))
