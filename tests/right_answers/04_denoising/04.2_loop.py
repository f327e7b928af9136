"""Image by image, without the peak, which cancels."""


def gain_in_db(clean, noisy, restored, peak):
    gains = []
    for original, before, after in zip(clean, noisy, restored, strict=True):
        original, before, after = (np.ravel(image).astype("float64") for image in (original, before, after))
        gains.append(10 * np.log10(sum((before - original) ** 2) / sum((after - original) ** 2)))
    return sum(gains) / len(gains)
