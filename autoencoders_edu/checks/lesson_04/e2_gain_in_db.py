"""04.2 gain_in_db: what a restoration gains, in decibels, repaired."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_04.gain_mistakes import BYTES, MISTAKES
from autoencoders_edu.checks.lesson_04.gains import psnr, right, whole
from autoencoders_edu.checks.lesson_04.psnr_mistakes import PSNR_MISTAKES
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "04.2",
    "gain_in_db",
    points=2,
    minutes=12,
    why="A restoration is compared by this number in most papers, and nobody sees from the number how it was made.",
    hints=(
        "Hand the broken function the noisy images themselves as the restored ones. What should the gain be, what is "
        "it, and which line makes it so?",
        "Two images, one with little noise and one with a lot: what does one MSE for both say about the first of them?",
        "The peak is an argument. Where does the broken code use it? And what becomes of it in PSNR - PSNR, if it is "
        "the same in both? Is it the same here?",
    ),
    on_success="Against the clean image, image by image. If both PSNRs have the same peak, it cancels in the gain; "
    "with a peak of their own, noisy images look better than they are.",
)
def check_gain_in_db(probe):
    _compare(probe, draw_cases(probe.rng), MISTAKES)
    _compare(probe, [_as_bytes(probe.rng)], BYTES)


FORMULA = (
    "PSNR = 10 log10(peak^2 / MSE) of each image, with the MSE from the clean image over all its pixels and channels; "
    "gain = PSNR(restored) - PSNR(noisy), averaged over images."
)


def _compare(probe, cases, mistakes):
    pairs = [_pair(probe.call("gain_in_db", *case), case) for case in cases]
    _expect_finite(pairs, cases)
    psnrs, gains = zip(*pairs, strict=True)
    expected = [psnr(*case) for case in cases], [right(*case) for case in cases]
    _expect_order(psnrs, gains, *expected)
    for what, answers, wanted, known in (
        ("a gain", gains, expected[1], mistakes),
        ("a PSNR of the restored images", psnrs, expected[0], PSNR_MISTAKES),
    ):
        expect_rule(
            answers,
            wanted,
            cases=cases,
            mistakes=known,
            otherwise=FORMULA,
            example=partial(_example, what),
            rtol=1e-5,
            atol=1e-6,
        )


def _expect_order(psnrs, gains, right_psnrs, right_gains):
    exchanged = np.allclose(psnrs, right_gains, 1e-5, 1e-6) and np.allclose(gains, right_psnrs, 1e-5, 1e-6)
    expect(not exchanged, "You exchanged the two numbers: first the PSNR of the restored images, then the gain.")


def _example(what, case, answer, expected):
    return (
        f"For {len(case[0])} image(s) of shape {case[0].shape[1:]}, dtype {case[0].dtype} and peak={case[3]:g}, "
        f"received {what} of {answer:.4f} dB, expected {expected:.4f} dB."
    )


MIXED = np.reshape([2, 4, 0.5, 4, 8], (5, 1, 1, 1))  # one gains, the average loses, the first is in between


def draw_cases(rng):
    """(clean, noisy, restored, peak): several images or one, better or worse than the noisy ones, bright or dim."""
    cases = []
    for n, scale, harm in ((4, 1.0, 0.5), (1, 200.0, 0.6), (3, 1e-4, 0.4), (5, 3.0, MIXED)):
        shape = (n, *(int(size) for size in rng.integers([3, 7, 2], [6, 10, 4])))
        clean = scale * rng.uniform(0, 0.8, shape)
        spread = scale * np.geomspace(0.1, 0.6, n)[rng.permutation(n)].reshape(n, 1, 1, 1)
        noisy = clean + spread * rng.normal(size=shape)
        left = spread * harm * rng.uniform(0.4, 1.2, (n, 1, 1, shape[3]))
        restored = clean + 0.5 * spread * rng.uniform(0.3, 0.6) + left * rng.normal(size=shape)
        cases.append((clean, noisy, restored, float(1.5 * scale)))
    return cases


def _as_bytes(rng):
    shape = (3, *(int(size) for size in rng.integers([3, 7, 2], [6, 10, 4])))
    clean = rng.uniform(60, 200, shape)
    images = (clean, clean + 30 * rng.normal(size=shape), clean + 10 * rng.normal(size=shape))
    return *(np.clip(np.round(each), 0, 255).astype("uint8") for each in images), 255


TWO = "Return two numbers: the PSNR of the restored images and the gain, each averaged over the images."


def _pair(value, case):
    """The two numbers, or `Failed` with what was returned in their place."""
    n, pair = len(case[0]), _parts(value)
    expect(len(pair) == 2, f"{TWO} Received: {brief(value)}.")
    for part, what in zip(pair, ("PSNR", "gain"), strict=True):
        expect(
            n == 1 or np.shape(part) != (n,),
            f"Your {what} is one number for each of the {n} images. Return their average.",
        )
    return [_number(part, what) for part, what in zip(pair, ("PSNR", "gain"), strict=True)]


def _parts(value):
    """The entries of a tuple, a list or an array with an axis."""
    return list(value) if isinstance(value, (tuple, list)) or np.ndim(value) > 0 else []


def _number(value, what):
    """The value as a float, which may be nan or infinite, or `Failed`."""
    numbers = as_numbers(value)
    if numbers is not None and numbers.size == 1 and not np.isfinite(numbers).all():
        return float(numbers.reshape(()))
    return expect_number(value, f"The {what}")


def _expect_finite(pairs, cases):
    """`Failed` if a number is nan or infinite, naming a cut to whole numbers where that gives all gains."""
    lost = next((number for pair in pairs for number in pair if not np.isfinite(number)), None)
    if lost is None:
        return
    cut = [whole(*case) for case in cases]
    named = "Your images are cut off to whole numbers: nothing is left of pixels between 0 and 1. Convert to float."
    if not np.allclose([gain for _, gain in pairs], cut, 1e-5, 1e-6, equal_nan=True) or np.isfinite(cut).all():
        named = "No image here is restored exactly, and none is without noise, so that every PSNR is finite."
    raise Failed(f"You returned {lost}. {named}\n{FORMULA}")
