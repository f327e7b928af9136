"""Wrong answers to 08.5 straight_through that are a right answer but for a line or two."""


class class_number:
    """The number of the class is returned."""

    MESSAGE = "You returned the number of the class"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "ops.argmax(logits + noise, axis=-1)")


class divided_before_noise:
    """The logits are divided by the temperature before the noise is added, for the choice as for its gradient."""

    MESSAGE = "You divided the logits by the temperature before the noise"
    EDIT = ("argmax(logits + noise", "argmax(logits / temperature + noise")


class gumbel_softmax:
    """The relaxed sample is returned: soft both ways."""

    MESSAGE = "as the Gumbel-softmax does"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "soft")


class identity:
    """The first straight-through estimator: the gradient passes as if nothing had happened."""

    MESSAGE = "Your gradient is that of the identity"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "logits + ops.stop_gradient(hard - logits)")


class logits_divided:
    """The choice is right; in the softmax the temperature divides the logits alone."""

    MESSAGE = "Only the logits are divided"
    EDIT = ("(logits + noise) / temperature", "logits / temperature + noise")


class no_draw:
    """The likeliest class is taken, and the noise only softens the gradient."""

    MESSAGE = "Your choice ignores the noise"
    EDIT = ("argmax(logits + noise", "argmax(logits")


class no_gradient:
    """A one-hot choice, and nothing that would lend it a gradient."""

    MESSAGE = "No gradient comes through"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "hard + 0 * logits")


class noise_alone:
    """The choice is drawn from the noise alone."""

    MESSAGE = "Your choice ignores the logits"
    EDIT = ("argmax(logits + noise", "argmax(noise")


class noise_on_one_side:
    """The choice is drawn with noise, the gradient lent from the probabilities without it."""

    MESSAGE = "Noise and temperature are missing"
    EDIT = ("(logits + noise) / temperature", "logits")


class softmax_over_examples:
    """The softmax runs over the examples of the batch."""

    MESSAGE = "Your softmax runs over axis 0"
    EDIT = ("/ temperature)", "/ temperature, axis=0)")


class sum_of_both:
    """Hard and soft are added, and nothing is taken off again."""

    MESSAGE = "You added one-hot and softmax"
    EDIT = ("hard - soft", "hard")


class temperature_forgotten:
    """The gradient comes from the softmax without its temperature."""

    MESSAGE = "You forgot the temperature"
    EDIT = (" / temperature", "")


class temperature_multiplied:
    """A high temperature is believed to sharpen: it is multiplied."""

    MESSAGE = "You multiplied by the temperature"
    EDIT = ("/ temperature", "* temperature")


class the_wrong_one_held:
    """Value and gradient change places: the mixture goes forward."""

    MESSAGE = "Value and gradient have changed places"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "hard + ops.stop_gradient(soft - hard)")


class log_softmax:
    """log_softmax for softmax."""

    MESSAGE = "You took log_softmax"
    EDIT = ("ops.softmax", "ops.log_softmax")


class noise_multiplied:
    """The noise is multiplied by the temperature."""

    MESSAGE = "You multiplied the noise by the temperature"
    EDIT = ("(logits + noise) / temperature", "logits + noise * temperature")


class own_noise:
    """The noise is drawn anew."""

    MESSAGE = "it draws noise of its own"
    EDIT = (
        "    soft =",
        "    noise = -ops.log(-ops.log(keras.random.uniform(ops.shape(logits), 1e-6, 1 - 1e-6)))\n    soft =",
    )


class rounded:
    """The softmax is rounded."""

    MESSAGE = "You rounded the softmax"
    EDIT = ("ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])", "ops.round(soft)")


class three_classes:
    """Three classes, as in the notebook."""

    MESSAGE = "works for 3 classes, as in the notebook"
    EDIT = ("logits.shape[-1]", "3")


class noise_divided:
    """The noise alone is divided by the temperature."""

    MESSAGE = "You divided the noise alone"
    EDIT = ("(logits + noise) / temperature", "logits + noise / temperature")


class noise_taken_off:
    """The noise is subtracted."""

    MESSAGE = "You subtracted the noise"
    EDIT = (
        ("ops.softmax((logits + noise)", "ops.softmax((logits - noise)"),
        ("ops.argmax(logits + noise", "ops.argmax(logits - noise"),
    )


class half_the_gradient:
    """Half of the softmax lends its gradient."""

    MESSAGE = "half of what it should be"
    EDIT = ("return soft + ops.stop_gradient(hard - soft)", "return 0.5 * soft + ops.stop_gradient(hard - 0.5 * soft)")


class softmax_by_hand:
    """The softmax is written by hand, and its exponentials overflow."""

    MESSAGE = "too large for float32"
    EDIT = (
        "soft = ops.softmax((logits + noise) / temperature)",
        "powers = ops.exp((logits + noise) / temperature)\n    soft = powers / ops.sum(powers, axis=-1, keepdims=True)",
    )


class softmax_cancels:
    """The softmax is added and taken off again, and nothing is held fixed."""

    MESSAGE = "No gradient comes through"
    EDIT = ("ops.stop_gradient(hard - soft)", "(hard - soft)")


class everything_held:
    """All of the sum is held fixed."""

    MESSAGE = "No gradient comes through"
    EDIT = ("soft + ops.stop_gradient(hard - soft)", "ops.stop_gradient(soft + hard - soft)")


class temperature_taken_out:
    """The gradient is multiplied by the temperature, so that it does not grow."""

    MESSAGE = "Your gradient is temperature times too large"
    EDIT = ("return soft +", "soft = soft * temperature\n    return soft +")


class temperature_twice:
    """The gradient is divided by the temperature once more."""

    MESSAGE = "divided by the temperature twice"
    EDIT = ("return soft +", "soft = soft / temperature\n    return soft +")


class softmax_of_the_logits_first:
    """The logits are turned into probabilities before the noise comes in."""

    MESSAGE = "of the logits first, and again"
    EDIT = ("ops.softmax((logits + noise)", "ops.softmax((ops.softmax(logits) + noise)")


class softmax_of_the_softmax:
    """The softmax of probabilities."""

    MESSAGE = "the second time of the probabilities of the first"
    EDIT = ("ops.softmax((logits + noise) / temperature)", "ops.softmax(ops.softmax((logits + noise) / temperature))")


class choice_over_examples:
    """The largest of each column."""

    MESSAGE = "You chose over axis 0"
    EDIT = ("axis=-1), logits.shape[-1])", "axis=0), logits.shape[-1])")


class noise_made_again:
    """Gumbel noise is made of the noise, as of uniform numbers."""

    MESSAGE = "drawn from the Gumbel distribution already"
    EDIT = ("ops.softmax((logits + noise)", "ops.softmax((logits - ops.log(-ops.log(noise)))")


class no_axis:
    """argmax looks through the whole batch."""

    MESSAGE = "has no axis: it looks for the largest number of the whole batch"
    EDIT = ("logits + noise, axis=-1", "logits + noise")


class no_axis_of_softmax:
    """argmax looks through the softmax of the whole batch."""

    MESSAGE = "has no axis: it looks for the largest number of the whole batch"
    EDIT = ("logits + noise, axis=-1", "soft")


class largest_of_all:
    """The softmax by hand subtracts the largest of the batch."""

    MESSAGE = "Each example's own largest is to be subtracted"
    EDIT = (
        "soft = ops.softmax((logits + noise) / temperature)",
        "scores = (logits + noise) / temperature\n"
        "    powers = ops.exp(scores - ops.max(scores))\n"
        "    soft = powers / ops.sum(powers, axis=-1, keepdims=True)",
    )


class logarithm_of_softmax:
    """The logits are made of their probabilities."""

    MESSAGE = "A softmax of 0 has no logarithm"
    EDIT = ("    soft =", "    logits = ops.log(ops.softmax(logits))\n    soft =")


class logarithm_of_softmax_and_a_little:
    """The same with a small number in the logarithm."""

    MESSAGE = "You add 1e-7 to a softmax"
    EDIT = ("    soft =", "    logits = ops.log(ops.softmax(logits) + 1e-7)\n    soft =")


class clipped_logits:
    """The logits are limited."""

    MESSAGE = "your choice is that of the noise alone. Do you limit them"
    EDIT = ("    soft =", "    logits = ops.clip(logits, -50, 50)\n    soft =")


class clipped_scores:
    """The scores are limited in the softmax."""

    MESSAGE = "your gradient is 0. Do you limit them"
    EDIT = (
        "ops.softmax((logits + noise) / temperature)",
        "ops.softmax(ops.clip((logits + noise) / temperature, -50, 50))",
    )


class noise_on_probabilities:
    """The noise is added to the probabilities."""

    MESSAGE = "You added the noise to the softmax of the logits"
    EDIT = ("    soft =", "    logits = ops.softmax(logits)\n    soft =")


class first_choice_for_all:
    """The choice of the first example."""

    MESSAGE = "You return the choice of the first example"
    EDIT = (
        "ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])",
        "ops.one_hot(ops.argmax(logits[0] + noise[0]), logits.shape[-1]) + 0 * soft",
    )


class noise_limited_and_made_again:
    """Gumbel noise is made of the noise, clipped to [0, 1]."""

    MESSAGE = "You made Gumbel noise of the noise once more"
    EDIT = ("    soft =", "    noise = -ops.log(-ops.log(ops.clip(noise, 1e-6, 1 - 1e-6)))\n    soft =")


class divided_after_the_softmax:
    """The temperature divides the softmax."""

    MESSAGE = "You took the softmax of logits + noise, and divided it"
    EDIT = ("ops.softmax((logits + noise) / temperature)", "ops.softmax(logits + noise) / temperature")


class scores_divided_twice:
    """The temperature divides twice."""

    MESSAGE = "You divided logits + noise by the temperature twice"
    EDIT = ("/ temperature)", "/ temperature**2)")


class half_written_in:
    """A temperature of 0.5."""

    MESSAGE = "Your softmax has the temperature 0.5"
    EDIT = ("/ temperature)", "/ 0.5)")


class masked:
    """The softmax of the chosen class."""

    MESSAGE = "You multiplied one-hot and softmax"
    EDIT = ("return soft + ops.stop_gradient(hard - soft)", "return hard * soft")


class gradient_of_the_chosen:
    """Only the chosen class lends its gradient."""

    MESSAGE = "only the chosen class lends its gradient"
    EDIT = (
        "return soft + ops.stop_gradient(hard - soft)",
        "chosen = hard * soft\n    return hard + chosen - ops.stop_gradient(chosen)",
    )


class ratio:
    """A factor that is held fixed in place of a difference."""

    MESSAGE = "You divided the one-hot vector by the softmax"
    EDIT = ("return soft + ops.stop_gradient(hard - soft)", "return ops.stop_gradient(hard / soft) * soft")


class sigmoid:
    """A sigmoid for each class."""

    MESSAGE = "You took a sigmoid"
    EDIT = ("ops.softmax", "ops.sigmoid")


class softmax_of_the_batch:
    """The sum of the softmax has no axis."""

    MESSAGE = "Your softmax runs over the whole batch"
    EDIT = (
        "soft = ops.softmax((logits + noise) / temperature)",
        "powers = ops.exp((logits + noise) / temperature)\n    soft = powers / ops.sum(powers)",
    )
