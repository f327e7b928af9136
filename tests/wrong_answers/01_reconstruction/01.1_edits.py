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
