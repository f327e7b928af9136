"""14.4 compare_codecs: errors in one range, all bytes, and when a decoder pays; repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_14.report_mistakes import (
    BREAK_EVEN,
    BYTES,
    CODECS,
    ERRORS,
    PSNRS,
    Comparison,
    break_even,
    bytes_per_image,
    mse,
    psnr,
)
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect_keys, expect_rule, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "14.4",
    "compare_codecs",
    points=3,
    minutes=10,
    why="Of the papers that beat JPEG, ask how many images their decoder has to pay for.",
    hints=(
        "Print 3 - 5 and 20**2 for two np.uint8. What happens to differences of bytes, and before which step do the "
        "pixels have to become floats from 0 to 1?",
        "Write down all bytes that the learned codec's file consists of, once and per image. Are they all in the sum?",
        "What does the division by the bytes saved give when there are none, or fewer than none? And is 3.2 images "
        "three or four?",
    ),
    on_success="One range for all pixels, every byte in the sum, and a decoder that has to be paid for before anything "
    "is saved.",
)
def check_compare_codecs(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[0], _asked(probe, cases[0]), DRAWN)
    told = [each for part in (_errors, _ratios, _sizes, _images) for each in part(cases, answers)]
    if told:
        raise Failed("\n".join(dict.fromkeys([*(message for message, _ in told), *(example for _, example in told)])))


DRAWN = "Called twice with the same arguments, your function returned two different results."
KEYS = (*(f"{codec} {what}" for what in ("mse", "psnr", "bytes") for codec in CODECS), "break-even")
RTOL, EXACT = 1e-5, 1e-9


def _asked(probe, case):
    """The seven numbers, marked, in the order of KEYS; a key that holds more than one keeps the check from going on."""
    try:
        answer = probe.call("compare_codecs", *case.arguments)
    except LearnerError as error:
        if error.described.get("type") != "ZeroDivisionError" or case.mosaic_bytes != case.stream_bytes:
            raise
        raise Failed(
            f"Where both codecs take equally many bytes, you divide by 0. There, the break-even is np.inf.\n{error}"
        ) from None
    expect_keys(answer, KEYS, "compare_codecs(...)")
    numbers = []
    for key in KEYS:
        array = as_numbers(answer[key])
        if array is None or array.size != 1:
            raise Failed(f'"{key}" should be one number, over all images. Received: {brief(answer[key])}.')
        numbers.append(array.reshape(()))
    return marked(numbers)


def _pair(answer, what):
    return answer[[KEYS.index(f"{codec} {what}") for codec in CODECS]]


def _judged(answers, expected, cases, mistakes, otherwise, what, rtol=RTOL):
    """What is wrong with these answers, and an example, as a list of one pair; an empty one if nothing is."""
    named = [(case,) for case in cases]
    try:
        with np.errstate(all="ignore"):
            expect_rule(answers, expected, named, mistakes, otherwise, rtol=rtol, atol=1e-9)
    except Failed as failed:
        given = zip(cases, answers, expected, strict=True)
        wrong = next(each for each in given if not fits(*each[1:], rtol, 1e-9))
        return [(str(failed), _shown(*wrong, what, rtol))]
    return []


def _shown(case, answer, expected, what, rtol):
    answer, expected = np.atleast_1d(answer), np.atleast_1d(expected)
    place = int(np.argmin(np.isclose(answer, expected, rtol, 1e-9)))
    key = f"{CODECS[place]} {what}" if len(answer) == 2 else what
    return f'"{key}": received {_digits(answer[place])}, expected {_digits(expected[place])}, for {case}.'


def _digits(mark):
    return f"{mark:.8g}" if abs(mark) < 1e20 else shown(mark)


def _of_both(rule):
    return lambda case: marked([rule(case, codec) for codec in CODECS])


def _errors(cases, answers):
    return _judged(
        [_pair(answer, "mse") for answer in answers],
        [_of_both(mse)(case) for case in cases],
        cases,
        [(message, _of_both(rule)) for message, rule in ERRORS],
        "The MSE is the mean of squared differences over all pixels of all images, with all pixels in [0, 1].",
        "mse",
    )


def _ratios(cases, answers):
    """The PSNR, from the right MSE or from the learner's own."""
    given = [_pair(answer, "psnr") for answer in answers]
    errors = [_pair(answer, "mse") for answer in answers]
    own = {id(case): error for case, error in zip(cases, errors, strict=True)}

    def of_own(rule):
        return lambda case: marked([rule(case, codec, e) for codec, e in zip(CODECS, own[id(case)], strict=True)])

    def of_right(rule):
        return lambda case: marked([rule(case, codec, mse(case, codec)) for codec in CODECS])

    def of_own_bytes(rule):
        return lambda case: marked([rule(case, c, e / 255**2) for c, e in zip(CODECS, own[id(case)], strict=True)])

    # An MSE in units of 0 to 255 is told as such: a PSNR that fits it is no fault of its own.
    ways = (of_right, of_own, of_own_bytes) if _errors(cases, answers) else (of_right,)
    mistakes = [
        _instead_of_infinity(cases, given, errors),
        *PSNRS,
        *((said, _but_infinite(rule)) for said, rule in PSNRS),
    ]
    return _followed(given, cases, psnr, mistakes, ways, PSNR, "psnr")


def _but_infinite(rule):
    """A mistake's PSNR, infinite all the same where the MSE is 0."""
    return lambda case, codec, of: rule(case, codec, of) if of > 0 else np.inf


def _instead_of_infinity(cases, given, errors):
    """The mistake whose PSNR is right but for an MSE of 0, where it is what was received."""
    received, error = next(
        (float(ratios[1]), float(own[1]))
        for case, ratios, own in zip(cases, given, errors, strict=True)
        if not mse(case, "other")
    )
    said = (
        f"Where the other codec's reconstructions are the images themselves, your MSE is {error:.2g} and not quite 0, "
        "and so your PSNR is not infinite. Rounding errors remain, as when one of the two is divided by 255 in float32 "
        "and the other in float64 (or a small number was added to the MSE). Treat both alike."
        if 0 < error < 1e-6
        else f"Where the MSE is 0, your PSNR is {shown(received)}, as if it were set to that or a small number added "
        "to the MSE. An error of nothing is infinitely many dB below the peak."
    )
    return said, lambda case, codec, of: psnr(case, codec, of) if of > 0 else received


PSNR = "The PSNR is 10 log10(1 / MSE), in dB, of the one MSE over all images in [0, 1]. It is infinite where that is 0."


def _followed(given, cases, right, mistakes, ways, otherwise, what, rtol=RTOL):
    """As `_judged`, for numbers that may follow from the right ones before them, or from the learner's own."""
    with np.errstate(all="ignore"):
        values = [[way(right)(case) for case in cases] for way in ways]
    for value in values:
        if all(fits(answer, number, rtol, 1e-6) for answer, number in zip(given, value, strict=True)):
            return []
    rules = [(message, way(rule)) for message, rule in mistakes for way in ways]
    return _judged(given, values[0], cases, rules, otherwise, what, rtol)


def _sizes(cases, answers):
    return _judged(
        [_pair(answer, "bytes") for answer in answers],
        [_of_both(bytes_per_image)(case) for case in cases],
        cases,
        [(message, _of_both(rule)) for message, rule in BYTES],
        "The learned codec's file has a header, and for each image a byte of length and a payload; the mosaic is the "
        "other codec's file as it is. Both are divided by the number of images.",
        "bytes",
    )


def _images(cases, answers):
    """The break-even, from the right bytes or from the learner's own."""
    own = {id(case): _pair(answer, "bytes") for case, answer in zip(cases, answers, strict=True)}

    def of_own(rule):
        return lambda case: marked(rule(case, *own[id(case)]))

    def of_right(rule):
        return lambda case: marked(rule(case, *(bytes_per_image(case, codec) for codec in CODECS)))

    given = [answer[-1] for answer in answers]
    return _followed(given, cases, break_even, BREAK_EVEN, (of_right, of_own), IMAGES, "break-even", EXACT)


IMAGES = (
    "The break-even is decoder_bytes divided by the bytes that an image saves, rounded up to a whole number of images; "
    "np.inf where it saves none."
)


def draw_cases(rng):
    """Cases in which the learned codec pays, never pays, pays for nothing, and in which the other one is lossless."""
    n = int(rng.integers(7, 13))
    return [
        _draw(rng, n, (int(rng.integers(5, 9)), int(rng.integers(9, 13)), 3), saved=rng.uniform(5, 9)),
        _draw(rng, 1, (6, 7, 1), saved=12, rest=1 / 12),
        _draw(rng, int(rng.integers(13, 19)), (7, 5, 2), saved=-rng.uniform(3, 9)),
        _draw(rng, 8, (5, 6, 1), saved=2.5, decoder=10_000),
        _draw(rng, n + 1, (4, 9, 1), saved=0),
        _draw(rng, 8, (5, 4, 1), saved=1 / 8),
        _draw(rng, n + 2, (6, 8, 3), saved=rng.uniform(7, 12), rest=0.7, lossless=True),
        _draw(rng, n, (5, 7, 1), saved=rng.uniform(30, 60), dark=True),
    ]


def _draw(rng, n, shape, saved, decoder=None, rest=0.3, lossless=False, dark=False):
    """Images, reconstructions of very different quality, and sizes so that an image saves about `saved` bytes."""
    images = rng.integers(0, 140 if dark else 256, (n, *shape)).astype("uint8")
    quality = rng.uniform(0.03, 0.3, (n, 1, 1, 1))
    learned = np.clip(images / 255 + quality * rng.normal(size=images.shape), 0, 1).astype("float32")
    noisy = np.clip(images + 255 * quality[::-1] * rng.normal(size=images.shape), 0, 255).astype("uint8")
    payload, header = rng.integers(8, 60, n), int(rng.integers(20, 40))
    stream = int(payload.sum()) + n + header
    difference = round(saved * n)
    decoder = decoder or _decoder_bytes(rng, n, difference, rest)
    other = images.copy() if lossless else noisy
    return Comparison(images, learned, payload, header, other, stream + difference, decoder)


def _decoder_bytes(rng, n, difference, rest):
    """A size that, divided by the bytes saved, leaves about this rest: rounding errors decide nothing."""
    decoders = int(rng.integers(5_000, 20_000)) + np.arange(60)
    if difference <= 1:
        return int(decoders[0])
    return int(decoders[np.argmin(np.abs(decoders * n / difference % 1 - rest))])
