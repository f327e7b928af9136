"""Wrong answers to 03.1 predict_minimiser that are a right answer but for a line or two."""


class exchanged:
    """Squared and absolute error exchanged."""

    MESSAGE = "You exchanged squared and absolute error"
    EDIT = (('"squared": "mean"', '"squared": "median"'), ('"absolute": "median"', '"absolute": "mean"'))


class cross_entropy_is_for_classes:
    """Cross-entropy is known from classifiers, which name the most frequent class."""

    MESSAGE = "the probability that x is 1"
    EDIT = ('"cross_entropy": "mean"', '"cross_entropy": "mode"')


class cross_entropy_has_a_logarithm:
    """A logarithm suggests the geometric mean."""

    MESSAGE = "a logarithm in it, but of c"
    EDIT = ('"cross_entropy": "mean"', '"cross_entropy": "geometric mean"')


class cross_entropy_median:
    """Cross-entropy is thought to be robust."""

    MESSAGE = "The median of zeros and ones"
    EDIT = ('"cross_entropy": "mean"', '"cross_entropy": "median"')


class logs_back_to_the_mean:
    """exp undoes log, so the mean must come back."""

    MESSAGE = "not the logarithm of the mean"
    EDIT = ('"logs": "geometric mean"', '"logs": "mean"')


class logs_symmetric:
    """Logarithms make it symmetric, so that the median comes back."""

    MESSAGE = "The logarithm keeps the order"
    EDIT = ('"logs": "geometric mean"', '"logs": "median"')


class hit_in_the_middle:
    """The middle is close to most values, so it must be hit most."""

    MESSAGE = "Being in the middle earns nothing"
    EDIT = ('"zero_one": "mode"', '"zero_one": "median"')


class hit_on_average:
    """The best guess is the mean, whatever the loss."""

    MESSAGE = "hit by neither"
    EDIT = ('"zero_one": "mode"', '"zero_one": "mean"')


class absolute_mode:
    """The absolute error is thought to go for the most frequent value."""

    MESSAGE = "where do the pulls from both sides cancel"
    EDIT = ('"absolute": "median"', '"absolute": "mode"')


class another_word:
    """A word that was not offered."""

    MESSAGE = "one of 'mean', 'median', 'mode', 'geometric mean'"
    EDIT = ('"squared": "mean"', '"squared": "average"')


class some_left_out:
    """Only the losses that are known."""

    MESSAGE = "Missing: logs"
    EDIT = ('    "logs": "geometric mean",\n', "")


class a_set:
    """Five words in braces, without their keys."""

    MESSAGE = "holds a set"
    EDIT = (
        ('"squared": "mean"', '"mean"'),
        ('"absolute": "median"', '"median"'),
        ('"zero_one": "mode"', '"mode"'),
        ('"cross_entropy": "mean"', '"mean"'),
        ('"logs": "geometric mean"', '"geometric mean"'),
    )


class always_the_mean:
    """The mean is the best guess, whatever the loss."""

    MESSAGE = "You predicted the mean for every loss"
    EDIT = (
        ('"absolute": "median"', '"absolute": "mean"'),
        ('"zero_one": "mode"', '"zero_one": "mean"'),
        ('"logs": "geometric mean"', '"logs": "mean"'),
    )


class hyphen:
    """A key misspelled."""

    MESSAGE = "Unknown: zero-one"
    EDIT = ('"zero_one": "mode"', '"zero-one": "mode"')


class functions:
    """NumPy's functions for their names."""

    MESSAGE = "something that is no word"
    EDIT = ('"squared": "mean"', '"squared": np.mean')
