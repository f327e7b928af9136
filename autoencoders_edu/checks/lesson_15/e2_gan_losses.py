"""15.2 gan_losses: the non-saturating losses of discriminator and generator, from logits."""

import numpy as np

from autoencoders_edu.checks.lesson_15.gan_mistakes import MISTAKES, gan_losses
from autoencoders_edu.checks.lesson_15.screening import expect_screened_rule
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "15.2",
    "gan_losses",
    points=2,
    minutes=7,
    why="With the loss as it stands in the minimax game, a generator that fools nobody gets hardly any gradient. And a "
    "discriminator that is sure of itself is where log(sigmoid) turns into infinity.",
    hints=(
        "Both players look at the same fake logits, and want the opposite of them. Whose loss is small when the fake "
        "logits are large? And which player has anything to do with real images?",
        "The logarithm of a probability that rounds to 0 is minus infinity. Can you write softplus(a) = log(e^0 + e^a) "
        "with a function that never leaves the logarithms?",
        "np.logaddexp(0, a) is the softplus of each logit. Then take one mean for the real logits and one for the fake "
        "ones, even if there are more of one kind.",
    ),
    on_success="The discriminator pays for real images that it doubts and for fakes that it believes, the generator "
    "for fakes that are doubted; and logits stay logits, so that no certainty is too large.",
)
def check_gan_losses(probe):
    cases = draw_cases(probe.rng)
    answers = [_pair(probe.call("gan_losses", *case), case) for case in cases]
    again = _pair(probe.call("gan_losses", *cases[0]), cases[0])
    expect_same_again(answers[0], again, DRAWN)
    expected, rtol, atol = [gan_losses(*case) for case in cases], 1e-4, 1e-6
    expect_screened_rule(answers, expected, cases, MISTAKES, otherwise=ASKED, example=_example, rtol=rtol, atol=atol)


ASKED = (
    "Discriminator: mean softplus(-real) + mean softplus(fake). Generator: mean softplus(-fake). softplus(a) = log(1 + "
    "e^a), and the softplus of 1000 is 1000."
)
DRAWN = "Called twice with the same arguments, your function returned two different results. Nothing is drawn here."
TWO = "gan_losses(real_logits, fake_logits) should return two numbers, (discriminator's loss, generator's loss)."


def _pair(value, case):
    """The two numbers as an array with marks for nan and infinity; `Failed` for anything else."""
    expect(not isinstance(value, dict), f"{TWO} You returned a dict: {brief(value)}.")
    parts = list(value) if isinstance(value, (list, tuple)) or np.ndim(value) == 1 else []
    if len(parts) != 2:
        raise Failed(f"{TWO} Received: {brief(value)}.")
    for part, name in zip(parts, ("discriminator's", "generator's"), strict=True):
        sizes = [np.shape(logits) for logits in case]
        expect(
            np.shape(part) not in sizes or np.size(part) == 1,
            f"{TWO} Your {name} loss is a number for each image, of shape {np.shape(part)}: the mean is missing.",
        )
        expect(
            np.shape(part) == () or np.size(part) != 1,
            f"{TWO} Your {name} loss is an array of shape {np.shape(part)}. A mean without `axis` is a number.",
        )
    return marked([_number(part, value) for part in parts])


def _number(part, value):
    numbers = as_numbers(part)
    if numbers is None or numbers.size != 1:
        raise Failed(f"{TWO} Received: {brief(value)}.")
    return float(numbers.reshape(()))


def _example(case, answer, expected):
    real, fake = case
    logits = "; ".join(
        f"{name} logits of shape {each.shape}, {each.dtype}, from {each.min():.4g} to {each.max():.4g}"
        for name, each in (("real", real), ("fake", fake))
    )
    return (
        f"For {logits}: received a discriminator's loss of {shown(answer[0])}, expected {expected[0]:.6g}; received a "
        f"generator's loss of {shown(answer[1])}, expected {expected[1]:.6g}."
    )


# Of real and of fake images: how many, and the lowest and highest logit. Never about 10 to 90, where sigmoids round.
SIZES = (
    ((9, -2, 3), (5, -3, 2)),
    ((4, -1.5, -0.5), (7, 0.5, 1.5)),  # a discriminator that is fooled
    ((1, 0.5, 1.5), (1, -2.5, -1)),
    ((6, 2, 4), (3, -5, -3)),
    ((4, 300, 650), (3, -650, -300)),  # sure and right: e^650 is a number in double precision
    ((3, -650, -300), (5, 300, 650)),  # sure and wrong
    ((5, -1000, -300), (4, -1000, -300)),
    ((3, -1000, -750), (5, 750, 1000)),  # and e^750 is not
)


def draw_cases(rng):
    """(real_logits, fake_logits): moderate and large, one axis or two, in double and in single precision."""
    cases = []
    for index, sizes in enumerate(SIZES):
        pair = [rng.uniform(low, high, n + int(rng.integers(2)) * (n > 1)) for n, low, high in sizes]
        if index % 2:
            pair = [logits[:, None] for logits in pair]
        if index in (1, 2, 6):
            pair = [logits.astype("float32") for logits in pair]
        cases.append(tuple(pair))
    return cases
