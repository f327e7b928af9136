"""Mistakes in an average PSNR that do not show in the gain, for 04.2."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_04.gains import EACH, in_db, mse, psnr, psnrs, right


def _with_peak(square, clean, noisy, restored, peak):
    """The same with another number in place of peak^2: square(clean, restored, peak), one number or one per image."""
    return np.mean(in_db(square(clean, restored, peak) / mse(clean, restored)))


CANCELS = "In the gain that cancels, in the PSNR it does not."
PSNR_MISTAKES = [
    (f"The peak is not squared. {CANCELS}", partial(_with_peak, lambda c, r, peak: peak)),
    (f"The peak is not used: yours is 1. {CANCELS}", partial(_with_peak, lambda c, r, peak: 1.0)),
    (f"Your peak is 255, whatever is given. {CANCELS}", partial(_with_peak, lambda c, r, peak: 255.0**2)),
    (
        f"Your squared errors are added up over an image, not averaged. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: peak**2 / c[0].size),
    ),
    (
        f"Your squared errors are added up and divided by 64, the notebook's number of pixels. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: peak**2 / c[0].size * 64),
    ),
    (
        f"Your squared errors are added up over an image, and the peak is not used. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: 1 / c[0].size),
    ),
    (
        f"Your peak is the largest value of all clean images. The peak is a constant, which you are given. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: c.astype(float).max() ** 2),
    ),
    (
        f"Your peak is the largest value of each clean image. The peak is a constant, which you are given. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: c.astype(float).max(axis=EACH) ** 2),
    ),
    (
        f"Your peak is the range, max - min, of the clean images. The peak is a constant. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: np.ptp(c.astype(float)) ** 2),
    ),
    (
        "In place of peak^2 you have the mean square of each clean image: that is a signal-to-noise ratio, not the "
        f"peak's. {CANCELS}",
        partial(_with_peak, lambda c, r, peak: np.mean(c.astype(float) ** 2, axis=EACH)),
    ),
    (
        "You divided bytes by 255, and the peak is still the one for bytes: it belongs to pixels as they are given. "
        f"{CANCELS}",
        partial(_with_peak, lambda c, r, peak: (255 * peak) ** 2 if c.dtype == "uint8" else peak**2),
    ),
    ("Your first number is the gain, like the second.", lambda *case: right(*case)),
    ("Your first number is the PSNR of the noisy images.", lambda *case: np.mean(psnrs(*case)[1])),
    (
        "The gain is right, but one MSE over all images stands in the PSNR. Each image has a PSNR of its own; the "
        "average comes last.",
        lambda clean, noisy, restored, peak: in_db(peak**2 / mse(clean, restored, None)),
    ),
    (
        "The gain is right, but your PSNR is the sum over the images. Average it.",
        lambda *case: np.sum(psnrs(*case)[0]),
    ),
    (
        "The gain is right, but your PSNR is that of the first image alone. Average it.",
        lambda *case: psnrs(*case)[0][0],
    ),
    (
        "The gain is right, but your PSNR compares the restored images with the noisy ones. Compare with the clean.",
        lambda clean, noisy, restored, peak: psnr(noisy, noisy, restored, peak),
    ),
    ("Your PSNR is negative: you have MSE / peak^2 in the logarithm.", lambda *case: -psnr(*case)),
]
