"""The exact log p(x) of a linear-Gaussian model, the importance-weighted bound, and the usual wrong ones."""

import numpy as np
from scipy.special import logsumexp


def log_evidence(x, covariance, b, center=True, half=True, constant=True):
    """log N(x; b, covariance), (batch,), with parts left out."""
    pixels = x.shape[1]
    difference = x - b if center else x
    square = np.sum(difference * np.linalg.solve(covariance, difference.T).T, axis=1)
    total = square + (np.linalg.slogdet(covariance)[1] if half else 2 * np.linalg.slogdet(covariance)[1])
    return -0.5 * (total + (pixels * np.log(2 * np.pi) if constant else 0))


def mistaken_evidence(x, weights, b, stddev):
    """From messages to values of log p(x) computed wrongly; x (batch, pixels), weights (pixels, latents)."""
    pixels = len(b)
    eye, spread = np.eye(pixels), weights @ weights.T
    right = spread + stddev**2 * eye
    exact = log_evidence(x, right, b)
    return {
        "You added the standard deviation to the diagonal where a covariance has the variance, stddev^2.": (
            log_evidence(x, spread + stddev * eye, b)
        ),
        "You left out W W^T: this is log p(x|z) at z = 0. The evidence averages over all codes, which widens it.": (
            log_evidence(x, stddev**2 * eye, b)
        ),
        "You did not take off b, the mean of x.": log_evidence(x, right, b, center=False),
        "The constant with 2 pi is missing. A density has to integrate to one.": log_evidence(
            x, right, b, constant=False
        ),
        "The log-determinant is not halved.": log_evidence(x, right, b, half=False),
        "The sign is wrong: this is -log p(x).": -exact,
        "You divided by the number of pixels. log p(x) is that of a whole image.": exact / pixels,
        "You summed over the batch: one number for each image is asked for.": exact.sum(),
        "You averaged over the batch: one number for each image is asked for.": exact.mean(),
        "You treated the pixels as independent: only the diagonal of the covariance was used.": (
            log_evidence(x, np.diag(np.diag(right)), b)
        ),
        "This is p(x), not its logarithm.": np.exp(exact),
    }


def bound(log_weights):
    """log of the mean weight over axis 0, (batch,)."""
    return logsumexp(log_weights, axis=0) - np.log(len(log_weights))


def mistaken_bound(log_weights):
    """From messages to other things one can make of log-weights (samples, batch)."""
    samples, batch = log_weights.shape
    return {
        "You averaged the logarithms: that estimates the ELBO, with K draws. First the mean of the weights, "
        "then the logarithm.": log_weights.mean(axis=0),
        "You took the sum of the weights: log K is missing, and your bound may lie above the truth.": (
            logsumexp(log_weights, axis=0)
        ),
        "You took the largest weight alone. The others belong to the mean, too.": log_weights.max(axis=0),
        "You averaged over the batch, axis 1. The samples are counted by axis 0.": (
            logsumexp(log_weights, axis=1) - np.log(batch)
        ),
        "You merged the images: each has weights and a bound of its own.": (
            logsumexp(log_weights) - np.log(samples * batch)
        ),
        "You averaged the bounds over the batch: one number for each image is asked for.": bound(log_weights).mean(),
        "You returned the mean weight, not its logarithm.": np.exp(bound(log_weights)),
    }
