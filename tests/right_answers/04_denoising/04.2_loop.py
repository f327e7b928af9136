"""Image by image, the gain without the peak, which cancels in it."""


def gain_in_db(clean, noisy, restored, peak):
    psnrs, gains = [], []
    for original, before, after in zip(clean, noisy, restored, strict=True):
        original, before, after = (np.ravel(image).astype("float64") for image in (original, before, after))
        left = sum((after - original) ** 2)
        gains.append(10 * np.log10(sum((before - original) ** 2) / left))
        psnrs.append(20 * np.log10(peak) - 10 * np.log10(left / len(original)))
    return sum(psnrs) / len(psnrs), sum(gains) / len(gains)
