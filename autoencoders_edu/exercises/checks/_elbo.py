"""The terms of the ELBO in NumPy, right and in the ways in which they go wrong."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import expit, logsumexp


def kl(mean, log_variance):
    """KL( N(mean, exp(log_variance)) || N(0, I) ) of each latent, (batch, latents)."""
    return 0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1)


def mistaken_kl(mean, log_variance):
    """From messages to what misconceptions make of KL( q || p ), for arrays (batch, latents)."""
    each, variance = kl(mean, log_variance), np.exp(log_variance)
    half = 0.5 * np.sum(mean**2, axis=1)
    latents = mean.shape[1]
    return {
        "You returned one number for each latent. Latents are independent under q, so their KLs add up.": each,
        "You averaged over the latents. A KL divergence of independent latents is their sum; a mean makes it "
        f"{latents} times too cheap here.": each.mean(axis=1),
        "The sign is wrong: a KL divergence is never negative.": -each.sum(axis=1),
        "You merged the images of the batch: each has a posterior and a KL of its own.": each.sum(),
        "You averaged over the batch as well: each image has a KL of its own.": each.sum(axis=1).mean(),
        "You summed over axis 0, which counts the images.": each.sum(axis=0),
        "You took the standard deviation, exp(log_variance / 2), where the formula has the variance.": (
            half + 0.5 * np.sum(np.sqrt(variance) - log_variance - 1, axis=1)
        ),
        "You read log_variance as the logarithm of the standard deviation: its square is then exp(2 log_variance).": (
            half + 0.5 * np.sum(variance**2 - 2 * log_variance - 1, axis=1)
        ),
        "You put in the logarithm of the standard deviation where the formula has that of the variance.": (
            half + 0.5 * np.sum(variance - log_variance / 2 - 1, axis=1)
        ),
        "You took the standard deviation and its logarithm where the formula has the variance and its logarithm.": (
            half + 0.5 * np.sum(np.sqrt(variance) - log_variance / 2 - 1, axis=1)
        ),
        "The sign of the log-variance is wrong: a narrower q costs more.": (
            half + 0.5 * np.sum(variance + log_variance - 1, axis=1)
        ),
        "This is in bits. Nats were asked for.": each.sum(axis=1) / np.log(2),
        "The two distributions are the wrong way round: this is KL( p || q ), which asks another question.": (
            0.5 * np.sum((1 + mean**2) / variance - 1 + log_variance, axis=1)
        ),
        "The factor 1/2 is missing.": 2 * each.sum(axis=1),
        "The - 1 is missing: KL( p || p ) must be zero.": each.sum(axis=1) + latents / 2,
        "The mean is not squared: codes left of zero would be cheaper than free.": (
            each.sum(axis=1) - half + 0.5 * mean.sum(axis=1)
        ),
    }


def bernoulli_cost(x, logits):
    """-log p(x|z) of each pixel, in the shape of x."""
    return np.logaddexp(0, logits) - x * logits


def mistaken_elbo(x, logits, mean, log_variance):
    """From messages to what misconceptions make of the negative ELBO."""
    pixels, axes = bernoulli_cost(x, logits), (1, 2, 3)
    reconstruction, divergence = pixels.sum(axis=axes), kl(mean, log_variance).sum(axis=1)
    p = expit(logits)
    only_white = np.sum(x * np.logaddexp(0, -logits), axis=axes)
    wrong_kl = {
        f"In your KL: {message}": reconstruction + value
        for message, value in mistaken_kl(mean, log_variance).items()
        if value.shape in ((), reconstruction.shape)
    }
    return {
        "The KL has the wrong sign: you subtract it. The ELBO is log p(x|z) minus KL, so the negative ELBO is "
        "-log p(x|z) plus KL, or the model would be paid for leaving the prior.": reconstruction - divergence,
        "You averaged over the pixels where p(x|z) is a product over them, and its logarithm a sum. This is a KL term "
        f"that counts {pixels[0].size} times too much.": pixels.mean(axis=axes) + divergence,
        "This is the ELBO itself. What is minimised is its negative.": -(reconstruction + divergence),
        "You averaged over the batch: one number for each image is asked for.": np.mean(reconstruction + divergence),
        "The KL is missing. This is the reconstruction alone.": reconstruction,
        "This is the KL alone. The reconstruction, -log p(x|z), is missing.": divergence,
        "Black pixels cost nothing in yours: with x = 0 the coin's log-probability is log(1 - p).": (
            only_white + divergence
        ),
        "This is the squared error: a Gaussian likelihood. Pixels here are coins.": (
            np.sum((x - p) ** 2, axis=axes) + divergence
        ),
        "You took the sigmoid twice, or gave probabilities to a function that wants logits.": (
            np.sum(bernoulli_cost(x, p), axis=axes) + divergence
        ),
        **wrong_kl,
    }


@dataclass
class SampledCase:
    """Inputs of `sampled_elbo`: a batch, draws, and a decoder whose logits have a formula."""

    x: np.ndarray
    mean: np.ndarray
    log_variance: np.ndarray
    epsilon: np.ndarray
    hidden: np.ndarray
    output: np.ndarray

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


def log_normal(z, mean, stddev):
    """log N(z; mean, stddev^2), summed over the last axis."""
    return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)


def draw_sampled_case(rng, batch, samples):
    pixels, latents = (int(n) for n in rng.integers([5, 2], [12, 5]))
    return SampledCase(
        x=rng.integers(0, 2, (batch, pixels)).astype(float),
        mean=rng.normal(size=(batch, latents)),
        log_variance=rng.uniform(-2.5, -0.5, (batch, latents)),
        epsilon=rng.normal(size=(samples, batch, latents)),
        hidden=rng.normal(size=(latents, 7)),
        output=rng.normal(size=(7, pixels)),
    )


FAULTS = {
    "variance_for_stddev": (
        "the draw",
        "z is drawn with the variance where the standard deviation belongs: exp(log_variance / 2).",
    ),
    "standard_q": (
        "log q",
        "The density of z under q(z|x) is not that of epsilon under N(0, 1). It is N(mean, stddev^2) at z, whose "
        "height depends on its width.",
    ),
    "pixel_mean": (
        "log p(x|z)",
        "The log-probability of an image is a sum over its pixels, not their mean.",
    ),
}


# log q repaired as the density of N(mean, stddev^2), with a stddev that is none.
VARIANCE_IN_BOTH = (
    "the draw, and log q with it",
    "stddev is the variance in your code, in z and in log q. It should be exp(log_variance / 2).",
)
OTHER_Q = (
    "(Such an ELBO is a true lower bound, but for another q than the encoder's: that is why it does not stand above "
    "the truth.)"
)


def remaining_faults(case):
    """From messages that name the faults still in it to the value that they give, for every set of them but none."""
    mistakes = {}
    for flags in product([False, True], repeat=3):
        left = [name for name, flag in zip(FAULTS, flags, strict=True) if flag]
        if left:
            value = case.log_weights(**dict.fromkeys(left, True)).mean(axis=0)
            mistakes[_still_there(*(FAULTS[name] for name in left))] = value
    both = {"variance_for_stddev": True, "width_of_draw": True}
    return mistakes | {
        f"{_still_there(VARIANCE_IN_BOTH)}\n{OTHER_Q}": case.log_weights(**both).mean(axis=0),
        _still_there(VARIANCE_IN_BOTH, FAULTS["pixel_mean"]): case.log_weights(**both, pixel_mean=True).mean(axis=0),
    }


def _still_there(*faults):
    places = ", ".join(place for place, _ in faults)
    return "\n".join([f"Of the three faults, left: {places}.", *(explanation for _, explanation in faults)])


def new_faults(case):
    """From messages to values that a repair can end in, although none of them is in the broken code."""
    weights, stddev = case.log_weights(), np.exp(case.log_variance / 2)
    z = case.mean + stddev * case.epsilon
    log_likelihood = -bernoulli_cost(case.x, case.decode(z)).sum(axis=-1)
    log_prior, log_q = log_normal(z, 0, 1), log_normal(z, case.mean, stddev)
    divergence = kl(case.mean, case.log_variance).sum(axis=1)
    return {
        "You averaged the weights before the logarithm: that is the importance-weighted bound, a better one than the "
        "ELBO, but not what is asked for.": logsumexp(weights, axis=0) - np.log(len(weights)),
        "You put in the KL by formula. It is right on average, and with more samples the two would meet; here the "
        "draws that you are given are to be used for all three terms.": log_likelihood.mean(axis=0) - divergence,
        "You add log q. It is subtracted: the KL is the mean of log q - log p, and the KL is subtracted.": (
            np.mean(log_likelihood + log_prior + log_q, axis=0)
        ),
        "log p(z) and log q(z|x) have changed places: the KL comes out with the wrong sign.": (
            np.mean(log_likelihood - log_prior + log_q, axis=0)
        ),
        "log p(z) is evaluated at epsilon. The prior is asked about the code z that the decoder sees.": (
            np.mean(log_likelihood + log_normal(case.epsilon, 0, 1) - log_q, axis=0)
        ),
        "You drew z from the prior: epsilon itself is no code of x. z is mean + stddev * epsilon.": np.mean(
            -bernoulli_cost(case.x, case.decode(case.epsilon)).sum(axis=-1)
            + log_normal(case.epsilon, 0, 1)
            - log_normal(case.epsilon, case.mean, stddev),
            axis=0,
        ),
        "This is -ELBO. Here the ELBO itself is asked for.": -weights.mean(axis=0),
        "log p(z) is missing.": np.mean(log_likelihood - log_q, axis=0),
        "You used the first draw only: average over all samples.": weights[0],
        "You summed over the samples where the ELBO is an expectation, a mean.": weights.sum(axis=0),
        "You kept the samples apart: the ELBO is the mean over them, (batch,).": weights,
    }
