"""11.2 count_active_units: active units as Burda et al. 2016 count them."""

import numpy as np

from autoencoders_edu.checks.shared.normal import kl_to_prior
from autoencoders_edu.exercises.expect import brief, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "11.2",
    "count_active_units",
    points=2,
    minutes=5,
    why="Papers on collapse count active units, and the usual slip makes a dead model look alive.",
    hints=(
        "There are two variances. One says how unsure q is about z; the other, how much q's mean differs from "
        "example to example. Which of them is zero when the encoder says the same about every x?",
        "np.var takes an axis. Over the examples: one variance for each latent.",
    ),
    on_success="A latent is active when its mean follows x. How narrow q is does not enter.",
)
def check_count_active_units(probe):
    batches = [draw_posteriors(probe.rng, silent=place == SILENT) for place in range(9)]
    answers = []
    for mean, log_variance in batches:
        answer = probe.call("count_active_units", mean, log_variance)
        expect(
            np.size(answer) == 1,
            f"You returned one value for each latent or example. Return one number: how many latents are active. "
            f"Received: {brief(answer)}.",
        )
        answers.append(expect_number(answer, "count_active_units(mean, log_variance)"))
    expect_rule(
        answers,
        [active_units(*batch) for batch in batches],
        cases=batches,
        mistakes=[
            *MISTAKES.items(),
            *((NARROW, _narrower(line)) for line in NARROW_LINES),
            *((NARROW_TOO, _active_and_narrower(line)) for line in NARROW_LINES),
            *((OR_NARROW, _active_or_narrower(line)) for line in NARROW_LINES),
            *((LIMITED, _limited(most)) for most in (1, 2, 3, 4, 5, 10)),
        ],
        otherwise="",
        example=lambda batch, answer, expected: (
            "A latent is active when the variance over x of its q's mean is above 0.01 (Burda et al. 2016).\n"
            f"For a batch of shape {batch[0].shape} received {answer:g}, expected {expected}."
        ),
    )


ALWAYS = (
    "offset",
    "narrow",
    "trembling",
    "stirring",
    "quivering",
    "fluttering",
    "sure and trembling",
    "unsure",
    "unsure",
)
FAR = 1025.5  # halfway between two numbers of 16 bits; its square has seven digits, as many as float32


SILENT = 5  # the batch in which no latent is active


def draw_posteriors(rng, silent=False):
    """(mean, log_variance), each (n, latents): active latents and several kinds of idle ones, in random order.

    In a silent batch there are only idle ones. How many there are of each kind of active ones differs from batch to
    batch, so that a rule that misses one kind is not taken for a rule that misses another.
    """
    n = int(rng.integers(200, 400))
    columns = [_far_from_zero(rng, n)] if silent else _speaking(rng, n)
    columns += [_idle(rng, n, kind) for kind in rng.choice(["prior", "offset", "narrow", "trembling"], 6)]
    columns += [_idle(rng, n, kind) for kind in ALWAYS]
    columns += [_near_the_line(rng, n, 0.0065, 0.0095)]
    mean, _ = _near_the_line(rng, n, 0.0065, 0.0085)
    columns += [(mean, rng.uniform(0.08, 0.09) * _standardised(rng, n))]  # both move a little, and neither enough
    columns = [columns[i] for i in rng.permutation(len(columns))]
    mean, log_variance = (np.stack(part, axis=1).astype("float32") for part in zip(*columns, strict=True))
    return mean, log_variance


def _far_from_zero(rng, n):
    """An idle latent whose mean is so far from 0 that one variance of all latents together exceeds the line."""
    mean, log_variance = _idle(rng, n, "offset")
    return mean + np.sign(mean[0]), log_variance


def _speaking(rng, n):
    """Active latents of several kinds, and some that tremble far from 0."""
    columns = [_active(rng, n, precise=rng.random() < 0.5) for _ in range(rng.integers(1, 6))]
    columns += [_near_the_line(rng, n, 0.0105, 0.014)]
    columns += [_near_the_line(rng, n, 0.0105, 0.018) for _ in range(rng.integers(1, 3))]
    for _ in range(rng.integers(1, 4)):  # the same latent, with KL above 0.01: its mean is not 0
        mean, log_variance = _near_the_line(rng, n, 0.0105, 0.018)
        columns += [(mean + rng.choice([-1, 1]) * rng.uniform(0.6, 0.9), log_variance)]
    for _ in range(rng.integers(1, 4)):  # and here q is narrow
        mean, log_variance = _near_the_line(rng, n, 0.0105, 0.018)
        columns += [(mean, log_variance + rng.uniform(-7, -6))]
    columns += [_moved(rng, _active(rng, n, precise=False)) for _ in range(rng.integers(1, 4))]
    return columns + [_moved(rng, _idle(rng, n, "trembling")) for _ in range(3)]


def _standardised(rng, n):
    values = rng.normal(size=n)
    return (values - values.mean()) / values.std()


def _active(rng, n, precise):
    log_variance = rng.uniform(-7, -6) if precise else rng.uniform(-0.5, -0.1)
    spread = rng.uniform(0.9, 1.0) if precise else rng.uniform(0.2, 0.4)
    return spread * _standardised(rng, n) + rng.normal(0, 0.1), np.full(n, log_variance)


def _near_the_line(rng, n, low, high):
    """A latent whose mean has a variance between these two."""
    return np.sqrt(rng.uniform(low, high)) * _standardised(rng, n), rng.normal(0, 0.01, n)


def _moved(rng, column):
    """The same latent with its mean far from 0, where rounding hides how little it moves."""
    mean, log_variance = column
    return mean - mean.mean() + rng.choice([-1, 1]) * FAR, log_variance


def _idle(rng, n, kind):
    still = 1e-3 * _standardised(rng, n)
    if kind == "offset":  # the mean is the same for all x, but it is not 0
        return still + rng.choice([-1, 1]) * rng.uniform(0.3, 0.8), np.full(n, rng.normal(0, 0.01))
    if kind == "narrow":  # q is narrower than the prior, and says the same of every x
        return still, np.full(n, rng.uniform(-1.5, -0.8))
    if kind == "trembling":  # a variance below the threshold, of a stddev above it
        return rng.uniform(0.03, 0.06) * _standardised(rng, n), rng.normal(0, 0.01, n)
    if kind == "sure and trembling":  # the mean hardly moves, although it moves more than q is wide
        return rng.uniform(0.03, 0.06) * _standardised(rng, n), np.full(n, rng.uniform(-7, -6))
    if kind == "stirring":  # range above the threshold, stddev and sum of squares below
        return 3e-3 * _standardised(rng, n), rng.normal(0, 0.01, n)
    if kind == "quivering":  # range and sum of squares above the threshold, stddev below
        return 8e-3 * _standardised(rng, n), rng.normal(0, 0.01, n)
    if kind == "fluttering":  # stddev above the threshold, mean absolute deviation below, which is 0.8 of it
        return rng.uniform(0.0105, 0.0115) * _standardised(rng, n), rng.normal(0, 0.01, n)
    if kind == "unsure":  # only the width of q follows x
        return still, 0.3 * _standardised(rng, n)
    return still, rng.normal(0, 0.01, n)


def active_units(mean, log_variance):
    return int(np.sum(mean.var(axis=0) > 0.01))


def _first(latents):
    return lambda m, v: np.sum(m[:, :latents].var(axis=0) > 0.01)


def _line_at(threshold):
    return lambda m, v: np.sum(m.var(axis=0) > threshold)


def _absolute_deviation(mean):
    return np.abs(mean - mean.mean(axis=0)).mean(axis=0)


def _narrow(v, line):
    return np.exp(v).mean(axis=0) < line


def _narrower(line):
    return lambda m, v: np.sum(_narrow(v, line))


def _active_and_narrower(line):
    return lambda m, v: np.sum((m.var(axis=0) > 0.01) & _narrow(v, line))


def _active_or_narrower(line):
    return lambda m, v: np.sum((m.var(axis=0) > 0.01) | _narrow(v, line))


def _limited(most):
    return lambda m, v: np.sum(np.clip(m, -most, most).var(axis=0) > 0.01)


def _kl(m, v):
    return kl_to_prior(m, v).mean(axis=0)


NARROW_LINES = (0.99, 0.9, 0.5, 0.1, 0.01)
NARROW_TOO = "You asked for a narrow q as well. The variance of the mean alone decides."
LIMITED = "You limited the means. They may be any number."
OR_NARROW = "You also counted latents whose q is narrow. The variance of the mean alone decides."


NARROW = (
    "You counted where q is narrower than the prior. A narrow q that says the same of every x says nothing about x."
)
MISTAKES = {
    "You looked at the variance of q, not at the variance of its mean over x. A collapsed q is the prior, whose "
    "variance is 1: by that measure idle latents look the busiest.": lambda m, v: np.sum(np.exp(v).mean(axis=0) > 0.01),
    "You measured the variance of z itself, which holds q's own noise: that of its mean and that of q together. Take "
    "the variance of q's mean alone.": lambda m, v: np.sum(m.var(axis=0) + np.exp(v).mean(axis=0) > 0.01),
    "You divided the variance of the mean by that of q. How narrow q is does not matter: the variance of the mean is "
    "compared with 0.01 as it is.": lambda m, v: np.sum(m.var(axis=0) / np.exp(v).mean(axis=0) > 0.01),
    "You took the range of the means, the largest less the smallest. The threshold is for their variance.": (
        lambda m, v: np.sum(np.ptp(m, axis=0) > 0.01)
    ),
    "You added up squares and did not divide by the number of examples. A variance is their mean.": (
        lambda m, v: np.sum(len(m) * m.var(axis=0) > 0.01)
    ),
    "You took the variance of q's variance, or of its logarithm. It is q's mean that has to follow x.": (
        lambda m, v: np.sum(v.var(axis=0) > 0.01)
    ),
    "You never return 0. Where no latent is active, the number is 0: that is the model that has collapsed.": (
        lambda m, v: max(1, active_units(m, v))
    ),
    "You asked whether any latent is active. Their number is asked for.": lambda m, v: min(1, active_units(m, v)),
    "You subtracted one average of all means. Each latent has its own.": lambda m, v: np.sum(
        ((m - m.mean()) ** 2).mean(axis=0) > 0.01
    ),
    "You took the variance of the absolute values. Take that of the means as they are.": lambda m, v: np.sum(
        np.abs(m).var(axis=0) > 0.01
    ),
    "You asked for a KL above 0.01 as well. The variance of the mean alone decides.": lambda m, v: np.sum(
        (m.var(axis=0) > 0.01) & (_kl(m, v) > 0.01)
    ),
    "You subtracted the variance of q from that of its mean. The variance of the mean is compared with 0.01 as it "
    "is.": lambda m, v: np.sum(m.var(axis=0) - np.exp(v).mean(axis=0) > 0.01),
    "You compared log_variance with 0.01. The variance is that of the mean, over the examples.": lambda m, v: np.sum(
        v.mean(axis=0) > 0.01
    ),
    "You took the variance of the KL. It is q's mean whose variance counts.": lambda m, v: np.sum(
        kl_to_prior(m, v).var(axis=0) > 0.01
    ),
    "You added the variance of log_variance to that of the mean. The mean alone decides.": lambda m, v: np.sum(
        m.var(axis=0) + v.var(axis=0) > 0.01
    ),
    "You cut the means to whole numbers. Take their variance as they are.": lambda m, v: np.sum(
        np.trunc(m).var(axis=0) > 0.01
    ),
    "Your line is where a variance rounded to two digits exceeds 0.01. Compare the variance as it is.": lambda m, v: (
        np.sum(m.var(axis=0).round(2) > 0.01)
    ),
    **{
        f"You compared the variance with {share:g} of the largest one. The line is at 0.01 for each latent.": (
            lambda m, v, share=share: np.sum(m.var(axis=0) > share * m.var(axis=0).max())
        )
        for share in (0.01, 0.05, 0.1)
    },
    "You counted every latent there is. Is the comparison with 0.01 missing, or did you compare q's own width with "
    "it?": lambda m, v: m.shape[1],
    **{
        f"You looked at how far the average of the means is from 0, above {line:g}. A mean that is the same for every "
        "x says nothing, wherever it is: take its variance.": (
            lambda m, v, line=line: np.sum(np.abs(m.mean(axis=0)) > line)
        )
        for line in (0.01, 0.1)
    },
    "You also counted latents of which only the log-variance follows x. The mean alone decides.": lambda m, v: np.sum(
        (m.var(axis=0) > 0.01) | (v.var(axis=0) > 0.01)
    ),
    **{
        f"You compared the first example with the last, by {line:g}. A variance takes all examples in.": (
            lambda m, v, line=line: np.sum(np.abs(m[0] - m[-1]) > line)
        )
        for line in (0.01, 0.1)
    },
    "You compared a standard deviation with 0.01. The threshold is for a variance.": lambda m, v: np.sum(
        m.std(axis=0) > 0.01
    ),
    "You took the mean absolute deviation. A variance is the mean of the squares of the deviations.": (
        lambda m, v: np.sum(_absolute_deviation(m) > 0.01)
    ),
    "You compared the mean absolute deviation with 0.1, the root of 0.01. It is less than the root of a variance, the "
    "stddev.": lambda m, v: np.sum(_absolute_deviation(m) > 0.1),
    "You took the mean square, which also counts a mean that is far from 0 and the same for every x. Subtract its "
    "average: that is the variance.": lambda m, v: np.sum((m**2).mean(axis=0) > 0.01),
    "You subtracted the square of the mean from the mean of the squares, in float32. Far from 0 these are "
    "two large numbers, and their difference is lost in rounding: np.var subtracts the mean first.": lambda m, v: (
        np.sum((m**2).mean(axis=0) - m.mean(axis=0) ** 2 > 0.01)
    ),
    "You rounded to 16 bits. Far from 0 these cannot tell whether a mean moves.": lambda m, v: np.sum(
        m.astype("float16").astype(float).var(axis=0) > 0.01
    ),
    "You took the variance over the latents of one example (axis 1). Take it over the examples (axis 0): does "
    "the mean follow x? (np.cov takes rows for variables: transpose, or pass rowvar=False.)": lambda m, v: np.sum(
        m.var(axis=1) > 0.01
    ),
    "You counted latents whose KL is above 0.01. KL is paid by a q that is not the prior, even if it is the same for "
    "every x.": lambda m, v: np.sum(kl_to_prior(m, v).mean(axis=0) > 0.01),
    "You counted the idle latents.": lambda m, v: np.sum(m.var(axis=0) <= 0.01),
    "You return 1 for each batch. Is it one variance of everything, or the length of the tuple that np.where "
    "returns? Each latent has a variance of its own: count those above 0.01.": lambda m, v: 1,
    "You returned the share of active latents. Their number is asked for.": lambda m, v: np.mean(m.var(axis=0) > 0.01),
    "You counted latents whose mean leaves [-0.1, 0.1] for some example. One far example, or a constant, is "
    "enough for that.": lambda m, v: np.sum((m**2 > 0.01).any(axis=0)),
    **{
        f"Your counts are those of a line at {line:g}, not at 0.01. If your code has no such line, something else "
        "moves it.": _line_at(line)
        for line in (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.005, 0.001, 1e-4)
    },
    **{
        f"You counted latents whose KL is above {line:g}. KL is paid by a q that is not the prior, even if it "
        f"is the same "
        "for every x.": lambda m, v, line=line: np.sum(kl_to_prior(m, v).mean(axis=0) > line)
        for line in (0.1, 0.05, 0.02, 0.5)
    },
    **{
        f"You looked at some of the examples, not at all of them: the first {examples} "
        "lead to your answers.": lambda m, v, examples=examples: np.sum(m[:examples].var(axis=0) > 0.01)
        for examples in (1, 2, 10, 32, 50, 64, 100, 128)
    },
    **{
        f"You looked at the first {latents} latents. How many there are is in the shape of mean; it need not be the "
        "notebook's number.": _first(latents)
        for latents in (8, 4, 10, 2, 1)
    },
}
