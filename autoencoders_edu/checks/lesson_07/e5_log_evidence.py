"""07.5 log_evidence and importance_weighted_bound: the exact log p(x) of a linear-Gaussian model, and a bound on it."""

import numpy as np
from scipy.special import logsumexp

from autoencoders_edu.checks.shared.normal import if_several
from autoencoders_edu.exercises.expect import brief, expect_close, expect_finite
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.5",
    "log_evidence",
    points=4,
    minutes=20,
    why="A bound is only worth something if you know how far it is from the truth. Here is the one model where you can "
    "look.",
    hints=(
        "x = W z + b + noise. Which is the covariance of W z when z has covariance I, and which is that of the noise? "
        "Independent things add up.",
        "With 400 pixels a determinant may be smaller than any number a computer can hold. np.linalg.slogdet returns "
        "its logarithm.",
        "exp(-2000) is 0. Subtract the largest log-weight of each image first, and add it again at the end.",
    ),
    on_success="An exact likelihood and a bound that climbs to it: now you know what every other VAE only estimates.",
)
def check_log_evidence(probe):
    _expect_evidence(probe)
    _expect_wide_images(probe)
    _expect_bound(probe)


EVIDENCE = "log p(x) = log N( x; b, W W^T + stddev^2 I ), one number for each image."


def _expect_evidence(probe):
    pixels, latents = int(probe.rng.integers(5, 9)), int(probe.rng.integers(2, 4))
    several = int(probe.rng.integers(2, 5))
    for sizes in ((several, 4, 4), (several, pixels, latents), (1, pixels, latents)):  # in the first, W is square
        x, weights, b, stddev = _draw_linear(probe.rng, *sizes, probe.rng.uniform(0.3, 0.7))
        value = probe.call("log_evidence", x, weights, b, stddev)
        batch = len(x)
        if batch == 1 and isinstance(value, (float, np.ndarray)):
            value = np.atleast_1d(value)  # SciPy's logpdf drops the axis of a single image
        expect_close(
            value,
            log_evidence(x, weights @ weights.T + stddev**2 * np.eye(len(b)), b),
            because=EVIDENCE,
            what=f"log_evidence for {batch} images of {len(b)} pixels",
            mistakes=if_several(batch, mistaken_evidence, x, weights, b, stddev),
        )


def _expect_wide_images(probe):
    x, weights, b, stddev = _draw_linear(probe.rng, 2, 400, 3, 0.05)
    expected = log_evidence(x, weights @ weights.T + stddev**2 * np.eye(400), b)
    value = probe.call("log_evidence", x, weights, b, stddev)
    expect_finite(
        value,
        f"For 400 pixels you return {brief(value)}, expected {brief(expected)}. The determinant of their covariance is "
        "about 10 to the power of -1000, which is 0 to a computer. Sum logarithms instead of taking the logarithm of a "
        "product.",
    )
    expect_close(value, expected, because=EVIDENCE, what="log_evidence for images of 400 pixels")
    x, weights, b, stddev = _draw_linear(probe.rng, 2, 400, 3, 3.0)
    expected = log_evidence(x, weights @ weights.T + stddev**2 * np.eye(400), b)
    value = probe.call("log_evidence", x, weights, b, stddev)
    expect_finite(
        value,
        f"For 400 pixels and stddev 3 you return {brief(value)}, expected {brief(expected)}. The density itself is "
        "about exp(-1000), which is 0 to a computer. Do not take the logarithm of a density: SciPy has logpdf besides "
        "pdf, and in a formula of your own exp is not needed.",
    )
    expect_close(value, expected, because=EVIDENCE, what="log_evidence for images of 400 pixels and stddev 3")


def _draw_linear(rng, batch, pixels, latents, stddev):
    weights, b = rng.normal(size=(pixels, latents)), rng.normal(100, 10, size=pixels)  # as if pixels were in 0..255
    x = rng.normal(size=(batch, latents)) @ weights.T + b + stddev * rng.normal(size=(batch, pixels))
    return x, weights, b, stddev


BOUND = "The bound is log( 1/K sum over k of exp(log_weights[k]) ), for each image."


def _expect_bound(probe):
    for samples, batch in ((int(probe.rng.integers(6, 9)), int(probe.rng.integers(2, 5))), (4, 1)):  # K - 1 > batch
        log_weights = probe.rng.normal(-3, 1.5, size=(samples, batch))
        expect_close(
            probe.call("importance_weighted_bound", log_weights),
            bound(log_weights),
            because=BOUND,
            what=f"importance_weighted_bound for log-weights of shape {log_weights.shape}",
            mistakes=if_several(batch, mistaken_bound, log_weights),
        )
    _expect_tiny_weights(
        probe,
        probe.rng.normal(-2000, 3, size=(6, 2)),
        "about -2000",
        "exp(-2000) is 0 to a computer: subtract the largest log-weight before the exponential, and add it back after "
        "the logarithm.",
    )
    log_weights = probe.rng.normal(-2000, 3, size=(6, 2))
    log_weights[probe.rng.integers(1, 5), probe.rng.integers(2)] += 1900  # neither the first nor the last sample
    _expect_tiny_weights(
        probe,
        log_weights,
        "about -2000, all but a single one about -100,",
        "exp(-1900) is 0 to a computer, too, and exp(1900) infinite: each image has a largest log-weight of its own, "
        "so subtract that one.",
    )


def _expect_tiny_weights(probe, log_weights, about, advice):
    """The bound for log-weights (samples, 2) that leave the range of numbers, or `Failed` with the advice."""
    value, expected = probe.call("importance_weighted_bound", log_weights), bound(log_weights)
    expect_finite(
        value,
        f"For log-weights {about} you return {brief(value)}, expected {brief(expected)}. {advice}",
    )
    expect_close(
        value,
        expected,
        because=BOUND,
        what="importance_weighted_bound",
        mistakes={
            f"You add 1e-{digits} inside the logarithm: your bound never falls below {-digits * np.log(10):.4g}, "
            "although the weights may be far smaller.": np.maximum(expected, -digits * np.log(10))
            for digits in range(1, 324)
        }
        | {
            f"You clip the log-weights at -{least}. They may be far smaller.": bound(np.maximum(log_weights, -least))
            for least in (50, 100, 200, 300, 500, 600, 700, 708, 709, 745, 800, 1000)
        },
        rtol=1e-6,
    )


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
    rounded = [part.astype("float16").astype(float) for part in (x, weights, b)]
    right = spread + stddev**2 * eye
    exact = log_evidence(x, right, b)
    log_determinant, difference = np.linalg.slogdet(right)[1], x - b
    squares = difference @ np.linalg.solve(right, difference.T)
    rest = log_determinant + pixels * np.log(2 * np.pi)
    inner = (
        {
            "You multiplied W^T W, (latents, latents). The covariance of the pixels is W W^T, (pixels, pixels).": (
                log_evidence(x, weights.T @ weights + stddev**2 * eye, b)
            )
        }
        if weights.shape[0] == weights.shape[1]
        else {}
    )
    return inner | {
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
        "The log-determinant has the wrong sign: a wide density is a low one.": exact + log_determinant,
        "slogdet returns two numbers, the sign and the logarithm of the determinant: you took the sign.": (
            exact + 0.5 * (log_determinant - 1)
        ),
        "You put in the determinant where its logarithm belongs.": exact
        + 0.5 * (log_determinant - np.exp(log_determinant)),
        "Your square mixes the images: difference @ inverse @ difference.T is (batch, batch), and only its diagonal "
        "belongs to single images.": -0.5 * (squares.sum(axis=1) + rest),
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
