"""Gains in decibels as 04.2 asks for them, and as mistakes make them. Arrays are (n, height, width, channels)."""

import numpy as np

EACH = (1, 2, 3)  # the axes of one image


def right(clean, noisy, restored, peak):
    return np.mean(in_db(mse(clean, noisy) / mse(clean, restored)))


def broken(clean, noisy, restored, peak, reference=True, pooled=True, own_peak=True):
    """What is left of the broken code with these of its faults: the wrong reference, one MSE for all, own maxima."""
    axes = None if pooled else EACH
    before, after = mse(clean, noisy, axes), mse(noisy if reference else clean, restored, axes)
    peaks = (restored.astype(float).max(), noisy.astype(float).max()) if own_peak else (peak, peak)
    return np.mean(in_db(peaks[0] ** 2 / after) - in_db(peaks[1] ** 2 / before))


def mse(one, other, axes: tuple | None = EACH):
    return np.mean((one.astype(float) - other.astype(float)) ** 2, axis=axes)


def mae(one, other, axes: tuple | None = EACH):
    return np.mean(np.abs(one - other), axis=axes)


def in_db(ratio):
    return 10 * np.log10(ratio)


def ratio(clean, noisy, restored):
    return mse(clean, noisy) / mse(clean, restored)


def psnrs(clean, noisy, restored, peak):
    return in_db(peak**2 / mse(clean, restored)), in_db(peak**2 / mse(clean, noisy))


def over(axes, clean, noisy, restored, peak):
    return np.mean(in_db(mse(clean, noisy, axes) / mse(clean, restored, axes)))


def own_peak_of_each(clean, noisy, restored, peak):
    tops = restored.max(axis=EACH), noisy.max(axis=EACH)
    return right(clean, noisy, restored, peak) + np.mean(20 * np.log10(tops[0] / tops[1]))


def own_range(clean, noisy, restored, peak):
    return right(clean, noisy, restored, peak) + 20 * np.log10(np.ptp(restored) / np.ptp(noisy))


def own_range_of_each(clean, noisy, restored, peak):
    tops = np.ptp(restored, axis=EACH), np.ptp(noisy, axis=EACH)
    return right(clean, noisy, restored, peak) + np.mean(20 * np.log10(tops[0] / tops[1]))


def own_power(clean, noisy, restored, peak):
    powers = np.mean(restored**2, axis=EACH), np.mean(noisy**2, axis=EACH)
    return right(clean, noisy, restored, peak) + np.mean(in_db(powers[0] / powers[1]))


def clipped(clean, noisy, restored, peak):
    return right(clean, np.clip(noisy, 0, peak), np.clip(restored, 0, peak), peak)


def of_variance(clean, noisy, restored, peak):
    return np.mean(in_db(np.var(noisy - clean, axis=EACH) / np.var(restored - clean, axis=EACH)))


def with_added(added, clean, noisy, restored, peak):
    return np.mean(in_db((mse(clean, noisy) + added) / (mse(clean, restored) + added)))


def as_stored(clean, noisy, restored, peak):
    """The gain, computed in the dtype of the images."""
    before, after = (np.mean((images - clean) ** 2, axis=EACH) for images in (noisy, restored))
    return np.mean(in_db(before / after))


def converted_late(clean, noisy, restored, peak):
    """The gain from differences in the dtype of the images, converted to float before they are squared."""
    before, after = (np.mean((images - clean).astype(float) ** 2, axis=EACH) for images in (noisy, restored))
    return np.mean(in_db(before / after))


def whole(clean, noisy, restored, peak):
    """The gain of the images, cut off to whole numbers; it may be nan."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return right(*(np.trunc(images) for images in (clean, noisy, restored)), peak)


def psnr(clean, noisy, restored, peak):
    """The PSNR of the restored images, averaged over the images."""
    return np.mean(psnrs(clean, noisy, restored, peak)[0])


def noisy_as_stored(clean, noisy, restored, peak):
    """The gain if the restored images alone are converted."""
    before = np.mean((noisy - clean) ** 2, axis=EACH)
    return np.mean(in_db(before / mse(clean, restored)))


def clipped_to_one(clean, noisy, restored, peak):
    return right(clean, np.clip(noisy, 0, 1), np.clip(restored, 0, 1), peak)


def restored_clipped(clean, noisy, restored, peak):
    return right(clean, noisy, np.clip(restored, 0, peak), peak)


def noisy_own_peak(clean, noisy, restored, peak):
    return right(clean, noisy, restored, peak) + 20 * np.log10(peak / noisy.max())
