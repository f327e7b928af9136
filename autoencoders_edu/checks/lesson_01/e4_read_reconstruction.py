"""01.4 read_reconstruction: what is wrong with a batch of reconstructions."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from autoencoders_edu.checks.shared.drawings import (
    ANOTHER_DTYPE,
    MANY,
    ONE_IN_PLACE,
    ONE_ORDER,
    all_errors,
    batch_with,
    gains,
)
from autoencoders_edu.checks.shared.notebook_sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect_word
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
        answer = _read(probe, x, drawings)
        expect_word(answer, WORDS, "read_reconstruction should return")
        readings.append(
            Reading(truth, manner, answer, np.mean((x - drawings) ** 2), x.shape, _by_mistaken_order(x, drawings))
        )
    if all(reading.answer == reading.truth for reading in readings):
        return
    message, example = misconception(readings)
    raise Failed(
        f"{message}\nFor instance a batch of shape {example.shape} ({example.manner}): received "
        f'"{example.answer}", expected "{example.truth}".'
    )


def _batches(*shape):
    return tuple(np.random.default_rng(0).uniform(size=(2, *shape)).astype("float32"))


# Sizes that may be written into the code: those that the notebook has alone, before both of them.
FIXED = {
    "batches of six": _batches(6, 5, 11, 1),
    "28 x 28 pixels": _batches(5, 28, 28, 1),
    "six images of 28 x 28 pixels": _batches(6, 28, 28, 1),
}


def _read(probe, x, drawings):
    """What read_reconstruction says. `Failed` if it works for some sizes of the notebook's alone."""
    raised = None
    for sizes, batches in FIXED.items():
        try:
            return call_for_any_size(probe, "read_reconstruction", (x, drawings), batches, sizes)
        except LearnerError as error:
            raised = error
    raise raised


NEARLY_BLACK = ("dim spots, drawings in 0..255", "dim spots, images in 0..255")
# What a round shows, in random order: what is wrong, and in which manner.
CASES = (
    *(("good", manner) for manner in ("bright", "a little above 1", "dim", "pair", "both in 0..255")),
    *(("good", manner) for manner in ("rough", "spots", "two alike", ANOTHER_DTYPE)),
    *(("same for all", manner) for manner in ("mean", "mean, nearly", "other", "other, nearly", "grey")),
    ("same for all", "both in 0..255, nearly"),
    *(("wrong order", manner) for manner in ("bright digits", "bright waves", "dim", "pair")),
    *(("wrong order", manner) for manner in (*ONE_ORDER, ONE_IN_PLACE)),
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
    by_mistaken_order: dict  # as from `_by_mistaken_order`


NONE_IN_PLACE = (
    "You say `wrong order` only if not one drawing is at its place. Some of them may be: if only two changed places, "
    "that is a wrong order, too."
)
ONE_ORDER_ONLY = (
    "You try one wrong order, the batch {}. It can be shuffled in many ways, and perhaps only two drawings changed "
    "places: compare each drawing with all the originals."
)


def _by_mistaken_order(x, drawings):
    """From messages to the words of those who ask for one wrong order, on average or at every place, or for all."""
    errors = all_errors(x, drawings)
    nearest, by_order = errors.argmin(axis=0), gains(errors)
    words = {
        ONE_ORDER_ONLY.format(order): tuple(
            "wrong order" if fits else "good"
            for fits in (by_order[order] > 0, np.array_equal(nearest, change(np.arange(len(x)))))
        )
        for order, change in ONE_ORDER.items()
    }
    return words | {NONE_IN_PLACE: ("good" if np.any(nearest == np.arange(len(x))) else "wrong order",) * 2}


# For each trouble, what it shows when batches of these manners were misread: all of the first, none but the second.
# The first that fits; without manners, every function.
NEARLY = ("mean, nearly", "other, nearly", "both in 0..255, nearly")
EVERY_ORDER = tuple(manner for truth, manner in CASES if truth == "wrong order")
MISREAD = {
    "not scaled": (
        (
            NEARLY_BLACK,
            NEARLY_BLACK,
            "In nearly black images you do not notice the factor of 255: their mean stays below 1 in 0..255, too. "
            "Compare the ranges of the two arrays with each other, not with a fixed number.",
        ),
        (
            ("drawings in 0..255",),
            ("drawings in 0..255", NEARLY_BLACK[0]),
            "You notice unscaled images, but not unscaled drawings: the factor of 255 can be in either of the two.",
        ),
        (
            ("images in 0..255",),
            ("images in 0..255", NEARLY_BLACK[1]),
            "You notice drawings that are too large, but not those that are too small: x may be the one in 0..255.",
        ),
        ((), None, "A factor of 255 between x and its drawings went unnoticed."),
    ),
    "good, read as same for all": (
        (
            ("two alike",),
            ("two alike",),
            "Two of the drawings are alike, as their images are, and you call it a fault. All drawings have to be the "
            "same for `same for all`, not any two.",
        ),
        (
            (),
            None,
            "You call good drawings the same that differ, though perhaps in a few pixels only. One pixel, such as a "
            "corner that is always black, or one average per drawing can be the same in all of them: take the largest "
            "variation over all pixels.",
        ),
    ),
    "good": (
        (
            ("both in 0..255",),
            ("both in 0..255",),
            "Good drawings in [0, 1] are good to you, and in 0..255 they are not. There all errors are larger, so an "
            "error compared with a fixed number says nothing: measure it against how much the images differ from each "
            "other.",
        ),
        (
            (),
            None,
            "You reject good drawings. They are not perfect copies: a few numbers cannot keep everything, so a good "
            "drawing only comes close.",
        ),
    ),
    "same for all": (
        (
            NEARLY[2:],
            NEARLY[2:],
            "In [0, 1] you notice drawings that are nearly the same, and in 0..255 you do not. There they may differ "
            "255 times as much: measure the variation from image to image against the range of the pixels.",
        ),
        (
            NEARLY,
            NEARLY,
            "You notice drawings only if they are exactly equal. A dead encoder's may differ by rounding, where no eye "
            "can see it.",
        ),
        (
            ("grey",),
            ("grey",),
            "Drawings of one and the same grey went unnoticed. Their own range is 0, or what rounding leaves of it: "
            "measure the variation from image to image against the range of x.",
        ),
        (
            ("other", "other, nearly", "grey"),
            ("other", "other, nearly", "grey"),
            "You notice a drawing that is the average of this batch, and no other. A dead encoder draws the same image "
            "each time, but any image.",
        ),
        (
            ("mean", "other", *NEARLY),
            ("mean", "other", *NEARLY),
            "You notice only drawings of a single grey. Any other drawing varies from pixel to pixel, even if all "
            "drawings are the same. What counts is the variation from image to image, along axis 0.",
        ),
        (
            (),
            None,
            "Drawings that are all the same went unnoticed. What counts is the variation from image to image, along "
            "axis 0.",
        ),
    ),
    "wrong order": (
        (
            MANY[:1],
            MANY[:1],
            "You notice that two drawings changed places if they are neighbours, but not if they stand farther apart. "
            "Compare each drawing with all the originals of the batch.",
        ),
        (
            MANY,
            MANY,
            "You do not notice that two of many drawings changed places. Judge each drawing on its own, and compare it "
            "with all the originals.",
        ),
        (
            EVERY_ORDER,
            EVERY_ORDER,
            "You notice no wrong order. Averages over the whole batch do not change with its order: every drawing is "
            "there, in another's place. Compare each drawing with all the originals.",
        ),
        (
            ("dim",),
            ("dim", *MANY),
            "In dim images you do not notice a wrong order. There all errors are small, even between different images. "
            "An error compared with a fixed number says nothing. Measure it against how much the images differ "
            "from each other.",
        ),
        (
            (),
            None,
            "A wrong order went unnoticed. Compare each drawing with all the originals of the batch: which of them "
            "does it resemble most?",
        ),
    ),
}
# The same for a function whose only mistake is to say "not scaled" too often.
BY_DTYPE = (
    "You mistake a different dtype for a different scale: float32 images and float64 drawings are `not scaled` to you "
    "though both lie in [0, 1]. The scale is in the values."
)
WRONGLY_NOT_SCALED = (
    ((ANOTHER_DTYPE,), (ANOTHER_DTYPE,), BY_DTYPE),
    (
        ("a little above 1",),
        ("a little above 1",),
        "You take drawings for unscaled that go a little beyond 1. Models without a sigmoid overshoot, as PCA does: "
        "compare the ranges of the two, and look for a factor of 255.",
    ),
    (
        ("both in 0..255", "both in 0..255, nearly"),
        ("both in 0..255", "both in 0..255, nearly", "a little above 1"),
        "x and drawings that are both in 0..255 are on one scale, but you call them `not scaled`: compare the ranges "
        "of the two with each other, not with 1.",
    ),
    (
        (),
        None,
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
    for message in in_question[0].by_mistaken_order if missed - {"dim", *MANY} else ():  # missed for other reasons, too
        words = zip(*(reading.by_mistaken_order[message] for reading in in_question), strict=True)
        if [reading.answer for reading in in_question] in map(list, words):
            return message, next(reading for reading in in_question if reading in wrong)
    same = [reading for reading in wrong if reading.truth == "same for all"]
    unsorted = [reading for reading in same if reading.answer == "wrong order"]  # in a pair, either order may fit best
    if len(same) == len(wrong) and len(unsorted) > SAME - 2 and any(reading.manner == "grey" for reading in unsorted):
        return (
            "All drawings of a batch are equal, and you call them out of order. Equal drawings all resemble the "
            "same image most, so they are never in order. Whether the drawings (not x) are the same for all has to be "
            "asked first.",
            wrong[0],
        )
    truth = next(truth for truth in MISREAD if any(reading.truth == truth for reading in wrong))
    wrong = [reading for reading in wrong if reading.truth == truth]
    if truth == "good" and {reading.answer for reading in wrong} == {"same for all"}:
        truth = "good, read as same for all"
    return _first_fitting(MISREAD[truth], wrong), wrong[0]


def _first_fitting(messages, wrong):
    manners = {reading.manner for reading in wrong}
    return next(text for must, may, text in messages if may is None or set(must) <= manners <= set(may))
