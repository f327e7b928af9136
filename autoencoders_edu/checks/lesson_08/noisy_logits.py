"""What 08.5 gives `straight_through`, with the choices and gradients of its logits."""

from dataclasses import dataclass, replace

import numpy as np


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

    def slopes(self, scores, temperature, axis=-1, weights=None):
        """The gradient for the logits of sum(weights * softmax(scores / temperature))."""
        soft, weights = softmax(scores / temperature, axis), self.weights if weights is None else weights
        return soft * (weights - np.sum(soft * weights, axis=axis, keepdims=True)) / temperature

    def slopes_of_logarithm(self, added):
        """The gradient if log(softmax(logits) + added) stands for the logits."""
        soft = softmax(self.logits.astype(float))
        outer = self.slopes(np.log(soft + added) + self.noise, self.temperature) * soft / (soft + added)
        return outer - soft * np.sum(outer, axis=-1, keepdims=True)

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
    if batch > 2:  # softmax(logits) + noise chooses neither as the noise alone nor as logits + noise
        likeliest = np.argmax(logits[1])
        noise[1, likeliest] = np.delete(noise[1], likeliest).max() - 0.5
        logits[1, likeliest] = np.max(logits[1]) + 3
    if batch > 3:  # three classes of which none has half of the softmax, at any temperature
        places = rng.choice(classes, 3, replace=False)
        logits[2, places], noise[2, places] = 3.2 + temperature * np.array([0.3, 0.15, 0]), [1.0, 1.02, 1.04]
    if batch > 1:  # one class that has nearly all of the softmax, at any temperature, and the batch's largest score
        best, first = np.argmax(logits[-1] + noise[-1]), np.argmax(logits[0] + noise[0])
        if best == first:
            logits[-1], noise[-1] = np.roll(logits[-1], 1), np.roll(noise[-1], 1)
        logits[-1, np.argmax(logits[-1] + noise[-1])] += 6 * temperature
        logits[-1] += 6
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


def apart(rng):
    """Two examples, the logits of one of them hundreds below those of the other."""
    case = draw_case(rng, 2)
    logits = case.logits + rng.permutation([[150], [-150]])
    return replace(case, logits=logits.astype("float32"))


def out_of_reach(rng):
    """Two examples in which one class of each is hundreds below the others; the temperature is high.

    So a smallest softmax that is put in for 0 shows in the gradient.
    """
    case = draw_case(rng, 2)
    logits = case.logits.astype(float)
    logits[np.arange(2), np.argmin(case.scores, axis=-1)] -= 200
    return replace(case, logits=logits.astype("float32"), temperature=float(rng.uniform(8, 12)))
