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
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect, expect_keys, expect_rule, fits
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
    told = [text for part in (_errors, _ratios, _sizes, _images) if (text := part(cases, answers))]
    if told:
        raise Failed("\n".join(told))


DRAWN = "Called twice with the same arguments, your function returned two different results."
KEYS = (*(f"{codec} {what}" for what in ("mse", "psnr", "bytes") for codec in CODECS), "break-even")
RTOL = 1e-5


def _asked(probe, case):
    """The seven numbers, marked, in the order of KEYS; a key that holds more than one keeps the check from going on."""
    answer = probe.call("compare_codecs", *case.arguments)
    expect_keys(answer, KEYS, "compare_codecs(...)")
    numbers = []
    for key in KEYS:
        array = as_numbers(answer[key])
        expect(
            array is not None and array.size == 1,
            f'"{key}" should be one number, over all images. Received: {brief(answer[key])}.',
        )
        numbers.append(array.reshape(()))
    return marked(numbers)


def _pair(answer, what):
    return answer[[KEYS.index(f"{codec} {what}") for codec in CODECS]]


def _judged(answers, expected, cases, mistakes, otherwise, what, rtol=RTOL):
    """What is wrong with these answers, in a text; "" if nothing is."""
    try:
        with np.errstate(all="ignore"):
            expect_rule(
                answers,
                expected,
                [(case,) for case in cases],
                mistakes,
                otherwise,
                lambda case, answer, right: _shown(case[0], answer, right, what),
                rtol=rtol,
                atol=1e-9,
            )
    except Failed as failed:
        return str(failed)
    return ""


def _shown(case, answer, expected, what):
    answer, expected = np.atleast_1d(answer), np.atleast_1d(expected)
    place = int(np.argmin(np.isclose(answer, expected, RTOL, 1e-9)))
    key = f"{CODECS[place]} {what}" if len(answer) == 2 else what
    return f'"{key}": received {shown(answer[place])}, expected {shown(expected[place])}, for {case}.'


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


def _from_own(of_right, own):
    """Whether the answers follow from what the learner's own numbers are, cases by case."""
    return all(fits(answer, value, RTOL, 1e-6) for answer, value in zip(of_right, own, strict=True))


def _ratios(cases, answers):
    """The PSNR, from the right MSE or from the learner's own."""
    given = [_pair(answer, "psnr") for answer in answers]
    errors = [_pair(answer, "mse") for answer in answers]
    own = {id(case): error for case, error in zip(cases, errors, strict=True)}

    def of_own(rule):
        return lambda case: marked([rule(case, codec, e) for codec, e in zip(CODECS, own[id(case)], strict=True)])

    def of_right(rule):
        return lambda case: marked([rule(case, codec, mse(case, codec)) for codec in CODECS])

    return _followed(given, cases, psnr, PSNRS, (of_right, of_own), PSNR, "psnr")


PSNR = "The PSNR is 10 log10(1 / MSE), in dB, of the one MSE over all images in [0, 1]. It is infinite where that is 0."


def _followed(given, cases, right, mistakes, ways, otherwise, what):
    """As `_judged`, for numbers that may follow from the right ones before them, or from the learner's own."""
    with np.errstate(all="ignore"):
        values = [[way(right)(case) for case in cases] for way in ways]
    if any(_from_own(given, value) for value in values):
        return ""
    rules = [(message, way(rule)) for message, rule in mistakes for way in ways]
    return _judged(given, values[0], cases, rules, otherwise, what)


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
    return _followed(given, cases, break_even, BREAK_EVEN, (of_right, of_own), IMAGES, "break-even")


IMAGES = (
    "The break-even is decoder_bytes divided by the bytes that an image saves, rounded up to a whole number of images; "
    "np.inf where it saves none."
)


def draw_cases(rng):
    """Cases in which the learned codec pays, never pays, pays for nothing, and in which the other one is lossless."""
    n = int(rng.integers(7, 13))
    return [
        _draw(rng, n, (int(rng.integers(5, 9)), int(rng.integers(9, 13)), 3), saved=rng.uniform(5, 9)),
        _draw(rng, 1, (6, 7, 1), saved=rng.uniform(11, 14)),
        _draw(rng, int(rng.integers(13, 19)), (7, 5, 2), saved=-rng.uniform(3, 9)),
        _draw(rng, 8, (5, 6, 1), saved=2.5, decoder=10_000),
        _draw(rng, n + 1, (4, 9, 1), saved=0),
        _draw(rng, n + 2, (6, 8, 3), saved=rng.uniform(0.3, 0.7), lossless=True),
        _draw(rng, n, (5, 7, 1), saved=rng.uniform(30, 60), dark=True),
    ]


def _draw(rng, n, shape, saved, decoder=None, lossless=False, dark=False):
    """Images, reconstructions of very different quality, and sizes so that an image saves about `saved` bytes."""
    images = rng.integers(0, 140 if dark else 256, (n, *shape)).astype("uint8")
    quality = rng.uniform(0.03, 0.3, (n, 1, 1, 1))
    learned = np.clip(images / 255 + quality * rng.normal(size=images.shape), 0, 1).astype("float32")
    noisy = np.clip(images + 255 * quality[::-1] * rng.normal(size=images.shape), 0, 255).astype("uint8")
    payload, header = rng.integers(8, 60, n), int(rng.integers(20, 40))
    stream = int(payload.sum()) + n + header
    difference = round(saved * n)
    decoder = decoder or _decoder_bytes(rng, n, difference)
    return Comparison(
        images, learned, payload, header, images.copy() if lossless else noisy, stream + difference, decoder
    )


def _decoder_bytes(rng, n, difference):
    """A size whose quotient by the bytes saved is no whole number, and not close to one: rounding decides nothing."""
    decoder = int(rng.integers(100_000, 900_000))
    if difference <= 1:
        return decoder
    remainders = [(decoder + more) * n / difference % 1 for more in range(50)]
    return decoder + int(np.argmin(np.abs(np.array(remainders) - 0.3)))
