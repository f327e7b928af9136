"""Wrong answers to 14.4 compare_codecs that are a right answer but for a line or two."""


class units:
    """MSE of bytes."""

    MESSAGE = "in units of 0 to 255"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.mean((255 * decoded - images) ** 2)")


class bytes_wrap:
    """Differences of bytes."""

    MESSAGE = "in uint8, 3 - 5 is 254"
    EDIT = (
        (
            '("learned", learned, stream_bytes), ("other", other / 255, mosaic_bytes)',
            ('("learned", (255 * learned).astype("uint8"), stream_bytes), ("other", other, mosaic_bytes)'),
        ),
        ("np.mean((decoded - images / 255) ** 2)", "np.mean((decoded - images) ** 2) / 255**2"),
    )


class other_not_scaled:
    """The other codec's bytes against images in [0, 1]."""

    MESSAGE = "The classical codec's reconstructions are still from 0 to 255"
    EDIT = ('("other", other / 255, mosaic_bytes)', '("other", other, mosaic_bytes)')


class images_not_scaled:
    """Images from 0 to 255."""

    MESSAGE = "Your images are still from 0 to 255"
    EDIT = (
        ("images / 255", "images"),
        ("other / 255", "other.astype(float)"),
    )


class rounded_first:
    """The learned reconstructions become bytes."""

    MESSAGE = "are rounded to bytes before"
    EDIT = ('("learned", learned,', '("learned", np.round(255 * learned) / 255,')


class divided_by_256:
    """256."""

    MESSAGE = "divided by 256"
    EDIT = (
        ("images / 255", "images / 256"),
        ("other / 255", "other / 256"),
    )


class absolute_error:
    """Absolute errors."""

    MESSAGE = "mean absolute error"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.mean(np.abs(decoded - images / 255))")


class root_of_error:
    """The root."""

    MESSAGE = "the root of the MSE"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.sqrt(np.mean((decoded - images / 255) ** 2))")


class sum_over_pixels:
    """A sum within the image."""

    MESSAGE = "added up within each image"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.sum((decoded - images / 255) ** 2) / n")


class one_number_per_image:
    """No mean over images."""

    MESSAGE = "one number, over all images"
    EDIT = (
        ("np.mean((decoded - images / 255) ** 2)", "np.mean((decoded - images / 255) ** 2, axis=(1, 2, 3))"),
        ("-10 * np.log10(mse) if mse > 0 else np.inf", "np.mean(-10 * np.log10(mse + 1e-300))"),
    )


class mean_of_psnrs:
    """The mean of PSNRs."""

    MESSAGE = "the mean of the images' PSNRs"
    EDIT = (
        "-10 * np.log10(mse) if mse > 0 else np.inf",
        "np.mean(-10 * np.log10(np.mean((decoded - images / 255) ** 2, axis=(1, 2, 3))))",
    )


class peak_of_255:
    """A peak of 255."""

    MESSAGE = "peak of 255 with an MSE in [0, 1]"
    EDIT = ("-10 * np.log10(mse) if mse > 0 else np.inf", "10 * np.log10(255**2 / mse) if mse > 0 else np.inf")


class sign_of_psnr:
    """The sign."""

    MESSAGE = "The sign of the PSNR"
    EDIT = ("-10 * np.log10(mse) if mse > 0 else np.inf", "10 * np.log10(mse) if mse > 0 else -np.inf")


class twenty:
    """20 log10."""

    MESSAGE = "a factor of 20"
    EDIT = ("-10 *", "-20 *")


class natural_logarithm:
    """ln."""

    MESSAGE = "natural logarithm"
    EDIT = ("np.log10(mse)", "np.log(mse)")


class psnr_with_epsilon:
    """A small number is added."""

    MESSAGE = "Where the MSE is 0, your PSNR is 100"
    EDIT = ("-10 * np.log10(mse) if mse > 0 else np.inf", "-10 * np.log10(mse + 1e-10)")


class psnr_zero:
    """No error is 0 dB."""

    MESSAGE = "your PSNR is 0,"
    EDIT = ("-10 * np.log10(mse) if mse > 0 else np.inf", "-10 * np.log10(mse) if mse > 0 else 0")


class length_bytes_forgotten:
    """No length bytes."""

    MESSAGE = "one byte per image is missing"
    EDIT = (" + n + header_bytes", " + header_bytes")


class header_forgotten:
    """No header."""

    MESSAGE = "the header is missing"
    EDIT = (" + n + header_bytes", " + n")


class payload_alone:
    """Neither."""

    MESSAGE = "one byte per image that says how long the payload is, and the header"
    EDIT = (" + n + header_bytes", "")


class header_per_image:
    """A header each."""

    MESSAGE = "counted once per image"
    EDIT = ("+ header_bytes", "+ n * header_bytes")


class one_length_byte:
    """One length byte in all."""

    MESSAGE = "not one in all"
    EDIT = ("+ n + header", "+ 1 + header")


class header_for_both:
    """The mosaic gets a header as well."""

    MESSAGE = "The header is the learned codec's"
    EDIT = ("other / 255, mosaic_bytes)", "other / 255, mosaic_bytes + header_bytes)")


class mosaic_not_divided:
    """The mosaic is taken for one image."""

    MESSAGE = "The mosaic's bytes are those of all images together"
    EDIT = ("size / n\n", '(size / n if name == "learned" else size)\n')


class bytes_in_all:
    """Not divided."""

    MESSAGE = "These are the bytes of all images together"
    EDIT = ("size / n", "size")


class decoder_in_bytes:
    """The decoder is in the bytes."""

    MESSAGE = "The decoder is in the bytes per image"
    EDIT = ('("learned", learned, stream_bytes)', '("learned", learned, stream_bytes + decoder_bytes)')


class bytes_rounded:
    """Rounded up."""

    MESSAGE = "rounded up. Return them"
    EDIT = ("size / n", "np.ceil(size / n)")


class floor:
    """Rounded down."""

    MESSAGE = "one short of it"
    EDIT = ("-(-decoder_bytes * n // saved)", "decoder_bytes * n // saved")


class not_rounded:
    """Not whole."""

    MESSAGE = "The break-even is not rounded"
    EDIT = ("-(-decoder_bytes * n // saved)", "decoder_bytes * n / saved")


class nearest:
    """Rounded."""

    MESSAGE = "rounded to the nearest whole number"
    EDIT = ("-(-decoder_bytes * n // saved)", "round(decoder_bytes * n / saved)")


class one_more:
    """floor + 1."""

    MESSAGE = "You add one"
    EDIT = ("-(-decoder_bytes * n // saved)", "decoder_bytes * n // saved + 1")


class negative:
    """Never is negative."""

    MESSAGE = "it never pays: np.inf"
    EDIT = (
        "-(-decoder_bytes * n // saved) if saved > 0 else np.inf",
        "-(-decoder_bytes * n // saved) if saved else np.inf",
    )


class never_is_zero:
    """Never is 0."""

    MESSAGE = "it never pays: np.inf"
    EDIT = ("else np.inf\n    return", "else 0\n    return")


class saved_in_all:
    """All images' savings."""

    MESSAGE = "that all these images save"
    EDIT = ("-(-decoder_bytes * n // saved)", "-(-decoder_bytes // saved)")


class by_the_other:
    """Divided by the other's bytes."""

    MESSAGE = "divide by the bytes of the other codec"
    EDIT = ("-(-decoder_bytes * n // saved)", "np.ceil(decoder_bytes * n / mosaic_bytes)")


class payload_in_break_even:
    """Break-even with payloads."""

    MESSAGE = "You compare the payloads alone"
    EDIT = ("saved = mosaic_bytes - stream_bytes", "saved = mosaic_bytes - int(np.sum(payload_bytes))")


class wrong_way_round:
    """The difference reversed."""

    MESSAGE = "the other way round"
    EDIT = ("saved = mosaic_bytes - stream_bytes", "saved = stream_bytes - mosaic_bytes")


class two_parts:
    """Two faults in two parts."""

    MESSAGE = (
        "The PSNR has a factor of 20. With an MSE, which is squared already, it is 10.\nThe learned "
        "codec's file has more than its payloads: one byte per image is missing"
    )
    EDIT = (
        ("-10 *", "-20 *"),
        (" + n + header_bytes", " + header_bytes"),
    )


class other_wraps:
    """Half repaired: the other codec's bytes still wrap."""

    MESSAGE = "in uint8, 3 - 5 is 254"
    EDIT = (
        "np.mean((decoded - images / 255) ** 2)",
        ('np.mean((decoded - images / 255) ** 2) if name == "learned" else np.mean((other - images) ** 2) / 255**2'),
    )


class squares_wrap:
    """16 bits are too few for squares."""

    MESSAGE = "The squares are taken in int16"
    EDIT = (
        "np.mean((decoded - images / 255) ** 2)",
        (
            'np.mean((decoded - images / 255) ** 2) if name == "learned" else '
            'np.mean((other.astype("int16") - images) ** 2) / 255**2'
        ),
    )


class minus_one_to_one:
    """Pixels in [-1, 1]."""

    MESSAGE = "Your pixels are in [-1, 1]"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.mean((2 * decoded - images / 127.5) ** 2)")


class median_psnr:
    """A median."""

    MESSAGE = "the median of the images' PSNRs"
    EDIT = (
        "-10 * np.log10(mse) if mse > 0 else np.inf",
        "np.median(-10 * np.log10(np.mean((decoded - images / 255) ** 2, axis=(1, 2, 3))))",
    )


class signal_to_noise:
    """A signal-to-noise ratio."""

    MESSAGE = "a ratio to the images' mean square"
    EDIT = (
        "-10 * np.log10(mse) if mse > 0 else np.inf",
        "10 * np.log10(np.mean((images / 255) ** 2) / mse) if mse > 0 else np.inf",
    )


class header_in_decoder:
    """The header counts with the decoder, too."""

    MESSAGE = "The header is added to the decoder"
    EDIT = ("-(-decoder_bytes * n // saved)", "-(-(decoder_bytes + header_bytes) * n // saved)")


class divided_by_nothing:
    """Nothing is saved, and divided by."""

    MESSAGE = "Where both codecs take equally many bytes"
    EDIT = ("if saved > 0 else", "if saved >= 0 else")


class missing_key:
    """A key is missing."""

    MESSAGE = "lacks 'break-even'"
    EDIT = ('report["break-even"]', 'report["break even"]')


class sign_but_for_infinity:
    """The sign, and infinity where it belongs."""

    MESSAGE = "The sign of the PSNR"
    EDIT = ("-10 * np.log10(mse) if mse > 0", "10 * np.log10(mse) if mse > 0")


class scaled_twice:
    """Both codecs' reconstructions over 255."""

    MESSAGE = "are divided by 255, too"
    EDIT = ('("learned", learned, stream_bytes)', '("learned", learned / 255, stream_bytes)')


class hundred_images:
    """The notebook's number."""

    MESSAGE = "You divide by 100 images"
    EDIT = ('report[f"{name} bytes"] = size / n', 'report[f"{name} bytes"] = size / 100')


class equal_from_the_first:
    """Equal sizes are thought to pay at once."""

    MESSAGE = "Where both codecs take equally many bytes, nothing is saved"
    EDIT = ("if saved > 0 else np.inf\n    return", "if saved > 0 else (np.inf if saved < 0 else 0)\n    return")


class first_channel:
    """One channel."""

    MESSAGE = "the first channel alone"
    EDIT = ("np.mean((decoded - images / 255) ** 2)", "np.mean(((decoded - images / 255) ** 2)[..., 0])")


class images_in_single_precision:
    """The images in float32, the other reconstructions in float64: equal ones differ by 1e-8."""

    MESSAGE = "Rounding errors remain"
    EDIT = ("images / 255", 'images.astype("float32") / 255')
