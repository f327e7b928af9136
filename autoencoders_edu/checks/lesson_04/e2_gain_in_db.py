"""04.2 gain_in_db: what a restoration gains, in decibels, repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_04.gain_mistakes import MISTAKES, as_stored, right
from autoencoders_edu.exercises.expect import brief, expect, expect_number, expect_rule
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
        "the same in both?",
    ),
    on_success="Against the clean image, image by image. If both PSNRs have the same peak, it cancels in the gain; "
    "with a peak of their own, noisy images look better than they are.",
)
def check_gain_in_db(probe):
    _compare(probe, draw_cases(probe.rng), MISTAKES)
    _compare(probe, [_as_bytes(probe.rng)], [(WRAPPED, as_stored)])


WRAPPED = (
    "Your differences are computed in uint8, where 3 - 5 is 254, and squares are taken modulo 256 as well. Convert the "
    "images to float before you subtract."
)
FORMULA = (
    "PSNR = 10 log10(peak^2 / MSE) of each image, with the MSE from the clean image over all its pixels and channels; "
    "gain = PSNR(restored) - PSNR(noisy), averaged over images."
)


def _compare(probe, cases, mistakes):
    answers = [_one_number(probe.call("gain_in_db", *case), case) for case in cases]
    expect_rule(
        answers,
        [right(*case) for case in cases],
        cases=cases,
        mistakes=mistakes,
        otherwise=FORMULA,
        example=_example,
        rtol=1e-5,
        atol=1e-6,
    )


def _example(case, answer, expected):
    return (
        f"For {len(case[0])} image(s) of shape {case[0].shape[1:]}, dtype {case[0].dtype} and peak={case[3]:g}, "
        f"received {answer:.4f} dB, expected {expected:.4f} dB."
    )


def draw_cases(rng):
    """(clean, noisy, restored, peak): several images or one, better or worse than the noisy ones, bright or dim."""
    cases = []
    for n, scale, harm in ((4, 1.0, 0.5), (1, 200.0, 0.6), (3, 1e-4, 0.4), (5, 3.0, 2.0)):
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


def _one_number(value, case):
    n = len(case[0])
    expect(
        n == 1 or np.shape(value) != (n,),
        f"You returned one number for each of the {n} images. Return their average.",
    )
    expect(not isinstance(value, (tuple, list)), f"Return one number, the gain. Received: {brief(value)}.")
    lost = np.size(value) == 1 and np.asarray(value).dtype.kind == "f" and not np.isfinite(value).all()
    expect(
        not lost,
        f"Your gain is {brief(value)}. No image here is restored exactly, and none is without noise, so that every "
        f"PSNR is finite.\n{FORMULA}",
    )
    return expect_number(value, "gain_in_db(clean, noisy, restored, peak)")
