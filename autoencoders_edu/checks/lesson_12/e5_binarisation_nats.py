"""12.5 binarisation_nats: what images cost that were made black and white in two ways, and the floor of one of them."""

import numpy as np

from autoencoders_edu.checks.lesson_12.binarisation_slips import MISTAKES, RIGHT
from autoencoders_edu.checks.lesson_12.slips import expect_without_slips
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.exercises.expect import expect, expect_keys, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "12.5",
    "binarisation_nats",
    points=3,
    minutes=10,
    why='Papers report nats "on MNIST" for both kinds, and the two cannot be compared.',
    hints=(
        "What does a pixel x of 0 or 1 cost at logit l? Write it so that no probability is computed: "
        "np.logaddexp(0, l) "
        "is log(1 + exp(l)).",
        "The cost of a pixel is a straight line in x. What is then its mean over drawings of x whose mean is the grey "
        "value?",
        "The floor is the dynamic cost of a model that knows every grey value. Which pixels cost it nothing, and what "
        "does np.log make of them?",
    ),
    on_success="One decoder, two numbers, and a floor under one of them. Say which black and white it was before you "
    "compare nats.",
)
def check_binarisation_nats(probe):
    cases = draw_cases(probe.rng)
    answers = [probe.call("binarisation_nats", *case) for case in cases]
    for answer in answers:
        expect_keys(answer, RIGHT, "binarisation_nats(grey, logits)")
    expected = {
        key: [right(*(array.astype(float) for array in case)) for case in cases] for key, right in RIGHT.items()
    }
    given = [(answer["static"], answer["dynamic"]) for answer in answers]
    exchanged = zip(given, expected["dynamic"], expected["static"], strict=True)
    expect(
        not all(fits(one, dynamic) and fits(other, static) for (one, other), dynamic, static in exchanged),
        'You exchanged "static" and "dynamic".',
    )
    again = probe.call("binarisation_nats", *cases[0])
    for key in RIGHT:
        values = [answer[key] for answer in answers]
        expect(values[0] is not None, f'The value of "{key}" is None.')
        expect_same_again(values[0], again[key], f'"{key}": {DRAWN}')
        expect_without_slips(
            values,
            expected[key],
            cases,
            [(f'"{key}": {message}', rule) for message, rule in MISTAKES[key]],
            otherwise=f'"{key}" is not what it should be. {FORMULAS[key]} Sum over pixels and channels of each image: '
            "(batch,).",
            describe=lambda case: f"grey of shape {case[0].shape} and logits up to {np.abs(case[1]).max():.3g}",
            rtol=1e-5,
            atol=1e-3,
        )


DRAWN = (
    "Called twice with the same arguments, your function returned two different results. It draws random pixels; the "
    "mean over all drawings has a formula."
)
FORMULAS = {
    "static": "-log p of a pixel is log(1 + exp(-l)) for a 1 and log(1 + exp(l)) for a 0; a pixel is 1 "
    "if its grey value "
    "is at least 0.5.",
    "dynamic": "A pixel of grey value g costs -g log p - (1 - g) log(1 - p) on average.",
    "floor": "A pixel of grey value g has the entropy -g log g - (1 - g) log(1 - g), and 0 log 0 = 0.",
}


def draw_cases(rng):
    """(grey, logits): with grey values of exactly 0, 0.5 and 1, ordinary and extreme logits, one image or several."""
    height, width = map(int, rng.integers([3, 6], [6, 9]))
    cases = []
    for batch, channels, extreme in ((4, 2, False), (1, 3, False), (3, 1, True), (2, 2, True)):
        shape = (batch, height, width, channels)
        grey = rng.uniform(0.02, 0.98, shape)
        kinds = rng.permuted(np.arange(grey[0].size).reshape(1, -1).repeat(batch, axis=0), axis=1).reshape(shape) % 6
        grey = np.where(kinds < 3, kinds / 2, grey)  # a half of all pixels are 0, 0.5 or 1, as many of each
        # Grey values of 0.5 have logits of one sign, so that it shows what becomes of them.
        logits = rng.uniform(0.5, 4, shape) * np.where(kinds == 1, 1, rng.choice([-1, 1], shape))
        if extreme:
            logits = np.where(rng.random(shape) < 0.5, logits, logits * rng.uniform(220, 250, shape))
        cases.append((grey, logits))
        height, width = width, height
    cases[0] = tuple(array.astype("float32") for array in cases[0])
    return [*cases, (cases[2][0].round(), cases[2][1])]
