"""Wrong answers to 10.1 predict_condition that are a right answer but for a line or two."""


class agreement_never:
    """A decoder that does not hear the class is believed never to meet it."""

    MESSAGE = "now and then its sample happens to be of the class"
    EDIT = ('"encoder alone: agreement": 1 / 10', '"encoder alone: agreement": 0')


class agreement_of_training:
    """The encoder puts the class into z, so the samples are believed to have it."""

    MESSAGE = "nothing has told it the class"
    EDIT = ('"encoder alone: agreement": 1 / 10', '"encoder alone: agreement": 1.0')


class agreement_in_percent:
    """A percentage."""

    MESSAGE = "Agreement is a share, between 0 and 1"
    EDIT = ('"encoder alone: agreement": 1 / 10', '"encoder alone: agreement": 10')


class share_that_misses:
    """The share that does not agree."""

    MESSAGE = "the share of samples that do *not* agree"
    EDIT = ('"encoder alone: agreement": 1 / 10', '"encoder alone: agreement": 0.9')


class yes_or_no:
    """Right or wrong: one half."""

    MESSAGE = "There are ten classes, not two"
    EDIT = ('"encoder alone: agreement": 1 / 10', '"encoder alone: agreement": 0.5')


class in_bits:
    """The information of one class in ten, in bits."""

    MESSAGE = "That is in bits"
    EDIT = ("np.log(10)", "np.log2(10)")


class factor:
    """The factor, without its logarithm."""

    MESSAGE = "That is the factor by which the probability rises"
    EDIT = ("np.log(10)", "10")


class common_logarithm:
    """The logarithm to base ten."""

    MESSAGE = "1 is the logarithm of 10 to base 10"
    EDIT = ("np.log(10)", "np.log10(10)")


class of_the_pixels:
    """The limit is believed to grow with the image."""

    MESSAGE = "The number of pixels plays no part"
    EDIT = ("np.log(10)", "np.log(64)")


class of_the_others:
    """Nine classes are ruled out."""

    MESSAGE = "Count the right class, too"
    EDIT = ("np.log(10)", "np.log(9)")


class order_is_sacred:
    """Any renaming is believed to do harm."""

    MESSAGE = "If it learned the 3s in column 4"
    EDIT = ('"order changed everywhere: agreement": 1.0', '"order changed everywhere: agreement": 0.0')


class order_everywhere_is_chance:
    """A renaming everywhere is believed to leave it to luck."""

    MESSAGE = "the columns have not been mixed"
    EDIT = ('"order changed everywhere: agreement": 1.0', '"order changed everywhere: agreement": 0.1')


class order_is_chance:
    """Requests under other names are believed to be met by luck."""

    MESSAGE = "It is not left to luck"
    EDIT = ('"order changed at sampling: agreement": 0.0', '"order changed at sampling: agreement": 0.1')


class order_does_not_matter:
    """A perfect model is believed to know what is meant."""

    MESSAGE = "Who asks for a 3 now sends column 4"
    EDIT = ('"order changed at sampling: agreement": 0.0', '"order changed at sampling: agreement": 1.0')


class number_like_one_hot:
    """A number is believed to be as good as one-hot."""

    MESSAGE = "that is the mean of what 4 and 6 add"
    EDIT = ('"halfway"', '"anywhere"')


class must_carry:
    """z is believed to need the class, since the encoder does not see it."""

    MESSAGE = "What would the ELBO pay for telling it a second time"
    EDIT = ('"need not"', '"must"')


class cannot_carry:
    """The condition is believed to keep the class out of z."""

    MESSAGE = "merely not worth its KL"
    EDIT = ('"need not"', '"cannot"')


class copies_do_not_count:
    """Copies are believed to lower the agreement."""

    MESSAGE = "The classifier looks at one sample at a time"
    EDIT = ('"one image per class: agreement": 1.0', '"one image per class: agreement": 0.0')


class diversity_of_classes:
    """Diversity is believed to be the share of classes that are there."""

    MESSAGE = "How far is an image from itself"
    EDIT = ('"one image per class: diversity": 0.0', '"one image per class: diversity": 1.0')


class other_word:
    """A word that is not among the options."""

    MESSAGE = "should be one of 'must', 'need not', 'cannot'"
    EDIT = ('"need not"', '"no"')
