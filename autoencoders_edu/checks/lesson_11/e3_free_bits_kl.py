"""11.3 free_bits_kl: the KL term with free bits."""

import numpy as np

from autoencoders_edu.checks.shared.normal import extreme_posteriors, kl_to_prior, limited
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_close, expect_number
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.3",
    "free_bits_kl",
    points=2,
    minutes=8,
    why="A maximum, a mean and a sum: only in one order is no latent pulled to the prior below its allowance.",
    hints=(
        "Begin with an array of KLs, one for each example and latent. Which axis goes first: what does Eq. 15 average, "
        "and over what?",
        "After the mean over the batch there is one number for each latent. Take the maximum of each with the free "
        "amount.",
        "Only then add them up. Try two latents with 3 nats and 0 nats, and 0.5 nats free: the answer is 3.5.",
    ),
    on_success="Mean over the batch, maximum for each latent, sum over the latents, in this order.",
)
def check_free_bits_kl(probe):
    batches = draw_free_bits_batches(probe.rng)
    answers = []
    for mean, log_variance, free in batches:
        answer = _ask(probe, mean, log_variance, free)
        expect(
            np.size(answer) == 1,
            "You returned several numbers where one is asked for, the KL term of the whole batch. Two axes have to "
            f"go, the batch and the latents. Received: {brief(answer)}.",
        )
        if len(answers) >= 3 and not has_kept_numbers(answer):
            _compare(batches[: len(answers)], answers)
        _expect_finite(probe, answer, log_variance)
        answers.append(expect_number(answer, "free_bits_kl(mean, log_variance, free)"))
    _compare(batches, answers)


def _compare(batches, answers):
    """`Failed` unless these are the terms of these batches, the first three or more."""
    which = "five batches" if len(batches) == 5 else f"the first {len(batches)} of five batches"
    exact = [(mean.astype(float), log_variance.astype(float), free) for mean, log_variance, free in batches]
    mistaken = [free_bits_mistakes(*batch) for batch in exact]
    expect_close(
        np.array(answers),
        [free_bits(kl_to_prior(m, v), free) for m, v, free in exact],
        because="The term is the sum over latents j of max(free, mean over the batch of KL_j) (Eq. 15 of Kingma et al. "
        f"2016). The first batch is {batches[0][0].shape} with {batches[0][2]:.3f} nats free; in the second, "
        "all q are near the prior; the third has one example; in the fourth log_variance is about -140, in the fifth "
        "30. Below is one number per batch.",
        what=f"free_bits_kl(mean, log_variance, free) for {which}",
        mistakes={message: np.array([values[message] for values in mistaken]) for message in mistaken[0]},
    )


def _expect_finite(probe, answer, log_variance):
    """`Failed` where numbers were lost, with what lost them if an answer to positive log-variances tells."""
    expect(
        has_kept_numbers(answer) or log_variance.max() > -100,
        f"For log_variance about -140 you return {brief(answer)}. Do not take the logarithm of exp(log_variance), "
        "which is 0 in float32 for -140: the logarithm of the variance is what you were given.",
    )
    if not has_kept_numbers(answer):
        raise Failed(f"Your result is not finite: {brief(answer)}. {_if_positive(probe)}")


def has_kept_numbers(answer):
    array = np.asarray(answer)
    return array.dtype.kind != "f" or bool(np.isfinite(array).all())


def _if_positive(probe):
    """What is wrong for positive log-variances, by a sentence; "" if that is unknown."""
    mean, log_variance = (probe.rng.uniform(0.2, 2, (6, 5)) for _ in range(2))
    answer = probe.call("free_bits_kl", mean.astype("float32"), log_variance.astype("float32"), 0.1)
    for variance in (log_variance, np.exp(log_variance)):
        taken = free_bits(0.5 * (mean**2 + variance - 1 - np.log(log_variance)), 0.1)
        if np.size(answer) == 1 and np.allclose(expect_number(np.sum(answer), "The term"), taken, rtol=1e-3):
            return LOGARITHM
    return ""


LOGARITHM = (
    "You took the logarithm of log_variance. It is already a logarithm, and may be negative; the variance is "
    "exp(log_variance)."
)


def _ask(probe, mean, log_variance, free):
    try:
        return probe.call("free_bits_kl", mean, log_variance, free)
    except LearnerError as error:
        if "np.max(" in str(error) and "scalar index" in str(error):
            raise Failed(
                "np.max takes the largest number of one array, and its second argument for an axis. np.maximum takes "
                f"the larger of two, for each latent.\n{error}"
            ) from None
        single = mean[:, :1].astype(float) + 9, log_variance[:, :1].astype(float)
        if "truth value" in str(error) and _is_right_for(probe, *single, free):
            raise Failed(
                "Your code works for a single latent only: Python's max and if compare two numbers, not a number with "
                f"an array. np.maximum takes the larger one for each latent.\n{error}"
            ) from None
        raise


def _is_right_for(probe, mean, log_variance, free):
    try:
        answer = probe.call("free_bits_kl", mean, log_variance, free)
        return bool(np.isclose(float(np.sum(answer)), free_bits(kl_to_prior(mean, log_variance), free), rtol=1e-3))
    except (LearnerError, TypeError, ValueError):
        return False


def draw_free_bits_batches(rng):
    """Five times (mean, log_variance, free): one busy latent; all quiet; one example; tiny, huge variance.

    The latents' total lies between the free amount of one and that of all; below both; far above both, in one latent.
    So each wrong order of mean, maximum and sum goes a way of its own, and so does each wrong sign.
    """
    latents, free = int(rng.integers(5, 10)), float(rng.uniform(0.25, 0.45))
    busy = rng.permutation(latents) == 0
    mean, log_variance = extreme_posteriors(rng, latents)
    single = _posteriors(rng, 1, np.where(busy, 3.0, 0.6))
    single[0][:, busy] = rng.choice([-1, 1]) * rng.uniform(3.3, 4)
    return (
        (*_loud_and_silent(rng, 2 * int(rng.integers(6, 15)), busy, free), free),
        (*_quiet(rng, int(rng.integers(5, 12)), busy, free), free),
        (*single, free),
        (mean[:2], log_variance[:2], free),
        (mean[2:], log_variance[2:], free),
    )


def _loud_and_silent(rng, n, busy, free):
    """Half of the examples pay 5 times the free amount in the busy latent and 0.3 in each other."""
    idle = np.roll(busy, 1)  # a latent that says nothing
    log_variance = -np.select([busy, idle], [1.0, 0.02], 0.2) * rng.uniform(0.5, 1.5, (n, len(busy)))
    wanted = np.select([busy, idle], [5.0, 0.01], 0.3) * free * rng.uniform(0.9, 1.1, log_variance.shape)
    mean = rng.choice([-1, 1], wanted.shape) * np.sqrt(2 * (wanted - kl_to_prior(0, log_variance)))
    mean[rng.permutation(n) < n // 2] = 0
    return mean.astype("float32"), log_variance.astype("float32")


def _quiet(rng, n, busy, free):
    """Less than the free amount in all, for each example, and nearly half of it in one latent."""
    mean, log_variance = _posteriors(rng, n, np.full(len(busy), 0.1))
    mean[:, busy] = rng.choice([-1, 1], (n, 1)) * np.sqrt(0.8 * free)
    return mean, log_variance


def _posteriors(rng, n, strength):
    mean = rng.normal(size=(n, len(strength))) * strength
    log_variance = -strength * rng.uniform(0.5, 1.5, mean.shape)
    return mean.astype("float32"), log_variance.astype("float32")


def free_bits(kl, free):
    return np.maximum(kl.mean(axis=0), free).sum()


def free_bits_mistakes(mean, log_variance, free):
    """From messages to what misconceptions make of the term."""
    kl = kl_to_prior(mean, log_variance)
    total, latents = kl.sum(axis=1).mean(), kl.shape[1]
    as_stddev = 0.5 * (mean**2 + np.exp(2 * log_variance) - 1 - 2 * log_variance)
    reverse = 0.5 * ((1 + mean**2) * np.exp(-log_variance) - 1 + log_variance)
    wrong_sign = kl + log_variance
    absolute = np.abs(log_variance)
    limits = {
        f"In your KL: {message}": free_bits(kl_to_prior(mean, changed), free)
        for message, changed in limited(log_variance).items()
    }
    return {
        "You took the maximum after the sum over latents. One latent may then use up what is free for all others, "
        "which stay idle.": max(free, total),
        "You compared the sum with the free amount of all latents together. One latent may then use up all of it: the "
        "maximum has to come before the sum.": max(free * latents, total),
        "You took the maximum after the sum over latents, and for each example. One latent may then use up what is "
        "free for all others.": np.maximum(kl.sum(axis=1), free).mean(),
        "The batch is summed in your code, and not averaged: all KLs of the batch are added up, each with its own "
        "maximum.": np.maximum(kl, free).sum(),
        "You compared the free amount with the mean of the KL over examples and latents. Each latent is compared for "
        "itself.": max(free, kl.mean()),
        "You took the maximum for each example, and averaged afterwards. The paper averages over the batch first: an "
        "example with little to say may stay below, as long as the others speak.": np.maximum(kl, free)
        .sum(axis=1)
        .mean(),
        "You averaged over the latents. The KL of q is the sum of theirs: averaged over d of them, it counts d times "
        "less against the reconstruction.": free_bits(kl, free) / latents,
        "You mixed up the axes: averaged over latents, summed over examples. Axis 0 counts the examples.": (
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
        "You reversed the KL's sign: it is never negative, so a maximum with it would always be the free amount.": (
            np.maximum(-kl.mean(axis=0), free).sum()
        ),
        "The logarithm has the wrong sign: the KL holds minus log variance.": free_bits(wrong_sign, free),
        "This is the plain KL. Nothing is free in it.": total,
        "You converted bits to nats. The amount is given in nats already, in spite of the method's name.": free_bits(
            kl, free * np.log(2)
        ),
        "You read log_variance as the logarithm of the stddev.": free_bits(as_stddev, free),
        "You reversed the KL: it is KL(q || p), with the mean over q.": free_bits(reverse, free),
        "Your KL lacks the factor 1/2.": free_bits(2 * kl, free),
        "You shared the free amount among the latents. Each latent has all of it for itself.": free_bits(
            kl, free / latents
        ),
        "You compared the free amount with twice the KL, and halved afterwards. The half is part of the KL: it comes "
        "before the maximum.": free_bits(2 * kl, free) / 2,
        "You took a smooth maximum, log(exp(free) + exp(KL)), which is larger than either. A plain maximum is asked "
        "for.": np.logaddexp(free, kl.mean(axis=0)).sum(),
        "You took log_variance, without its sign, for the variance. The variance is exp(log_variance).": free_bits(
            0.5 * (mean**2 + absolute + 1e-8 - 1 - np.log(absolute + 1e-8)), free
        ),
        "You took the standard deviation where the KL has the variance.": free_bits(
            0.5 * (mean**2 + np.exp(log_variance / 2) - 1 - log_variance), free
        ),
        "You took the standard deviation for the variance, and its logarithm for log variance.": free_bits(
            0.5 * (mean**2 + np.exp(log_variance / 2) - 1 - log_variance / 2), free
        ),
        "The -1 is missing from your KL.": free_bits(kl + 0.5, free),
        "The mean is not squared in your KL.": free_bits(kl - 0.5 * mean**2 + 0.5 * mean, free),
        "Your KL is in bits. Nats were asked for.": free_bits(kl / np.log(2), free),
        "The variance has the wrong sign in your KL.": free_bits(kl - np.exp(log_variance), free),
        "You divided by 100. Divide by the number of examples that you are given.": (
            np.maximum(kl.sum(axis=0) / 100, free).sum()
        ),
        "You used the first two latents. How many there are is in the shape of mean.": free_bits(kl[:, :2], free),
        "You averaged the maxima over examples and latents. Average the KL over the examples, before the maximum, and "
        "add up the latents.": np.maximum(kl, free).mean(),
        "The free amount is subtracted once in your code, from the sum over latents. Each latent has a maximum of its "
        "own.": max(0, total - free),
        "The free amount of all latents is subtracted from their sum in your code. Each latent has a maximum of its "
        "own.": max(0, total - free * latents),
        "For a batch of one example your code averages over the latents. Does np.squeeze drop the axis of the "
        "examples?": free_bits(kl, free) if len(kl) > 1 else max(free, kl.mean()),
        "You took KL for free where it is below the amount, and charged nothing for it. A maximum charges the free "
        "amount itself.": np.where(kl.mean(axis=0) > free, kl.mean(axis=0), 0).sum(),
        "You added the free amount to the maximum, or to the KL of every latent: it is the lower limit of each.": (
            free_bits(kl, free) + free * latents
        ),
        "The free amount is left out of the sum for some latents: you counted it once, not once for each latent below "
        "it.": np.where(kl.mean(axis=0) > free, kl.mean(axis=0), 0).sum() + free,
        "You took the largest of the latents' terms. The term is their sum.": np.maximum(kl.mean(axis=0), free).max(),
        "You divided by the number of examples twice: the mean over the batch already does so.": free_bits(kl, free)
        / len(kl),
        "You took the median over the batch. Eq. 15 has the mean.": np.maximum(np.median(kl, axis=0), free).sum(),
        "You averaged mean and log_variance over the batch, and took the KL of the averages. The KL comes "
        "first, for each "
        "example.": np.maximum(kl_to_prior(mean.mean(axis=0), log_variance.mean(axis=0)), free).sum(),
        **{
            f"You used {other:g} nats, whatever the argument free says.": free_bits(kl, other)
            for other in (0.5, 0.1, 0.2, 1.0, 2.0)
        },
        **{
            f"You limit the KL of a latent to {most} nats. It has no upper limit.": np.clip(
                kl.mean(axis=0), free, most
            ).sum()
            for most in (5, 10, 20, 50, 100)
        },
        **limits,
    }
