"""Wrong answers to 01.4 read_reconstruction that are a right answer but for a line or two."""


class above_one:
    """Whatever exceeds 1 is taken for unscaled, even when both exceed it together."""

    MESSAGE = "compare the pixels with 1"
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

    MESSAGE = "do not notice its order"
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

    MESSAGE = "error with a fixed number"
    EDIT = (
        "np.array_equal(closest, np.arange(len(x)))",
        "np.mean((x - reconstruction) ** 2) < 0.01 * max(1, np.max(x)) ** 2",
    )


class just_above_one:
    """Pixels are believed never to exceed 1, so drawings that overshoot by a little are taken for unscaled."""

    MESSAGE = "as soon as a pixel exceeds 1"
    EDIT = ("ratio > 16 or ratio < 1 / 16", "(np.max(x) > 1.001) != (np.max(reconstruction) > 1.001)")


class one_direction:
    """Only drawings can be too large; images that were never divided by 255 are not thought of."""

    MESSAGE = "not those that are too small"
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

    MESSAGE = "You try one order"
    EDIT = ("np.array_equal(closest, np.arange(len(x)))", "not np.array_equal(closest, np.arange(len(x))[::-1])")


class variation_without_a_unit:
    """The drawings' variation is compared with a fixed number, which in 0..255 is next to nothing."""

    MESSAGE = "may differ 255 times as much"
    EDIT = ("np.max(between_images) < 0.01 * np.max(x)", "np.max(np.ptp(reconstruction, axis=0)) < 2e-3")
