"""Wrong answers to 01.1 predict_rescaling that are a right answer but for a line or two."""


class bright_is_expensive:
    """Dark images were cheap in the lesson, so their bright negatives must be expensive."""

    MESSAGE = "bright or dark is not what counts"
    EDIT = ('"negative": 1', '"negative": 2')


class negative_error:
    """The negative of an image has the negative error: the error is believed to have a sign."""

    MESSAGE = "never negative"
    EDIT = ('"negative": 1', '"negative": -1')


class neighbours:
    """Shuffled pixels look like noise, so they must be harder to draw: PCA is believed to see shapes."""

    MESSAGE = "which pixels are neighbours"
    EDIT = ('"shuffled": 1', '"shuffled": 3')


class not_squared:
    """Doubled pixels double the error: the square is forgotten."""

    MESSAGE = "the error is made of their squares"
    EDIT = ('"doubled": 4', '"doubled": 2')


class relative:
    """PCA adapts to brighter images, so nothing changes: the error is taken for a percentage."""

    MESSAGE = "measured in units of the pixels"
    EDIT = ('"doubled": 4', '"doubled": 1')


class upside_down:
    """The old error divided by the new one."""

    MESSAGE = "the old error divided by the new one"
    EDIT = ('"doubled": 4', '"doubled": 0.25')


class increase:
    """The increase is given, new error less old error, over the old one: 0 where nothing changes."""

    MESSAGE = "You gave the increase, the new error less"
    EDIT = ('{"negative": 1, "doubled": 4, "shuffled": 1}', '{"negative": 0, "doubled": 3, "shuffled": 0}')


class increase_in_per_cent:
    """The increase is given in per cent."""

    MESSAGE = "You gave the increase in per cent"
    EDIT = ('{"negative": 1, "doubled": 4, "shuffled": 1}', '{"negative": 0, "doubled": 300, "shuffled": 0}')


class per_cent:
    """The factors are given in per cent."""

    MESSAGE = "You gave percentages"
    EDIT = ('{"negative": 1, "doubled": 4, "shuffled": 1}', '{"negative": 100, "doubled": 400, "shuffled": 100}')


class logarithms:
    """Orders of magnitude: the natural logarithms of the factors."""

    MESSAGE = "You gave the logarithms"
    EDIT = ('{"negative": 1, "doubled": 4, "shuffled": 1}', '{"negative": 0, "doubled": 1.386, "shuffled": 0}')


class printed:
    """The dict is printed, and the name holds what print returns."""

    MESSAGE = "is what `print`, for example, returns"
    EDIT = ('predict_rescaling = {"negative": 1, "doubled": 4, "shuffled": 1}', "predict_rescaling = print(1, 4, 1)")
