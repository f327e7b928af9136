"""08.5 straight_through: a choice going forward, a softmax's gradient coming back."""

from dataclasses import dataclass

import numpy as np

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
    for batch in (12, 1):
        case = draw_case(probe.rng, batch)
        inputs = [case.logits, case.noise, case.temperature]

        def slopes(inputs=inputs, weights=case.weights):
            return probe.gradients("straight_through", inputs, weights)[0]

        value = _ask(probe, inputs)
        expect_finite(
            value,
            f"There are nan or infinities in your result for logits {NEGATIVE if batch > 1 else LARGE}\n{VALUE}",
        )
        again = probe.call("straight_through", *inputs)
        expect(
            np.shape(value) != np.shape(again) or np.array_equal(value, again),
            "Called twice with the same arguments, your function chose differently: it draws noise of its own. The "
            f"noise is given here.\n{VALUE}",
        )
        expect_choice(value, case, slopes)
        expect_gradient(slopes(), case)


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
    "and noise of ordinary size. Both may be negative: is there a logarithm of one of them? The noise is drawn from "
    "the Gumbel distribution already, and is added as it is."
)
LARGE = "of about 300. exp(300 / temperature) is too large for float32: ops.softmax subtracts the largest first."
VALUE = "The value is the one-hot vector of argmax(logits + noise), over the last axis."
GRADIENT = (
    "The gradient should be that of softmax((logits + noise) / temperature). (Compared: the gradient, for the logits, "
    "of the sum of random weights times your function's output.)"
)


@dataclass(frozen=True)
class NoisyLogits:
    """What `straight_through` is given, and weights for the sum of its output whose gradient is asked."""

    logits: np.ndarray
    noise: np.ndarray
    temperature: float
    weights: np.ndarray

    @property
    def scores(self):
        return self.logits + self.noise

    def one_hot(self, scores):
        return np.eye(scores.shape[-1])[np.argmax(scores, axis=-1)]

    def slopes(self, scores, temperature, axis=-1):
        """The gradient for the logits of sum(weights * softmax(scores / temperature))."""
        soft = softmax(scores / temperature, axis)
        return soft * (self.weights - np.sum(soft * self.weights, axis=axis, keepdims=True)) / temperature

    def slopes_twice(self, outer, inner):
        """The gradient for `inner` of sum(weights * softmax(outer)), where outer is softmax(inner) plus a constant."""
        soft, weights = softmax(inner), self.slopes(outer, 1.0)
        return soft * (weights - np.sum(soft * weights, axis=-1, keepdims=True))


def softmax(scores, axis=-1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def draw_case(rng, batch, classes=None):
    """Logits and Gumbel noise such that wrong choices differ from the right ones, and no choice is a close call.

    In a larger batch wrong choices also differ from each other, so that each can be named. A batch of one has large
    logits.
    """
    classes = classes or int(rng.integers(max(batch + 2, 4), batch + 6))  # never square
    temperature = float(rng.uniform(0.3, 0.7) if rng.random() < 0.5 else rng.uniform(1.5, 3))
    logits, noise = rng.normal(size=(batch, classes)).clip(-2, 2), rng.gumbel(size=(batch, classes)).clip(-2, 1.2)
    rows = np.arange(batch)
    noise[rows, np.argmax(logits + noise, axis=-1)] += 0.2
    for row in rng.permutation(batch)[: max(1, batch // 2)]:
        values = _rivals(temperature, classes)
        places = rng.choice(classes, len(values), replace=False)
        logits[row, places], noise[row, places] = values.T + rng.uniform(-0.03, 0.03, values.T.shape)
    if batch > 1:  # one class that has nearly all of the softmax, at any temperature
        logits[0, np.argmax(logits[0] + noise[0])] += 6 * temperature
    logits += rng.normal(size=(batch, 1)) + (300 if batch == 1 else 0)  # which changes no choice
    weights = rng.normal(size=logits.shape)
    return NoisyLogits(*(part.astype("float32") for part in (logits, noise)), temperature, weights.astype("float32"))


def _rivals(temperature, classes):
    """(logit, noise) of four classes, or three: that with the largest sum; the largest logit; noise; and a fourth.

    The fourth is largest where the logits are divided by the temperature before the noise is added. Of three classes
    it is also the one with the largest logit or noise.
    """
    best, by_logit, by_noise = (2.2, 2.2), (3.4, -0.5), (-0.5, 3.4)
    fourth = (3.2, 1.0) if temperature < 1 else (1.0, 3.2)
    others = [by_noise] if temperature < 1 else [by_logit]
    return np.array([best, fourth, *(others if classes < 4 else [by_logit, by_noise])])


OVER_EXAMPLES = "You chose over axis 0, which counts the examples."
RELAXED = "You returned the softmax, as the Gumbel-softmax does: a mixture. Here the decoder should get a choice."
EXCHANGED = (
    "Value and gradient have changed places: your value is the softmax, and the gradient is that of argmax, zero. "
    "Which of the two has to be held fixed?"
)


def expect_choice(z, case, slopes):
    """One-hot vectors, or `Failed`; `slopes` is a function that gives the gradient for the logits."""
    hard, soft = case.one_hot(case.scores), softmax(case.scores / case.temperature)
    plain = softmax(case.logits)
    is_soft = np.shape(z) == soft.shape and np.allclose(np.asarray(z, float), soft, atol=1e-4)
    dead = is_soft and np.allclose(slopes(), 0, atol=1e-6)
    expect_close_entries(
        z,
        hard,
        because=VALUE,
        what="straight_through(logits, noise, temperature)",
        mistakes={
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
        },
        atol=1e-4,
    )


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


def expect_gradient(slopes, case):
    """The gradient of the softmax, or `Failed`."""
    scores, temperature = case.scores, case.temperature
    expect_close(
        slopes,
        case.slopes(scores, temperature),
        because=GRADIENT,
        what="The gradient for the logits",
        mistakes={
            NO_GRADIENT: np.zeros_like(case.logits),
            "Your gradient is temperature times too large: that of temperature * softmax((logits + noise) / "
            "temperature).": case.slopes(scores, temperature) * temperature,
            "Your gradient is divided by the temperature twice. The softmax of (logits + noise) / temperature divides "
            "it once, by itself.": case.slopes(scores, temperature) / temperature,
            "You took the softmax twice: of the logits first, and again of softmax(logits) + noise. Logits go in as "
            "they are.": case.slopes_twice((softmax(case.logits) + case.noise) / temperature, case.logits)
            / temperature,
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
            "Noise and temperature are missing from the softmax that lends its gradient.": case.slopes(
                case.logits, 1.0
            ),
            "Your gradient is that of the identity: the weights come back as they are. That is a straight-through "
            "estimator, too, the first one, but here the softmax should lend its gradient.": case.weights,
            "The gradient comes through twice: the softmax is there once more than it is held fixed.": (
                2 * case.slopes(scores, temperature)
            ),
            "The gradient is half of what it should be.": case.slopes(scores, temperature) / 2,
            "The gradient has the wrong sign.": -case.slopes(scores, temperature),
        },
        atol=1e-4,
    )
