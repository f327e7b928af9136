"""Wrong answers to 04.2 gain_in_db that are a right answer but for a line or two."""


class noisy_for_clean:
    """Two faults are found; the restored image is still compared with the noisy one."""

    MESSAGE = "The restored image is compared with the noisy one"
    EDIT = (
        ("def psnr(images):", "def psnr(images, clean=clean):"),
        ("psnr(restored) - psnr(noisy)", "psnr(restored, noisy) - psnr(noisy, clean)"),
    )


class pooled:
    """Two faults are found; one MSE is still taken over all images."""

    MESSAGE = "so that the worst image decides"
    EDIT = (", axis=(1, 2, 3))", ")")


class own_peak:
    """Two faults are found; the peak is still the largest value at hand."""

    MESSAGE = "noisy images have a larger one than restored ones"
    EDIT = ("peak**2", "images.max() ** 2")


class noisy_and_pooled:
    """Only the peak is repaired."""

    MESSAGE = "where the clean one belongs, and one MSE"
    EDIT = (
        ("def psnr(images):", "def psnr(images, clean=clean):"),
        ("psnr(restored) - psnr(noisy)", "psnr(restored, noisy) - psnr(noisy, clean)"),
        (", axis=(1, 2, 3))", ")"),
    )


class noisy_and_own_peak:
    """Only the average over images is repaired."""

    MESSAGE = "where the clean one belongs, and the peak"
    EDIT = (
        ("def psnr(images):", "def psnr(images, clean=clean):"),
        ("psnr(restored) - psnr(noisy)", "psnr(restored, noisy) - psnr(noisy, clean)"),
        ("peak**2", "images.max() ** 2"),
    )


class pooled_and_own_peak:
    """Only the reference is repaired."""

    MESSAGE = "One MSE is taken over all images, and the peak"
    EDIT = ((", axis=(1, 2, 3))", ")"), ("peak**2", "images.max() ** 2"))


class unchanged:
    """The broken code under the new name."""

    MESSAGE = "all three faults are still there"
    EDIT = (
        ("def psnr(images):", "def psnr(images, clean=clean):"),
        ("psnr(restored) - psnr(noisy)", "psnr(restored, noisy) - psnr(noisy, clean)"),
        ("peak**2", "images.max() ** 2"),
        (", axis=(1, 2, 3))", ")"),
    )


class sign:
    """Noisy minus restored."""

    MESSAGE = "The sign is reversed: a restoration"
    EDIT = ("psnr(restored) - psnr(noisy)", "psnr(noisy) - psnr(restored)")


class natural_logarithm:
    """np.log for log10."""

    MESSAGE = "Your logarithm is the natural one (np.log). Decibels"
    EDIT = ("np.log10", "np.log")


class natural_and_pooled:
    """np.log for log10, and one MSE for all."""

    MESSAGE = "natural one (np.log), and your MSE is taken over all images"
    EDIT = (("np.log10", "np.log"), (", axis=(1, 2, 3))", ")"))


class base_two:
    """np.log2 for log10."""

    MESSAGE = "to the base 2"
    EDIT = ("np.log10", "np.log2")


class twenty:
    """20 log10 of a ratio of squares."""

    MESSAGE = "20 log10 is for a ratio of amplitudes"
    EDIT = ("10 * np.log10", "20 * np.log10")


class twenty_and_pooled:
    """20 log10 of a ratio of squares, and one MSE for all."""

    MESSAGE = "(20 log10 of squares), and your MSE"
    EDIT = (("10 * np.log10", "20 * np.log10"), (", axis=(1, 2, 3))", ")"))


class root:
    """10 log10 of a ratio of roots."""

    MESSAGE = "for roots it is 20 log10"
    EDIT = ("peak**2 / mse", "peak / np.sqrt(mse)")


class root_and_pooled:
    """10 log10 of a ratio of roots, and one MSE for all."""

    MESSAGE = "(10 log10 of roots), and your MSE"
    EDIT = (("peak**2 / mse", "peak / np.sqrt(mse)"), (", axis=(1, 2, 3))", ")"))


class bels:
    """The factor 10 is forgotten."""

    MESSAGE = "in bels"
    EDIT = ("10 * np.log10", "np.log10")


class summed:
    """Gains are added up."""

    MESSAGE = "You added up the gains"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.sum(psnr(restored) - psnr(noisy))")


class one_for_each:
    """The average over images is left out."""

    MESSAGE = "Your gain is one number for each of the"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "psnr(restored) - psnr(noisy)")


class restored_alone:
    """The PSNR of the restoration is taken for the gain."""

    MESSAGE = "subtract theirs"
    EDIT = ("psnr(restored) - psnr(noisy)", "psnr(restored)")


class noisy_alone:
    """The PSNR of the noisy images."""

    MESSAGE = "the PSNR of the noisy images alone"
    EDIT = ("psnr(restored) - psnr(noisy)", "psnr(noisy)")


class ratio_of_means:
    """The average PSNRs are divided."""

    MESSAGE = "You divided the two PSNRs. They"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.mean(psnr(restored)) / np.mean(psnr(noisy))")


class ratio_of_each:
    """The PSNRs of each image are divided."""

    MESSAGE = "You divided the two PSNRs of each image"
    EDIT = ("psnr(restored) - psnr(noisy)", "psnr(restored) / psnr(noisy)")


class added:
    """The PSNRs are added."""

    MESSAGE = "You added the two PSNRs"
    EDIT = ("psnr(restored) - psnr(noisy)", "psnr(restored) + psnr(noisy)")


class median:
    """The median over images."""

    MESSAGE = "the median over the images"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.median(psnr(restored) - psnr(noisy))")


class best:
    """The best image."""

    MESSAGE = "the best gain of all images"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.max(psnr(restored) - psnr(noisy))")


class worst:
    """The worst image."""

    MESSAGE = "the worst gain of all images"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.min(psnr(restored) - psnr(noisy))")


class first:
    """The first image alone."""

    MESSAGE = "the gain of the first image alone"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "(psnr(restored) - psnr(noisy))[0]")


class logarithm_last:
    """The ratios peak^2 / MSE are averaged, and the logarithm is taken last."""

    MESSAGE = "You averaged peak^2 / MSE over the images"
    EDIT = ("np.log10(peak**2 / mse)", "np.log10(np.mean(peak**2 / mse))")


class logarithm_of_ratios:
    """The ratios of the two errors are averaged, and the logarithm is taken last."""

    MESSAGE = "You averaged the ratios of the errors"
    EDIT = (
        ("10 * np.log10(peak**2 / mse)", "mse"),
        ("np.mean(psnr(restored) - psnr(noisy))", "10 * np.log10(np.mean(psnr(noisy) / psnr(restored)))"),
    )


class absolute:
    """Absolute errors, with the factor 10."""

    MESSAGE = "absolute, not squared. PSNR"
    EDIT = (
        "(images.astype(float) - clean.astype(float)) ** 2",
        "np.abs(images.astype(float) - clean.astype(float))",
    )


class absolute_twenty:
    """Absolute errors, with the factor 20."""

    MESSAGE = "has the factor 20"
    EDIT = (
        (
            "(images.astype(float) - clean.astype(float)) ** 2",
            "np.abs(images.astype(float) - clean.astype(float))",
        ),
        ("10 * np.log10(peak**2 / mse)", "20 * np.log10(peak / mse)"),
    )


class absolute_pooled:
    """Absolute errors over all images."""

    MESSAGE = "absolute, not squared, and averaged over all images"
    EDIT = (
        (
            "(images.astype(float) - clean.astype(float)) ** 2",
            "np.abs(images.astype(float) - clean.astype(float))",
        ),
        (", axis=(1, 2, 3))", ")"),
    )


class each_channel:
    """A PSNR for each channel."""

    MESSAGE = "a PSNR for each channel of each image"
    EDIT = ("axis=(1, 2, 3)", "axis=(1, 2)")


class each_pixel:
    """The last axis alone."""

    MESSAGE = "a PSNR for each pixel of each image, over its channels"
    EDIT = ("axis=(1, 2, 3)", "axis=-1")


class over_images:
    """Axis 0 is taken for what belongs to an image."""

    MESSAGE = "over axis 0, which counts the images"
    EDIT = ("axis=(1, 2, 3)", "axis=0")


class axis_one:
    """Axis 1 is taken for the whole image."""

    MESSAGE = "over axis 1 alone"
    EDIT = ("axis=(1, 2, 3)", "axis=1")


class axis_two:
    """Axis 2 is taken for the whole image."""

    MESSAGE = "over axis 2 alone"
    EDIT = ("axis=(1, 2, 3)", "axis=2")


class first_three_axes:
    """The axes of an image are thought to be the first three."""

    MESSAGE = "over axes 0, 1 and 2"
    EDIT = ("axis=(1, 2, 3)", "axis=(0, 1, 2)")


class first_two_axes:
    """The axes of an image are thought to be the first two."""

    MESSAGE = "over axes 0 and 1."
    EDIT = ("axis=(1, 2, 3)", "axis=(0, 1)")


class last_two_axes:
    """The axes of an image are thought to be the last two."""

    MESSAGE = "over the last two axes"
    EDIT = ("axis=(1, 2, 3)", "axis=(-2, -1)")


class peak_of_each:
    """The peak is each image's own."""

    MESSAGE = "the largest value of each image"
    EDIT = ("peak**2", "images.max(axis=(1, 2, 3)) ** 2")


class own_range:
    """The peak is the range of the images."""

    MESSAGE = "the range, max - min, of the images at hand"
    EDIT = ("peak**2", "np.ptp(images) ** 2")


class range_of_each:
    """The peak is each image's own range."""

    MESSAGE = "the range, max - min, of each image"
    EDIT = ("peak**2", "np.ptp(images, axis=(1, 2, 3)) ** 2")


class own_power:
    """A signal-to-noise ratio, with each image's own power as the signal."""

    MESSAGE = "the mean square of the image itself"
    EDIT = ("peak**2", "np.mean(images**2, axis=(1, 2, 3))")


class restored_beside_noisy:
    """The noisy images are compared with the restored ones."""

    MESSAGE = "You compared the noisy image with the restored one"
    EDIT = (
        ("def psnr(images):", "def psnr(images, clean=clean):"),
        ("psnr(restored) - psnr(noisy)", "psnr(restored, clean) - psnr(noisy, restored)"),
    )


class clipped:
    """Images are clipped before they are judged."""

    MESSAGE = "You clipped the images to [0, peak]"
    EDIT = ("images.astype(float) -", "np.clip(images.astype(float), 0, peak) -")


class variance:
    """The variance of the error."""

    MESSAGE = "You took the variance of the error"
    EDIT = (
        "np.mean((images.astype(float) - clean.astype(float)) ** 2, axis",
        "np.var(images.astype(float) - clean.astype(float), axis",
    )


class stddev:
    """The standard deviation of the error."""

    MESSAGE = "You took the standard deviation of the error"
    EDIT = (
        "np.mean((images.astype(float) - clean.astype(float)) ** 2, axis",
        "np.std(images.astype(float) - clean.astype(float), axis",
    )


class difference_of_errors:
    """No logarithm at all."""

    MESSAGE = "the difference of the mean squared errors"
    EDIT = ("10 * np.log10(peak**2 / mse)", "-mse")


class ratio_of_errors:
    """A ratio, no logarithm."""

    MESSAGE = "the ratio of the mean squared errors"
    EDIT = (
        ("10 * np.log10(peak**2 / mse)", "mse"),
        ("psnr(restored) - psnr(noisy)", "psnr(noisy) / psnr(restored)"),
    )


class share:
    """The share of the error that is gone."""

    MESSAGE = "the share of the error that was removed. "
    EDIT = (
        ("10 * np.log10(peak**2 / mse)", "mse"),
        ("psnr(restored) - psnr(noisy)", "1 - psnr(restored) / psnr(noisy)"),
    )


class percent:
    """The percentage of the error that is gone."""

    MESSAGE = "that was removed, in percent"
    EDIT = (
        ("10 * np.log10(peak**2 / mse)", "mse"),
        ("psnr(restored) - psnr(noisy)", "100 * (1 - psnr(restored) / psnr(noisy))"),
    )


class absolute_gain:
    """A gain is never negative, it is thought."""

    MESSAGE = "You took the absolute value: a restoration"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "abs(np.mean(psnr(restored) - psnr(noisy)))")


class absolute_gains:
    """No image's gain is negative, it is thought."""

    MESSAGE = "You took the absolute value for each image"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.mean(np.abs(psnr(restored) - psnr(noisy)))")


class no_harm:
    """Negative gains are cut off."""

    MESSAGE = "Negative gains became 0"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "max(0.0, np.mean(psnr(restored) - psnr(noisy)))")


class rounded:
    """Rounded to whole decibels."""

    MESSAGE = "to whole decibels"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "round(np.mean(psnr(restored) - psnr(noisy)))")


class rounded_to_one:
    """Rounded to a decimal."""

    MESSAGE = "to one decimal"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "round(np.mean(psnr(restored) - psnr(noisy)), 1)")


class rounded_to_two:
    """Rounded to two decimals."""

    MESSAGE = "to two decimals"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "round(np.mean(psnr(restored) - psnr(noisy)), 2)")


class guarded:
    """A small number keeps the MSE from being zero."""

    MESSAGE = "You add 1e-10 to the MSE"
    EDIT = ("peak**2 / mse", "peak**2 / (mse + 1e-10)")


class bytes_wrap:
    """Differences of bytes."""

    MESSAGE = "computed in uint8"
    EDIT = ("images.astype(float) - clean.astype(float)", "images - clean")


class both_returned:
    """The two PSNRs are returned."""

    MESSAGE = "the PSNR of the noisy images alone"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "np.mean(psnr(noisy))")


class gain_alone:
    """Only the gain is returned."""

    MESSAGE = "Return two numbers"
    EDIT = ("np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))", "np.mean(psnr(restored) - psnr(noisy))")


class exchanged:
    """The gain comes first."""

    MESSAGE = "You exchanged the two numbers"
    EDIT = (
        "np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))",
        "np.mean(psnr(restored) - psnr(noisy)), np.mean(psnr(restored))",
    )


class psnr_for_each:
    """The PSNRs are not averaged."""

    MESSAGE = "Your PSNR is one number for each of the"
    EDIT = ("np.mean(psnr(restored)), ", "psnr(restored), ")


class unsquared_peak:
    """peak in place of its square."""

    MESSAGE = "The peak is not squared"
    EDIT = ("peak**2", "peak")


class peak_of_one:
    """Pixels are thought to end at 1."""

    MESSAGE = "The peak is not used: yours is 1"
    EDIT = ("peak**2", "1")


class peak_of_255:
    """Pixels are thought to end at 255."""

    MESSAGE = "Your peak is 255"
    EDIT = ("peak**2", "255**2")


class sum_over_image:
    """A sum over pixels in place of a mean."""

    MESSAGE = "added up over an image, not averaged"
    EDIT = ("np.mean((images", "np.sum((images")


class sixty_four:
    """The notebook's number of pixels."""

    MESSAGE = "divided by 64"
    EDIT = (("np.mean((images", "np.sum((images"), ("axis=(1, 2, 3))", "axis=(1, 2, 3)) / 64"))


class sum_without_peak:
    """A sum over pixels, and no peak."""

    MESSAGE = "added up over an image, and the peak is not used"
    EDIT = (("np.mean((images", "np.sum((images"), ("peak**2", "1"))


class peak_of_clean:
    """The peak is the largest clean pixel."""

    MESSAGE = "the largest value of all clean images"
    EDIT = ("peak**2", "clean.astype(float).max() ** 2")


class peak_of_each_clean:
    """The peak is each clean image's own."""

    MESSAGE = "the largest value of each clean image"
    EDIT = ("peak**2", "clean.astype(float).max(axis=(1, 2, 3)) ** 2")


class range_of_clean:
    """The peak is the range of the clean images."""

    MESSAGE = "max - min, of the clean images"
    EDIT = ("peak**2", "np.ptp(clean.astype(float)) ** 2")


class power_of_clean:
    """A signal-to-noise ratio."""

    MESSAGE = "a signal-to-noise ratio"
    EDIT = ("peak**2", "np.mean(clean.astype(float) ** 2, axis=(1, 2, 3))")


class gain_twice:
    """The gain in both places."""

    MESSAGE = "Your first number is the gain"
    EDIT = ("np.mean(psnr(restored)), ", "np.mean(psnr(restored) - psnr(noisy)), ")


class psnr_of_noisy:
    """The PSNR of the noisy images comes first."""

    MESSAGE = "Your first number is the PSNR of the noisy images"
    EDIT = ("np.mean(psnr(restored)), ", "np.mean(psnr(noisy)), ")


class psnr_pooled:
    """The PSNR of all images together beside the right gain."""

    MESSAGE = "one MSE over all images stands in the PSNR"
    EDIT = (
        "np.mean(psnr(restored)), ",
        "10 * np.log10(peak**2 / np.mean((restored.astype(float) - clean) ** 2)), ",
    )


class psnr_summed:
    """The PSNRs are added up."""

    MESSAGE = "your PSNR is the sum over the images"
    EDIT = ("np.mean(psnr(restored)), ", "np.sum(psnr(restored)), ")


class psnr_of_first:
    """The first image's PSNR."""

    MESSAGE = "your PSNR is that of the first image alone"
    EDIT = ("np.mean(psnr(restored)), ", "psnr(restored)[0], ")


class psnr_from_noisy:
    """The PSNR is measured from the noisy images."""

    MESSAGE = "compares the restored images with the noisy ones"
    EDIT = (
        "np.mean(psnr(restored)), ",
        "np.mean(10 * np.log10(peak**2 / np.mean((restored.astype(float) - noisy) ** 2, axis=(1, 2, 3)))), ",
    )


class psnr_negative:
    """MSE / peak^2, and the gain turned round."""

    MESSAGE = "Your PSNR is negative"
    EDIT = (("peak**2 / mse", "mse / peak**2"), ("psnr(restored) - psnr(noisy)", "psnr(noisy) - psnr(restored)"))


class whole_numbers:
    """Integers that are wide enough for differences of bytes."""

    MESSAGE = "cut off to whole numbers"
    EDIT = ("images.astype(float) - clean.astype(float)", "images.astype(int) - clean.astype(int)")


class converted_late:
    """The difference is converted."""

    MESSAGE = "after you have subtracted"
    EDIT = ("(images.astype(float) - clean.astype(float))", "(images - clean).astype(float)")


class itself:
    """The restored image is compared with itself."""

    MESSAGE = "so that every PSNR is finite"
    EDIT = ("images.astype(float) - clean.astype(float)", "images.astype(float) - images.astype(float)")


class bytes_scaled:
    """Bytes are brought to [0, 1], the peak is not."""

    MESSAGE = "You divided bytes by 255"
    EDIT = (
        "    def psnr(images):",
        "    scale = 255 if clean.dtype == np.uint8 else 1\n    clean = clean / scale\n\n    def psnr(images):\n"
        "        images = images / scale",
    )


class noisy_bytes:
    """The noisy images stay bytes."""

    MESSAGE = "The noisy images are subtracted in uint8"
    EDIT = (
        "return np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))",
        "noisy_mse = np.mean((noisy - clean) ** 2, axis=(1, 2, 3))\n"
        "    return np.mean(psnr(restored)), np.mean(psnr(restored) - 10 * np.log10(peak**2 / noisy_mse))",
    )


class clipped_to_one:
    """All images are clipped to [0, 1]."""

    MESSAGE = "You clipped the images to [0, 1]"
    EDIT = ("(images.astype(float) -", "(np.clip(images.astype(float), 0, 1) -")


class restored_clipped:
    """The restored images are clipped."""

    MESSAGE = "You clipped the restored images to [0, peak]"
    EDIT = (
        "return np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))",
        "restored = np.clip(restored, 0, peak)\n"
        "    return np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))",
    )


class peak_of_noisy:
    """The noisy images have another peak."""

    MESSAGE = "The noisy images have a peak of their own"
    EDIT = (
        "np.mean(psnr(restored) - psnr(noisy))",
        "np.mean(psnr(restored) - psnr(noisy) + 20 * np.log10(peak / noisy.max()))",
    )


class ratios_of_what_is_left:
    """The shares of error that are left are averaged."""

    MESSAGE = "You averaged MSE(restored) / MSE(noisy)"
    EDIT = (
        "np.mean(psnr(restored) - psnr(noisy))",
        "-10 * np.log10(np.mean(10 ** ((psnr(noisy) - psnr(restored)) / 10)))",
    )


class pooled_and_reversed:
    """One MSE for all, and the sign reversed."""

    MESSAGE = "The sign is reversed, and one MSE"
    EDIT = (
        "return np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))",
        "mse = [np.mean((i.astype(float) - clean) ** 2) for i in (noisy, restored)]\n"
        "    return np.mean(psnr(restored)), 10 * np.log10(mse[1] / mse[0])",
    )


class cut_to_int:
    """int() of the gain."""

    MESSAGE = "You cut the gain off"
    EDIT = ("np.mean(psnr(restored) - psnr(noisy))", "int(np.mean(psnr(restored) - psnr(noisy)))")
