"""What the checks of lesson 11 draw, how a right answer reads it, and how misconceptions do."""

from functools import lru_cache

import numpy as np
from scipy.optimize import minimize

# Exercise 11.1: from a key to (stddev of the decoder, beta, number of latents), for data of these variances.
VARIANCES = (16.0, 4.0, 0.5, 0.1)
SETTINGS = {
    "stddev 0.2": (0.2, 1.0, 4),
    "stddev 1": (1.0, 1.0, 4),
    "stddev 3": (3.0, 1.0, 4),
    "stddev 5": (5.0, 1.0, 4),
    "stddev 1, beta 6": (1.0, 6.0, 4),
    "stddev 1, 10 latents": (1.0, 1.0, 10),
}

PREDICTION_MISTAKES = {
    "You compared the variance of a direction with the stddev of the decoder. Square it: both are then in the same "
    "units.": lambda stddev, beta, latents: _larger(beta * stddev),
    "You left beta out. Each nat costs beta times as much, so a direction has to vary beta times as much to be worth "
    "it.": lambda stddev, beta, latents: _larger(stddev**2),
    "You squared beta along with the stddev. The loss holds beta as it is.": (
        lambda stddev, beta, latents: _larger((beta * stddev) ** 2)
    ),
    "You counted every latent there is. A latent that costs more than it saves is given up, however many there are.": (
        lambda stddev, beta, latents: latents
    ),
    "You counted every direction in which the data vary. Those that drown in the decoder's noise are not worth it.": (
        lambda stddev, beta, latents: min(latents, len(VARIANCES))
    ),
    "You counted the directions that are lost, not those that stay.": (
        lambda stddev, beta, latents: len(VARIANCES) - _larger(beta * stddev**2)
    ),
    "You counted the idle latents, not the active ones.": (
        lambda stddev, beta, latents: latents - _larger(beta * stddev**2)
    ),
    "You let spare latents work, too. With ten of them there are still only as many directions worth describing.": (
        lambda stddev, beta, latents: _larger(beta * stddev**2) + max(0, latents - len(VARIANCES))
    ),
}


def _larger(price):
    return sum(variance > price for variance in VARIANCES)


@lru_cache
def measured_active():
    """How many latents are active at the best loss, found by minimising it: one count for each setting.

    The directions are independent, so each is a VAE of its own: z ~ N(a x, v), x' = w z. A latent to which no
    direction is left stays at the prior.
    """
    counts = {}
    for name, (stddev, beta, latents) in SETTINGS.items():
        active = [_best_mean_variance(variance, stddev, beta) > 0.01 for variance in VARIANCES]
        counts[name] = min(sum(active), latents)
    return counts


def _best_mean_variance(variance, stddev, beta):
    """The variance of q's mean at the best of one direction's loss."""

    def loss(parameters):
        a, w, log_v = parameters
        error = (1 - w * a) ** 2 * variance + w**2 * np.exp(log_v)
        return error / (2 * stddev**2) + beta * 0.5 * (a**2 * variance + np.exp(log_v) - 1 - log_v)

    starts = ((0.01, 0.01, 0.0), (variance**-0.5, variance**0.5, -2.0))
    best = min((minimize(loss, start, method="L-BFGS-B") for start in starts), key=lambda result: result.fun)
    return best.x[0] ** 2 * variance


# Exercise 11.2: posteriors of a batch, and the counts that misconceptions give.


def draw_posteriors(rng):
    """(mean, log_variance), each (n, latents): active latents and several kinds of idle ones, in random order."""
    n = int(rng.integers(150, 400))
    columns = [_active(rng, n, precise=rng.random() < 0.5) for _ in range(rng.integers(1, 6))]
    columns += [_idle(rng, n, kind) for kind in rng.choice(["prior", "offset", "narrow", "trembling"], 6)]
    columns += [_idle(rng, n, kind) for kind in ("offset", "narrow", "trembling")]
    columns = [columns[i] for i in rng.permutation(len(columns))]
    mean, log_variance = (np.stack(part, axis=1).astype("float32") for part in zip(*columns, strict=True))
    return mean, log_variance


def _standardised(rng, n):
    values = rng.normal(size=n)
    return (values - values.mean()) / values.std()


def _active(rng, n, precise):
    log_variance = rng.uniform(-7, -6) if precise else rng.uniform(-0.5, -0.1)
    spread = rng.uniform(0.9, 1.0) if precise else rng.uniform(0.2, 0.4)
    return spread * _standardised(rng, n) + rng.normal(0, 0.1), np.full(n, log_variance)


def _idle(rng, n, kind):
    still = 1e-3 * _standardised(rng, n)
    if kind == "offset":  # the mean is the same for all x, but it is not 0
        return still + rng.choice([-1, 1]) * rng.uniform(0.3, 0.8), np.full(n, rng.normal(0, 0.01))
    if kind == "narrow":  # q is narrower than the prior, and says the same of every x
        return still, np.full(n, rng.uniform(-1.5, -0.8))
    if kind == "trembling":  # a variance below the threshold, of a stddev above it
        return rng.uniform(0.03, 0.06) * _standardised(rng, n), rng.normal(0, 0.01, n)
    return still, rng.normal(0, 0.01, n)


def kl_of(mean, log_variance):
    """KL(q || N(0, 1)) of each latent of each example."""
    return 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)


def active_units(mean, log_variance):
    return int(np.sum(mean.var(axis=0) > 0.01))


COUNT_MISTAKES = {
    "You looked at the variance of q, not at the variance of its mean over x. A collapsed q is the prior, whose "
    "variance is 1: by that measure idle latents look the busiest.": lambda m, v: np.sum(np.exp(v).mean(axis=0) > 0.01),
    "You counted where q is narrower than the prior. A narrow q that says the same of every x tells nothing of x.": (
        lambda m, v: np.sum(np.exp(v).mean(axis=0) < 0.99)
    ),
    "You counted every latent. Either the threshold is missing, or you measured the variance of z itself, which holds "
    "q's own noise. Take the variance of q's mean, and compare it with 0.01.": lambda m, v: np.sum(
        m.var(axis=0) + np.exp(v).mean(axis=0) > 0.01
    ),
    "You compared a standard deviation with 0.01. The threshold is one for a variance.": lambda m, v: np.sum(
        m.std(axis=0) > 0.01
    ),
    "You took the mean square, which also counts a mean that is far from 0 and the same for every x. Subtract its "
    "average: that is the variance.": lambda m, v: np.sum((m**2).mean(axis=0) > 0.01),
    "You took the variance over the latents of one example (axis 1). Over the examples (axis 0) it has to be: does "
    "the mean follow x?": lambda m, v: np.sum(m.var(axis=1) > 0.01),
    "You counted latents whose KL is above 0.01. KL is paid by a q that is not the prior, even if it is the same for "
    "every x.": lambda m, v: np.sum(kl_of(m, v).mean(axis=0) > 0.01),
    "You counted the idle latents.": lambda m, v: np.sum(m.var(axis=0) <= 0.01),
    "You took one variance of everything. Each latent has its own.": lambda m, v: int(m.var() > 0.01),
    "You returned the share of active latents. The number is asked for.": lambda m, v: np.mean(m.var(axis=0) > 0.01),
    "You counted latents whose mean leaves [-0.1, 0.1] or so for some example. One far example, or a constant, is "
    "enough for that.": lambda m, v: np.sum((m**2 > 0.01).any(axis=0)),
}


# Exercise 11.3: the KL term with free bits, and other terms that look like it.


def draw_free_bits_batches(rng):
    """Three times (mean, log_variance, free): one busy latent among quiet ones; all quiet; a single example.

    The latents' total lies between the free amount of one and that of all; below both; far above both, in one latent.
    So each wrong order of mean, maximum and sum goes a way of its own, and so does each wrong sign.
    """
    latents, free = int(rng.integers(5, 10)), float(rng.uniform(0.25, 0.45))
    busy = np.where(rng.permutation(latents) == 0, 1.0, 0.2)
    first = _posteriors_where(
        lambda kl: (
            1.2 * free < kl.sum(axis=1).mean() < 0.9 * free * latents
            and np.maximum(kl, free).sum(axis=1).mean() > 1.02 * free_bits(kl, free)
            and np.maximum(kl.sum(axis=1), free).mean() > 1.01 * kl.sum(axis=1).mean()
        ),
        lambda: _posteriors(rng, int(rng.integers(12, 30)), busy),
    )
    single = _posteriors_where(lambda kl: kl.max() > 5, lambda: _posteriors(rng, 1, 3 * busy))
    return (*first, free), (*_posteriors(rng, int(rng.integers(5, 12)), np.full(latents, 0.1)), free), (*single, free)


def _posteriors_where(condition, draw):
    """The first draw whose KLs meet the condition."""
    while True:
        posteriors = draw()
        if condition(kl_of(*posteriors)):
            return posteriors


def _posteriors(rng, n, strength):
    mean = rng.normal(size=(n, len(strength))) * strength
    log_variance = -strength * rng.uniform(0.5, 1.5, mean.shape)
    return mean.astype("float32"), log_variance.astype("float32")


def free_bits(kl, free):
    return np.maximum(kl.mean(axis=0), free).sum()


def free_bits_mistakes(mean, log_variance, free):
    """From messages to what misconceptions make of the term."""
    kl = kl_of(mean, log_variance)
    total, latents = kl.sum(axis=1).mean(), kl.shape[1]
    as_stddev = 0.5 * (mean**2 + np.exp(2 * log_variance) - 1 - 2 * log_variance)
    reverse = 0.5 * ((1 + mean**2) * np.exp(-log_variance) - 1 + log_variance)
    wrong_sign = kl + log_variance
    return {
        "You took the maximum after the sum over latents. One latent may then use up what is free for all others, "
        "which stay idle.": max(free, total),
        "You compared the sum with the free amount of all latents together. One latent may then use up all of it: the "
        "maximum has to come before the sum.": max(free * latents, total),
        "You took the maximum after the sum over latents, and for each example. One latent may then use up what is "
        "free for all others.": np.maximum(kl.sum(axis=1), free).mean(),
        "You took the maximum for each example, and averaged afterwards. The paper averages over the batch first: an "
        "example with little to say may stay below, as long as the others speak.": np.maximum(kl, free)
        .sum(axis=1)
        .mean(),
        "You averaged over the latents. The KL of q is the sum of theirs: averaged, it weighs that many times less "
        "against the reconstruction.": free_bits(kl, free) / latents,
        "You took the axes for each other: averaged over latents, summed over examples. Axis 0 counts the examples.": (
            np.maximum(kl.mean(axis=1), free).sum()
        ),
        "You summed over the batch before the maximum. A larger batch would then be above the free amount sooner.": (
            np.maximum(kl.sum(axis=0), free).sum()
        ),
        "You subtracted the free amount. The gradient is the same, but the term of Eq. 15 is a maximum.": np.maximum(
            kl.mean(axis=0) - free, 0
        ).sum(),
        "You took the minimum: that makes each latent free above the amount, not below it.": np.minimum(
            kl.mean(axis=0), free
        ).sum(),
        "You added the free amount. A constant that is added changes no gradient.": total + free * latents,
        "You turned the KL's sign round: it is never negative, so a maximum with it would always be the free amount.": (
            np.maximum(-kl.mean(axis=0), free).sum()
        ),
        "The logarithm has the wrong sign: the KL holds minus log variance.": free_bits(wrong_sign, free),
        "This is the plain KL. Nothing is free in it.": total,
        "You converted bits to nats. The amount is given in nats already, in spite of the method's name.": free_bits(
            kl, free * np.log(2)
        ),
        "You read log_variance as the logarithm of the stddev.": free_bits(as_stddev, free),
        "You turned the KL round: it is KL(q || p), with the mean over q.": free_bits(reverse, free),
        "Your KL lacks the factor 1/2.": free_bits(2 * kl, free),
    }
