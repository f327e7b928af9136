"""The KL of two normals, the cost of a Bernoulli pixel, and what mistakes make of them."""

import numpy as np


def kl_to_prior(mean, log_variance):
    """KL( N(mean, exp(log_variance)) || N(0, I) ) of each latent, (batch, latents)."""
    return 0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1)


def mistaken_kl(mean, log_variance):
    """From messages to what misconceptions make of KL( q || p ), for arrays (batch, latents)."""
    each, variance = kl_to_prior(mean, log_variance), np.exp(log_variance)
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


def log_normal(z, mean, stddev):
    """log N(z; mean, stddev^2), summed over the last axis."""
    return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)


def if_several(batch, mistaken, *inputs):
    """The mistakes by name, unless there is one image: its sum over the batch is no mistake but a lost axis."""
    return mistaken(*inputs) if batch > 1 else None
