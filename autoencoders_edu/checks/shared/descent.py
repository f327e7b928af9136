"""The steps of a linear autoencoder's training by hand, and what is wrong with them, for 01.5."""

import numpy as np

from autoencoders_edu.exercises.expect import LearnerError

RATE = 0.3  # the default of the learner's function


def if_it_runs(diagnosis, *inputs):
    """What this diagnosis says; "" if the code cannot do with other data what the diagnosis asks of it."""
    try:
        with np.errstate(all="ignore"):  # weights may be enormous
            return diagnosis(*inputs)
    except (LearnerError, ValueError, TypeError, IndexError):
        return ""


def wrong_step(probe, dim, seed):
    """What is wrong with the first step, by the weights before and after it; "" if no known mistake gives these."""
    x = probe.rng.normal(0.5, 0.4, (50, 13))  # as many images as a step takes, in whatever order
    (encoder, decoder), steps = first_step(probe, x, dim, seed)
    if not encoder.any() and not decoder.any():
        return ALL_ZERO
    centred = x - x.mean(axis=0)
    for message, inputs in {"": centred, STANDARDISED: centred / x.std(axis=0), NOT_CENTRED: x}.items():
        factors = [_factor(*pair) for pair in zip(steps, _gradients(inputs, encoder, decoder), strict=True)]
        one, other = factors
        if one and other and np.isclose(one, other, rtol=1e-3):
            return message or _wrong_pace(one, x.shape[1])
        if not message and any(factors):
            return _one_wrong(factors) or _mistaken_step(steps, centred, encoder, decoder)
    return _mistaken_step(steps, centred, encoder, decoder)


def first_step(probe, x, dim, seed):
    """(encoder, decoder) before the first step, and by how much it moves each, divided by the rate."""
    before, after = (
        [np.asarray(part, float) for part in probe.call("train_linear", x, dim, steps=1, rate=rate, seed=seed)[1:]]
        for rate in (0.0, RATE)
    )
    return before, [(old - new) / RATE for old, new in zip(before, after, strict=True)]


ALL_ZERO = (
    "Encoder and decoder both start at 0. The gradient of each has the other as a factor, so that both stay there: "
    "start them at small random numbers."
)
STANDARDISED = (
    "You standardised the pixels: encoder and decoder work on (x - mean) / stddev. The loss is that of x - mean, in "
    "which pixels that vary more count more."
)
NOT_CENTRED = "The training never subtracts the mean: encoder and decoder work on x itself, and should on x - mean."


def _gradients(x, encoder, decoder):
    """Those of the loss, for the encoder and for the decoder."""
    z = x @ encoder
    error = (z @ decoder - x) / len(x)
    return x.T @ error @ decoder.T, z.T @ error


def _wrong_pace(factor, pixels):
    """What is wrong if both steps are this many times as long as they should be; "" if it is 1."""
    known = {
        1: "",
        -1: "The gradients are added where they should be subtracted: both encoder and decoder climb.",
        50: "Your steps are 50 times too long: divide the gradient by the number of images in a step, as the loss "
        "does.",
        1 / pixels: "Your steps are too short, by the number of pixels: the loss sums over the pixels, so the gradient "
        "is not divided by their number.",
        1 / 50: "Your steps are 50 times too short: the gradient is divided by the number of images twice.",
        1 / 2: "Your steps are half as long as they should be: the 1/2 in front of the loss cancels the 2 of the "
        "square.",
    }
    otherwise = f"Your steps are {factor:.3g} times as long as the gradient of the loss asks."
    return next((message for each, message in known.items() if np.isclose(factor, each, rtol=1e-3)), otherwise)


def _one_wrong(factors):
    """What is wrong with one of the two steps if it has the direction of its gradient; "" if neither is."""
    for name, factor in zip(("encoder", "decoder"), factors, strict=True):
        if factor is not None and factor < -1e-3:
            return f"The {name}'s gradient is added where it should be subtracted: the {name} climbs."
        if factor is not None and abs(factor - 1) > 1e-3:
            return f"In a step the {name} moves {factor:.3g} times as far as the gradient of the loss asks."
    return ""


def _factor(step, gradient):
    """The number by which the gradient has to be multiplied to be this step; None if there is none, or it is 0."""
    factor = np.sum(step * gradient) / np.sum(gradient**2)
    return factor if factor and np.allclose(step, factor * gradient, rtol=0, atol=1e-4 * np.abs(step).max()) else None


def _mistaken_step(steps, x, encoder, decoder):
    """The mistake that leads in the direction of one of the two steps; "" if none is known."""
    for message, (part, direction) in _mistaken_directions(x, encoder, decoder).items():
        if _factor(steps[part], direction) is not None:
            return message
    return ""


def _mistaken_directions(x, encoder, decoder):
    """From messages to the part that makes the step (0 the encoder, 1 the decoder) and its direction."""
    z = x @ encoder
    error = z @ decoder - x
    back = "The error reaches the codes through the decoder: error @ decoder.T."
    instead = "The {} follows {} where the error, drawing - target, belongs."
    return {
        f"The encoder is given the decoder's gradient, transposed. The shapes fit, but it is another one. {back}": (
            0,
            error.T @ z,
        ),
        f"You sent the error back through the encoder, error @ encoder. {back}": (0, x.T @ error @ encoder),
        f"The encoder follows its own codes, inputs.T @ z, not the error. {back}": (0, x.T @ z),
        "You reshaped the decoder where it has to be transposed: decoder.T exchanges rows and columns, a reshape keeps "
        f"the numbers in their order in memory. {back}": (0, x.T @ error @ decoder.reshape(decoder.T.shape)),
        instead.format("encoder", "the inputs"): (0, x.T @ x @ decoder.T),
        instead.format("encoder", "the drawings"): (0, x.T @ z @ decoder @ decoder.T),
        instead.format("encoder", "the sign of the error"): (0, x.T @ np.sign(error) @ decoder.T),
        "The encoder's gradient is made with the drawings where the inputs belong.": (
            0,
            (z @ decoder).T @ error @ decoder.T,
        ),
        "The decoder is given the encoder's gradient, transposed. Its own is z.T @ error.": (
            1,
            decoder @ error.T @ x,
        ),
        instead.format("decoder", "the inputs"): (1, z.T @ x),
        instead.format("decoder", "the drawings"): (1, z.T @ z @ decoder),
        instead.format("decoder", "the sign of the error"): (1, z.T @ np.sign(error)),
    }


def never_seen(probe, dim, seed):
    """Which images the training never looks at; "" if it looks at all of them.

    Each step adds centred images to the columns of the encoder, so many times each. Where pixels outnumber images the
    sum can be taken apart again but for a constant: images that were never used have the same numbers.
    """
    x = probe.rng.normal(0.5, 0.3, (90, 120))
    start, end = (
        np.asarray(probe.call("train_linear", x, dim, rate=rate, seed=seed)[1], float) for rate in (0.0, RATE)
    )
    centred = (x - x.mean(axis=0)).T
    numbers = np.linalg.lstsq(centred, end - start, rcond=1e-9)[0]
    size = np.abs(numbers).max()
    if not size or not np.allclose(centred @ numbers, end - start, atol=1e-6 * size):
        return ""
    alike = np.all(np.abs(numbers[:, None] - numbers) < 1e-6 * size, axis=2)
    used = ~alike[np.argmax(alike.sum(axis=1))]
    seen = int(used.sum())
    if seen in (0, len(used) - 1):
        return ""
    which = f"the first {seen}" if used[:seen].all() else f"the same {seen} of {len(used)}"
    return (
        f"All the steps of your training together see only {which} images. Choose 50 of all images anew in each step."
    )


def wrong_use_of_arguments(probe, dim, seed):
    """What the learner's function makes of `steps` and `rate` if that is wrong; "" if it is not known to be."""
    x = probe.rng.normal(0.5, 0.4, (60, 13))
    start, half, first, end = (
        np.concatenate([np.ravel(part) for part in probe.call("train_linear", x, dim, seed=seed, **asked)[1:]])
        for asked in (
            {"steps": 1, "rate": 0.0},
            {"steps": 1, "rate": RATE / 2},
            {"steps": 1, "rate": RATE},
            {"steps": 20, "rate": RATE},
        )
    )
    if np.array_equal(start, first) and not np.array_equal(start, end):
        return "Your code takes the same steps whatever `rate` is. Use the argument."
    is_one = np.allclose(first - start, 2 * (half - start), rtol=1e-6, atol=1e-12)  # the next would not be as long
    if is_one and np.array_equal(first, end) and not np.array_equal(start, end):
        return "Your training ends after its first step, whatever `steps` is: does a `return` stand inside the loop?"
    return ""


def targets_with_mean(probe, dim, seed):
    """That the targets are not centred, if the first step shows it; "" if it does not.

    On all images together the mean makes no difference, so one more image is given than a step takes, and each of them
    may be the one that is left out.
    """
    x = probe.rng.normal(0.5, 0.4, (51, 13))
    (encoder, decoder), steps = first_step(probe, x, dim, seed)
    for left_out in range(len(x)):
        targets = np.delete(x, left_out, axis=0)
        inputs = targets - x.mean(axis=0)
        z = inputs @ encoder
        error = (z @ decoder - targets) / len(inputs)
        gradients = inputs.T @ error @ decoder.T, z.T @ error
        if all(np.allclose(*pair, rtol=1e-4, atol=1e-7) for pair in zip(steps, gradients, strict=True)):
            return (
                "The targets are not centred: z @ decoder is compared with x, and it draws x - mean. The mean is added "
                "only afterwards."
            )
    return ""
