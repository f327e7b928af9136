"""Mistakes in a score made of a denoiser's residual, for 04.5. Arrays are noisy and denoised, (n, ...)."""

from functools import partial

import numpy as np

NOTEBOOK = (0.4, 0.5)  # the noise_stddevs of the notebook


def right(noisy, denoised, noise_stddev):
    return (denoised - noisy) / along_first(noise_stddev, noisy) ** 2


def along_first(noise_stddev, noisy):
    """The stddev as a number, or in a shape in which it goes along the first axis."""
    stddev = np.asarray(noise_stddev, float)
    return stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1)) if stddev.ndim else stddev


def _scaled(scale, noisy, denoised, noise_stddev):
    return (denoised - noisy) * scale(along_first(noise_stddev, noisy))


def _along_last(power, noisy, denoised, noise_stddev):
    """Divided as NumPy does it if one lets it: the stddevs go along the last axis."""
    stddev = np.asarray(noise_stddev, float)
    if stddev.ndim and stddev.size not in (1, noisy.shape[-1]):
        return np.full(1, np.nan)
    return (denoised - noisy) / stddev**power


def _along_second(noisy, denoised, noise_stddev):
    stddev = np.asarray(noise_stddev, float)
    if not stddev.ndim or noisy.ndim < 2:
        return right(noisy, denoised, noise_stddev)
    if stddev.size not in (1, noisy.shape[1]):
        return np.full(1, np.nan)
    return (denoised - noisy) / stddev.reshape(-1, *[1] * (noisy.ndim - 2)) ** 2


def _one_for_all(choose, noisy, denoised, noise_stddev):
    return (denoised - noisy) / choose(np.asarray(noise_stddev, float)) ** 2


def _by_mean_variance(noisy, denoised, noise_stddev):
    return (denoised - noisy) / np.mean(np.square(noise_stddev, dtype=float))


def _of(part, noisy, denoised, noise_stddev):
    return part(noisy, denoised) / along_first(noise_stddev, noisy) ** 2


def _measured(noisy, denoised, noise_stddev):
    """With the residual's own variance for that of the noise."""
    return (denoised - noisy) / np.var(denoised - noisy)


def _unit(noisy, denoised, noise_stddev):
    residual = denoised - noisy
    axes = tuple(range(1, noisy.ndim))
    return residual / np.sqrt(np.sum(residual**2.0, axis=axes, keepdims=True)) if axes else np.sign(residual)


def _per_pixel(noisy, denoised, noise_stddev):
    return right(noisy, denoised, noise_stddev) / noisy[0].size


def _fixed(stddev, noisy, denoised, noise_stddev):
    return (denoised - noisy) / stddev**2


def _with(n, stddev):
    return 1 / (stddev**2 + 10.0**-n)


def _least(n, stddev):
    return 1 / np.maximum(stddev, 10.0**-n) ** 2


def _cut(noisy, denoised, noise_stddev):
    """Cut off to whole numbers where noisy holds such."""
    score = right(noisy, denoised, noise_stddev)
    return np.trunc(score) if noisy.dtype.kind in "iu" else score


def _one_length(noisy, denoised, noise_stddev):
    score = right(noisy, denoised, noise_stddev)
    return score / np.linalg.norm(score)


def _last_where_it_fits(noisy, denoised, noise_stddev):
    own = np.ndim(noise_stddev) == 0 or np.size(noise_stddev) != noisy.shape[-1]
    return right(noisy, denoised, noise_stddev) if own else _along_last(2, noisy, denoised, noise_stddev)


def _last_unless(axes, noisy, denoised, noise_stddev):
    """Along the first axis for this number of axes, and along the last one for others."""
    if np.ndim(noise_stddev) == 0 or noisy.ndim == axes:
        return right(noisy, denoised, noise_stddev)
    return _along_last(2, noisy, denoised, noise_stddev)


def _reversed(noisy, denoised, noise_stddev):
    return right(noisy, denoised, np.asarray(noise_stddev)[::-1] if np.ndim(noise_stddev) else noise_stddev)


def whole_stddev(noisy, denoised, noise_stddev):
    with np.errstate(divide="ignore"):
        return right(noisy, denoised, np.trunc(noise_stddev))


def _floored(noisy, denoised, noise_stddev):
    return (denoised - noisy) // along_first(noise_stddev, noisy) ** 2


SIGN = "The sign is reversed: your score points away from the denoised image, to what is less likely."
VARIANCE = "Divide by the variance of the noise, noise_stddev^2."
WHOLE_STDDEV = "You cut noise_stddev off to whole numbers, as int does: 0.5 becomes 0."
OWN = "There may be one noise_stddev for each example: it belongs to the first axis."
MISTAKES = [
    (SIGN, lambda *case: -right(*case)),
    (
        f"You divided by noise_stddev, without the square. {VARIANCE}",
        partial(_scaled, lambda s: 1 / s),
    ),
    (
        "The sign is reversed, and noise_stddev is not squared.",
        partial(_scaled, lambda s: -1 / s),
    ),
    (f"noise_stddev is not used: this is denoised - noisy. {VARIANCE}", partial(_scaled, lambda s: s**0)),
    (
        "noise_stddev is not used, and the sign is reversed: this is noisy - denoised, the noise that was found.",
        partial(_scaled, lambda s: -(s**0)),
    ),
    ("You multiplied by noise_stddev^2. It divides.", partial(_scaled, lambda s: s**2)),
    ("You multiplied by noise_stddev. Its square divides.", partial(_scaled, lambda s: s)),
    (
        "You divided by 2 noise_stddev^2. The 2 of the normal density's exponent cancels when the square is "
        "differentiated.",
        partial(_scaled, lambda s: 0.5 / s**2),
    ),
    ("You divided by (2 noise_stddev)^2. There is no 2 in it.", partial(_scaled, lambda s: 0.25 / s**2)),
    ("The result is twice what it should be. There is no 2 in the score.", partial(_scaled, lambda s: 2 / s**2)),
    (
        "You divided by 2 noise_stddev^2, and the sign is reversed.",
        partial(_scaled, lambda s: -0.5 / s**2),
    ),
    (f"You squared noise_stddev twice. {VARIANCE}", partial(_scaled, lambda s: 1 / s**4)),
    (f"You took the root of noise_stddev. {VARIANCE}", partial(_scaled, lambda s: 1 / np.sqrt(s))),
    (f"You multiplied noise_stddev by 2 where it has to be squared. {VARIANCE}", partial(_scaled, lambda s: 0.5 / s)),
    (
        f"{OWN} In yours it goes along the last one, as NumPy has it. Where n is the length of the last axis, NumPy "
        "does not complain.",
        partial(_along_last, 2),
    ),
    (
        f"{OWN} In yours it goes along the last one, as NumPy has it, and it is not squared.",
        partial(_along_last, 1),
    ),
    (f"{OWN} In yours it goes along the last one where that has the length n.", _last_where_it_fits),
    *(
        (
            f"{OWN} In yours it does so only if noisy has {axes} axes, and otherwise goes along the last one.",
            partial(_last_unless, axes),
        )
        for axes in (2, 3, 4)
    ),
    (f"{OWN} In yours it goes along the second one.", _along_second),
    ("The stddevs are in reverse order: the first belongs to the first example.", _reversed),
    (WHOLE_STDDEV, whole_stddev),
    (f"You raised noise_stddev to the third power. {VARIANCE}", partial(_scaled, lambda s: 1 / s**3)),
    (f"{OWN} You took the first of them for all.", partial(_one_for_all, lambda s: s.reshape(-1)[0])),
    (f"{OWN} You took their mean for all.", partial(_one_for_all, np.mean)),
    (f"{OWN} You took the mean of their squares for all.", _by_mean_variance),
    (f"{OWN} You took the largest for all.", partial(_one_for_all, np.max)),
    (f"{OWN} You took the smallest for all.", partial(_one_for_all, np.min)),
    (f"{OWN} You took the sum of their squares for all.", partial(_one_for_all, np.linalg.norm)),
    (
        "denoised is missing: this is -noisy / noise_stddev^2, the score of noise around 0.",
        partial(_of, lambda noisy, denoised: -noisy),
    ),
    ("noisy is missing: this is denoised / noise_stddev^2.", partial(_of, lambda noisy, denoised: denoised)),
    ("You added noisy and denoised. The score is made of their difference.", partial(_of, lambda a, b: a + b)),
    (
        "Brackets are missing: in denoised - noisy / noise_stddev^2 only noisy is divided.",
        lambda noisy, denoised, s: denoised - noisy / along_first(s, noisy) ** 2,
    ),
    (
        "Only denoised is divided by noise_stddev^2. Set brackets around denoised - noisy.",
        lambda noisy, denoised, s: denoised / along_first(s, noisy) ** 2 - noisy,
    ),
    (
        "You squared the difference. The score has a direction: the difference itself.",
        partial(_of, lambda a, b: (b - a) ** 2.0),
    ),
    ("You took the absolute value. The score has a direction.", partial(_of, lambda a, b: np.abs(b - a))),
    ("You returned the sign of the score. Its size counts as well.", lambda *case: np.sign(right(*case))),
    ("You scaled each score to length 1. Its length counts: far from all images the score is long.", _unit),
    ("You scaled all scores together to length 1. Their length counts.", _one_length),
    (
        "This is the exponent of a normal density, -(denoised - noisy)^2 / (2 noise_stddev^2). The score is its "
        "gradient.",
        partial(_of, lambda a, b: -0.5 * (b - a) ** 2.0),
    ),
    ("You divided by 1 + noise_stddev^2. " + VARIANCE, partial(_scaled, lambda s: 1 / (1 + s**2))),
    (
        "Your score is cut off to whole numbers: an array of the dtype of noisy, if that is integers, cannot hold "
        "fractions.",
        _cut,
    ),
    ("You measured the variance of denoised - noisy. The noise's is noise_stddev^2.", _measured),
    ("You divided by the number of pixels as well.", _per_pixel),
    ("You returned the denoised examples.", lambda noisy, denoised, noise_stddev: denoised),
    ("You added the score to the noisy examples. The score alone was asked for.", lambda *c: c[0] + right(*c)),
    ("You rounded the result to whole numbers.", lambda *case: np.round(right(*case))),
    *((f"You rounded the result to {n} decimal(s).", lambda *case, n=n: np.round(right(*case), n)) for n in (1, 2, 3)),
    ("You divided with //, which rounds down.", _floored),
    *(
        (
            f"noise_stddev is not used: you divided by {s} squared, the notebook's. It is an argument.",
            partial(_fixed, s),
        )
        for s in NOTEBOOK
    ),
    *(
        (f"You add 1e-{n} to the variance. For little noise that is not small.", partial(_scaled, partial(_with, n)))
        for n in range(3, 17)
    ),
    *(
        (f"You keep noise_stddev from being smaller than 1e-{n}.", partial(_scaled, partial(_least, n)))
        for n in range(2, 9)
    ),
]
