"""08.5 straight_through: a choice going forward, a softmax's gradient coming back."""

import numpy as np

from autoencoders_edu.checks.lesson_08.noisy_logits import apart, draw_case, out_of_reach, softmax
from autoencoders_edu.checks.shared.answers import expect_close_entries
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close, expect_finite
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.5",
    "straight_through",
    points=3,
    minutes=10,
    why="Discrete codes are trained with gradients that are made up. If you make them up, you should know which value "
    "and which gradient you get.",
    hints=(
        "You need two things, a one-hot vector and a softmax. Which is the value, and which lends its gradient?",
        "ops.stop_gradient(y) has the value of y and the gradient of a constant. How can a sum have the value of one "
        "thing and the gradient of another?",
        "Both come from logits + noise, over the last axis; the temperature divides before the softmax.",
    ),
    on_success="A choice going forward, a mixture coming back. The gradient is not that of the expectation, as lesson "
    "8 measured; it may train well all the same.",
)
def check_straight_through(probe):
    _expect_right(probe, draw_case(probe.rng, 12), "of ordinary size", NEGATIVE)
    _expect_right(probe, draw_case(probe.rng, 1), "of about 300", LARGE, LIMITED)
    _expect_right(probe, apart(probe.rng), "that differ by 300 between two examples", EACH_EXAMPLE, BETWEEN)
    _expect_right(probe, out_of_reach(probe.rng), "of which one is 200 below the others", NO_LOGARITHM, BETWEEN)


def _expect_right(probe, case, size, lost, only_here=None):
    """The value and the gradient for this case, or `Failed`.

    Args:
        probe: a `Probe`.
        case: `NoisyLogits`.
        size: of the logits, in words.
        lost: what to say of numbers that were lost.
        only_here: what to say of a choice that ignores the logits, and of a gradient of 0, after cases in which
            everything was right: no other mistake explains an answer that is wrong only here.
    """
    inputs = [case.logits, case.noise, case.temperature]

    def slopes(inputs=inputs, weights=case.weights):
        return probe.gradients("straight_through", inputs, weights)[0]

    value = _ask(probe, inputs)
    lost = "There are nan or infinities in {} for logits " + f"{size}{lost}"
    expect_finite(value, f"{lost.format('your result')}\n{VALUE}")
    again = probe.call("straight_through", *inputs)
    expect(
        np.shape(value) != np.shape(again) or np.array_equal(value, again),
        "Called twice with the same arguments, your function chose differently: it draws noise of its own. The "
        f"noise is given here.\n{VALUE}",
    )
    expect_choice(value, case, slopes, _choice_of_noise(case, size, only_here) if only_here else None)
    gradient = slopes()
    expect_finite(gradient, f"{lost.format('your gradient')}\n{GRADIENT}")
    expect_gradient(gradient, case, _no_gradient(case, size, only_here) if only_here else None)


def _choice_of_noise(case, size, only_here):
    return {f"For logits {size} your choice is that of the noise alone. {only_here}": case.one_hot(case.noise)}


def _no_gradient(case, size, only_here):
    return {f"For logits {size} your gradient is 0. {only_here}": np.zeros_like(case.logits)} | _added(case)


def _added(case):
    """From messages to the gradient where something was added to a softmax before its logarithm is taken."""
    return {
        f"You add 1e-{n} to a softmax and take its logarithm. The logits go in as they are: they may be any "
        "number.": case.slopes_of_logarithm(10.0**-n)
        for n in (*range(2, 13), 16, 20, 30)
    }


def _ask(probe, inputs):
    usual = draw_case(probe.rng, 1, classes=3)
    logits, noise = (np.repeat(part, 5, axis=0) for part in (usual.logits, usual.noise))
    expected = np.repeat(usual.one_hot(usual.scores), 5, axis=0)
    arguments = (logits, noise, usual.temperature)
    try:
        return call_for_any_size(probe, "straight_through", inputs, arguments, "3 classes", expected)
    except LearnerError as error:
        if _chooses_over_examples(probe):
            raise Failed(f"{OVER_EXAMPLES}\n{error}") from None
        raise


def _chooses_over_examples(probe):
    """Whether the code, where there are as many examples as classes, gives one-hot vectors of an argmax over axis 0."""
    case = draw_case(probe.rng, 3, classes=3)
    scores = 4 * np.eye(3)[[1, 2, 0]] + probe.rng.uniform(0, 0.5, (3, 3))  # over axis 0 another choice
    try:
        value = probe.call("straight_through", scores.astype("float32"), 0 * case.noise, case.temperature)
        return np.array_equal(np.round(np.asarray(value, float), 3), case.one_hot(scores.T))
    except (LearnerError, ValueError, TypeError):
        return False


NEGATIVE = (
    ", and ordinary noise. Both may be negative: is there a logarithm of one of them? The noise is drawn from "
    "the Gumbel distribution already, and is added as it is."
)
LARGE = ". exp(300 / temperature) is too large for float32: ops.softmax subtracts the largest first."
LIMITED = "Do you limit them? They may be any number."
BETWEEN = "Only the differences within an example count, and they may be of any size."
EACH_EXAMPLE = (
    ". Does a softmax of your own subtract the largest of all? Each example's own largest is to be subtracted."
)
NO_LOGARITHM = ". A softmax of 0 has no logarithm, and nothing can be divided by it."
VALUE = "The value is the one-hot vector of argmax(logits + noise), over the last axis."
GRADIENT = (
    "The gradient should be that of softmax((logits + noise) / temperature). (Compared: the gradient, for the logits, "
    "of the sum of random weights times your function's output.)"
)


OVER_EXAMPLES = "You chose over axis 0, which counts the examples."
RELAXED = "You returned the softmax, as the Gumbel-softmax does: a mixture. Here the decoder should get a choice."
EXCHANGED = (
    "Value and gradient have changed places: your value is the softmax, and the gradient is that of argmax, zero. "
    "Which of the two has to be held fixed?"
)


def expect_choice(z, case, slopes, mistakes=None):
    """One-hot vectors, or `Failed`, naming one of these mistakes, or of those that a first case can show.

    `slopes` is a function that gives the gradient for the logits.
    """
    if mistakes is None:
        mistakes = _choices(z, case, slopes)
    expect_close_entries(
        z,
        case.one_hot(case.scores),
        because=VALUE,
        what="straight_through(logits, noise, temperature)",
        mistakes=mistakes,
        atol=1e-4,
    )


def _choices(z, case, slopes):
    """From messages to the values that misconceptions lead to."""
    hard, soft = case.one_hot(case.scores), softmax(case.scores / case.temperature)
    plain = softmax(case.logits)
    is_soft = np.shape(z) == soft.shape and np.allclose(np.asarray(z, float), soft, atol=1e-4)
    dead = is_soft and np.allclose(slopes(), 0, atol=1e-6)
    return {
        EXCHANGED if dead else RELAXED: soft,
        "You returned the probabilities. Where is the draw?": plain,
        "You added one-hot and softmax. stop_gradient keeps the value: subtract again what you add.": hard + soft,
        "Your choice ignores the noise: it always takes the likeliest class, so nothing is drawn.": case.one_hot(
            case.logits
        ),
        "Your choice ignores the logits: by noise alone every class is equally likely.": case.one_hot(case.noise),
        "You divided the logits by the temperature before the noise was added: that draws from another "
        "distribution. The choice is argmax(logits + noise).": case.one_hot(
            case.logits / case.temperature + case.noise
        ),
        "You subtracted the noise. Gumbel noise is added: subtracted, it draws from another "
        "distribution.": case.one_hot(case.logits - case.noise),
        "You took the smallest of logits + noise.": case.one_hot(-case.scores),
        **_of_whole_batch(case.scores, soft),
        "You rounded the softmax. Where no class has more than half of it, nothing is chosen: take argmax.": (
            np.round(soft)
        ),
        "You returned the softmax of logits + noise, without the temperature, and no choice.": softmax(case.scores),
        "You returned logits + noise. A one-hot vector is asked for.": case.scores,
        "You returned the number of the class. A one-hot vector is asked for.": np.argmax(case.scores, axis=-1),
        OVER_EXAMPLES: (np.arange(len(hard))[:, None] == np.argmax(case.scores, axis=0)),
        "You added the noise to the softmax of the logits. It is added to the logits.": case.one_hot(
            plain + case.noise
        ),
        "You return the choice of the first example for all. Each example has one of its own.": np.tile(
            hard[:1], (len(hard), 1)
        ),
        "You multiplied one-hot and softmax. The value is the one-hot vector itself.": hard * soft,
        "You made Gumbel noise of the noise once more, as of numbers between 0 and 1. It is drawn from the Gumbel "
        "distribution, not uniformly.": case.one_hot(case.logits + _gumbel(case.noise)),
    }


def _gumbel(uniform, least=1e-6):
    """Gumbel noise made of what is taken for uniform numbers."""
    return -np.log(-np.log(np.clip(uniform, least, 1 - least)))


def _of_whole_batch(scores, soft):
    """From messages to what an argmax without an axis gives: one choice for the batch, of a class or of none."""
    classes = scores.shape[-1]
    return {
        f"Your argmax{of} has no axis: it looks for the largest number of the whole batch. Use axis=-1.": np.tile(
            np.arange(classes) == np.argmax(numbers), (len(scores), 1)
        )
        for of, numbers in {"": scores, " of the softmax": soft}.items()
    }


NO_GRADIENT = (
    "No gradient comes through your function: it is 0 for every logit. The value is right, and the encoder would learn "
    "nothing. argmax and one_hot have no gradient. A softmax has one, unless it passes through stop_gradient or NumPy, "
    "or is subtracted again while it is not held fixed."
)


def expect_gradient(slopes, case, mistakes=None):
    """The gradient of the softmax, or `Failed`, naming one of these mistakes, or of those of a first case."""
    expect_close(
        slopes,
        case.slopes(case.scores, case.temperature),
        because=GRADIENT,
        what="The gradient for the logits",
        mistakes=_gradients(case) if mistakes is None else mistakes,
        atol=1e-4,
    )


def _gradients(case):
    """From messages to the gradients that misconceptions lead to."""
    scores, temperature = case.scores, case.temperature
    hard, soft = case.one_hot(scores), softmax(scores / temperature)
    sigmoid, whole = 1 / (1 + np.exp(-scores / temperature)), softmax(scores / temperature, axis=None)  # pyright: ignore[reportArgumentType]
    return {
        NO_GRADIENT: np.zeros_like(case.logits),
        "Your gradient is temperature times too large: that of temperature * softmax((logits + noise) / "
        "temperature).": case.slopes(scores, temperature) * temperature,
        "Your gradient is divided by the temperature twice. The softmax of (logits + noise) / temperature divides "
        "it once, by itself.": case.slopes(scores, temperature) / temperature,
        "You took the softmax twice: of the logits first, and again of softmax(logits) + noise. Logits go in as "
        "they are.": case.slopes_twice((softmax(case.logits) + case.noise) / temperature, case.logits) / temperature,
        "You took the softmax twice, the second time of the probabilities of the first.": (
            case.slopes_twice(softmax(scores / temperature), scores / temperature) / temperature
        ),
        "You forgot the temperature.": case.slopes(scores, 1.0),
        "You multiplied by the temperature. It divides: the lower, the nearer to one-hot.": case.slopes(
            scores, 1 / temperature
        ),
        "You took log_softmax for softmax.": case.weights / temperature
        - softmax(scores / temperature) * case.weights.sum(axis=-1, keepdims=True) / temperature,
        "You multiplied the noise by the temperature in the softmax. The temperature divides logits + noise.": (
            case.slopes(case.logits + case.noise * temperature, 1.0)
        ),
        "You divided the noise alone by the temperature. It divides logits + noise.": case.slopes(
            case.logits + case.noise / temperature, 1.0
        ),
        "Your gradient is that of logits + noise, without a softmax, divided by the temperature.": (
            case.weights / temperature
        ),
        "Only the logits are divided; the temperature divides logits + noise.": case.slopes(
            case.logits + temperature * case.noise, temperature
        ),
        "Your softmax runs over axis 0, which counts the examples.": case.slopes(scores, temperature, axis=0),
        "The noise is missing from the softmax that lends its gradient.": case.slopes(case.logits, temperature),
        "Noise and temperature are missing from the softmax that lends its gradient.": case.slopes(case.logits, 1.0),
        "Your gradient is that of the identity: the weights come back as they are. That is a straight-through "
        "estimator, too, the first one, but here the softmax should lend its gradient.": case.weights,
        "The gradient comes through twice: the softmax is there once more than it is held fixed.": (
            2 * case.slopes(scores, temperature)
        ),
        "The gradient is half of what it should be.": case.slopes(scores, temperature) / 2,
        "The gradient has the wrong sign.": -case.slopes(scores, temperature),
        "You took the softmax of logits + noise, and divided it by the temperature. The temperature divides before "
        "the softmax.": case.slopes(scores, 1.0) / temperature,
        "You divided logits + noise by the temperature twice.": case.slopes(scores, temperature**2),
        **{
            f"Your softmax has the temperature {written:g}. It is an argument.": case.slopes(scores, written)
            for written in (0.1, 0.2, 0.5, 2.0)
        },
        "You multiplied the softmax with the one-hot vector: only the chosen class lends its gradient.": (
            case.slopes(scores, temperature, weights=case.weights * hard)
        ),
        "You divided the one-hot vector by the softmax, and multiplied by it again. The gradient should be that of "
        "the softmax itself: add and subtract.": case.slopes(scores, temperature, weights=case.weights * hard / soft),
        "You took a sigmoid for the softmax.": case.weights * sigmoid * (1 - sigmoid) / temperature,
        "Your softmax runs over the whole batch. Each example has a softmax of its own: does a sum lack its "
        "axis?": whole * (case.weights - np.sum(whole * case.weights)) / temperature,
        **_added(case),
    }
