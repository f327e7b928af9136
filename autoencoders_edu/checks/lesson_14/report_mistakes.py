"""The comparison of two codecs, part by part, as 14.4 asks for it and as mistakes make it."""

from dataclasses import dataclass

import numpy as np

CODECS = ("learned", "other")


@dataclass(frozen=True)
class Comparison:
    """What compare_codecs is given."""

    images: np.ndarray
    learned: np.ndarray
    payload_bytes: np.ndarray
    header_bytes: int
    other: np.ndarray
    mosaic_bytes: int
    decoder_bytes: int

    @property
    def arguments(self):
        return tuple(vars(self).values())

    @property
    def n(self):
        return len(self.images)

    @property
    def stream_bytes(self):
        return int(self.payload_bytes.sum()) + self.n + self.header_bytes

    def decoded(self, codec):
        """The reconstructions in [0, 1]."""
        return self.learned.astype(float) if codec == "learned" else self.other / 255

    def squares(self, codec):
        """The squared errors of all pixels, in [0, 1]."""
        return (self.decoded(codec) - self.images / 255) ** 2

    def __str__(self):
        return (
            f"{self.n} image{'' if self.n == 1 else 's'} of {' x '.join(map(str, self.images.shape[1:]))}, payloads of "
            f"{int(self.payload_bytes.sum())} bytes in all, a header of {self.header_bytes}, a mosaic of "
            f"{self.mosaic_bytes} and a decoder of {self.decoder_bytes}"
        )


def mse(case, codec):
    return np.mean(case.squares(codec))


def psnr(case, codec, of):
    """In dB, of this MSE."""
    return -10 * np.log10(of)


def bytes_per_image(case, codec):
    return (case.stream_bytes if codec == "learned" else case.mosaic_bytes) / case.n


def break_even(case, learned, other):
    """From bytes per image, as they are."""
    saved = round((other - learned) * case.n, 6)
    return np.ceil(round(case.decoder_bytes * case.n / saved, 9)) if saved > 0 else np.inf


def _as_bytes(case, codec, rounded=False):
    if codec == "other":
        return case.other
    return (np.round(255 * case.learned) if rounded else 255 * case.learned).astype("uint8")


def _wrapped(case, codec, rounded=False):
    """The mean square of differences of bytes, which wrap, as do their squares."""
    return np.mean((_as_bytes(case, codec, rounded) - case.images) ** 2)


def _difference_wrapped(case, codec, rounded=False):
    return np.mean((_as_bytes(case, codec, rounded) - case.images).astype(float) ** 2)


def _via_bytes(case, codec, rounded=False):
    return np.mean((_as_bytes(case, codec, rounded) / 255 - case.images / 255) ** 2)


def _mixed(case, codec):
    """The reconstructions as they are given, the images in [0, 1]."""
    return np.mean(((case.learned if codec == "learned" else case.other) - case.images / 255) ** 2)


def _as_given(case, codec):
    """Neither is brought to [0, 1]."""
    if codec == "other":
        return _wrapped(case, codec)
    return np.mean((case.learned - case.images) ** 2)


def _as_given_float(case, codec):
    return np.mean(((case.learned if codec == "learned" else case.other.astype(float)) - case.images) ** 2)


def _max_of_image(case, codec):
    return np.mean((case.decoded(codec) - case.images / max(1, case.images.max())) ** 2)


def _of_other(rule):
    """The rule for the classical codec, what is right for the learned one."""
    return lambda case, codec: rule(case) if codec == "other" else mse(case, codec)


def _wrapped_in_range(case):
    return _wrapped(case, "other") / 255**2


def _difference_wrapped_in_range(case):
    return _difference_wrapped(case, "other") / 255**2


def _short_wrapped(case):
    """Squares that wrap in 16 bits."""
    return np.mean((case.other.astype("int16") - case.images.astype("int16")) ** 2) / 255**2


UNITS = (
    "The MSE is in units of 0 to 255. Bring the pixels to [0, 1] first, the classical codec's reconstructions as well."
)
WRAPS = (
    "Bytes are subtracted, or squared, as bytes: in uint8, 3 - 5 is 254, and 20 squared is 144. Divide by 255 first."
)
ROUNDED = "The learned codec's reconstructions are rounded to bytes before they are compared. Leave them as they are."
NOT_SCALED = "Images and reconstructions have different ranges in your difference. Bring both to [0, 1]."
ERRORS = [
    (WRAPS, _wrapped),
    (WRAPS, lambda case, codec: _wrapped(case, codec, True)),
    (WRAPS, lambda case, codec: _wrapped(case, codec) / 255**2),
    (WRAPS, lambda case, codec: _wrapped(case, codec, True) / 255**2),
    (WRAPS, _difference_wrapped),
    (WRAPS, lambda case, codec: _difference_wrapped(case, codec, True)),
    (WRAPS, lambda case, codec: _difference_wrapped(case, codec) / 255**2),
    (WRAPS, lambda case, codec: _difference_wrapped(case, codec, True) / 255**2),
    (WRAPS, lambda case, codec: np.mean(((_as_bytes(case, codec) - case.images) / 255) ** 2)),
    (
        f"{WRAPS} And the learned codec's reconstructions, in [0, 1], are compared with images from 0 to 255.",
        _as_given,
    ),
    (f"{NOT_SCALED} Your images are still from 0 to 255.", _as_given_float),
    (f"{NOT_SCALED} The classical codec's reconstructions are still from 0 to 255.", _mixed),
    (UNITS, lambda case, codec: 255**2 * mse(case, codec)),
    (f"{UNITS} {ROUNDED}", lambda case, codec: 255**2 * _via_bytes(case, codec)),
    (f"{UNITS} {ROUNDED}", lambda case, codec: 255**2 * _via_bytes(case, codec, True)),
    *((WRAPS, _of_other(rule)) for rule in (_wrapped_in_range, _difference_wrapped_in_range)),
    (
        "The squares are taken in int16, where they wrap: its largest number is 32767. Divide by 255 first.",
        _of_other(_short_wrapped),
    ),
    ("Your pixels are in [-1, 1]. Bring them to [0, 1].", lambda case, codec: 4 * mse(case, codec)),
    (
        "The images are divided by 256, and not by 255.",
        lambda case, codec: np.mean((case.decoded(codec) - case.images / 256) ** 2),
    ),
    ("You divided the MSE by 255 once. Divide the pixels.", lambda case, codec: 255 * mse(case, codec)),
    ("You divided the MSE in [0, 1] by 255^2 once more.", lambda case, codec: mse(case, codec) / 255**2),
    ("Pixels are divided by 256. The largest byte is 255.", lambda case, codec: _over_256(case, codec)),
    (ROUNDED, _via_bytes),
    (ROUNDED, lambda case, codec: _via_bytes(case, codec, True)),
    (
        "The learned codec's reconstructions are divided by 255, too. They are in [0, 1] already.",
        lambda case, codec: mse(case, codec) if codec == "other" else _over_255_twice(case),
    ),
    ("Pixels are divided by the largest one of these images. Divide by 255.", _max_of_image),
    (
        "This is the mean absolute error. The MSE has squares.",
        lambda case, codec: np.mean(np.sqrt(case.squares(codec))),
    ),
    ("This is the root of the MSE.", lambda case, codec: np.sqrt(mse(case, codec))),
    (
        "This is a sum over all pixels and images. The MSE is their mean.",
        lambda case, codec: np.sum(case.squares(codec)),
    ),
    (
        "Squared errors are added up within each image. The MSE is a mean over pixels as well.",
        lambda case, codec: np.sum(case.squares(codec)) / case.n,
    ),
    (
        "Squared errors are added up over the channels. The MSE is a mean over those as well.",
        lambda case, codec: np.mean(case.squares(codec).sum(axis=-1)),
    ),
    (
        "There is one number per image. The MSE is one number, over all pixels of all images.",
        lambda case, codec: case.squares(codec).mean(axis=(1, 2, 3)),
    ),
    (
        "The learned codec's error is given for both.",
        lambda case, codec: mse(case, "learned"),
    ),
    ("The two codecs are exchanged.", lambda case, codec: mse(case, "other" if codec == "learned" else "learned")),
    ("This is the MSE of the first channel alone.", lambda case, codec: np.mean(case.squares(codec)[..., 0])),
    ("This is the MSE of the first image alone.", lambda case, codec: np.mean(case.squares(codec)[0])),
    ("The error is not squared: errors of both signs cancel.", lambda case, codec: _bias(case, codec)),
    ("This is the variance of the error. The MSE has its mean, too.", lambda case, codec: _variance(case, codec)),
    *(
        (
            f"The MSE is rounded to {digits} digits. Return it as it is.",
            lambda case, codec, d=digits: _rounded(case, codec, d),
        )
        for digits in range(7)
    ),
]


def _rounded(case, codec, digits):
    return np.round(mse(case, codec), digits)


def _over_256(case, codec):
    decoded = case.learned if codec == "learned" else case.other / 256
    return np.mean((decoded - case.images / 256) ** 2)


def _over_255_twice(case):
    return np.mean((case.learned / 255 - case.images / 255) ** 2)


def _bias(case, codec):
    return np.mean(case.decoded(codec) - case.images / 255)


def _variance(case, codec):
    return np.var(case.decoded(codec) - case.images / 255)


def _mean_of_psnrs(case, codec, of):
    return np.mean(-10 * np.log10(case.squares(codec).mean(axis=(1, 2, 3))))


def _added(small):
    return lambda case, codec, of: -10 * np.log10(of + small)


def _floored(small):
    return lambda case, codec, of: -10 * np.log10(np.maximum(of, small))


def _median_of_psnrs(case, codec, of):
    return np.median(-10 * np.log10(case.squares(codec).mean(axis=(1, 2, 3))))


def _mean_of_limited(small):
    return lambda case, codec, of: np.mean(-10 * np.log10(np.maximum(case.squares(codec).mean(axis=(1, 2, 3)), small)))


PEAK = 20 * np.log10(255)
PSNRS = [
    (
        "The PSNR is the mean of the images' PSNRs. Take that of the one MSE over all images: a single good image must "
        "not make up for bad ones.",
        _mean_of_psnrs,
    ),
    ("The PSNR is the median of the images' PSNRs. Take that of the one MSE over all images.", _median_of_psnrs),
    *(
        (
            "The PSNR is the mean of the images' PSNRs, with MSEs kept above a small number. Take that of the one MSE "
            "over all images, as it is.",
            _mean_of_limited(10.0**-n),
        )
        for n in (6, 7, 8, 9, 10, 12, 15, 20, 30, 100, 300)
    ),
    (
        "This is a ratio to the images' mean square. The PSNR has the square of the peak there, 1.",
        lambda case, codec, of: psnr(case, codec, of) + 10 * np.log10(np.mean((case.images / 255) ** 2)),
    ),
    (
        "The PSNR has a peak of 255 with an MSE in [0, 1], which adds 48 dB. There, the peak is 1.",
        lambda case, codec, of: psnr(case, codec, of) + PEAK,
    ),
    (
        "The PSNR has a peak of 255 that is not squared, with an MSE in [0, 1]. There, the peak is 1.",
        lambda case, codec, of: psnr(case, codec, of) + PEAK / 2,
    ),
    (
        "The PSNR has a peak of 1 with an MSE in units of 0 to 255, so that it is 48 dB too low.",
        lambda case, codec, of: psnr(case, codec, of) - PEAK,
    ),
    (
        "The sign of the PSNR is wrong: a smaller error has a larger PSNR.",
        lambda case, codec, of: -psnr(case, codec, of),
    ),
    (
        "The PSNR has a factor of 20. With an MSE, which is squared already, it is 10.",
        lambda case, codec, of: 2 * psnr(case, codec, of),
    ),
    ("The PSNR lacks its factor of 10.", lambda case, codec, of: psnr(case, codec, of) / 10),
    (
        "The PSNR has the natural logarithm. Decibels have that to the base 10.",
        lambda case, codec, of: -10 * np.log(of),
    ),
    (
        "The PSNR has a logarithm to the base 2. Decibels have that to the base 10.",
        lambda case, codec, of: -10 * np.log2(of),
    ),
    (
        "The PSNR takes the largest pixel of these images for the peak. It is 1.",
        lambda case, codec, of: psnr(case, codec, of) + 20 * np.log10(case.images.max() / 255),
    ),
    (
        "The PSNR takes the root of the MSE for the MSE.",
        lambda case, codec, of: psnr(case, codec, of) / 2,
    ),
    *(
        (
            "You add a small number to the MSE, or keep it above one. The PSNR of an MSE of 0 is infinite.",
            change(10.0**-n),
        )
        for n in (4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 100)
        for change in (_added, _floored)
    ),
    (
        "You add a small number to the MSE, or keep it above one. The PSNR of an MSE of 0 is infinite.",
        _added(np.finfo(float).eps),
    ),
    (
        "You add a small number to the MSE, or keep it above one. The PSNR of an MSE of 0 is infinite.",
        _added(np.finfo("float32").eps),
    ),
    *(
        (
            f"The PSNR is rounded to {digits} digits. Return it as it is.",
            lambda case, codec, of, d=digits: np.round(psnr(case, codec, of), d),
        )
        for digits in range(4)
    ),
]


def _bytes(learned=lambda case: case.stream_bytes, other=lambda case: case.mosaic_bytes):
    """Bytes per image from these bytes in all."""
    return lambda case, codec: (learned if codec == "learned" else other)(case) / case.n


def _payload(case):
    return int(case.payload_bytes.sum())


FORGOTTEN = "The learned codec's file has more than its payloads: "
BYTES = [
    (
        f"{FORGOTTEN}one byte per image that says how long the payload is, and the header.",
        _bytes(_payload),
    ),
    (f"{FORGOTTEN}the header is missing.", _bytes(lambda case: _payload(case) + case.n)),
    (
        f"{FORGOTTEN}one byte per image is missing, which says how long the payload is.",
        _bytes(lambda case: _payload(case) + case.header_bytes),
    ),
    (
        f"{FORGOTTEN}there is one byte of length for each image, not one in all.",
        _bytes(lambda case: _payload(case) + 1 + case.header_bytes),
    ),
    (
        "The header is counted once per image. It stands at the beginning of the file, once.",
        _bytes(lambda case: _payload(case) + case.n + case.n * case.header_bytes),
    ),
    (
        "The header is counted once per image, and the byte of length is missing. The header stands at the beginning, "
        "once.",
        _bytes(lambda case: _payload(case) + case.n * case.header_bytes),
    ),
    (
        "The header is the learned codec's. The mosaic is complete already.",
        _bytes(other=lambda case: case.mosaic_bytes + case.header_bytes),
    ),
    (
        "The mosaic is complete already: it needs no byte of length for each image, and no header.",
        _bytes(other=lambda case: case.mosaic_bytes + case.n + case.header_bytes),
    ),
    (
        "The mosaic is one file. It needs no byte of length for each image.",
        _bytes(other=lambda case: case.mosaic_bytes + case.n),
    ),
    (
        "The header is subtracted from the mosaic, which needs its own to be read.",
        _bytes(other=lambda case: case.mosaic_bytes - case.header_bytes),
    ),
    (
        "The decoder is in the bytes per image. It is paid for in the break-even, once.",
        _bytes(lambda case: case.stream_bytes + case.decoder_bytes),
    ),
    (
        "The mosaic's bytes are those of all images together. Divide by their number.",
        _bytes(other=lambda case: case.mosaic_bytes * case.n),
    ),
    (
        "These are the bytes of all images together. Divide by their number.",
        lambda case, codec: case.n * bytes_per_image(case, codec),
    ),
    (
        "The learned codec's bytes are divided by the number of images twice.",
        _bytes(lambda case: case.stream_bytes / case.n),
    ),
    (
        "You divide by 100 images, as many as the notebook has. Divide by the number of those that are given.",
        lambda case, codec: bytes_per_image(case, codec) * case.n / 100,
    ),
    ("These are bits per image. Bytes were asked for.", lambda case, codec: 8 * bytes_per_image(case, codec)),
    (
        "The bytes per image are rounded up. Return them as they are.",
        lambda case, codec: np.ceil(bytes_per_image(case, codec)),
    ),
    (
        "The bytes per image are cut to whole numbers. Divide with /.",
        lambda case, codec: np.floor(bytes_per_image(case, codec)),
    ),
    (
        "The bytes per image are rounded. Return them as they are.",
        lambda case, codec: np.round(bytes_per_image(case, codec)),
    ),
    (
        "The bytes per image are rounded. Return them as they are.",
        lambda case, codec: np.round(bytes_per_image(case, codec), 1),
    ),
    (
        "The bytes per image are rounded. Return them as they are.",
        lambda case, codec: np.round(bytes_per_image(case, codec), 2),
    ),
    (
        "The two codecs are exchanged.",
        lambda case, codec: bytes_per_image(case, "other" if codec == "learned" else "learned"),
    ),
    (
        "These are bytes per pixel. Divide by the number of images.",
        lambda case, codec: bytes_per_image(case, codec) * case.n / case.images.size,
    ),
]


def _never(value):
    return lambda case, learned, other: break_even(case, learned, other) if other > learned else value


def _if_equal(value):
    return lambda case, learned, other: value if learned == other else break_even(case, learned, other)


def _uncut(case, learned, other):
    """Infinite where it never pays."""
    return case.decoder_bytes / (other - learned) if other > learned else np.inf


def _negative(finish):
    """Where it never pays, a division all the same."""
    return lambda case, learned, other: finish(np.float64(case.decoder_bytes) / np.float64(other - learned))


def _saved(finish):
    return lambda case, learned, other: finish(case, learned, other) if other > learned else np.inf


EQUAL = (
    "Where both codecs take equally many bytes, nothing is saved that could pay for the decoder: there, the break-even "
    "is np.inf."
)
NEVER = "Where the learned codec takes as many bytes as the other one or more, it never pays: np.inf."
DOWN = "The number of images is rounded down: one short of it, the decoder is not yet paid for. Round up."
NOT_WHOLE = "The break-even is not rounded. Round up to a whole number of images."
NEAREST = "The break-even is rounded to the nearest whole number. Below that the decoder is not yet paid for: round up."
ONE_MORE = (
    "Where the division leaves no remainder, that number of images is enough: there the learned codec takes no more. "
    "You add one."
)
BREAK_EVEN = [
    (f"{DOWN} {NEVER}", _negative(np.floor)),
    (f"{NOT_WHOLE} {NEVER}", _negative(lambda ratio: ratio)),
    (f"{DOWN} {NEVER}", _negative(np.trunc)),
    (NEVER, _negative(np.ceil)),
    (NEVER, _negative(lambda ratio: np.maximum(np.ceil(ratio), 0))),
    (NEVER, _negative(lambda ratio: np.abs(np.ceil(ratio)))),
    (NEVER, _negative(lambda ratio: np.ceil(np.abs(ratio)))),
    (f"{NEAREST} {NEVER}", _negative(np.round)),
    (f"{DOWN} {NEVER}", _negative(lambda ratio: np.maximum(np.floor(ratio), 0))),
    (f"{ONE_MORE} {NEVER}", _negative(lambda ratio: np.floor(ratio) + 1)),
    *((NEVER, _never(value)) for value in (0, -1, np.nan, -np.inf, 1)),
    *((EQUAL, _if_equal(value)) for value in (0, 1, np.nan, -np.inf)),
    (DOWN, _saved(lambda *case: np.floor(_uncut(*case)))),
    (NOT_WHOLE, _saved(_uncut)),
    (NEAREST, _saved(lambda *case: np.round(_uncut(*case)))),
    (ONE_MORE, _saved(lambda *case: np.floor(_uncut(*case)) + 1)),
    ("You add one image more than is needed.", lambda *case: break_even(*case) + 1),
    (
        "You divide by the bytes of the other codec. What pays for the decoder is the difference of the two.",
        lambda case, learned, other: np.ceil(case.decoder_bytes / other),
    ),
    (
        "You divide by the bytes of the other codec. What pays for the decoder is the difference of the two.",
        _saved(lambda case, learned, other: np.ceil(case.decoder_bytes / other)),
    ),
    (
        "You divide by the bytes of the learned codec. What pays for the decoder is the difference of the two.",
        lambda case, learned, other: np.ceil(case.decoder_bytes / learned),
    ),
    (
        "You divide by the bytes that all these images save. One image saves a part of that.",
        _saved(lambda case, learned, other: np.ceil(case.decoder_bytes / (case.n * (other - learned)))),
    ),
    (
        "The difference is the other way round: the learned codec pays if it takes fewer bytes.",
        lambda case, learned, other: np.ceil(case.decoder_bytes / (learned - other)) if learned > other else np.inf,
    ),
    (
        "The decoder is left out: it is to be paid for before anything is saved.",
        _saved(lambda case, learned, other: 0),
    ),
    (
        "The decoder is left out: it is to be paid for before anything is saved.",
        _saved(lambda case, learned, other: 1),
    ),
    (
        "You compare the payloads alone. The learned codec's whole file counts.",
        lambda case, learned, other: break_even(case, _payload(case) / case.n, other),
    ),
    (
        "The header is added to the decoder. It is in the bytes per image already.",
        _saved(
            lambda case, learned, other: np.ceil(
                round((case.decoder_bytes + case.header_bytes) * case.n / round((other - learned) * case.n, 6), 9)
            )
        ),
    ),
    (
        "The bytes per image are cut to whole numbers before the break-even. Take them as they are.",
        lambda case, learned, other: break_even(case, np.floor(learned), np.floor(other)),
    ),
    (
        "The bytes per image are rounded before the break-even. Take them as they are.",
        lambda case, learned, other: break_even(case, np.round(learned), np.round(other)),
    ),
    (
        "The header is counted apart, once for any number of images. It is in the bytes per image, as above.",
        lambda case, learned, other: _header_apart(case, other),
    ),
    (
        "The bytes are taken for bits: the decoder has 8 times as many.",
        _saved(lambda case, learned, other: np.ceil(8 * case.decoder_bytes / (other - learned))),
    ),
]


def _header_apart(case, other):
    learned = (_payload(case) + case.n) / case.n
    if other <= learned:
        return np.inf
    return np.ceil(round((case.decoder_bytes + case.header_bytes) / (other - learned), 9))
