"""The KL of two normals, the cost of a Bernoulli pixel, and what mistakes make of them."""

import numpy as np

from autoencoders_edu.exercises.expect import brief, expect_finite


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
        "You kept the axis of the latents, with length 1. Drop it: one number for each image, (batch,).": (
            each.sum(axis=1, keepdims=True)
        ),
        "You averaged over the latents. A KL divergence of independent latents is their sum; a mean makes it "
        f"{latents} times too cheap here.": each.mean(axis=1),
        "The sign is wrong: a KL divergence is never negative.": -each.sum(axis=1),
        "You merged the images of the batch: each has a posterior and a KL of its own.": each.sum(),
        "You took exp twice: the variance is exp(log_variance), and its logarithm log_variance.": (
            kl_to_prior(mean, variance).sum(axis=1)
        ),
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
        "This is a mean over latents, without the 1/2. The KL is half of a sum over them.": 2 * each.mean(axis=1),
        "The factor 1/2 multiplies mean^2 alone. It belongs to all four terms.": half
        + np.sum(variance - log_variance - 1, axis=1),
        "Your mean^2 lacks the factor 1/2, which belongs to all four terms.": each.sum(axis=1) + half,
        "The exponent has the wrong sign: exp(-log_variance) is 1 / variance.": (
            half + 0.5 * np.sum(1 / variance - log_variance - 1, axis=1)
        ),
        "The variance and its logarithm have changed places: the variance is added, its logarithm subtracted.": (
            half + 0.5 * np.sum(log_variance - variance - 1, axis=1)
        ),
        "mean and log_variance have changed places.": kl_to_prior(log_variance, mean).sum(axis=1),
        "You took log_variance for the variance, and the logarithm of its absolute value. It is a logarithm already, "
        "and may be negative: the variance is exp(log_variance).": (
            half + 0.5 * np.sum(log_variance - np.log(np.abs(log_variance)) - 1, axis=1)
        ),
        "A constant with 2 pi is left in your KL. q and p have the same one, so in log q - log p it cancels.": (
            each.sum(axis=1) + latents / 2 * np.log(2 * np.pi)
        ),
        "The factor 1/2 is applied twice.": each.sum(axis=1) / 2,
        "The - 1 is applied twice (np.expm1 has one of its own).": each.sum(axis=1) - latents / 2,
        "You took the absolute value of the mean where the formula has its square.": (
            each.sum(axis=1) - half + 0.5 * np.abs(mean).sum(axis=1)
        ),
        "The variance and its logarithm cancel in your code, or are missing: the variance is exp(log_variance), its "
        "logarithm is log_variance.": (half - latents / 2 * np.ones(len(mean))),
        "The - 1 is missing: KL( p || p ) must be zero.": each.sum(axis=1) + latents / 2,
        "The 1 is subtracted once. It belongs inside the sum: once for each latent.": (
            each.sum(axis=1) + (latents - 1) / 2
        ),
        "The factor 1/2 multiplies only the first two terms. It belongs to all four.": (
            half + np.sum(0.5 * variance - log_variance - 1, axis=1)
        ),
        "The variance is squared in your code: exp(log_variance) is the variance already.": (
            half + 0.5 * np.sum(variance**2 - log_variance - 1, axis=1)
        ),
        "The square of the mean is subtracted. A code far from the prior's mean costs more, not less.": (
            each.sum(axis=1) - 2 * half
        ),
        "You subtracted the batch's average from the means first. The prior is centred at 0, not at the batch's "
        "average.": kl_to_prior(mean - mean.mean(axis=0), log_variance).sum(axis=1),
        **{
            f"You used the first {some} of {latents} latents. How many there are is in the shape of mean; it need not "
            "be the notebook's number.": each[:, :some].sum(axis=1)
            for some in range(1, latents)
        },
        "The mean is not squared: codes left of zero would be cheaper than free.": (
            each.sum(axis=1) - half + 0.5 * mean.sum(axis=1)
        ),
    }


def extreme_posteriors(rng, latents):
    """mean and log_variance (4, latents) float32: two images whose variance is 0 in float32, two with a huge one."""
    mean = rng.normal(size=(4, latents))
    log_variance = np.concatenate([rng.uniform(-160, -120, (2, latents)), rng.uniform(25, 40, (2, latents))])
    return mean.astype("float32"), log_variance.astype("float32")


def expect_finite_kl(value, because):
    """`Failed` if the answer for `extreme_posteriors` is not finite, by the images that tell why."""
    received = brief(value)
    expect_finite(
        np.ravel(value)[:2],
        f"For log_variance about -140 and 30 you return {received}. Do not take the logarithm of exp(log_variance), "
        f"which is 0 in float32 for -140: the logarithm of the variance is what you were given.\n{because}",
    )
    expect_finite(
        value,
        f"For log_variance about 30 you return {received}. exp(30) is about 1e13: 32 bits hold it, 16 bits do not.\n"
        f"{because}",
    )


LIMITS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 16, 20, 24, 30, 32, 40, 50, 60, 64, 80, 100)


def limited(log_variance):
    """From messages to log-variances that were kept from being small or large, by limits or by added constants."""
    low = {f"You clip log_variance at -{n}. It may be any number.": np.maximum(log_variance, -n) for n in LIMITS}
    high = {f"You clip log_variance at {n}. It may be any number.": np.minimum(log_variance, n) for n in LIMITS}
    both = {
        f"You clip log_variance to [-{n}, {n}]. It may be any number.": np.clip(log_variance, -n, n) for n in LIMITS
    }
    added = {
        f"You add 1e-{n} to the variance, or clip it there. Its logarithm is given: nothing has to be added.": (
            np.logaddexp(log_variance, -n * np.log(10))
        )
        for n in range(1, 46)
    }
    return low | high | both | added  # an answer that respects one bound alone proves no other


def bernoulli_cost(x, logits):
    """-log p(x|z) of each pixel, in the shape of x."""
    return np.logaddexp(0, logits) - x * logits


def log_normal(z, mean, stddev):
    """log N(z; mean, stddev^2), summed over the last axis."""
    return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)


def has_lost_numbers(value):
    """Whether infinity or nan is among the numbers of this array."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and not np.isfinite(value).all()


def lost_axis(expected, one="a batch of one", axis="the images"):
    """From a message to the expected value without its first axis if that has length 1; to the value itself if not."""
    message = (
        f"For {one}, your result has no axis for {axis}: np.squeeze, for example, drops every axis of length 1. Keep "
        "the first axis."
    )
    return {message: np.asarray(expected)[0] if len(expected) == 1 else expected}


def if_several(batch, mistaken, *inputs):
    """The mistakes by name, unless there is one image: its sum over the batch is no mistake but a lost axis."""
    return mistaken(*inputs) if batch > 1 else {}


def closest(value, candidates):
    """The candidate that is nearest to this value, for mistakes that are one but for a number in the code."""
    array, candidates = np.asarray(value), [np.asarray(candidate) for candidate in candidates]
    fitting = [c for c in candidates if c.shape == array.shape and array.dtype.kind in "biuf" and np.isfinite(c).all()]
    return min(fitting, key=lambda candidate: np.abs(candidate - array).max(), default=candidates[0])
