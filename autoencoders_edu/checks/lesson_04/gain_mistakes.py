"""Mistakes in a gain in decibels, for 04.2."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_04.gains import (
    as_stored,
    broken,
    clipped,
    clipped_to_one,
    converted_late,
    in_db,
    mae,
    mse,
    noisy_as_stored,
    noisy_own_peak,
    of_variance,
    over,
    own_peak_of_each,
    own_power,
    own_range,
    own_range_of_each,
    psnrs,
    ratio,
    restored_clipped,
    right,
    with_added,
)

BYTES = [
    (
        "The noisy images are subtracted in uint8, where 3 - 5 is 254; the restored ones are not. Convert all of them "
        "to float first.",
        noisy_as_stored,
    ),
    (
        "Your differences are computed in uint8, where 3 - 5 is 254, and squares are taken modulo 256 as well. Convert "
        "the images to float before you subtract.",
        as_stored,
    ),
    (
        "You convert to float after you have subtracted: in uint8, 3 - 5 is 254 already. Convert the images, not their "
        "difference.",
        converted_late,
    ),
]

REFERENCE = (
    "The restored image is compared with the noisy one. Whoever changes nothing then gets an infinite gain: compare "
)
REFERENCE += "it with the clean image."
POOLED = (
    "Your MSE is taken over all images at once, so that the worst image decides. Each image has a PSNR of its own; "
)
POOLED += "the average comes last."
OWN_PEAK = (
    "Your peak is the largest value of the images at hand, and noisy images have a larger one than restored ones. "
)
OWN_PEAK += "The peak is a constant, which you are given."
LEFT = "Two of the three faults are left. "


def _left(reference=False, pooled=False, own_peak=False):
    return partial(broken, reference=reference, pooled=pooled, own_peak=own_peak)


MISTAKES = [
    ("This is what the broken code gives: all three faults are still there.", broken),
    (REFERENCE, _left(reference=True)),
    (POOLED, _left(pooled=True)),
    (OWN_PEAK, _left(own_peak=True)),
    (
        f"{LEFT}The noisy image still stands where the clean one belongs, and one MSE is taken over all images.",
        _left(reference=True, pooled=True),
    ),
    (
        f"{LEFT}The noisy image still stands where the clean one belongs, and the peak is the images' own.",
        _left(reference=True, own_peak=True),
    ),
    (f"{LEFT}One MSE is taken over all images, and the peak is the images' own.", _left(pooled=True, own_peak=True)),
    (
        "The sign is reversed: a restoration with a smaller error than the noisy image has a positive gain.",
        lambda *case: -right(*case),
    ),
    (
        "Your logarithm is the natural one (np.log). Decibels are made with log10.",
        lambda *case: np.log(10) * right(*case),
    ),
    (
        "Your logarithm is the natural one (np.log), and your MSE is taken over all images at once.",
        lambda *case: np.log(10) * _left(pooled=True)(*case),
    ),
    ("Your logarithm is to the base 2. Decibels are made with log10.", lambda *case: np.log2(10) * right(*case)),
    (
        "Your gain is twice what it should be: 20 log10 is for a ratio of amplitudes, such as peak / RMSE. With "
        "squares, it is 10 log10.",
        lambda *case: 2 * right(*case),
    ),
    (
        "Your gain is twice what it should be (20 log10 of squares), and your MSE is taken over all images at once.",
        lambda *case: 2 * _left(pooled=True)(*case),
    ),
    (
        "Your gain is half of what it should be: 10 log10 of a ratio of roots, such as peak / RMSE. 10 log10 is for "
        "squares; for roots it is 20 log10.",
        lambda *case: right(*case) / 2,
    ),
    (
        "Your gain is half of what it should be (10 log10 of roots), and your MSE is taken over all images at once.",
        lambda *case: _left(pooled=True)(*case) / 2,
    ),
    ("The factor 10 is missing: this is in bels, not in decibels.", lambda *case: right(*case) / 10),
    ("You added up the gains of the images. Average them.", lambda *case: len(case[0]) * right(*case)),
    (
        "This is the PSNR of the restored images. The gain is what they have more than the noisy "
        "ones: subtract theirs.",
        lambda *case: np.mean(psnrs(*case)[0]),
    ),
    ("This is the PSNR of the noisy images alone.", lambda *case: np.mean(psnrs(*case)[1])),
    (
        "You divided the two PSNRs. They are logarithms already: a gain in decibels is their difference.",
        lambda *case: np.mean(psnrs(*case)[0]) / np.mean(psnrs(*case)[1]),
    ),
    (
        "You divided the two PSNRs of each image. They are logarithms already: a gain in decibels is their difference.",
        lambda *case: np.mean(psnrs(*case)[0] / psnrs(*case)[1]),
    ),
    (
        "You added the two PSNRs. The gain is their difference.",
        lambda *case: np.mean(psnrs(*case)[0] + psnrs(*case)[1]),
    ),
    ("This is the median over the images. The average was asked for.", lambda *c: np.median(in_db(ratio(*c[:3])))),
    ("This is the best gain of all images. The average was asked for.", lambda *c: np.max(in_db(ratio(*c[:3])))),
    ("This is the worst gain of all images. The average was asked for.", lambda *c: np.min(in_db(ratio(*c[:3])))),
    ("This is the gain of the first image alone.", lambda *case: in_db(ratio(*case[:3]))[0]),
    (
        "You averaged the ratios of the errors and took the logarithm of that. Each image has a gain in dB of its own; "
        "the average comes last.",
        lambda *case: in_db(np.mean(ratio(*case[:3]))),
    ),
    (
        "You averaged peak^2 / MSE over the images and took the logarithm of that. Each image has a PSNR of its own; "
        "the average comes last.",
        lambda *case: in_db(np.mean(1 / mse(case[0], case[2])) / np.mean(1 / mse(case[0], case[1]))),
    ),
    (
        "Your errors are absolute, not squared. PSNR is made of the mean of squares.",
        lambda *case: np.mean(in_db(mae(*case[:2]) / mae(case[0], case[2]))),
    ),
    (
        "Your errors are absolute, not squared (and your logarithm has the factor 20). PSNR is made of the mean of "
        "squares.",
        lambda *case: 2 * np.mean(in_db(mae(*case[:2]) / mae(case[0], case[2]))),
    ),
    (
        "Your errors are absolute, not squared, and averaged over all images at once.",
        lambda *case: in_db(mae(*case[:2], axes=None) / mae(case[0], case[2], None)),
    ),
    (
        "You took a PSNR for each channel of each image. An image has one MSE, over all its pixels and channels.",
        partial(over, (1, 2)),
    ),
    (
        "You took a PSNR for each pixel of each image, over its channels. An image has one MSE, over all its pixels.",
        partial(over, (3,)),
    ),
    (
        "You averaged the squares over axis 0, which counts the images, and took a PSNR for each pixel.",
        partial(over, (0,)),
    ),
    ("You averaged the squares over axis 1 alone. An image has the axes 1, 2 and 3.", partial(over, (1,))),
    ("You averaged the squares over axis 2 alone. An image has the axes 1, 2 and 3.", partial(over, (2,))),
    (
        "You averaged the squares over axes 0, 1 and 2: that is a PSNR for each channel of all images together. The "
        "axes of an image are 1, 2 and 3.",
        partial(over, (0, 1, 2)),
    ),
    (
        "You averaged the squares over axes 0 and 1. The axes of an image are 1, 2 and 3.",
        partial(over, (0, 1)),
    ),
    (
        "You averaged the squares over the last two axes. The axes of an image are 1, 2 and 3.",
        partial(over, (2, 3)),
    ),
    (
        "Your peak is the largest value of each image, noisy or restored. The peak is a constant, which you are given.",
        own_peak_of_each,
    ),
    (
        "Your peak is the range, max - min, of the images at hand. The peak is a constant, which you are given.",
        own_range,
    ),
    (
        "Your peak is the range, max - min, of each image. The peak is a constant, which you are given.",
        own_range_of_each,
    ),
    (
        "In place of peak^2 you have the mean square of the image itself, noisy or restored. The peak is a constant.",
        own_power,
    ),
    (
        "You compared the noisy image with the restored one. Both are to be compared with the clean image.",
        lambda *case: np.mean(in_db(mse(case[1], case[2]) / mse(case[0], case[2]))),
    ),
    (
        "You clipped the images to [0, peak] before you compared them. They are judged as they are.",
        clipped,
    ),
    ("You clipped the images to [0, 1] before you compared them. They are judged as they are.", clipped_to_one),
    (
        "You clipped the restored images to [0, peak], and not the noisy ones. They are judged as they are.",
        restored_clipped,
    ),
    (
        "The noisy images have a peak of their own, their largest value, and the restored ones the given one. The peak "
        "is one constant for all.",
        noisy_own_peak,
    ),
    (
        "You averaged MSE(restored) / MSE(noisy) over the images and took the logarithm of that. Each image has a gain "
        "in dB of its own; the average comes last.",
        lambda *case: -in_db(np.mean(1 / ratio(*case[:3]))),
    ),
    (
        "The sign is reversed, and one MSE is taken over all images.",
        lambda *case: -_left(pooled=True)(*case),
    ),
    ("You cut the gain off to a whole number, as int does.", lambda *case: np.trunc(right(*case))),
    (
        "You took the variance of the error. It does not see an image that is too bright everywhere: take the mean of "
        "the squares.",
        of_variance,
    ),
    (
        "You took the standard deviation of the error in place of the mean of its squares.",
        lambda *case: of_variance(*case) / 2,
    ),
    (
        "This is the difference of the mean squared errors. Decibels are made of their logarithms.",
        lambda *case: np.mean(mse(*case[:2]) - mse(case[0], case[2])),
    ),
    (
        "This is the ratio of the mean squared errors. Decibels are made of its logarithm.",
        lambda *case: np.mean(ratio(*case[:3])),
    ),
    (
        "This is the share of the error that was removed. Decibels are made of a logarithm.",
        lambda *case: np.mean(1 - 1 / ratio(*case[:3])),
    ),
    (
        "This is the share of the error that was removed, in percent. Decibels are made of a logarithm.",
        lambda *case: 100 * np.mean(1 - 1 / ratio(*case[:3])),
    ),
    ("You took the absolute value: a restoration that does harm has a negative gain.", lambda *c: abs(right(*c))),
    (
        "You took the absolute value for each image: a restoration that does harm has a negative gain.",
        lambda *case: np.mean(np.abs(in_db(ratio(*case[:3])))),
    ),
    ("Negative gains became 0: a restoration that does harm has a negative gain.", lambda *c: max(right(*c), 0)),
    ("You rounded the result to whole decibels.", lambda *case: np.round(right(*case))),
    ("You rounded the result to one decimal.", lambda *case: np.round(right(*case), 1)),
    ("You rounded the result to two decimals.", lambda *case: np.round(right(*case), 2)),
    *(
        (f"You add 1e-{n} to the MSE. In images with small values that is not small.", partial(with_added, 10.0**-n))
        for n in range(3, 17)
    ),
]
