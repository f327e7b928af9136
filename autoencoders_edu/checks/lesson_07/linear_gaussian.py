"""What 07.5 asks about the linear-Gaussian model and the importance-weighted bound, and what mistakes make of them."""

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
    """From messages to values of log p(x) computed wrongly; x (batch, pixels), weights (pixels, latents).

    None where the mistake has no value that could be foretold: it raises, or divides by nearly 0.
    """
    pixels = len(b)
    eye, spread = np.eye(pixels), weights @ weights.T
    rounded = [part.astype("float16").astype(float) for part in (x, weights, b)]
    right = spread + stddev**2 * eye
    exact = log_evidence(x, right, b)
    log_determinant, difference = np.linalg.slogdet(right)[1], x - b
    squares = difference @ np.linalg.solve(right, difference.T)
    rest = log_determinant + pixels * np.log(2 * np.pi)
    square = weights.shape[0] == weights.shape[1]
    return {
        "You multiplied W^T W, (latents, latents). The covariance of the pixels is W W^T, (pixels, pixels).": (
            log_evidence(x, weights.T @ weights + stddev**2 * eye, b) if square else None
        ),
        "You added the standard deviation to the diagonal where a covariance has the variance, stddev^2.": (
            log_evidence(x, spread + stddev * eye, b)
        ),
        "You left out W W^T: this is log p(x|z) at z = 0. The evidence averages over all codes, which widens it.": (
            log_evidence(x, stddev**2 * eye, b)
        ),
        "You did not subtract b, the mean of x.": log_evidence(x, right, b, center=False),
        "The constant with 2 pi is missing. A density has to integrate to one.": log_evidence(
            x, right, b, constant=False
        ),
        "Your square mixes the images: difference @ inverse @ difference.T is (batch, batch), and only its diagonal "
        "belongs to single images.": -0.5 * (squares.sum(axis=1) + rest),
        "The log-determinant is not halved.": log_evidence(x, right, b, half=False),
        "The factor 1/2 multiplies the square alone. It belongs to all three terms.": -0.5 * np.diag(squares) - rest,
        "The factor 1/2 is missing.": 2 * exact,
        "There is one log(2 pi) for each latent. The density is one of pixels: there should be one per pixel.": (
            exact + 0.5 * (pixels - weights.shape[1]) * np.log(2 * np.pi)
        ),
        "There is a single log(2 pi) in your code. There should be one for each pixel.": (
            exact + 0.5 * (pixels - 1) * np.log(2 * np.pi)
        ),
        "The log-determinant is missing.": exact + 0.5 * log_determinant,
        "Your log-determinant is half of the right one. (The logarithms of a Cholesky factor's diagonal add up to half "
        "of it: C = L L^T.)": exact + 0.25 * log_determinant,
        "The square has the covariance where its inverse belongs.": -0.5
        * (np.sum(difference @ right * difference, axis=1) + rest),
        **_pair(x, exact, log_determinant),
        "The log-determinant has the wrong sign: a wide density is a low one.": exact + log_determinant,
        "slogdet returns two numbers, the sign and the logarithm of the determinant: you took the sign.": (
            exact + 0.5 * (log_determinant - 1)
        ),
        "You put in the determinant where its logarithm belongs.": exact
        + 0.5 * (log_determinant - np.exp(log_determinant)),
        "You returned a number for each pair of images, (batch, batch). Only the diagonal of that square is needed.": (
            -0.5 * (squares + rest)
        ),
        "Every image gets the value of the first. Each has a difference x - b of its own.": np.full(len(x), exact[0]),
        "You used stddev 1, the notebook's, in place of the argument.": log_evidence(x, spread + eye, b),
        "You added 1 / stddev^2. The variance of the noise is stddev^2.": (
            log_evidence(x, spread + eye / stddev**2, b)
        ),
        "You did not multiply by the inverse of the covariance: the square is the plain squared distance.": (
            -0.5 * (np.sum(difference**2, axis=1) + rest)
        ),
        "The sign is wrong: this is -log p(x).": -exact,
        "You summed the squares over the batch, and gave all images one number. Each image has a square of its own: "
        "give the sum its axis.": -0.5 * (np.trace(squares) + rest),
        "You divided by the number of pixels. log p(x) is that of a whole image.": exact / pixels,
        "You summed over the batch: one number for each image is asked for.": exact.sum(),
        "You averaged over the batch: one number for each image is asked for.": exact.mean(),
        "You used the first latent only: W W^T sums over all columns of W.": log_evidence(
            x, np.outer(weights[:, 0], weights[:, 0]) + stddev**2 * eye, b
        ),
        "You rounded your arguments to 16 bits.": log_evidence(
            rounded[0], rounded[1] @ rounded[1].T + stddev**2 * eye, rounded[2]
        ),
        "You treated the pixels as independent: only the diagonal of the covariance was used.": (
            log_evidence(x, np.diag(np.diag(right)), b)
        ),
        "This is p(x), not its logarithm.": np.exp(exact),
        **_without_noise(x, spread, b),
    }


def _pair(x, exact, log_determinant):
    """From a message to log p(x) of two images with the pair that slogdet returns in place of its second number."""
    message = "You added both numbers that slogdet returns, the sign to one image and the logarithm to the other."
    added = exact + 0.5 * (log_determinant - np.array([1, log_determinant])) if len(x) == 2 else None
    return {f"{message} Take the second: slogdet(...)[1].": added}


def _without_noise(x, spread, b):
    """From messages to log p(x) with W W^T for the covariance, made invertible where it is not."""
    missing = "The noise is missing: the covariance is W W^T + stddev^2 I, and you {}."
    invertible = np.linalg.matrix_rank(spread) == len(b)
    values = {missing.format("left out stddev^2 I"): log_evidence(x, spread, b) if invertible else None}
    return values | {
        missing.format(f"added {10.0**-digits:g} to the diagonal instead"): (
            log_evidence(x, spread + 10.0**-digits * np.eye(len(b)), b)
        )
        for digits in range(2, 13)
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
        "You divided the largest weight by K, and left out the others. The mean is that of all weights.": (
            log_weights.max(axis=0) - np.log(samples)
        ),
        **{
            f"You divided by {number}, a number of the notebook's. K is the number of samples that you are given, "
            "len(log_weights).": logsumexp(log_weights, axis=0) - np.log(number)
            for number in (3000, 1000, 100, 10, 50)
        },
        "You averaged over the batch, axis 1. The samples are counted by axis 0.": (
            logsumexp(log_weights, axis=1) - np.log(batch)
        ),
        "You subtracted the logarithm of the number of all log-weights. K is the number of samples, axis 0.": (
            logsumexp(log_weights, axis=0) - np.log(samples * batch)
        ),
        "You subtracted the logarithm of the batch's size. K is the number of samples, axis 0.": (
            logsumexp(log_weights, axis=0) - np.log(batch)
        ),
        "You subtracted the largest log-weight and did not add it back after the logarithm.": (
            bound(log_weights) - log_weights.max(axis=0)
        ),
        "You divided by K outside the logarithm. 1/K is inside: subtract log K.": (
            logsumexp(log_weights, axis=0) / samples
        ),
        "You divided by K - 1. The bound takes the mean of the weights, over K.": (
            logsumexp(log_weights, axis=0) - np.log(samples - 1)
        ),
        "You added log K. The mean divides by K: subtract it.": logsumexp(log_weights, axis=0) + np.log(samples),
        "The sign is wrong: this is minus the bound.": -bound(log_weights),
        "You used the first sample only. The bound takes the mean of all weights.": log_weights[0],
        "You merged the images: each has weights and a bound of its own.": (
            logsumexp(log_weights) - np.log(samples * batch)
        ),
        "You averaged the bounds over the batch: one number for each image is asked for.": bound(log_weights).mean(),
        "You returned the mean weight, not its logarithm.": np.exp(bound(log_weights)),
    }
