"""Wrong answers to 12.1 predict_evaluation that are a right answer but for a line or two."""


class in_bits:
    """A logarithm to the base 2."""

    MESSAGE = "That is in bits"
    EDIT = ('"nats lost": 4.61', '"nats lost": np.log2(100)')


class base_ten:
    """A logarithm to the base 10."""

    MESSAGE = "to the base 10"
    EDIT = ('"nats lost": 4.61', '"nats lost": 2')


class factor:
    """The factor, not its logarithm."""

    MESSAGE = "the factor by which p(x) falls"
    EDIT = ('"nats lost": 4.61', '"nats lost": 100')


class share_of_the_coins:
    """The logarithm of the wrong share."""

    MESSAGE = "the logarithm of the coins' share"
    EDIT = ('"nats lost": 4.61', '"nats lost": 0.01005')


class negative_loss:
    """A loss of minus 4.6."""

    MESSAGE = "a positive number"
    EDIT = ('"nats lost": 4.61', '"nats lost": -4.605')


class nothing_lost:
    """The likelihood is thought to stay as it is."""

    MESSAGE = "Something is lost"
    EDIT = ('"nats lost": 4.61', '"nats lost": 0')


class ninety_nine:
    """99 % of the likelihood is thought to be lost."""

    MESSAGE = "is the share of the coins. What remains"
    EDIT = ('"nats lost": 4.61', '"nats lost": 0.99')


class some_nats:
    """A guess."""

    MESSAGE = "What is the logarithm of that factor"
    EDIT = ('"nats lost": 4.61', '"nats lost": 30')


class percent:
    """A share in percent."""

    MESSAGE = "that is in percent"
    EDIT = ('"coins": 0.99', '"coins": 99')


class shares_exchanged:
    """The share of the VAE."""

    MESSAGE = "the samples that the VAE draws"
    EDIT = ('"coins": 0.99', '"coins": 0.01')


class no_coins:
    """A good likelihood is thought to mean good samples."""

    MESSAGE = "hardly notices the coins"
    EDIT = ('"coins": 0.99', '"coins": 0')


class half_coins:
    """A guess."""

    MESSAGE = "Samples are drawn just as the text says"
    EDIT = ('"coins": 0.99', '"coins": 0.5')


class fewer_down:
    """Fewer images, fewer differences."""

    MESSAGE = "Do errors bring two estimates closer"
    EDIT = ('"fewer images": "up"', '"fewer images": "down"')


class fewer_same:
    """The distance is taken for one between distributions."""

    MESSAGE = "if it knew the true means"
    EDIT = ('"fewer images": "up"', '"fewer images": "same"')


class more_kl_better:
    """KL is taken for a merit."""

    MESSAGE = "does not raise the bound"
    EDIT = ('"looks better": "A"', '"looks better": "B"')


class bound_is_exact:
    """The bound is taken for log p(x)."""

    MESSAGE = "With very many samples, yes"
    EDIT = ('"looks better": "A"', '"looks better": "same"')


class no_recall:
    """Who learns nothing covers nothing."""

    MESSAGE = "Nothing was learnt, but"
    EDIT = ('"copier\'s recall": 1', '"copier\'s recall": 0')


class some_recall:
    """A guess."""

    MESSAGE = "How many of them were handed out"
    EDIT = ('"copier\'s recall": 1', '"copier\'s recall": 0.5')


class copier_far:
    """A bad model has a large distance."""

    MESSAGE = "does not ask whether an image is new"
    EDIT = ('"copier\'s distance": "smaller"', '"copier\'s distance": "larger"')


class copier_as_new:
    """Real images are real images."""

    MESSAGE = "How far is a set from its copy"
    EDIT = ('"copier\'s distance": "smaller"', '"copier\'s distance": "same"')


class c_is_better:
    """-90 is more than -95."""

    MESSAGE = "Were the two asked the same"
    EDIT = ('"better model": "cannot tell"', '"better model": "C"')


class d_is_better:
    """Drawn pixels are harder, so D is thought to be better."""

    MESSAGE = "By how much they are harder"
    EDIT = ('"better model": "cannot tell"', '"better model": "D"')


class words_for_numbers:
    """A text where a number belongs."""

    MESSAGE = "should be one finite number"
    EDIT = ('"coins": 0.99', '"coins": "0.99"')


class unknown_word:
    """A word that is not among the three."""

    MESSAGE = "should be one of"
    EDIT = ('"fewer images": "up"', '"fewer images": "rises"')


class key_left_out:
    """A key is missing."""

    MESSAGE = "it lacks"
    EDIT = ('    "better model": "cannot tell",  # they were asked about different images\n', "")


class two_wrong:
    """Two wrong answers, both of which are named."""

    MESSAGE = (
        '"fewer images": you predicted "down". Fewer images estimate the means and covariances of '
        "both sets worse. Do errors bring two estimates closer together, or further apart?\n"
        '"better model": you predicted "C". -90 is more than -95, but of images that are easier to '
        "foretell: in the others chance decides pixel by pixel, and that costs every model some "
        "nats. Were the two asked the same?"
    )
    EDIT = (
        ('"fewer images": "up"', '"fewer images": "down"'),
        ('"better model": "cannot tell"', '"better model": "C"'),
    )
