"""01.4 read_reconstruction: what is wrong with a batch of reconstructions."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.exercises.expect import Failed, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.4",
    "read_reconstruction",
    points=2,
    minutes=15,
    why="A bad loss does not say what is wrong. The drawings do, and each kind of trouble needs another cure.",
    hints=(
        "Begin with the scale, for it disturbs every other comparison: how far do the drawings reach, how far does x?",
        "A dead encoder: how much does one pixel of the drawings vary from image to image, that is along axis 0?",
        "Wrong order: compare each drawing with all originals of the batch. Which one does it resemble most?",
    ),
    on_success="You read drawings and not only a loss: the first thing to do when a training disappoints.",
)
def check_read_reconstruction(probe):
    readings = []
    for truth, manner in probe.rng.permutation(CASES).tolist():
        x, drawings = (images.astype("float32") for images in batch_with(probe.rng, truth, manner))
        answer = probe.call("read_reconstruction", x, drawings)
        expect_word(answer, WORDS, "read_reconstruction should return")
        readings.append(Reading(truth, manner, answer, np.mean((x - drawings) ** 2), x.shape))
    if all(reading.answer == reading.truth for reading in readings):
        return
    message, example = misconception(readings)
    raise Failed(
        f"{message}\nFor instance a batch of shape {example.shape} ({example.manner}): received "
        f'"{example.answer}", expected "{example.truth}".'
    )


# What a round shows, in random order: what is wrong, and in which manner.
CASES = (
    *(("good", manner) for manner in ("bright", "a little above 1", "dim", "pair", "both in 0..255")),
    *(("same for all", manner) for manner in ("mean", "mean, nearly", "other", "other, nearly")),
    ("same for all", "both in 0..255, nearly"),
    *(("wrong order", manner) for manner in ("bright", "bright", "dim", "pair")),
    *(("not scaled", manner) for manner in ("drawings in 0..255", "images in 0..255")),
)
WORDS = tuple(dict.fromkeys(word for word, _ in CASES))


@dataclass(frozen=True)
class Reading:
    """One batch, what is true of it, and what the learner's function said."""

    truth: str
    manner: str
    answer: str
    mse: float
    shape: tuple


def batch_with(rng, truth, manner):
    """Images and drawings, both (batch, height, width, channels), with this trouble."""
    size = 2 if manner == "pair" else int(rng.integers(5 if truth == "wrong order" else 2, 9))
    make = _some_digits if rng.random() < 0.5 else _smooth_images
    *x, other = make(rng, size + 1) * (0.1 if manner == "dim" else 1)
    x = np.stack(x)
    if manner == "a little above 1":
        x /= x.max()
    drawings = _good_drawings(rng, x)
    if manner == "a little above 1":
        drawings *= 1.05 / drawings.max()
    if truth == "same for all":
        drawing = other if "other" in manner else x.mean(axis=0)
        drawings = drawing + ("nearly" in manner) * rng.uniform(-4e-4, 4e-4, x.shape)
    if truth == "wrong order":
        circle = rng.permutation(size)
        drawings[circle] = drawings[np.roll(circle, 1)]
    raw_x, raw_drawings = manner.startswith(("images", "both")), manner.startswith(("drawings", "both"))
    return x * 255**raw_x, drawings * 255**raw_drawings


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


def _good_drawings(rng, x):
    """The images with noise: its mean square is a fortieth of the difference between the two most similar images."""
    apart = np.mean((x[:, None] - x) ** 2, axis=(2, 3, 4))[~np.eye(len(x), dtype=bool)].min()
    return np.clip(x + rng.normal(0, np.sqrt(apart / 40), x.shape), 0, x.max())


# For each trouble, what it means when batches of no other manner than these were misread. The first that fits.
MISREAD = {
    "not scaled": (
        (
            ("drawings in 0..255",),
            "You notice unscaled images, but not unscaled drawings: the factor of 255 can be in either of the two.",
        ),
        (
            ("images in 0..255",),
            "You notice drawings that are too large, but not those that are too small: x may be the one in 0..255.",
        ),
        ((), "A factor of 255 between x and its drawings went unnoticed."),
    ),
    "good": (
        (
            ("both in 0..255",),
            "You compare the error with a fixed number. In 0..255 all errors are larger: measure it against how much "
            "the images differ from each other.",
        ),
        ((), "You ask for perfect copies. A few numbers cannot keep everything: a good drawing comes near, no more."),
    ),
    "same for all": (
        (
            ("both in 0..255, nearly",),
            "You compare the variation from image to image with a fixed number. In 0..255 a dead encoder's drawings "
            "may differ 255 times as much: measure it against the range of the pixels.",
        ),
        (
            ("mean, nearly", "other, nearly", "both in 0..255, nearly"),
            "You look for drawings that are exactly equal. A dead encoder's may differ by rounding, where no eye "
            "can see it.",
        ),
        (
            ("other", "other, nearly"),
            "You look for the average of this batch. A dead encoder draws the same image each time, but any image.",
        ),
        (
            (),
            "A drawing varies from pixel to pixel even if all drawings are the same. What counts is the variation from "
            "image to image, along axis 0.",
        ),
    ),
    "wrong order": (
        (
            ("dim",),
            "You compare the error with a fixed number. In dim images all errors are small, those of strangers, too: "
            "measure it against how much the images differ from each other.",
        ),
        (
            ("bright", "dim"),
            "You try one order, such as the reverse. A batch can be shuffled in many ways: compare each drawing with "
            "all the originals.",
        ),
        ((), "Averages over the whole batch do not notice its order: every drawing is there, at another's place."),
    ),
}
# The same for a function whose only mistake is to say "not scaled" too often.
WRONGLY_NOT_SCALED = (
    (
        ("a little above 1",),
        "You take drawings for unscaled as soon as a pixel exceeds 1. Models without a sigmoid overshoot a little, as "
        "PCA does: compare how far the two reach, and look for a factor of 255.",
    ),
    (
        ("both in 0..255", "both in 0..255, nearly", "a little above 1"),
        "You compare the pixels with 1, not with each other: x and drawings that are both in 0..255 are on one scale.",
    ),
    (
        (),
        "You see a wrong scale where there is none. How far do x and the drawings reach, compared with each other? A "
        "factor of 255 is not easily mistaken for another.",
    ),
)


def misconception(readings):
    """What the misread ones among the readings point to: a message, and one reading as an example."""
    wrong = [reading for reading in readings if reading.answer != reading.truth]
    said = [reading.answer for reading in sorted(readings, key=lambda reading: reading.mse)]
    blocks = 1 + sum(one != next_one for one, next_one in pairwise(said))
    if len(set(said)) == 1:
        return "Every batch gets the same word from you.", wrong[0]
    if len(wrong) > 2 and len(set(said)) > 2 and blocks == len(set(said)):
        return (
            "You go by the size of the error alone: sorted by it, your words form blocks. But a dead encoder and a "
            "shuffled batch can have the same error. Look at what the drawings have in common.",
            wrong[0],
        )
    if {reading.answer for reading in wrong} == {"not scaled"}:
        return _first_fitting(WRONGLY_NOT_SCALED, wrong), wrong[0]
    truth = next(word for word in MISREAD if any(reading.truth == word for reading in wrong))
    wrong = [reading for reading in wrong if reading.truth == truth]
    return _first_fitting(MISREAD[truth], wrong), wrong[0]


def _first_fitting(messages, wrong):
    manners = {reading.manner for reading in wrong}
    return next(text for fitting, text in messages if not fitting or manners <= set(fitting))
