"""Wrong answers to 05.1 predict_penalties that are a right answer but for a line or two."""


class exchanged:
    """L1 and KL are taken for each other."""

    MESSAGE = "You have exchanged the two"
    EDIT = (
        ('"divided": "L1"', '"divided": "KL"'),
        ('"split": "KL"', '"split": "L1"'),
        ('"silenced": "L1"', '"silenced": "KL"'),
    )


class lower_means:
    """The lower a unit's mean, the lower its KL."""

    MESSAGE = "KL falls whenever the units' means do"
    EDIT = (
        ('"divided": "L1"', '"divided": "both"'),
        ('"silenced": "L1"', '"silenced": "both"'),
    )


class kl_is_a_size:
    """KL is taken for one more measure of how large the code is."""

    MESSAGE = "whenever the code as a whole becomes smaller"
    EDIT = (
        ('"divided": "L1"', '"divided": "both"'),
        ('"split": "KL"', '"split": "neither"'),
        ('"silenced": "L1"', '"silenced": "both"'),
    )


class kl_never:
    """KL is thought to depend only on how often a unit is above 0."""

    MESSAGE = "By your answers KL never falls"
    EDIT = (
        ('"halved": "both"', '"halved": "L1"'),
        ('"split": "KL"', '"split": "neither"'),
    )


class l1_never:
    """The penalty is thought to be as large as before as long as the reconstruction is."""

    MESSAGE = "By your answers L1 never falls"
    EDIT = (
        ('"divided": "L1"', '"divided": "neither"'),
        ('"halved": "both"', '"halved": "KL"'),
        ('"silenced": "L1"', '"silenced": "neither"'),
    )


class counts_units:
    """L1 is taken for the number of active units."""

    MESSAGE = "where all values shrink"
    EDIT = (
        ('"divided": "L1"', '"divided": "neither"'),
        ('"halved": "both"', '"halved": "KL"'),
    )


class squares:
    """Squares are penalised in place of absolute values."""

    MESSAGE = "squared values in place of absolute"
    EDIT = (
        ('"constant": "neither"', '"constant": "L1"'),
        ('"split": "KL"', '"split": "both"'),
    )


class averaged:
    """L1 is averaged over the units."""

    MESSAGE = "averaged over the units"
    EDIT = (
        ('"split": "KL"', '"split": "both"'),
        ('"added": "neither"', '"added": "L1"'),
    )


class change:
    """A penalty that grows is named as well."""

    MESSAGE = "right for which penalties change"
    EDIT = (
        ('"divided": "L1"', '"divided": "both"'),
        ('"added": "neither"', '"added": "KL"'),
        ('"silenced": "L1"', '"silenced": "both"'),
    )


class grow:
    """Growing for falling."""

    MESSAGE = "right for which penalties grow"
    EDIT = (
        ('"divided": "L1"', '"divided": "KL"'),
        ('"halved": "both"', '"halved": "neither"'),
        ('"split": "KL"', '"split": "neither"'),
        ('"added": "neither"', '"added": "KL"'),
        ('"silenced": "L1"', '"silenced": "KL"'),
    )


class not_fall:
    """The penalties that do not fall are named."""

    MESSAGE = "name the penalties that do not fall"
    EDIT = (
        ('"divided": "L1"', '"divided": "KL"'),
        ('"halved": "both"', '"halved": "neither"'),
        ('"constant": "neither"', '"constant": "both"'),
        ('"split": "KL"', '"split": "L1"'),
        ('"added": "neither"', '"added": "both"'),
        ('"silenced": "L1"', '"silenced": "KL"'),
    )


class all_neither:
    """The reconstruction is the same, so nothing changes."""

    MESSAGE = "no penalty falls, whatever"
    EDIT = (
        ('"divided": "L1"', '"divided": "neither"'),
        ('"halved": "both"', '"halved": "neither"'),
        ('"split": "KL"', '"split": "neither"'),
        ('"silenced": "L1"', '"silenced": "neither"'),
    )


class all_both:
    """Both fall each time."""

    MESSAGE = "both penalties fall, whatever"
    EDIT = (
        ('"divided": "L1"', '"divided": "both"'),
        ('"constant": "neither"', '"constant": "both"'),
        ('"split": "KL"', '"split": "both"'),
        ('"added": "neither"', '"added": "both"'),
        ('"silenced": "L1"', '"silenced": "both"'),
    )


class all_l1:
    """L1 each time."""

    MESSAGE = "L1 falls and KL does not, whatever"
    EDIT = (
        ('"halved": "both"', '"halved": "L1"'),
        ('"constant": "neither"', '"constant": "L1"'),
        ('"split": "KL"', '"split": "L1"'),
        ('"added": "neither"', '"added": "L1"'),
    )


class all_kl:
    """KL each time."""

    MESSAGE = "KL falls and L1 does not, whatever"
    EDIT = (
        ('"divided": "L1"', '"divided": "KL"'),
        ('"halved": "both"', '"halved": "KL"'),
        ('"constant": "neither"', '"constant": "KL"'),
        ('"added": "neither"', '"added": "KL"'),
        ('"silenced": "L1"', '"silenced": "KL"'),
    )


class divided_both:
    """Far below the target is as good as on it."""

    MESSAGE = "go from 0.2 to 0.02"
    EDIT = ('"divided": "L1"', '"divided": "both"')


class divided_neither:
    """The decoder makes up for it."""

    MESSAGE = "ten times as large, are not in it"
    EDIT = ('"divided": "L1"', '"divided": "neither"')


class halved_l1:
    """KL is overlooked."""

    MESSAGE = "go from 0.2 to 0.1, and"
    EDIT = ('"halved": "both"', '"halved": "L1"')


class halved_kl:
    """L1 is overlooked."""

    MESSAGE = "twice as large, are not in it"
    EDIT = ('"halved": "both"', '"halved": "KL"')


class constant_l1:
    """Small values look cheap."""

    MESSAGE = "how a sum is spread over the examples"
    EDIT = ('"constant": "neither"', '"constant": "L1"')


class constant_kl:
    """A constant unit is thought to be punished or rewarded by KL."""

    MESSAGE = "a unit that is always 0.2?"
    EDIT = ('"constant": "neither"', '"constant": "KL"')


class split_both:
    """Halves are cheaper."""

    MESSAGE = "two units with half the value each"
    EDIT = ('"split": "KL"', '"split": "both"')


class split_neither:
    """Twice the units, half the values."""

    MESSAGE = "each of them has the mean 0.1"
    EDIT = ('"split": "KL"', '"split": "neither"')


class added_l1:
    """One more unit lowers an average."""

    MESSAGE = "a unit that is always 0 adds 0"
    EDIT = ('"added": "neither"', '"added": "L1"')


class added_kl:
    """A dead unit is as sparse as can be."""

    MESSAGE = "What does it add to the sum?"
    EDIT = ('"added": "neither"', '"added": "KL"')


class silenced_both:
    """Fewer units are sparser, for every penalty."""

    MESSAGE = "grows without bound"
    EDIT = ('"silenced": "L1"', '"silenced": "both"')


class silenced_neither:
    """L1 is thought to be an average over active units."""

    MESSAGE = "no longer add anything"
    EDIT = ('"silenced": "L1"', '"silenced": "neither"')


class not_a_word:
    """A word that is not among the four."""

    MESSAGE = "should be one of"
    EDIT = ('"added": "neither"', '"added": "none"')


class key_left_out:
    """A key is missing."""

    MESSAGE = "it lacks"
    EDIT = ('    "added": "neither",\n', "")


class set_of_words:
    """Words without keys."""

    MESSAGE = "holds a set"
    EDIT = (
        ('"divided": "L1"', '"L1"'),
        ('"halved": "both"', '"both"'),
        ('"constant": "neither"', '"neither"'),
        ('"split": "KL"', '"KL"'),
        ('"added": "neither"', '"neither"'),
        ('"silenced": "L1"', '"L1"'),
    )
