"""03.2 grey_nll: the negative log-likelihood of grey images under the continuous Bernoulli, at any logit."""

import numpy as np

from autoencoders_edu.checks.lesson_03.grey_mistakes import cost, mistakes
from autoencoders_edu.checks.shared.cases import Cases
from autoencoders_edu.checks.shared.normal import has_lost_numbers
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.2",
    "grey_nll",
    points=3,
    minutes=15,
    why="Many published VAEs of grey images report a Bernoulli 'likelihood' that is none. One missing term is all.",
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
    height, width = map(int, probe.rng.integers([4, 7], [7, 10]))
    cases = Cases(mistakes)
    for shape in ((int(probe.rng.integers(3, 6)), height, width, 2), (1, width, height, 1)):
        x = probe.rng.uniform(0, 1, shape)
        logits = probe.rng.uniform(1, 4, shape) * probe.rng.choice([-1, 1], shape)
        answer = _ask(probe, x, logits)
        if has_lost_numbers(answer):
            raise Failed(_why_lost(probe, x, logits))
        what = f"grey_nll(x, logits) for x of shape {shape}"
        cases.compare((x, logits), answer, cost(x, logits).sum(axis=(1, 2, 3)), BECAUSE, what)
    for regime in REGIMES:
        x, logits = draw(probe.rng, regime, (4, height, width, 1))
        answer, total = _ask(probe, x, logits), cost(x, logits).sum(axis=(1, 2, 3))
        if regime == MIXED and not fits(answer, total, 1e-3, 1e-5) and _right_apart(probe, x, logits, total):
            raise Failed(f"{regime} the result is wrong; of each group alone it is right. {IF_FOR_ALL}\n{BECAUSE}")
        if has_lost_numbers(answer):
            raise Failed(f"{regime} the result is not finite. {LOST[regime]}\n{BECAUSE}")
        cases.compare((x, logits), answer, total, f"{REGIME_HELP[regime]}\n{BECAUSE}", f"{regime} grey_nll(x, logits)")


BECAUSE = (
    "-log p(x) = log Z(l) - l x, summed over all pixels and channels of an image; Z(l) = (exp(l) - 1) / l, Z(0) = 1."
)
IF_FOR_ALL = (
    "An `if` decides once, for the whole array, but each pixel has a logit of its own: large here, zero there. Use "
    "np.where, np.maximum or an index."
)
ZEROS = "With logits of 0, and others within 0.5 of it,"
HUGE, TINY = "With logits from 800 to 1000,", "With logits between -1e-12 and 1e-12,"
SMALL, SMALLER = "With logits of 0.00001 to 0.01, or minus that,", "With logits of 1e-6 to 1e-5, or minus that,"
NEGATIVE = "With logits from -1000 to -800,"
MIXED = "With logits of 0, small ones and large ones in the same image,"
REGIMES = {
    HUGE: (800, 1000),
    NEGATIVE: (-1000, -800),
    TINY: (-1e-12, 1e-12),
    SMALL: (-5, -2),
    SMALLER: (-6, -5),
    ZEROS: (-0.5, 0.5),
    MIXED: (0, 1),
}
NEAR_ZERO = "Near l = 0 the formula for Z is nearly 0 / 0, and the limit is 1."
LOST = {
    ZEROS: "At l = 0 the formula for Z is 0 / 0, and the limit is 1.",
    MIXED: "",
    HUGE: "In float64, exp(l) is infinite from l = 710 on, and sigmoid(l) is exactly 1 from 37 on. Take exp(l) out of "
    "the bracket before the logarithm: log Z = l + log((1 - exp(-l)) / l).",
    NEGATIVE: "In float64, exp(-l) is infinite below l = -710, and exp(l) and sigmoid(l) are 0 below -746. log Z = "
    "log((1 - exp(l)) / -l) there.",
    TINY: NEAR_ZERO,
    SMALL: NEAR_ZERO,
    SMALLER: NEAR_ZERO,
}
SERIES = "Near 0, log Z(l) is l / 2 + l^2 / 24 - ..., for both signs of l."
REGIME_HELP = {
    ZEROS: SERIES,
    HUGE: "For large l, log Z = l + log((1 - exp(-l)) / l).",
    MIXED: "Each pixel has a logit of its own.",
    NEGATIVE: "log Z = log((1 - exp(l)) / -l) there.",
    TINY: SERIES,
    SMALL: SERIES,
    SMALLER: SERIES,
}
GROUPS = (-900.0, -2.0, -1e-13, 0.0, 1e-13, 2.0, 900.0)


def draw(rng, regime, shape):
    """x and logits of this regime."""
    if regime in (SMALL, SMALLER):
        shape = (4, 14, 15, 1)  # so many pixels that what each lacks adds up
    x, logits = rng.uniform(0, 1, shape), rng.uniform(*REGIMES[regime], shape)
    if regime == ZEROS:
        logits[:, ::2] = 0
    if regime == MIXED:
        logits = rng.choice(GROUPS, shape)
    if regime in (SMALL, SMALLER):  # x is dark, so that l / 2 - l x of pixels with l of one sign do not cancel
        logits, x = 10**logits * np.array([1, -1, 1, -1])[:, None, None, None], x / 3
    return x, logits


def _ask(probe, x, logits):
    try:
        return probe.call("grey_nll", x, logits)
    except LearnerError as error:
        expect("ambiguous" not in str(error), IF_FOR_ALL)
        raise


def _why_lost(probe, x, logits):
    """Ordinary logits without a finite result: is it the negative ones alone?"""
    if not has_lost_numbers(_ask(probe, x, np.abs(logits))):
        return (
            "With logits from 1 to 4 the result is finite, with logits from -4 to -1 it is not. For l < 0, exp(l) - 1 "
            f"and l are both negative and have no logarithm, but their quotient has one.\n{BECAUSE}"
        )
    return f"With logits from 1 to 4, or minus that, the result is not finite.\n{BECAUSE}"


def _right_apart(probe, x, logits, total):
    """Whether the parts of each image that have one logit, asked for alone, add up to the right result."""
    sums = np.zeros(len(x))
    for i, (image, of_image) in enumerate(zip(x, logits, strict=True)):
        for logit in np.unique(of_image):
            some = of_image == logit
            try:
                part = _ask(probe, image[some].reshape(1, -1, 1, 1), of_image[some].reshape(1, -1, 1, 1))
            except LearnerError:
                return False
            if np.shape(part) != (1,):
                return False
            sums[i] += part[0]
    return fits(sums, total, 1e-3, 1e-5)
