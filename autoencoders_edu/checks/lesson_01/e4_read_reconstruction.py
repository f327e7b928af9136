"""01.4 read_reconstruction: what is wrong with a batch of reconstructions."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.checks.shared.notebook_sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.4",
    "read_reconstruction",
    points=2,
    minutes=15,
    why="A bad loss does not say what is wrong. The drawings do, and each kind of trouble needs a different cure.",
    hints=(
        "Begin with the scale, because it affects every other comparison: what is the range of the drawings, and of x?",
        "A dead encoder: how much does one pixel of the drawings vary from image to image, that is along axis 0?",
        "Wrong order: compare each drawing with all originals of the batch. Which one does it resemble most?",
    ),
    on_success="You read drawings and not only a loss: the first thing to do when a training disappoints.",
)
def check_read_reconstruction(probe):
    readings = []
    for truth, manner in probe.rng.permutation(CASES).tolist():
        x, drawings = batch_with(probe.rng, truth, manner)
        answer = call_for_any_size(probe, "read_reconstruction", (x, drawings), _SIX, "batches of six")
        expect_word(answer, WORDS, "read_reconstruction should return")
        readings.append(
            Reading(truth, manner, answer, np.mean((x - drawings) ** 2), x.shape, _by_one_order(x, drawings))
        )
    if all(reading.answer == reading.truth for reading in readings):
        return
    message, example = misconception(readings)
    raise Failed(
        f"{message}\nFor instance a batch of shape {example.shape} ({example.manner}): received "
        f'"{example.answer}", expected "{example.truth}".'
    )


_SIX = tuple(np.random.default_rng(0).uniform(size=(2, 6, 28, 28, 1)).astype("float32"))
NEARLY_BLACK = ("dim spots, drawings in 0..255", "dim spots, images in 0..255")
ONE_ORDER = {
    "moved on by one": lambda x: np.roll(x, 1, axis=0),
    "reversed": lambda x: x[::-1],
}
MANY = ("two of many", "two neighbours")
ANOTHER_DTYPE = "drawings in float64"
# What a round shows, in random order: what is wrong, and in which manner.
CASES = (
    *(("good", manner) for manner in ("bright", "a little above 1", "dim", "pair", "both in 0..255")),
    *(("good", manner) for manner in ("rough", "spots", "two alike", ANOTHER_DTYPE)),
    *(("same for all", manner) for manner in ("mean", "mean, nearly", "other", "other, nearly", "grey")),
    ("same for all", "both in 0..255, nearly"),
    *(("wrong order", manner) for manner in ("bright digits", "bright waves", "dim", "pair")),
    *(("wrong order", manner) for manner in ("moved on by one", "reversed")),
    *(("wrong order", manner) for manner in ("two of many", "two of many", "two neighbours")),
    *(("not scaled", manner) for manner in ("drawings in 0..255", "images in 0..255", *NEARLY_BLACK)),
)
SAME = sum(truth == "same for all" for truth, _ in CASES)
WORDS = tuple(dict.fromkeys(word for word, _ in CASES))


@dataclass(frozen=True)
class Reading:
    """One batch, what is true of it, and what the learner's function said."""

    truth: str
    manner: str
    answer: str
    mse: float
    shape: tuple
    by_one_order: dict  # as from `_by_one_order`


def _by_one_order(x, drawings):
    """From orders to the words of those who ask whether x fits better in this order: on average, or at every place."""
    errors = _all_errors(x, drawings)
    nearest, gains = errors.argmin(axis=0), _gains(errors)
    return {
        order: tuple(
            "wrong order" if fits else "good"
            for fits in (gains[order] > 0, np.array_equal(nearest, change(np.arange(len(x)))))
        )
        for order, change in ONE_ORDER.items()
    }


def _all_errors(x, drawings):
    """The error of each image (row) with each drawing (column)."""
    return np.mean((x[:, None] - drawings) ** 2, axis=(2, 3, 4))


def _gains(errors):
    """How much smaller the batch's error is if x stands in each of these orders."""
    own = np.trace(errors)
    return {order: own - np.trace(change(errors)) for order, change in ONE_ORDER.items()}


def batch_with(rng, truth, manner):
    """Images and drawings, both (batch, height, width, channels), with this trouble."""
    x, other = _images(rng, manner, _batch_size(rng, truth, manner))
    two = _two_places(rng, len(x), manner)
    if manner in MANY:
        x[two] = x.mean() + 0.4 * (x[two] - x.mean())  # strangers to each other, but not as far apart as the others
    drawings = _good_drawings(rng, x, 1 / 12 if manner == "rough" else 1 / 40)
    if manner == "a little above 1":
        drawings *= 1.05 / drawings.max()
    if truth == "same for all":
        drawings = _one_drawing(rng, x, other, manner)
    if truth == "wrong order":
        drawings = _shuffled(rng, x, drawings, manner, two)
    raw_x, raw_drawings = "images in" in manner or "both" in manner, "drawings in 0" in manner or "both" in manner
    x, drawings = x * 255**raw_x, drawings * 255**raw_drawings
    return x.astype("float32"), drawings.astype("float64" if manner == ANOTHER_DTYPE else "float32")


def _batch_size(rng, truth, manner):
    if manner == "pair":
        return 2
    if manner.startswith("two"):
        return int(rng.integers(9, 14))
    return int(rng.integers(5 if truth == "wrong order" or manner == "rough" else 2, 9))


def _images(rng, manner, size):
    """A batch of images that suit this manner, and one more image."""
    make = _some_digits if rng.random() < 0.5 else _smooth_images
    if manner in ("rough", "bright waves") or manner.startswith("two"):
        make = _smooth_images
    if manner == "bright digits":
        make = _some_digits
    *x, other = (_spots if "spots" in manner else make)(rng, size + 1)
    x = np.stack(x)
    if manner == "two alike":  # to the eye, and to nothing else
        x[1] = np.abs(x[0] + 5e-4 * rng.choice([-1, 1], x[0].shape))
    if manner == "a little above 1":
        x /= x.max()
    scale = np.exp(rng.uniform(np.log(0.02), np.log(0.1))) if manner == "dim" else 0.1 if "dim" in manner else 1
    return x * scale, other * scale


def _one_drawing(rng, x, other, manner):
    """The same drawing for all images; nearly the same, if the manner says so."""
    drawing = other if "other" in manner else x.mean(axis=0)
    drawing = np.full_like(drawing, drawing.mean()) if manner == "grey" else drawing
    invisible = ("nearly" in manner) * 1e-4 * min(np.ptp(x), np.ptp(drawing))
    return drawing + rng.uniform(-invisible, invisible, x.shape)


def _shuffled(rng, x, drawings, manner, two):
    """The drawings in a wrong order: only two exchanged, or none at its place."""
    if manner in ONE_ORDER:
        return ONE_ORDER[manner](drawings)
    circles = [two] if manner in MANY else [rng.permutation(len(x)) for _ in range(12)]
    tries = []
    for circle in circles:
        tried = drawings.copy()
        tried[circle] = drawings[np.roll(circle, 1)]
        tries.append(tried)
    return min(
        tries, key=lambda tried: max(_gains(_all_errors(x, tried)).values())
    )  # so that none of ONE_ORDER explains it


def _two_places(rng, size, manner):
    """Two places in a batch; the first and the last are neighbours, too."""
    step = 1 if manner == "two neighbours" or size < 4 else int(rng.integers(2, size - 1))
    return (rng.integers(size) + np.array([0, step])) % size


def _some_digits(rng, count):
    """Digits of different kinds, cropped, so that they are not square."""
    x, y = digits().x_train[:, :, 1:7].astype(float), digits().y_train
    return np.stack([x[rng.choice(np.flatnonzero(y == label))] for label in rng.permutation(10)[:count]])


def _smooth_images(rng, count):
    """Random mixtures of slow waves, the mixtures at right angles: no two of the images resemble each other."""
    height, width, channels = rng.integers([5, 10, 1], [9, 14, 4])
    down, across = (np.cos(np.pi * np.outer(np.arange(4), np.arange(n) + 0.5) / n) for n in (height, width))
    mixtures = np.linalg.qr(rng.normal(size=(16 * channels, count)))[0].T.reshape(count, 4, 4, channels)
    images = np.einsum("nijc,ih,jw->nhwc", mixtures, down, across)
    return (images - images.min()) / np.ptp(images)


def _spots(rng, count):
    """Black images with a small bright square each, at different places, none of them at the border."""
    images = np.zeros((count, *rng.integers(9, 14, 2), 1))
    for image, place in zip(images, rng.permutation(9), strict=False):
        row, column = 1 + 2 * np.array(divmod(place, 3))
        image[row : row + 2, column : column + 2] = 1
    return images


def _good_drawings(rng, x, share):
    """The images with noise, where they vary at all: its mean square is a share of the distance to the next image."""
    apart = _all_errors(x, x) + np.diag(np.full(len(x), np.inf))
    noise = rng.normal(size=x.shape) * np.sqrt(share * apart.min(axis=1))[:, None, None, None]
    return np.clip(x + noise * (np.ptp(x, axis=0) > 0), 0, x.max())


# For each trouble, what it shows when batches of no other manner than these were misread. The first that fits.
MISREAD = {
    "not scaled": (
        (
            NEARLY_BLACK,
            "In nearly black images you do not notice the factor of 255: their mean stays below 1 in 0..255, too. "
            "Compare the ranges of the two arrays with each other, not with a fixed number.",
        ),
        (
            ("drawings in 0..255", NEARLY_BLACK[0]),
            "You notice unscaled images, but not unscaled drawings: the factor of 255 can be in either of the two.",
        ),
        (
            ("images in 0..255", NEARLY_BLACK[1]),
            "You notice drawings that are too large, but not those that are too small: x may be the one in 0..255.",
        ),
        ((), "A factor of 255 between x and its drawings went unnoticed."),
    ),
    "good, read as same for all": (
        (
            ("two alike",),
            "Two of the drawings are alike, as their images are, and you call it a fault. All drawings have to be the "
            "same for `same for all`, not any two.",
        ),
        (
            (),
            "You call good drawings the same that differ, though perhaps in a few pixels only. One pixel, such as a "
            "corner that is always black, or one average per drawing can be the same in all of them: take the largest "
            "variation over all pixels.",
        ),
    ),
    "good": (
        (
            ("both in 0..255",),
            "Good drawings in [0, 1] are good to you, and in 0..255 they are not. There all errors are larger, so an "
            "error compared with a fixed number says nothing: measure it against how much the images differ from each "
            "other.",
        ),
        (
            (),
            "You reject good drawings. They are not perfect copies: a few numbers cannot keep everything, so a good "
            "drawing only comes close.",
        ),
    ),
    "same for all": (
        (
            ("both in 0..255, nearly",),
            "In [0, 1] you notice drawings that are nearly the same, and in 0..255 you do not. There they may differ "
            "255 times as much: measure the variation from image to image against the range of the pixels.",
        ),
        (
            ("mean, nearly", "other, nearly", "both in 0..255, nearly"),
            "You notice drawings only if they are exactly equal. A dead encoder's may differ by rounding, where no eye "
            "can see it.",
        ),
        (
            ("other", "other, nearly", "grey"),
            "You notice a drawing that is the average of this batch, and no other. A dead encoder draws the same image "
            "each time, but any image.",
        ),
        (
            ("mean", "mean, nearly", "other", "other, nearly", "both in 0..255, nearly"),
            "You notice only drawings of a single grey. Any other drawing varies from pixel to pixel, even if all "
            "drawings are the same. What counts is the variation from image to image, along axis 0.",
        ),
        (
            (),
            "Drawings that are all the same went unnoticed. What counts is the variation from image to image, along "
            "axis 0.",
        ),
    ),
    "wrong order": (
        (
            MANY[:1],
            "You notice that two drawings changed places if they are neighbours, but not if they stand farther apart. "
            "Compare each drawing with all the originals of the batch.",
        ),
        (
            MANY,
            "You do not notice that two of many drawings changed places: the average error of the batch hardly rises. "
            "Judge each drawing on its own, and compare it with all the originals.",
        ),
        (
            ("dim", "bright waves", "pair", *ONE_ORDER, *MANY),
            "In dim images you do not notice a wrong order. There all errors are small, even between different images. "
            "An error compared with a fixed number says nothing. Measure it against how much the images differ "
            "from each other.",
        ),
        (
            (),
            "A wrong order went unnoticed. Averages over the whole batch do not notice its order: every drawing is "
            "there, in another's place.",
        ),
    ),
}
# The same for a function whose only mistake is to say "not scaled" too often.
BY_DTYPE = (
    "You mistake a different dtype for a different scale: float32 images and float64 drawings are `not scaled` to you "
    "though both lie in [0, 1]. The scale is in the values."
)
WRONGLY_NOT_SCALED = (
    ((ANOTHER_DTYPE,), BY_DTYPE),
    (
        ("a little above 1",),
        "You take drawings for unscaled as soon as a pixel exceeds 1. Models without a sigmoid overshoot a little, as "
        "PCA does: compare the ranges of the two, and look for a factor of 255.",
    ),
    (
        ("both in 0..255", "both in 0..255, nearly", "a little above 1"),
        "You compare the pixels with 1, not with each other: x and drawings that are both in 0..255 are on one scale.",
    ),
    (
        (),
        "You see a wrong scale where there is none. Compare the range of x with that of the drawings: a "
        "factor of 255 is hard to mistake for anything else.",
    ),
)


def misconception(readings):
    """What the misread ones among the readings point to: a message, and one reading as an example."""
    wrong = [reading for reading in readings if reading.answer != reading.truth]
    said = [reading.answer for reading in sorted(readings, key=lambda reading: reading.mse)]
    blocks = 1 + sum(one != next_one for one, next_one in pairwise(said))
    if len(set(said)) == 1:
        return "You return the same word for every batch.", wrong[0]
    if len(wrong) > 2 and len(set(said)) > 2 and blocks == len(set(said)):
        return (
            "You go by the size of the error alone: sorted by it, your words form blocks. But a dead encoder and a "
            "shuffled batch can have the same error. Look at what the drawings have in common.",
            wrong[0],
        )
    if {reading.answer for reading in wrong} == {"not scaled"}:
        return _first_fitting(WRONGLY_NOT_SCALED, wrong), wrong[0]
    taken_for_unscaled = [reading for reading in wrong if reading.answer == "not scaled"]
    if {reading.manner for reading in taken_for_unscaled} == {ANOTHER_DTYPE}:
        return BY_DTYPE, taken_for_unscaled[0]
    in_question = [reading for reading in readings if reading.truth in ("good", "wrong order")]
    missed = {reading.manner for reading in in_question if reading in wrong}
    for order in ONE_ORDER if missed - {"dim", *MANY} else ():  # these may be missed for other reasons
        words = zip(*(reading.by_one_order[order] for reading in in_question), strict=True)
        if [reading.answer for reading in in_question] in map(list, words):
            return (
                f"You try one wrong order, the batch {order}. It can be shuffled in many ways, and perhaps only two "
                "drawings changed places: compare each drawing with all the originals.",
                next(reading for reading in in_question if reading in wrong),
            )
    same = [reading for reading in wrong if reading.truth == "same for all"]
    unsorted = [reading for reading in same if reading.answer == "wrong order"]  # in a pair, either order may fit best
    if len(same) == len(wrong) and len(unsorted) > SAME - 2 and any(reading.manner == "grey" for reading in unsorted):
        return (
            "All drawings of a batch are equal, and you call them out of order. Equal drawings all resemble the "
            "same image most, so they are never in order: ask for `same for all` before you ask for `wrong order`.",
            wrong[0],
        )
    truth = next(truth for truth in MISREAD if any(reading.truth == truth for reading in wrong))
    wrong = [reading for reading in wrong if reading.truth == truth]
    if truth == "good" and {reading.answer for reading in wrong} == {"same for all"}:
        truth = "good, read as same for all"
    return _first_fitting(MISREAD[truth], wrong), wrong[0]


def _first_fitting(messages, wrong):
    manners = {reading.manner for reading in wrong}
    return next(text for fitting, text in messages if not fitting or manners <= set(fitting))
