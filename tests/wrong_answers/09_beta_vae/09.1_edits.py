"""Wrong answers to 09.1 predict_dial that are a right answer but for a line or two."""


class without_beta:
    """The variance of the noise alone is taken for the level."""

    MESSAGE = "you left beta out"
    EDIT = (
        ("level = 32 * 0.25**2", "level = 0.25**2"),
        ('"rate of 0.5": 0.0', '"rate of 0.5": 0.5 * np.log(0.5 / level)'),
        ('"distortion of 0.5": 0.5', '"distortion of 0.5": level'),
        ("level / 0.5**2", "8"),
    )


class stddev_not_squared:
    """beta times the stddev."""

    MESSAGE = "you took the stddev where its square belongs"
    EDIT = (("level = 32 * 0.25**2", "level = 32 * 0.25"), ("level / 0.5**2", "8"))


class beta_alone:
    """The stddev is left out."""

    MESSAGE = "you left the stddev out"
    EDIT = (("level = 32 * 0.25**2", "level = 32"), ("level / 0.5**2", "8"))


class in_bits:
    """Bits for nats."""

    MESSAGE = '"rate of 50": this is in bits'
    EDIT = ("0.5 * np.log(50 / level)", "0.5 * np.log2(50 / level)")


class no_half:
    """The factor 1/2 is forgotten."""

    MESSAGE = '"rate of 50": the factor 1/2 is missing'
    EDIT = ("0.5 * np.log(50 / level)", "np.log(50 / level)")


class channel_capacity:
    """The formula of a channel's capacity."""

    MESSAGE = "is the capacity of a channel"
    EDIT = ("0.5 * np.log(50 / level)", "0.5 * np.log(1 + 50 / level)")


class weighted_rate:
    """The rate as it stands in the loss."""

    MESSAGE = "this is what the rate costs in the loss"
    EDIT = ("0.5 * np.log(50 / level)", "16 * np.log(50 / level)")


class told_exactly:
    """An active direction is believed to be reconstructed exactly."""

    MESSAGE = "a direction that is told is not told exactly"
    EDIT = ('"distortion of 50": level', '"distortion of 50": 0')


class mean_decoded:
    """The error of the decoded mean."""

    MESSAGE = "this is the error when the mean of q is decoded"
    EDIT = ('"distortion of 50": level', '"distortion of 50": level**2 / 50')


class negative_rate:
    """The formula below the level."""

    MESSAGE = "a rate is a KL, which is never negative. Where the formula"
    EDIT = ('"rate of 0.5": 0.0', '"rate of 0.5": 0.5 * np.log(0.5 / level)')


class level_everywhere:
    """Every direction is believed to have the distortion of the level."""

    MESSAGE = "no more can be lost of a direction than there is of it"
    EDIT = ('"distortion of 0.5": 0.5', '"distortion of 0.5": level')


class same_beta:
    """beta is believed to say everything."""

    MESSAGE = "the same beta with another stddev is another model"
    EDIT = ("level / 0.5**2", "32")


class constant_product:
    """beta * stddev is kept."""

    MESSAGE = "you kept beta * stddev."
    EDIT = ("level / 0.5**2", "16")


class larger_with_stddev:
    """beta is divided by the variance."""

    MESSAGE = "beta and the stddev push the same way"
    EDIT = ("level / 0.5**2", "32 * (0.5 / 0.25) ** 2")


class all_bounds:
    """Any beta is believed to give a bound."""

    MESSAGE = "the ELBO may touch log p(x)"
    EDIT = ('"1 and 4"', '"all"')


class only_the_elbo:
    """Only the ELBO itself is believed to be a bound."""

    MESSAGE = "what lies below a lower bound is one as well"
    EDIT = ('"1 and 4"', '"only 1"')


class wrong_side:
    """A smaller beta is believed to be the safe one."""

    MESSAGE = '"bounds": it is the other way round'
    EDIT = ('"1 and 4"', '"0.5 and 1"')


class draw_sharpens:
    """A draw is believed to bring the edges back."""

    MESSAGE = "It cannot put an edge where it was"
    EDIT = ('"draw": "noise"', '"draw": "edges"')


class draw_softens:
    """A draw is believed to blur."""

    MESSAGE = "the mean is the softest of all"
    EDIT = ('"draw": "noise"', '"draw": "softer"')


class nothing_to_see:
    """The noise is believed to be invisible."""

    MESSAGE = "a quarter of the range from black to white"
    EDIT = ('"draw": "noise"', '"draw": "nothing"')


class other_word:
    """A word that is not among the options."""

    MESSAGE = "should be one of 'all', 'only 1'"
    EDIT = ('"1 and 4"', '"yes"')


class number_in_words:
    """A number as a text."""

    MESSAGE = '"distortion of 50"] should be a number'
    EDIT = ('"distortion of 50": level', '"distortion of 50": "level"')


class key_lost:
    """A key is missing."""

    MESSAGE = "it lacks 'draw'"
    EDIT = ('    "draw": "noise",\n', "")


class bits_and_no_half:
    """Two slips in one number."""

    MESSAGE = '"rate of 50": this is in bits, and the factor 1/2 is missing'
    EDIT = ("0.5 * np.log(50 / level)", "np.log2(50 / level)")


class level_doubled:
    """The number in front of the KL once the loss is multiplied by twice the variance of the noise."""

    MESSAGE = "a level of 2 * beta * stddev^2 gives this"
    EDIT = (("level = 32 * 0.25**2", "level = 2 * 32 * 0.25**2"), ("level / 0.5**2", "8"))


class level_halved:
    """The 1/2 of the loss."""

    MESSAGE = "a level of beta * stddev^2 / 2 gives this"
    EDIT = (("level = 32 * 0.25**2", "level = 32 * 0.25**2 / 2"), ("level / 0.5**2", "8"))
