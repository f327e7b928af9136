"""09.3 hidden_beta: the beta that hides in a code's means and weights."""

import math

from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, rules
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect_number
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "09.3",
    "hidden_beta",
    points=2,
    minutes=8,
    why="Most published code averages over pixels, and some over latents. Unless you know which beta that is, you "
    "compare two papers' settings in different units.",
    hints=(
        "Write both losses with the sum of squared errors and the sum of KLs, so that every mean becomes a factor. "
        "When do two losses have the same optimum?",
        "Multiply the code's loss by a constant that makes its factor of the squared error the same as in the "
        "beta-VAE. What has become of its factor of the KL?",
        "How many numbers does an image have? Is there anything to divide by when the KL is summed over the latents?",
    ),
    on_success="A loss may be multiplied by any constant, so that only the ratio of its two factors counts. That ratio "
    "is the dial.",
)
def check_hidden_beta(probe):
    cases = draw_cases(probe.rng)
    answers = [_number(_ask(probe, *case), case) for case in cases]
    again = _number(_ask(probe, *cases[0]), cases[0])
    expect_same_again(answers[0], again, "Called twice with the same arguments, your code returned different numbers.")
    expect_one_rule(
        answers,
        [hidden_beta(*case) for case in cases],
        cases,
        MISTAKES,
        otherwise=BECAUSE,
        example=_shown,
        rtol=1e-6,
        atol=0,
    )


BECAUSE = (
    "Multiply the code's loss by the constant that turns its factor of the sum of squared errors into 1 / (2 "
    "stddev^2). The factor of the sum of KLs is then beta."
)
DEFAULTS = (1.0, 1.0, "mean")


def _ask(probe, *case):
    """The answer; arguments at their defaults are left out, and the others are named."""
    names = ("reconstruction_weight", "kl_weight", "kl_reduction")
    options = {n: value for n, value, usual in zip(names, case[3:], DEFAULTS, strict=True) if value != usual}
    try:
        return probe.call("hidden_beta", *case[:3], **options)
    except LearnerError as error:
        if len(case[0]) == 3:
            raise
        raise Failed(
            f"Your code runs for shapes of three sizes; for shape {case[0]} it raises. Multiply as many sizes as there "
            f"are.\n{error}"
        ) from None


def _number(value, case):
    array = None if isinstance(value, (list, tuple)) else as_numbers(value)
    if array is not None and array.size > 1:
        raise Failed(f"hidden_beta should return one number. {_call(case)} Received: {brief(value)}.")
    return expect_number(value, "hidden_beta(...)")


def draw_cases(rng):
    """(shape, latent_dim, stddev, reconstruction_weight, kl_weight, kl_reduction): first with defaults."""
    return [
        (_shape(rng, 3), int(rng.integers(5, 12)), float(rng.uniform(0.1, 0.4)), *DEFAULTS),
        ((28, 28, 1), 16, float(rng.uniform(0.2, 0.8)), *DEFAULTS),
        (_shape(rng, 3), int(rng.integers(13, 40)), float(rng.uniform(1.2, 4)), *_weights(rng), "mean"),
        (_shape(rng, 3), int(rng.integers(5, 12)), float(rng.uniform(0.2, 0.9)), *_weights(rng), "sum"),
        (_shape(rng, 1), int(rng.integers(3, 9)), float(rng.uniform(0.2, 0.9)), 1.0, 1.0, "sum"),
        (_shape(rng, 2), int(rng.integers(3, 9)), float(rng.uniform(2, 3)), *_weights(rng), "mean"),
        (_shape(rng, 3), 1, float(rng.uniform(0.2, 0.9)), *_weights(rng), "mean"),
        (_shape(rng, 3), int(rng.integers(3, 9)), 1, int(rng.integers(2, 9)), int(rng.integers(11, 30)), "sum"),
        (_shape(rng, 3), int(rng.integers(3, 9)), float(rng.uniform(0.01, 0.02)), *_weights(rng)[::-1], "mean"),
    ]


def _shape(rng, axes):
    """Sizes that differ from each other: no square images, and two to five channels."""
    if axes == 1:
        return (int(rng.integers(20, 90)),)
    height = int(rng.integers(6, 20))
    return (height, height + int(rng.integers(1, 9)), int(rng.integers(2, 6)))[:axes]


def _weights(rng):
    """A weight of the reconstruction above 1, one of the KL below."""
    return float(rng.uniform(1.5, 9)), float(rng.uniform(0.02, 0.6))


def hidden_beta(
    shape,
    latent_dim,
    stddev,
    reconstruction_weight,
    kl_weight,
    kl_reduction,
    half="once",
    width="squared",
    size="all",
    latents="for the mean",
    weights="both",
    end="as it is",
):
    """beta of the equivalent beta-VAE; each option puts one mistake in."""
    if latents == "default mean":
        kl_reduction = "mean"
    factor = SIZES[size](shape) * HALVES[half] * WIDTHS[width](float(stddev))
    factor *= LATENTS[latents](latent_dim, kl_reduction == "mean")
    return ENDS[end](factor * WEIGHTS[weights](float(reconstruction_weight), float(kl_weight)))


def _whole_ratio(shape, latent_dim, *others):
    return math.prod(shape) // (latent_dim if others[-1] == "mean" else 1)


HALVES = {"once": 0.5, "left out": 1.0, "wrong side": 2.0, "twice": 0.25}
WIDTHS = {
    "squared": lambda stddev: stddev**-2.0,
    "not squared": lambda stddev: 1 / stddev,
    "left out": lambda stddev: 1.0,
    "multiplied": lambda stddev: stddev**2,
    "multiplied, not squared": lambda stddev: stddev,
    "twice squared": lambda stddev: stddev**-4.0,
    "root": lambda stddev: stddev**-0.5,
    "cubed": lambda stddev: stddev**-3.0,
    "0.25": lambda stddev: 0.25**-2.0,
}
SIZES = {
    "all": math.prod,
    "without channels": lambda shape: math.prod(shape[:2]),
    "without the last": lambda shape: math.prod(shape[:-1]) if len(shape) > 1 else shape[0],
    "without the last, ever": lambda shape: math.prod(shape[:-1]),
    "without the first": lambda shape: math.prod(shape[1:]),
    "squared": lambda shape: shape[0] ** 2,
    "squared, with channels": lambda shape: shape[0] ** 2 * math.prod(shape[2:]),
    "first": lambda shape: shape[0],
    "last": lambda shape: shape[-1],
    "left out": lambda shape: 1,
    "divided": lambda shape: 1 / math.prod(shape),
    "784": lambda shape: 784,
    "axes": len,
    "sum": sum,
}
LATENTS = {
    "for the mean": lambda latents, mean: 1 / latents if mean else 1.0,
    "never": lambda latents, mean: 1.0,
    "always": lambda latents, mean: 1 / latents,
    "for the sum": lambda latents, mean: 1.0 if mean else 1 / latents,
    "multiplied": lambda latents, mean: latents if mean else 1.0,
    "multiplied for the sum": lambda latents, mean: 1.0 if mean else latents,
    "multiplied always": lambda latents, mean: latents,
    "both ways": lambda latents, mean: 1 / latents if mean else latents,
    "16": lambda latents, mean: 1 / 16 if mean else 1.0,
}
WEIGHTS = {
    "both": lambda reconstruction, kl: kl / reconstruction,
    "upside down": lambda reconstruction, kl: reconstruction / kl,
    "without reconstruction": lambda reconstruction, kl: kl,
    "without kl": lambda reconstruction, kl: 1 / reconstruction,
    "product": lambda reconstruction, kl: kl * reconstruction,
    "neither": lambda reconstruction, kl: 1.0,
    "share": lambda reconstruction, kl: kl / (reconstruction + kl),
    "reconstruction multiplied": lambda reconstruction, kl: reconstruction,
}
ENDS = {
    "as it is": lambda beta: beta,
    "inverse": lambda beta: 1 / beta,
    "root": lambda beta: beta**0.5,
    "whole": lambda beta: float(math.floor(beta)),
    "one less": lambda beta: beta - 1,
    "minus": lambda beta: -beta,
    "log": math.log,
    **{f"{digits} digits": lambda beta, digits=digits: round(beta, digits) for digits in range(5)},
}

IN_HALF = {
    "The 1/2 is missing: -log p(x|z) of Gaussian pixels is the squared error divided by 2 stddev^2.": {
        "half": "left out"
    },
    "You multiplied by 2 where the formula divides: -log p(x|z) is the squared error divided by 2 stddev^2.": {
        "half": "wrong side"
    },
    "You divided by 4 stddev^2. The formula has 2 stddev^2: the 2 is not squared, and stands there once.": {
        "half": "twice"
    },
}
IN_WIDTH = {
    "The stddev is not squared: -log p(x|z) is the squared error divided by 2 stddev^2.": {"width": "not squared"},
    "The stddev is missing: the smaller it is, the more a squared error counts.": {"width": "left out"},
    "You multiplied by stddev^2. For a given code the squared error is fixed: the smaller the stddev, the more it "
    "counts, and the larger the beta that makes up for it.": {"width": "multiplied"},
    "You multiplied by the stddev. Divide by its square.": {"width": "multiplied, not squared"},
    "The stddev is squared twice: stddev^2 is the variance already.": {"width": "twice squared"},
    "You divided by the root of the stddev. Divide by its square.": {"width": "root"},
    "You divided by the third power of the stddev. Divide by its square.": {"width": "cubed"},
    "A stddev of 0.25 is written into your code. Take the argument.": {"width": "0.25"},
}
IN_SIZE = {
    "The channels are missing: the mean runs over height, width and channels.": {"size": "without channels"},
    "The last axis of shape is missing from the number of pixels. All its sizes are multiplied.": {
        "size": "without the last"
    },
    "The last axis of shape is missing from the number of pixels, even where it is the only one. All its sizes are "
    "multiplied.": {"size": "without the last, ever"},
    "You left out the first size of shape, as if it were the batch. shape is that of one image: multiply all sizes.": {
        "size": "without the first"
    },
    "You squared the first size of shape. Images need not be square, and have channels: multiply all sizes.": {
        "size": "squared"
    },
    "You squared the first size of shape. Images need not be square: multiply all sizes.": {
        "size": "squared, with channels"
    },
    "You took the first size of shape for the number of pixels. Multiply all of them.": {"size": "first"},
    "You took the last size of shape for the number of pixels. Multiply all of them.": {"size": "last"},
    "The number of pixels is missing. A mean over them is their sum divided by how many there are.": {
        "size": "left out"
    },
    "The number of pixels divides in your code. A mean makes the squared error that much smaller, and the KL count "
    "that much more.": {"size": "divided"},
    "784 is written into your code. The number of pixels is in shape.": {"size": "784"},
    "You took the number of axes for the number of pixels. Multiply the sizes.": {"size": "axes"},
    "You added up the sizes of shape. Multiply them.": {"size": "sum"},
}
IN_LATENTS = {
    'The number of latents is missing where kl_reduction is "mean": a mean is the sum divided by it.': {
        "latents": "never"
    },
    'You divided by the number of latents for kl_reduction="sum" as well. A sum is not divided.': {"latents": "always"},
    'You divided by the number of latents for the "sum", and not for the "mean". It is the other way round.': {
        "latents": "for the sum"
    },
    "You multiplied by the number of latents. A mean over latents makes the KL count less.": {"latents": "multiplied"},
    'You multiplied by the number of latents for the "sum", and did nothing for the "mean". The sum is the KL itself; '
    "the mean is the sum divided by that number.": {"latents": "multiplied for the sum"},
    "You multiplied by the number of latents, whatever kl_reduction is. Only a mean differs from the KL, and it is "
    "smaller.": {"latents": "multiplied always"},
    'For the "sum" you multiplied by the number of latents. The sum is the KL itself.': {"latents": "both ways"},
    "16 latents are written into your code. Take latent_dim.": {"latents": "16"},
}
IN_WEIGHTS = {
    "The two weights are upside down: a larger kl_weight is a larger beta.": {"weights": "upside down"},
    "reconstruction_weight is missing: if it is larger, the same kl_weight counts less.": {
        "weights": "without reconstruction"
    },
    "kl_weight is missing.": {"weights": "without kl"},
    "You multiplied by reconstruction_weight. If it is larger, the KL counts less.": {"weights": "product"},
    "The two weights are not used.": {"weights": "neither"},
    "You took kl_weight's share of both weights. What counts is their ratio.": {"weights": "share"},
    "You multiplied by reconstruction_weight, and kl_weight is missing. A larger kl_weight is a larger beta.": {
        "weights": "reconstruction multiplied"
    },
}
IN_END = {
    "This is 1 / beta: the weight of the reconstruction when that of the KL is 1.": {"end": "inverse"},
    "You took a root at the end. beta is the ratio itself.": {"end": "root"},
    "You cut beta to a whole number. Divide with /, not with //.": {"end": "whole"},
    "You subtracted 1 from beta.": {"end": "one less"},
    "The sign is wrong: both terms are costs.": {"end": "minus"},
    "You returned the logarithm of beta.": {"end": "log"},
    **{
        f"You rounded beta, as by round(beta, {digits}). Return it as it is.": {"end": f"{digits} digits"}
        for digits in range(5)
    },
}
GROUPS = (IN_HALF, IN_WIDTH, IN_SIZE, IN_LATENTS, IN_WEIGHTS, IN_END)
SAME_SIZES = (
    "Your result does not depend on the stddev, nor on the sizes: you gave the ratio of the weights. Every mean in the "
    "code's loss is a hidden factor."
)
MISTAKES = [
    *rules(hidden_beta, GROUPS[0] | GROUPS[1], *GROUPS[2:], most=1),
    (
        SAME_SIZES,
        lambda *case: hidden_beta(*case, half="left out", width="left out", size="left out", latents="never"),
    ),
    (
        "The factor 1 / (2 stddev^2) is missing: your beta is that for a squared error without a stddev.",
        lambda *case: hidden_beta(*case, half="left out", width="left out"),
    ),
    (
        "The numbers of pixels and of latents are both missing. Every mean in the code's loss is a hidden factor.",
        lambda *case: hidden_beta(*case, size="left out", latents="never"),
    ),
    (
        "You divided the number of pixels by that of the latents with //, which leaves whole numbers. Divide with /.",
        lambda *case: hidden_beta(*case, size="left out", latents="never") * _whole_ratio(*case),
    ),
    (
        "Your beta is never below 1. A hidden beta may be any number above 0.",
        lambda *case: max(1.0, hidden_beta(*case)),
    ),
    *rules(hidden_beta, *GROUPS, least=2),
]


def _call(case):
    shape, latents, stddev, reconstruction, kl, reduction = case
    return (
        f"For shape {shape}, {latents} latents, stddev {stddev:.4g}, reconstruction_weight {reconstruction:.4g}, "
        f'kl_weight {kl:.4g} and kl_reduction "{reduction}":'
    )


def _shown(case, answer, expected):
    return f"{_call(case)} received {answer:.6g}, expected {expected:.6g}."
