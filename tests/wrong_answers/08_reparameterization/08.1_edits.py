"""Wrong answers to 08.1 predict_gradients that are a right answer but for a line or two."""


class constant_in_the_path:
    """A larger cost is believed to make every gradient noisier."""

    MESSAGE = "What is the slope of 10"
    EDIT = ('"pathwise, cost + 10": "same"', '"pathwise, cost + 10": "larger"')


class constants_cancel:
    """A constant does not change the gradient, so it cannot change the noise of its estimate."""

    MESSAGE = "every single draw is multiplied"
    EDIT = ('"score function, cost + 10": "larger"', '"score function, cost + 10": "same"')


class detached_raises:
    """Without a gradient, so one believes, training must stop with an exception."""

    MESSAGE = "a legal operation"
    EDIT = ('"detached: fit says": "nothing"', '"detached: fit says": "error"')


class detached_stays:
    """If the encoder learns nothing, the loss should stay where it was."""

    MESSAGE = "but the decoder learns"
    EDIT = ('"detached: the loss": "falls"', '"detached: the loss": "stays"')


class detached_warns:
    """Keras is trusted to warn whenever a gradient is missing."""

    MESSAGE = "Keras warns when a weight gets no gradient at all"
    EDIT = ('"detached: fit says": "nothing"', '"detached: fit says": "warning"')


class more_noise:
    """More draws are believed to bring in more noise."""

    MESSAGE = "gets less noisy with every draw"
    EDIT = (
        ('"pathwise, 4 times the draws": 1 / 4', '"pathwise, 4 times the draws": 4'),
        ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 4'),
    )


class score_does_not_profit:
    """The score function is believed to be so noisy that more draws do not help."""

    MESSAGE = "does not change this law"
    EDIT = ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 1')


class standard_error:
    """The standard error is taken for the variance: four times the draws, half of it."""

    MESSAGE = "The question is the variance, its square"
    EDIT = (
        ('"pathwise, 4 times the draws": 1 / 4', '"pathwise, 4 times the draws": 1 / 2'),
        ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 1 / 2'),
    )


class factor_of_one:
    """The number of draws is believed to change the mean alone."""

    MESSAGE = "Your factor ignores the number of draws"
    EDIT = (
        ('"pathwise, 4 times the draws": 1 / 4', '"pathwise, 4 times the draws": 1'),
        ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 1'),
    )


class slower_score_function:
    """The score function is believed to converge more slowly."""

    MESSAGE = "does not change this law"
    EDIT = ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 1 / 2')


class percentage:
    """A percentage in place of a factor."""

    MESSAGE = "That looks like a percentage"
    EDIT = (
        ('"pathwise, 4 times the draws": 1 / 4', '"pathwise, 4 times the draws": 25'),
        ('"score function, 4 times the draws": 1 / 4', '"score function, 4 times the draws": 25'),
    )


class sets:
    """Sets of words, one of which is surely right."""

    MESSAGE = "A set has no order"
    EDIT = ('"score function, cost + 10": "larger"', '"score function, cost + 10": {"larger", "same"}')
