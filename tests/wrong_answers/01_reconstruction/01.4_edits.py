"""Wrong answers to 01.4 read_reconstruction that are a right answer but for a line or two."""


class above_one:
    """Whatever exceeds 1 is taken for unscaled, even when both exceed it together."""

    MESSAGE = "are on one scale, but you call them"
    EDIT = ("ratio > 16 or ratio < 1 / 16", "np.max(x) > 1.5 or np.max(reconstruction) > 1.5")


class average_of_the_batch:
    """A dead encoder is believed to draw the average of whatever batch it sees."""

    MESSAGE = "the average of this batch"
    EDIT = (
        "np.max(between_images) < 0.01 * np.max(x)",
        "np.max(np.abs(reconstruction - np.mean(x, axis=0))) < 0.01 * np.max(x)",
    )


class averages:
    """The average drawing is compared with the average image: if these are alike, the drawings must be good."""

    MESSAGE = "do not change with its order"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean(np.abs(np.mean(x - reconstruction, axis=0))) < 0.2 * np.max(x)",
    )


class exactly_equal:
    """Drawings of a dead encoder are compared exactly, and differ in the last digits."""

    MESSAGE = "exactly equal"
    EDIT = ("np.max(between_images) < 0.01 * np.max(x)", "np.all(reconstruction == reconstruction[0])")


class fixed_threshold:
    """A fixed threshold for the error, learnt from bright images, is applied to dim ones."""

    MESSAGE = "In dim images you do not notice"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean((x - reconstruction) ** 2) < 0.01 * max(1, np.max(x)) ** 2",
    )


class just_above_one:
    """Pixels are believed never to exceed 1, so drawings that overshoot by a little are taken for unscaled."""

    MESSAGE = "that go a little beyond 1"
    EDIT = ("ratio > 16 or ratio < 1 / 16", "(np.max(x) > 1.001) != (np.max(reconstruction) > 1.001)")


class one_direction:
    """Only drawings can be too large; images that were never divided by 255 are not thought of."""

    MESSAGE = "on the scale of x, such drawings hardly vary"
    EDIT = (" or ratio < 1 / 16", "")


class over_the_pixels:
    """The variation is measured over all axes: within a drawing instead of between drawings."""

    MESSAGE = "from pixel to pixel"
    EDIT = ("np.std(reconstruction, axis=0)", "np.std(reconstruction)")


class perfect_copies:
    """A good drawing is expected to equal its image."""

    MESSAGE = "perfect copies"
    EDIT = ("np.array_equal(closest, np.arange(len(x)))", "np.allclose(x, reconstruction, atol=1e-3)")


class reversed:
    """A shuffled batch is believed to be a reversed one."""

    MESSAGE = "the batch reversed"
    EDIT = ("np.array_equal(closest, np.arange(len(x)))", "not np.array_equal(closest, np.arange(len(x))[::-1])")


class variation_without_a_unit:
    """The drawings' variation is compared with a fixed number, which in 0..255 is next to nothing."""

    MESSAGE = "may differ 255 times as much"
    EDIT = ("np.max(between_images) < 0.01 * np.max(x)", "np.max(np.ptp(reconstruction, axis=0)) < 2e-3")


class any_two_alike:
    """Two neighbours in the batch whose drawings are alike are taken for a dead encoder."""

    MESSAGE = "not any two"
    EDIT = (
        "np.max(between_images) < 0.01 * np.max(x)",
        "np.abs(np.diff(reconstruction, axis=0)).max(axis=(1, 2, 3)).min() < 0.002 * x.max()",
    )


class one_pixel:
    """One pixel, the first, speaks for the drawing."""

    MESSAGE = "largest variation over all pixels"
    EDIT = ("np.std(reconstruction, axis=0)", "np.std(reconstruction[:, 0, 0], axis=0)")


class average_brightness:
    """Each drawing's mean speaks for it: drawings of the same brightness count as the same drawing."""

    MESSAGE = "largest variation over all pixels"
    EDIT = ("np.std(reconstruction, axis=0)", "np.std(reconstruction.mean(axis=(1, 2, 3)))")


class neighbours_only:
    """Each drawing is compared with the images beside its own, as if a batch could only slip by one."""

    MESSAGE = "not if they stand farther apart"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "all(errors[i, i] <= min(errors[i - 1, i], errors[(i + 1) % len(x), i]) for i in range(len(x)))",
    )


class rolled_by_one:
    """The batch is believed to have slipped by one."""

    MESSAGE = "the batch moved on by one"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean((x - reconstruction) ** 2) < np.mean((np.roll(x, 1, axis=0) - reconstruction) ** 2)",
    )


class error_of_the_mean_image:
    """The batch's error is compared with that of its mean image."""

    MESSAGE = "two of many drawings changed places"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean((x - reconstruction) ** 2) < np.mean((x - x.mean(axis=0)) ** 2)",
    )


class one_correlation:
    """One correlation over the whole batch decides whether drawings resemble their images."""

    MESSAGE = "two of many drawings changed places"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.corrcoef(x.ravel(), reconstruction.ravel())[0, 1] > 0.6",
    )


class scale_by_the_mean:
    """A mean above 1 is taken for pixels in 0..255, a mean below 1 for pixels in [0, 1]."""

    MESSAGE = "their mean stays below 1"
    EDIT = ("ratio > 16 or ratio < 1 / 16", "(x.mean() > 1) != (reconstruction.mean() > 1)")


class scale_by_the_dtype:
    """Two dtypes are taken for two scales, as with uint8 and float32 in files of images."""

    MESSAGE = "You mistake a different dtype"
    EDIT = ("ratio > 16 or ratio < 1 / 16", "x.dtype != reconstruction.dtype")


class order_first:
    """A wrong order is looked for before equal drawings, which are never in order."""

    MESSAGE = "are the same for all has to be asked first"
    EDIT = ("np.max(between_images) < 0.01 * np.max(x)", "False")


class six_images:
    """The figure's six images are counted on, whatever the batch."""

    MESSAGE = "works for batches of six"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "all(closest[i] == i for i in range(6))",
    )


class capital_letter:
    """The word is not one of the four."""

    MESSAGE = "should return one of"
    EDIT = ('"good" if', '"Good" if')


class none_in_place:
    """The order is wrong only if every drawing has left its place."""

    MESSAGE = "only if not one drawing is at its place"
    EDIT = ("np.array_equal(closest, np.arange(len(x)))", "np.any(closest == np.arange(len(x)))")


class rolled_back_by_one:
    """The batch is believed to have slipped by one, as in the figure."""

    MESSAGE = "the batch moved back by one"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean((x - reconstruction) ** 2) < np.mean((np.roll(x, -1, axis=0) - reconstruction) ** 2)",
    )


class images_the_same:
    """The images are asked whether they are the same, not the drawings."""

    MESSAGE = "are the same for all has to be asked first"
    EDIT = ("np.std(reconstruction, axis=0)", "np.std(x, axis=0)")


class notebooks_pixels:
    """The images are taken for 28 x 28 pixels."""

    MESSAGE = "works for 28 x 28 pixels"
    EDIT = (
        "    ratio =",
        "    x, reconstruction = x.reshape(-1, 28, 28, 1), reconstruction.reshape(-1, 28, 28, 1)\n    ratio =",
    )


class own_range:
    """The variation is measured against the range of the drawings, which is nothing for a grey."""

    MESSAGE = "Drawings of one and the same grey went unnoticed"
    EDIT = ("0.01 * np.max(x)", "0.001 * np.ptp(reconstruction)")


class same_first_and_loosely:
    """Equal drawings are looked for before the scale, with a hundredth of the range for a thousandth."""

    OF = "range_of_x"
    MESSAGE = "on the scale of x, such drawings hardly vary"
    EDIT = (
        (
            "    a, b =",
            "    if np.max(np.ptp(reconstruction, axis=0)) <= 0.01 * np.ptp(x):\n"
            '        return "same for all"\n    a, b =',
        ),
    )


class same_first_by_the_deviation:
    """The thousandth is compared with a standard deviation, at most half the range, before the scale is asked for."""

    OF = "range_of_x"
    MESSAGE = "on the scale of x, such drawings hardly vary"
    EDIT = (
        (
            "    a, b =",
            "    if np.max(np.std(reconstruction, axis=0)) < 0.001 * np.ptp(x):\n"
            '        return "same for all"\n    a, b =',
        ),
    )


class order_before_scale:
    """The order is asked for first, at two scales as well."""

    OF = "range_of_x"
    MESSAGE = "At two different scales"
    EDIT = (
        (
            "    a, b =",
            "    if np.max(np.ptp(reconstruction, axis=0)) <= 0.001 * np.ptp(x):\n"
            '        return "same for all"\n'
            "    d = np.sum((x[:, None] - reconstruction[None]) ** 2, axis=(2, 3, 4))\n"
            "    if np.any(np.argmin(d, axis=0) != np.arange(len(d))):\n"
            '        return "wrong order"\n'
            "    a, b =",
        ),
    )


class too_small_unnoticed:
    """Only drawings can be too large; where x is in 0..255, the drawings are compared on their own scale."""

    OF = "own_range"
    MESSAGE = "looks one way only, or another test comes before it"
    EDIT = ("if big > 100 * small:", "if np.max(reconstruction) > 100 * np.max(x):")
