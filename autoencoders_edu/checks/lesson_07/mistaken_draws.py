"""What the faults of 07.4, left in place, and misconceptions make of the ELBO from given draws."""

from itertools import product

import numpy as np
from scipy.special import expit, logsumexp

from autoencoders_edu.checks.shared.normal import bernoulli_cost, closest, kl_to_prior, log_normal

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
    "(Such an ELBO is a valid lower bound, but for a q that is not the encoder's: that is why it does not exceed "
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
    return "\n".join([f"Faults still left: {places}.", *(explanation for _, explanation in faults)])


def new_faults(case, value):
    """From messages to values that a repair can end in, although none of them is in the broken code."""
    weights, stddev = case.log_weights(), np.exp(case.log_variance / 2)
    z = case.mean + stddev * case.epsilon
    log_likelihood = -bernoulli_cost(case.x, case.decode(z)).sum(axis=-1)
    log_prior, log_q = log_normal(z, 0, 1), log_normal(z, case.mean, stddev)
    latents = case.mean.shape[-1]
    constant = latents / 2 * np.log(2 * np.pi)
    divergence = kl_to_prior(case.mean, case.log_variance).sum(axis=1)
    log_ratio, epsilon = log_prior - log_q, case.epsilon
    return {
        "The exponent has the wrong sign: exp(-log_variance / 2) is 1 / stddev.": (
            case.elbo_with(1 / stddev, 1 / stddev)
        ),
        "You averaged the weights before the logarithm: that is the importance-weighted bound, a better one than the "
        "ELBO, but not what is asked for.": logsumexp(weights, axis=0) - np.log(len(weights)),
        "You used the formula of the KL. It is right on average, and with more samples the two would agree. But here "
        "all three terms have to use the draws that you are given.": log_likelihood.mean(axis=0) - divergence,
        "You add log q. It is subtracted: the KL is the mean of log q - log p, and the KL is subtracted.": (
            np.mean(log_likelihood + log_prior + log_q, axis=0)
        ),
        "log p(z) and log q(z|x) have changed places: the KL comes out with the wrong sign.": (
            np.mean(log_likelihood - log_prior + log_q, axis=0)
        ),
        "log p(z) is evaluated at epsilon. The prior is the density of the code z that the decoder sees.": (
            np.mean(log_likelihood + log_normal(case.epsilon, 0, 1) - log_q, axis=0)
        ),
        "You drew z from the prior: epsilon itself is not a code of x. z is mean + stddev * epsilon.": np.mean(
            -bernoulli_cost(case.x, case.decode(case.epsilon)).sum(axis=-1)
            + log_normal(case.epsilon, 0, 1)
            - log_normal(case.epsilon, case.mean, stddev),
            axis=0,
        ),
        "This is -ELBO. Here the ELBO itself is asked for.": -weights.mean(axis=0),
        "You averaged the densities over the latents. Latents are independent, so log p(z) and log q are sums over "
        "them.": np.mean(log_likelihood + (log_prior - log_q) / latents, axis=0),
        "The constant with 2 pi is missing from log q. It cancels only if it is missing from log p(z), too.": (
            np.mean(log_likelihood + log_prior - log_q - constant, axis=0)
        ),
        "The constant with 2 pi is missing from log p(z). It cancels only if it is missing from log q, too.": (
            np.mean(log_likelihood + log_prior - log_q + constant, axis=0)
        ),
        "log q is evaluated at epsilon. Its mean and its stddev are those of z: evaluate it at z.": (
            np.mean(log_likelihood + log_prior - log_normal(case.epsilon, case.mean, stddev), axis=0)
        ),
        "log q has the variance for its width, exp(log_variance), where N(mean, stddev^2) has exp(log_variance / 2). "
        "The draw is right.": np.mean(log_likelihood + log_prior - log_normal(z, case.mean, stddev**2), axis=0),
        "log q has log stddev with the wrong sign. Its density is that of epsilon divided by stddev: - log stddev for "
        "each latent.": np.mean(
            log_likelihood + log_prior - log_normal(case.epsilon, 0, 1) - np.log(stddev).sum(axis=-1), axis=0
        ),
        "You averaged over the images as well as over the samples: each image has an ELBO of its own, so give np.mean "
        "its axis, axis=0.": weights.mean(),
        "You averaged over the images, axis 1. The samples are counted by axis 0.": weights.mean(axis=1),
        "log q is centred at 0. It is the density of N(mean, stddev^2).": (
            np.mean(log_likelihood + log_prior - log_normal(z, 0, stddev), axis=0)
        ),
        "log q has the width 1. It is the density of N(mean, stddev^2), and higher for a narrow q.": (
            np.mean(log_likelihood + log_prior - log_normal(z, case.mean, 1), axis=0)
        ),
        "log p(z) has the wrong sign. It is added: a code near the prior's centre is a likely one.": (
            np.mean(log_likelihood - log_prior - log_q, axis=0)
        ),
        "log p(z) has the width of q. The prior is N(0, 1).": (
            np.mean(log_likelihood + log_normal(z, 0, stddev) - log_q, axis=0)
        ),
        "You added up log stddev over the batch as well. Each image has a q of its own.": (
            np.mean(log_likelihood + log_prior - log_q, axis=0) + np.sum(np.log(stddev)) - np.log(stddev).sum(axis=-1)
        ),
        "log q is missing. Without it the bound does not pay for a narrow q.": (
            np.mean(log_likelihood + log_prior, axis=0)
        ),
        "log p(x|z) is missing.": np.mean(log_prior - log_q, axis=0),
        "log p(x|z) has the wrong sign: log p is minus the cost of the pixels.": (
            np.mean(log_prior - log_q - log_likelihood, axis=0)
        ),
        "You decoded the mean. Each term takes the same draws z.": (
            np.mean(-bernoulli_cost(case.x, case.decode(case.mean)).sum(axis=-1) + log_prior - log_q, axis=0)
        ),
        "The draws are on the wrong side: z = mean + stddev * epsilon, and your code has a minus.": _elbo_with(
            case, case.mean - stddev * case.epsilon
        ),
        **_probabilities_for_logits(case, z, log_ratio, value),
        **_other_likelihoods(case, z, log_ratio),
        **_other_widths(case),
        "The mean is missing from z: z = mean + stddev * epsilon.": _elbo_with(case, stddev * epsilon),
        "z is the mean alone: the draws are not used.": _elbo_with(case, case.mean + 0 * epsilon),
        "z is the mean alone, without draws, so that axis 0 of your terms counts images: the draws are not used.": (
            _elbo_with(case, case.mean)
        ),
        "log p(z) - log q(z|x) is missing: this is the reconstruction alone.": log_likelihood.mean(axis=0),
        "You decoded epsilon. The decoder takes codes, z.": np.mean(
            log_ratio - bernoulli_cost(case.x, case.decode(epsilon)).sum(axis=-1), axis=0
        ),
        "log q has log_variance where log stddev = log_variance / 2 belongs.": np.mean(
            log_likelihood + log_prior - log_normal(epsilon, 0, 1) + case.log_variance.sum(axis=-1), axis=0
        ),
        "log p(x|z) is that of the first draw alone. Average it over all of them, as you do the rest.": (
            log_likelihood[0] + log_ratio.mean(axis=0)
        ),
        "log p(z) - log q is that of the first draw alone. Average it over all of them, as you do log p(x|z).": (
            log_likelihood.mean(axis=0) + log_ratio[0]
        ),
        "This is the last draw alone: if you loop over draws, add up inside the loop.": weights[-1],
        "log p(z) and log q have the first latent only: sum over all of them.": np.mean(
            log_likelihood + log_normal(z[..., :1], 0, 1) - log_normal(z[..., :1], case.mean[..., :1], stddev[..., :1]),
            axis=0,
        ),
        "You took axis 0 of epsilon for the images. It counts the samples, axis 1 the images.": _images_first(case),
        "You subtracted the average of epsilon from it. Take the draws as they are.": (
            case.elbo(epsilon=epsilon - epsilon.mean(axis=0))
        ),
        "You added mirrored draws, -epsilon. Take those that are given, and no others.": (
            case.elbo(epsilon=np.concatenate([epsilon, -epsilon]))
        ),
        "log p(z) is missing.": np.mean(log_likelihood - log_q, axis=0),
        "You took the best of the samples: average over all of them.": weights.max(axis=0),
        "You took the median over the samples: the ELBO is a mean.": np.median(weights, axis=0),
        "You counted log p(z) - log q twice, as with beta = 2. The ELBO has it once.": (
            np.mean(log_likelihood + 2 * (log_prior - log_q), axis=0)
        ),
        "log p(z) is centred at the mean of q. The prior is N(0, 1).": np.mean(
            log_likelihood + log_normal(z, case.mean, 1) - log_q, axis=0
        ),
        **{
            f"You used the first {some} of {len(weights)} samples: average over all of them.": weights[:some].mean(
                axis=0
            )
            for some in range(2, len(weights))
        },
        "You used the first draw only: average over all samples.": weights[0],
        "You summed over the samples where the ELBO is an expectation, a mean.": weights.sum(axis=0),
        "You kept the samples apart: the ELBO is the mean over them, (batch,).": weights,
    }


def _elbo_with(case, z):
    """The estimate with these draws, (batch,)."""
    log_likelihood = -bernoulli_cost(case.x, case.decode(z)).sum(axis=-1)
    return np.mean(
        log_likelihood + log_normal(z, 0, 1) - log_normal(z, case.mean, np.exp(case.log_variance / 2)), axis=0
    )


def _images_first(case):
    """The ELBO (batch,) of code that takes epsilon[i], (batch, latents), for the draws of image i."""
    swapped = np.swapaxes(case.epsilon[: len(case.x)], 0, 1)
    return case.elbo(epsilon=swapped)


def _other_widths(case):
    """From messages to ELBOs with other functions of log_variance for stddev, in the draw and in log q."""
    log_variance, variance = case.log_variance, np.exp(case.log_variance)
    widths = {
        "exp(2 log_variance), the variance squared": variance**2,
        "half of the variance, exp(log_variance) / 2": variance / 2,
        "the root of the absolute value of log_variance": np.sqrt(np.abs(log_variance)),
        "the absolute value of log_variance": np.abs(log_variance),
        "1, as for the prior": np.ones_like(variance),
    }
    return {
        f"stddev is {name}, in your code. It should be exp(log_variance / 2).": case.elbo_with(width, width)
        for name, width in widths.items()
    }


def _other_likelihoods(case, z, log_ratio):
    """From messages to ELBOs with something else for log p(x|z), which is right in all other respects."""
    logits, pixels = case.decode(z), case.x.shape[-1]
    cost = bernoulli_cost(case.x, logits)
    errors = np.square(case.x - expit(logits)).sum(axis=-1)
    log_likelihoods = {
        "White and black are exchanged: x = 1 goes with log p, x = 0 with log(1 - p).": (
            -bernoulli_cost(1 - case.x, logits).sum(axis=-1)
        ),
        "log(1 + exp(logits)) is missing from log p(x|z).": np.sum(case.x * logits, axis=-1),
        "log p(x|z) does not depend on x in your code: x * logits is missing.": -np.logaddexp(0, logits).sum(axis=-1),
        "log(1 + exp(-logits)) goes with (1 - x) * logits, log(1 + exp(logits)) with x * logits: you mixed the two.": (
            np.sum(case.x * logits - np.logaddexp(0, -logits), axis=-1)
        ),
        "Black pixels are left out: with x = 0 the coin's log-probability is log(1 - p).": (
            -np.sum(case.x * cost, axis=-1)
        ),
        "12 is written into your code: 12 times a mean over pixels is their sum only for 12 pixels.": (
            -12 / pixels * cost.sum(axis=-1)
        ),
        "You summed log p(x|z) over samples and images, too. Sum over pixels alone, axis=-1.": -cost.sum(),
        "You averaged log p(x|z) over samples, images and pixels. Sum over pixels alone, axis=-1.": -cost.mean(),
        "log p(x|z) is a squared error in your code. Pixels are coins, with p = sigmoid(logits).": -errors,
        "log p(x|z) is half a squared error in your code. Pixels are coins, with p = sigmoid(logits).": -errors / 2,
    }
    return {message: np.mean(each + log_ratio, axis=0) for message, each in log_likelihoods.items()}


SIGMOID = "It returns logits, of any sign and size; the probabilities are their sigmoid."


def _probabilities_for_logits(case, z, log_ratio, value):
    """From messages to the estimates of code that takes what decode returns for probabilities, and clips it."""
    values, positive, numbers = {}, [], case.decode(z)
    for digits in range(1, 17):
        p = np.clip(numbers, 10.0**-digits, 1 - 10.0**-digits)
        log_likelihood = np.sum(case.x * np.log(p) + (1 - case.x) * np.log1p(-p), axis=-1)
        message = f"You took what decode returns for probabilities, clipped at 1e-{digits}. It returns logits."
        values[message] = np.mean(log_likelihood + log_ratio, axis=0)
        sizes = np.where(case.x == 1, np.abs(numbers), np.abs(1 - numbers)) + 10.0**-digits
        positive.append(np.mean(np.log(sizes).sum(axis=-1) + log_ratio, axis=0))
    values[f"You made what decode returns positive by abs. {SIGMOID}"] = closest(value, positive)
    values["You took the sigmoid of the logits, and gave it to a formula that wants logits."] = np.mean(
        log_ratio - bernoulli_cost(case.x, expit(numbers)).sum(axis=-1), axis=0
    )
    return values
