"""What 07.4 gives: a batch, draws and a decoder, and the ELBO that they make."""

from dataclasses import dataclass, field, replace

import numpy as np

from autoencoders_edu.checks.shared.normal import bernoulli_cost, log_normal


@dataclass
class BatchWithDraws:
    """Inputs of `sampled_elbo`: a batch, draws, and a decoder whose logits have a formula."""

    x: np.ndarray
    mean: np.ndarray
    log_variance: np.ndarray
    epsilon: np.ndarray
    hidden: np.ndarray
    output: np.ndarray
    decode_calls: list = field(default_factory=list)  # holds something once the learner's code has called decode

    @property
    def arguments(self):
        return self.x, self.mean, self.log_variance, self.epsilon, self._decode_for_learner

    def _decode_for_learner(self, z):
        self.decode_calls.append(True)
        return self.decode(z)

    def decode(self, z):
        """Codes (..., latents) to logits (..., pixels)."""
        return np.tanh(np.asarray(z, float) @ self.hidden) @ self.output

    def log_weights(self, variance_for_stddev=False, standard_q=False, pixel_mean=False, width_of_draw=False):
        """log p(x|z) + log p(z) - log q(z|x), (samples, batch), with any of the three faults of the exercise.

        With `width_of_draw`, log q has the width with which z was drawn, right or wrong.
        """
        stddev = np.exp(self.log_variance if variance_for_stddev else self.log_variance / 2)
        z = self.mean + stddev * self.epsilon
        cost = bernoulli_cost(self.x, self.decode(z))
        log_likelihood = -(cost.mean(axis=-1) if pixel_mean else cost.sum(axis=-1))
        width = np.ones_like(self.mean) if standard_q else stddev if width_of_draw else np.exp(self.log_variance / 2)
        center = np.zeros_like(self.mean) if standard_q else self.mean
        at = self.epsilon if standard_q else z
        return log_likelihood + log_normal(z, 0, 1) - log_normal(at, center, width)

    def elbo(self, **changed):
        """The ELBO of each image, (batch,), with these arrays changed."""
        return replace(self, **changed).log_weights().mean(axis=0)

    def elbo_with(self, stddev, width_of_q):
        """The ELBO of each image with these in place of exp(log_variance / 2), in the draw and in log q."""
        z = self.mean + stddev * self.epsilon
        log_likelihood = -bernoulli_cost(self.x, self.decode(z)).sum(axis=-1)
        return np.mean(log_likelihood + log_normal(z, 0, 1) - log_normal(z, self.mean, width_of_q), axis=0)


def draw_case(rng, batch, samples, **sizes):
    drawn = dict(zip(("pixels", "latents"), (int(n) for n in rng.integers([5, 2], [12, 5])), strict=True)) | sizes
    pixels, latents = drawn["pixels"], drawn["latents"]
    case = BatchWithDraws(
        x=rng.integers(0, 2, (batch, pixels)).astype(float),
        mean=rng.normal(size=(batch, latents)),
        log_variance=rng.uniform(-2.5, -0.5, (batch, latents)),
        epsilon=rng.normal(size=(samples, batch, latents)),
        hidden=rng.normal(size=(latents, 7)),
        output=rng.normal(size=(7, pixels)),
    )
    best = case.log_weights().argmax(axis=0)
    for place, shift in ((0, 1), (samples - 1, -1)):  # neither the first sample nor the last is the best of each image
        if np.all(best == place):
            case.epsilon = np.roll(case.epsilon, shift, axis=0)
    return case
