"""03.2 grey_nll: the negative log-likelihood of grey images under the continuous Bernoulli, at any logit."""

import numpy as np

from autoencoders_edu.checks.shared.normal import bernoulli_cost, has_lost_numbers, if_several, lost_axis
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.2",
    "grey_nll",
    points=3,
    minutes=15,
    why="Most published VAEs of grey images report a Bernoulli 'likelihood' that is none. One missing term is all.",
    hints=(
        "First write it as the formula says, per pixel: log Z(l) - l x. Try it on logits near 1: only then look at the "
        "hard ones.",
        "For large l, take exp(l) out of the bracket before the logarithm: log Z = l + log((1 - exp(-l)) / l). For "
        "negative l no exp is too large. np.expm1(a) is exp(a) - 1 without loss of digits.",
        "At l = 0, Z is 1. Near 0, log Z(l) is l / 2 + l^2 / 24. np.where computes both its sides: give the "
        "side that divides a harmless number where l is near 0.",
    ),
    on_success="A density of grey images, from -1000 to 1000. The term that you added to Bernoulli's is the difference "
    "between a sum over two values and an integral over all between them.",
)
@np.errstate(all="ignore")
def check_grey_nll(probe):
    height, width = probe.rng.integers([4, 7], [7, 10])
    for shape in ((int(probe.rng.integers(3, 6)), height, width, 2), (1, width, height, 1)):
        x = probe.rng.uniform(0, 1, shape)
        logits = probe.rng.uniform(1, 4, shape) * probe.rng.choice([-1, 1], shape)
        answer = _ask(probe, x, logits)
        expect_close(
            answer,
            cost(x, logits).sum(axis=(1, 2, 3)),
            because=BECAUSE,
            what=f"grey_nll(x, logits) for x of shape {shape}",
            mistakes=lost_axis(cost(x, logits).sum(axis=(1, 2, 3))) | if_several(shape[0], mistaken, x, logits),
        )
    for regime, (low, high) in REGIMES.items():
        logits = probe.rng.uniform(low, high, (4, height, width, 1))
        x = probe.rng.uniform(0, 1, logits.shape)
        if regime == ZEROS:
            logits[:, ::2] = 0
        if regime == SMALL:  # x is dark, so that l / 2 - l x of pixels with l of one sign do not cancel
            logits, x = 10**logits * np.array([1, -1, 1, -1])[:, None, None, None], x / 3
        answer = _ask(probe, x, logits)
        if has_lost_numbers(answer):
            raise Failed(f"{regime} the result is not finite: {LOST[regime]}\n{BECAUSE}")
        expect_close(
            answer,
            cost(x, logits).sum(axis=(1, 2, 3)),
            because=f"{REGIME_HELP[regime]}\n{BECAUSE}",
            what=f"{regime} grey_nll(x, logits)",
            mistakes=clipped(x, logits),
        )


BECAUSE = (
    "-log p(x) = log Z(l) - l x, summed over all pixels and channels of an image; Z(l) = (exp(l) - 1) / l, Z(0) = 1."
)
ZEROS = "With logits of 0, and others within 0.5 of it,"
HUGE, TINY = "With logits from 800 to 1000,", "With logits between -1e-12 and 1e-12,"
SMALL = "With logits of 0.00001 to 0.01, or minus that,"
NEGATIVE = "With logits from -1000 to -800,"
REGIMES = {HUGE: (800, 1000), NEGATIVE: (-1000, -800), TINY: (-1e-12, 1e-12), SMALL: (-5, -2), ZEROS: (-0.5, 0.5)}
LOST = {
    ZEROS: "at l = 0 the formula for Z is 0 / 0, and the limit is 1.",
    HUGE: "exp(l) leaves float64 at 710. Take exp(l) out of the bracket before the logarithm: "
    "log Z = l + log((1 - exp(-l)) / l).",
    NEGATIVE: "which exp is too large? For negative l, exp(l) is harmless: do you take exp(-l)?",
    TINY: "near l = 0 the formula for Z is nearly 0 / 0, and the limit is 1.",
    SMALL: "near l = 0 the formula for Z is nearly 0 / 0, and the limit is 1.",
}
REGIME_HELP = {
    ZEROS: "Near 0, log Z(l) is l / 2 + l^2 / 24 - ...",
    HUGE: "log Z = l + log((1 - exp(-l)) / l).",
    NEGATIVE: "log Z = log((1 - exp(l)) / -l) there.",
    TINY: "exp(l) - 1 loses all its digits there; np.expm1(l) does not. Near 0, log Z(l) is l / 2.",
    SMALL: "Near 0, log Z(l) is l / 2 + l^2 / 24 - ..., for both signs of l.",
}


def log_z(logits):
    """log((exp(l) - 1) / l), for any l."""
    size = np.abs(logits)
    safe = np.where(size < 1e-3, 1.0, size)
    return np.maximum(logits, 0) + np.where(size < 1e-3, size**2 / 24 - size / 2, np.log(-np.expm1(-safe) / safe))


def cost(x, logits):
    """-log p of each pixel."""
    return log_z(logits) - logits * x


def _ask(probe, x, logits):
    try:
        return probe.call("grey_nll", x, logits)
    except LearnerError as error:
        expect("ambiguous" not in str(error), IF_FOR_ALL)
        raise


IF_FOR_ALL = (
    "An `if` decides once, for the whole array, but each pixel has a logit of its own: large here, zero there. Use "
    "np.where, np.maximum or an index."
)


def clipped(x, logits):
    """From messages to what logits that were kept within limits give."""
    return {
        f"You clip the logits to [-{n}, {n}]. They may be any number up to 1000, and the clipped ones cost less.": (
            cost(x, np.clip(logits, -n, n)).sum(axis=(1, 2, 3))
        )
        for n in (5, 10, 15, 20, 30, 50, 60, 80, 88, 100, 200, 300, 500, 600, 700, 709)
    }


def mistaken(x, logits):
    """From messages to what misconceptions make of the negative log-likelihood."""
    pixels, axes = cost(x, logits), (1, 2, 3)
    normaliser, total = log_z(logits), cost(x, logits).sum(axis=axes)
    p = 1 / (1 + np.exp(-logits))
    return {
        "This is Bernoulli's cost, binary cross-entropy: it divides by 1 + exp(l), the sum over the two values 0 and "
        "1. Grey pixels take all values between them, and Z is the integral.": bernoulli_cost(x, logits).sum(axis=axes),
        "This is binary cross-entropy averaged over an image: it is no likelihood of grey pixels, and a likelihood is "
        "a product, so its logarithm is a sum.": bernoulli_cost(x, logits).mean(axis=axes),
        "You averaged over the pixels. The likelihood of an image is a product, so its logarithm is a sum.": (
            pixels.mean(axis=axes)
        ),
        "You averaged over the channels, or over some of the axes: log p of an image is a sum over all three.": (
            pixels.mean(axis=3).sum(axis=(1, 2))
        ),
        "You looked at the first channel only. An image may have several.": pixels[..., 0].sum(axis=(1, 2)),
        "You kept the channels apart: one number for each image is asked for.": pixels.sum(axis=(1, 2)),
        "You returned one number for each pixel: sum over all axes but the first.": pixels,
        "You kept the axes that you summed over. Drop them: (batch,).": pixels.sum(axis=axes, keepdims=True),
        "You merged the images: one number for each image is asked for.": pixels.sum(),
        "You averaged over the images: one number for each is asked for.": total.mean(),
        "You summed over axis 0, which counts the images.": pixels.sum(axis=0),
        "The sign is wrong: this is log p, and asked for is -log p.": -total,
        "You gave log Z + l x. In -log p = log Z - l x, the logit is subtracted: white pixels are cheap where l is "
        "large.": (normaliser + logits * x).sum(axis=axes),
        "The normalising constant is upside down: p is exp(l x) divided by Z, so log Z is added in -log p.": (
            (-normaliser - logits * x).sum(axis=axes)
        ),
        "The normalising constant is missing: exp(l x) alone does not integrate to 1.": (-logits * x).sum(axis=axes),
        "This is log Z alone: the data are missing.": normaliser.sum(axis=axes),
        "You forgot to divide by l: the integral of exp(l t) from 0 to 1 is (exp(l) - 1) / l.": (
            np.log(np.abs(np.expm1(logits))) - logits * x
        ).sum(axis=axes),
        "You multiplied by l where the integral divides by it: Z is (exp(l) - 1) / l.": (
            np.log(np.abs(np.expm1(logits) * logits)) - logits * x
        ).sum(axis=axes),
        "The - 1 is missing: an integral from 0 to 1 has a value at each end, exp(l) - exp(0).": (
            logits - np.log(np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "Your Z has exp(l) + 1 where the integral has exp(l) - 1.": (
            np.log((np.exp(logits) + 1) / np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "You took |l| for l in log Z. Z(-l) is Z(l) exp(-l), not the same.": (log_z(np.abs(logits)) - logits * x).sum(
            axis=axes
        ),
        "You took -|l| for l in log Z: the part that was taken out of the bracket, max(l, 0), is missing.": (
            log_z(-np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "White and black are exchanged: x = 1 is likely where l is large.": cost(1 - x, logits).sum(axis=axes),
        "You exchanged x and logits.": cost(logits, x).sum(axis=axes),
        "You took the sigmoid of the logits first. The l in the formula is the logit itself.": (
            cost(x, p).sum(axis=axes)
        ),
        "You rounded the pixels to 0 and 1. They are grey, and Z is made for that.": (
            cost(np.round(x), logits).sum(axis=axes)
        ),
        "This is in bits. Nats were asked for.": total / np.log(2),
        "This is the squared error of the sigmoid: a Gaussian likelihood, and without its constants.": (
            np.sum((x - p) ** 2, axis=axes)
        ),
        "You returned Z itself where its logarithm belongs.": (np.exp(normaliser) - logits * x).sum(axis=axes),
        "Your log Z is that of Bernoulli plus that of the integral. One replaces the other.": (
            bernoulli_cost(x, logits) + normaliser
        ).sum(axis=axes),
    }
