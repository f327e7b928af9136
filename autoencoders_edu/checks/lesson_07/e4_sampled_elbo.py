"""07.4 sampled_elbo: an ELBO from draws alone, with three faults to repair."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.special import logsumexp

from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.normal import (
    bernoulli_cost,
    has_lost_numbers,
    kl_to_prior,
    log_normal,
    lost_axis,
)
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.4",
    "sampled_elbo",
    points=3,
    minutes=15,
    why="A wrong ELBO still trains, and often looks better than a right one. A bound above the truth gives it away.",
    hints=(
        "There are three faults: in how z is drawn, in log p(x|z), and in log q. Say for each line which distribution "
        "it is about.",
        "What is the density of a narrow normal distribution at its mean, compared with that of a wide one? Does log_q "
        "know how wide q is?",
        "Count: how many numbers go into log p(x|z) of one image, and are they summed?",
    ),
    on_success="Three terms from the same draws, and below the truth, as a lower bound must be.",
)
def check_sampled_elbo(probe):
    for batch, samples in ((int(probe.rng.integers(2, 5)), int(probe.rng.integers(6, 9))), (1, 5)):
        case = draw_case(probe.rng, batch, samples)
        value = _ask(probe, case)
        expect(case.decode_calls, DECODE_UNUSED)
        expect_same_again(
            value,
            probe.call("sampled_elbo", *case.arguments),
            "Called twice with the same arguments, your code returned two different results: it draws noise of its "
            f"own. The draws are given here, as epsilon.\n{SAMPLED}",
        )
        if has_lost_numbers(value):
            _expect_no_logarithm_for_a_width(probe)
        expect_close(
            value,
            case.log_weights().mean(axis=0),
            because=SAMPLED,
            what=f"sampled_elbo for {batch} image{'s' * (batch > 1)} and {samples} samples of each",
            mistakes=lost_axis(case.log_weights().mean(axis=0)) | remaining_faults(case) | new_faults(case),
        )


def _ask(probe, case):
    """The answer; where there is an error, but none for the notebook's sizes, also whether it is for want of decode."""
    try:
        return probe.call("sampled_elbo", *case.arguments)
    except LearnerError as error:
        notebooks = draw_case(probe.rng, 4, 20, pixels=12, latents=1)
        try:
            probe.call("sampled_elbo", *notebooks.arguments)
        except LearnerError:
            raise error from None
        if notebooks.decode_calls:
            raise
        raise Failed(f"{DECODE_UNUSED}\n{error}") from None


def _expect_no_logarithm_for_a_width(probe):
    """`Failed` if positive log-variances show that log_variance, its root or its half was taken for a width."""
    case = draw_case(probe.rng, 4, 6)
    case.log_variance = probe.rng.uniform(0.5, 2.5, case.log_variance.shape)
    value, stddev = probe.call("sampled_elbo", *case.arguments), np.exp(case.log_variance / 2)
    root, half, itself = np.sqrt(case.log_variance), case.log_variance / 2, case.log_variance
    for taken, width, width_of_q in (
        ("took the square root of log_variance", root, root),
        ("took half of log_variance for stddev", half, half),
        ("took log_variance for stddev", itself, itself),
        ("took log_variance for the width of log q", stddev, itself),
        ("took the square root of log_variance for the width of log q", stddev, root),
        ("took half of log_variance for the width of log q", stddev, half),
    ):
        expect(not _agrees(value, case.elbo_with(width, width_of_q)), f"You {taken}. {NOT_A_WIDTH}")


def _agrees(value, expected):
    return np.shape(value) == expected.shape and np.allclose(np.asarray(value, float), expected, rtol=1e-4)


NOT_A_WIDTH = "It is a logarithm, and may be negative: the standard deviation is exp(log_variance / 2)."
DECODE_UNUSED = (
    "Your code never calls its argument decode. Take the logits from decode(z), not from a function of the notebook, "
    "such as decode_small: each check has a decoder of its own."
)
SAMPLED = (
    "ELBO = mean over samples of log p(x|z) + log p(z) - log q(z|x), with z = mean + exp(log_variance / 2) * epsilon, "
    "each term a sum over pixels or latents."
)


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

    def elbo_with(self, stddev, width_of_q):
        """The ELBO of each image with these in place of exp(log_variance / 2), in the draw and in log q."""
        z = self.mean + stddev * self.epsilon
        log_likelihood = -bernoulli_cost(self.x, self.decode(z)).sum(axis=-1)
        return np.mean(log_likelihood + log_normal(z, 0, 1) - log_normal(z, self.mean, width_of_q), axis=0)


def draw_case(rng, batch, samples, **sizes):
    drawn = dict(zip(("pixels", "latents"), (int(n) for n in rng.integers([5, 2], [12, 5])), strict=True)) | sizes
    pixels, latents = drawn["pixels"], drawn["latents"]
    return BatchWithDraws(
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


def new_faults(case):
    """From messages to values that a repair can end in, although none of them is in the broken code."""
    weights, stddev = case.log_weights(), np.exp(case.log_variance / 2)
    z = case.mean + stddev * case.epsilon
    log_likelihood = -bernoulli_cost(case.x, case.decode(z)).sum(axis=-1)
    log_prior, log_q = log_normal(z, 0, 1), log_normal(z, case.mean, stddev)
    latents = case.mean.shape[-1]
    constant = latents / 2 * np.log(2 * np.pi)
    divergence = kl_to_prior(case.mean, case.log_variance).sum(axis=1)
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
        **_probabilities_for_logits(case, z, log_prior - log_q),
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


SIGMOID = "It returns logits, of any sign and size; the probabilities are their sigmoid."


def _probabilities_for_logits(case, z, log_ratio):
    """From messages to the estimates of code that takes what decode returns for probabilities, and clips it."""
    values, numbers = {}, case.decode(z)
    for digits in range(1, 17):
        p = np.clip(numbers, 10.0**-digits, 1 - 10.0**-digits)
        log_likelihood = np.sum(case.x * np.log(p) + (1 - case.x) * np.log1p(-p), axis=-1)
        message = f"You took what decode returns for probabilities, clipped at 1e-{digits}. It returns logits."
        values[message] = np.mean(log_likelihood + log_ratio, axis=0)
        sizes = np.where(case.x == 1, np.abs(numbers), np.abs(1 - numbers)) + 10.0**-digits
        message = f"You made what decode returns positive by abs and a small number, such as 1e-{digits}. {SIGMOID}"
        values[message] = np.mean(np.log(sizes).sum(axis=-1) + log_ratio, axis=0)
    p = 1 / (1 + np.exp(-numbers))
    values["You took the sigmoid of the logits, and gave it to a formula that wants logits."] = np.mean(
        log_ratio - bernoulli_cost(case.x, p).sum(axis=-1), axis=0
    )
    return values
