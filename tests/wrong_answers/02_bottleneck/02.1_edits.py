"""Wrong answers to 02.1 predict_rank that are a right answer but for a line or two."""


class code_is_the_share:
    """The ranks are right, but the noise is said to come back whole because the code has room for all 64 pixels."""

    MESSAGE = "the code has room for it"
    EDIT = ("16 / 64", "1.0")


class ends_forgotten:
    """Only hidden layers count: a hidden layer of 256 is said to give 256 dimensions to images of 64 pixels."""

    MESSAGE = "*between* the ends"
    EDIT = ('"64-256-64": 64', '"64-256-64": 256')


class last_hidden_layer:
    """The decoder's last hidden layer has as many directions to draw in as it has units."""

    MESSAGE = "from which the output is drawn"
    EDIT = (('"64-256-64": 64', '"64-256-64": 256'), ('"64-32-8-32-64": 8', '"64-32-8-32-64": 32'))


class middle_layers_too_high:
    """Each network is judged on sight: the wide layer in the first is believed to lift the rank back to 64."""

    MESSAGE = "you predicted 64; with random weights we measured fewer"
    EDIT = ('"64-16-256-16-64": 16', '"64-16-256-16-64": 64')


class noise_is_lost:
    """A narrow model returns nothing of noise, because noise has no structure to keep."""

    MESSAGE = "let nothing of the noise come back"
    EDIT = ("16 / 64", "0")


class share_of_the_code:
    """The share is taken of the code's 256 numbers, not of the image's 64 pixels."""

    MESSAGE = "0.0625 is 16/256, and also a quarter of a quarter"
    EDIT = ("16 / 64", "16 / 256")


class a_quarter_of_a_quarter:
    """Each of the two layers of 16 is believed to let a quarter through."""

    MESSAGE = "0.0625 is 16/256, and also a quarter of a quarter"
    EDIT = ("16 / 64", "1 / 4 * 1 / 4")


class encoder_alone:
    """The code is taken for the narrowest layer of the last network; its decoder has a narrower one."""

    MESSAGE = "from the input to the code"
    EDIT = ('"64-20-12-6-64": 6', '"64-20-12-6-64": 12')


class first_layer_or_pixels:
    """The first layer decides, and no network has more dimensions than pixels."""

    MESSAGE = "the first layer after the input, or the 64 pixels"
    EDIT = (('"64-32-8-32-64": 8', '"64-32-8-32-64": 32'), ('"64-20-12-6-64": 6', '"64-20-12-6-64": 20'))


class middle_or_pixels:
    """The layer in the middle decides, and no network has more dimensions than pixels."""

    MESSAGE = "the middle layer, or the 64 pixels"
    EDIT = (('"64-16-256-16-64": 16', '"64-16-256-16-64": 64'), ('"64-20-12-6-64": 6', '"64-20-12-6-64": 12'))


class one_less:
    """One less everywhere, as for centred data."""

    MESSAGE = "one less than the narrowest layer"
    EDIT = (
        ('"64-16-256-16-64": 16', '"64-16-256-16-64": 15'),
        ('"64-256-64": 64', '"64-256-64": 63'),
        ('"64-32-8-32-64": 8', '"64-32-8-32-64": 7'),
        ('"64-64-64": 64', '"64-64-64": 63'),
        ('"64-20-12-6-64": 6', '"64-20-12-6-64": 5'),
    )


class rank_for_a_share:
    """The rank in place of the share."""

    MESSAGE = "how many dimensions come back"
    EDIT = ("16 / 64", "16")


class width_of_the_code:
    """The code has room for 256 numbers, and the layer of 16 before it is overlooked."""

    MESSAGE = "You took the code's width"
    EDIT = ('"64-16-256-16-64": 16', '"64-16-256-16-64": 256')
