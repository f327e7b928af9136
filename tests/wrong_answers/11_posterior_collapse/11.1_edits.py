"""Wrong answers to 11.1 predict_active that are a right answer but for a line or two."""


class beta_forgotten:
    """The price of a nat is taken to be the same whatever beta is."""

    MESSAGE = "Your answer fits beta = 1"
    EDIT = ('"stddev 1, beta 6": 1', '"stddev 1, beta 6": 2')


class beta_squared:
    """beta is multiplied onto the stddev, and squared with it."""

    MESSAGE = "You squared beta"
    EDIT = ('"stddev 1, beta 6": 1', '"stddev 1, beta 6": 0')


class more_for_ten:
    """Ten latents are believed to be used all, in this one case."""

    MESSAGE = "Ten latents do not make more directions"
    EDIT = ('"stddev 1, 10 latents": 2', '"stddev 1, 10 latents": 10')


class spare_latents_work:
    """Latents beyond the number of directions are believed to find something to do."""

    MESSAGE = "You let spare latents work"
    EDIT = ('"stddev 1, 10 latents": 2', '"stddev 1, 10 latents": 8')


class stddev_for_variance:
    """The decoder's stddev is compared with the variance of the data."""

    MESSAGE = "Square it"
    EDIT = (
        ('"stddev 0.2": 4', '"stddev 0.2": 3'),
        ('"stddev 3": 1', '"stddev 3": 2'),
        ('"stddev 5": 0', '"stddev 5": 1'),
    )


class at_least_one:
    """One latent at least is believed to be active."""

    MESSAGE = "You kept at least one latent"
    EDIT = ('"stddev 5": 0', '"stddev 5": 1')


class beta_divides:
    """A larger beta is believed to make latents cheaper."""

    MESSAGE = "You divided by beta"
    EDIT = ('"stddev 1, beta 6": 1', '"stddev 1, beta 6": 3')


class noise_needs_latents:
    """More noise is believed to need more latents."""

    MESSAGE = "more noise, fewer latents"
    EDIT = (
        ('"stddev 0.2": 4', '"stddev 0.2": 0'),
        ('"stddev 3": 1', '"stddev 3": 3'),
        ('"stddev 5": 0', '"stddev 5": 4'),
    )


class compared_with_one:
    """Every variance above 1 is believed to be worth it."""

    MESSAGE = "You compared each variance with 1 in every case"
    EDIT = (
        ('"stddev 0.2": 4', '"stddev 0.2": 2'),
        ('"stddev 3": 1', '"stddev 3": 2'),
        ('"stddev 5": 0', '"stddev 5": 2'),
        ('"stddev 1, beta 6": 1', '"stddev 1, beta 6": 2'),
    )


class stddev_left_out:
    """beta is compared with, the stddev is not."""

    MESSAGE = "whatever the stddev of the decoder is"
    EDIT = (
        ('"stddev 0.2": 4', '"stddev 0.2": 2'),
        ('"stddev 3": 1', '"stddev 3": 2'),
        ('"stddev 5": 0', '"stddev 5": 2'),
    )


class same_for_every_stddev:
    """The stddev of the decoder is believed not to matter."""

    MESSAGE = "one and the same number for every stddev"
    EDIT = (
        ('"stddev 0.2": 4', '"stddev 0.2": 3'),
        ('"stddev 1": 2', '"stddev 1": 3'),
        ('"stddev 3": 1', '"stddev 3": 3'),
        ('"stddev 5": 0', '"stddev 5": 3'),
    )


class candidates:
    """Sets of numbers, one of which is surely right."""

    MESSAGE = "A set has no order"
    EDIT = ('"stddev 5": 0', '"stddev 5": {0, 1}')
